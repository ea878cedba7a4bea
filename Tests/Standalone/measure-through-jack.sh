#!/usr/bin/env bash
# Connects the app's left output to both of its inputs by JACK, and measures that with the app's own dialog and keys.
#
#   measure-through-jack.sh APP FOLDER
#
# Its loop's latency is taken off, and the kernel is kept. FOLDER is the app's home; it gets the pictures
# measuring-loop.png, -sweep.png, -found.png and -kept.png, and the programs' logs. Ends everything it has started. Run
# under a display, by run-under-display.sh.
set -u

app=$1 folder=$2
export JACK_DEFAULT_SERVER=faltwerk-measure-$$
. "$(dirname "$0")/jack-app.sh"
start_server
. "$(dirname "$0")/app-window.sh"
trap 'kill -KILL $id 2>/dev/null; finish' EXIT
wait_for Faltwerk:out_2
sleep 2
jack_connect Faltwerk:out_1 Faltwerk:in_1
jack_connect Faltwerk:out_1 Faltwerk:in_2

press Tab Tab Return wait Up Up Up Up Return wait     # the kernel's menu: Measure with a sweep
press Tab Tab Tab Tab Tab Tab Tab Tab Return           # Measure latency
sleep 6
import -window root "$folder/measuring-loop.png"
press Return                                           # Measure, which has the keyboard since
sleep 6
import -window root "$folder/measuring-sweep.png"
sleep 16
press Tab Tab Tab Tab Tab
import -window root "$folder/measuring-found.png"
press Return wait                                      # Keep
import -window root "$folder/measuring-kept.png"
xdotool key alt+F4
ends || { echo "the app did not end" >&2; exit 1; }
finish
exit "$code"
