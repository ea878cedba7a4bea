#!/usr/bin/env bash
# Opens the app in a window, presses keys, takes a picture of the desktop, and closes the window as a user would.
# Run under a display, by run-under-display.sh. HOME is a folder of one's own.
#
#   use-app.sh APP FOLDER PICTURE [KEY ...]
set -eu
app=$1 folder=$2 picture=$3
shift 3
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
"$app" >"$folder/app.log" 2>&1 & id=$!
trap 'kill $id 2>/dev/null || true' EXIT
window=$(timeout 20 xdotool search --sync --onlyvisible --name '^Faltwerk$' | head -1)
sleep 2
xdotool windowactivate --sync "$window"

for key in "$@"; do
    case $key in
        wait) sleep 1.5 ;;
        *) xdotool key "$key" ;;
    esac
    sleep 0.3
done

import -window root "$picture"
xdotool key alt+F4 # as the window manager has it
for _ in $(seq 100); do
    kill -0 $id 2>/dev/null || { trap - EXIT; wait $id; exit 0; }
    sleep 0.1
done
echo "the app did not end" >&2
exit 1
