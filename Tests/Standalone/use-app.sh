#!/usr/bin/env bash
# Opens the app in a window, presses keys, takes a picture of the desktop, and closes the window as a user would.
# Run under a display, by run-under-display.sh. HOME is a folder of one's own.
#
#   use-app.sh APP FOLDER PICTURE [KEY ...]
set -eu
app=$1 folder=$2 picture=$3
shift 3
. "$(dirname "$0")/app-window.sh"

press "$@"
import -window root "$picture"

for _ in 1 2 3; do # a busy window manager may miss it
    xdotool key alt+F4
    ends && exit "$code"
    xdotool windowactivate "$window" || true
done

echo "the app did not end" >&2
exit 1
