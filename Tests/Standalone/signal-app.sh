#!/usr/bin/env bash
# Opens the app in a window, presses keys, waits, and ends it by a signal. Run under a display, by run-under-display.sh.
# HOME is a folder of one's own.
#
#   signal-app.sh APP FOLDER SIGNAL SECONDS [KEY ...]
#
# Exits with 0 if the app has ended in order, or if the signal is KILL.
set -eu
app=$1 folder=$2 signal=$3 seconds=$4
shift 4
. "$(dirname "$0")/app-window.sh"

press "$@"
sleep "$seconds"
kill -s "$signal" $id
ends || { echo "the app did not end" >&2; exit 1; }
[ "$signal" = KILL ] && exit 0
exit "$code"
