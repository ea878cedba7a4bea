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
sleep 1

for _ in $(seq 100); do # until the window has the keyboard; some that come and go at first have its name
    window=$(xdotool search --onlyvisible --name '^Faltwerk$' 2>/dev/null | head -1) || true
    [ -z "$window" ] || xdotool windowactivate "$window" 2>/dev/null || true
    sleep 0.5
    focused=$(xdotool getwindowfocus 2>/dev/null) || true
    [ -n "$window" ] && [ "$focused" = "$window" ] && break
done

xdotool mousemove --window "$focused" 60 32 click 1 # beside every control
sleep 1

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
