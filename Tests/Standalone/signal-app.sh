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
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
"$app" >"$folder/app.log" 2>&1 & id=$!
trap 'kill -KILL $id 2>/dev/null || true' EXIT
window=$(timeout 20 xdotool search --sync --onlyvisible --name '^Faltwerk$' | head -1)
sleep 2

for _ in $(seq 50); do # until the window has the keyboard
    xdotool windowactivate --sync "$window"
    sleep 0.2
    [ "$(xdotool getwindowfocus)" != 1 ] && [ "$(xdotool getwindowfocus getwindowname)" = Faltwerk ] && break
done

sleep 1 # until a part of the app has it

for key in "$@"; do
    xdotool key "$key"
    sleep 0.3
done

sleep "$seconds"
kill -s "$signal" $id

for _ in $(seq 100); do
    if ! kill -0 $id 2>/dev/null; then
        trap - EXIT
        code=0
        wait $id || code=$?
        [ "$signal" = KILL ] && exit 0
        exit "$code"
    fi
    sleep 0.1
done

echo "the app did not end" >&2
exit 1
