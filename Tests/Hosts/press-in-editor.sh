#!/usr/bin/env bash
# Opens a plugin's editor in the tests' host, clicks into it, and presses keys. The host prints those it gets, and ends.
# What is written as X,Y is no key but a place in the window to click at.
# Run under a display, by run-under-display.sh. HOME is a folder of one's own.
#
#   press-in-editor.sh HOST PLUGIN FOLDER KEY ...
set -eu
host=$1 plugin=$2 folder=$3
shift 3
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
"$host" "$plugin" --editor --editor-time 40000 & id=$!
trap 'kill -KILL $id 2>/dev/null || true' EXIT
sleep 2

for _ in $(seq 50); do # until a click has given one of the host's windows the keyboard
    windows=$(xdotool search --onlyvisible --pid $id 2>/dev/null) || true
    window=$(echo "$windows" | tail -1)
    [ -z "$window" ] || xdotool mousemove --window "$window" 6 6 click 1 # beside every control
    sleep 0.3
    focused=$(xdotool getwindowfocus 2>/dev/null) || true
    [ -n "$window" ] && grep -q "^$focused$" <<<"$windows" && break
done

sleep 1

for key in "$@"; do
    case $key in
        *,*) xdotool mousemove --window "$window" "${key%,*}" "${key#*,}" click 1; sleep 1 ;;
        *) xdotool key "$key" ;;
    esac

    sleep 0.5
done

xdotool key F12 # ends the host
trap - EXIT
wait $id
