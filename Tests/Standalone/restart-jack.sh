#!/usr/bin/env bash
# Ends the JACK server under the app, starts it again, and sends a file through the app then.
#
#   restart-jack.sh APP PROBE FOLDER INPUT.wav
#
# FOLDER is the app's home; it gets output.wav, the pictures jack-before.png, jack-gone.png and jack-again.png, and the
# programs' logs. Ends everything it has started. Run under a display, by run-under-display.sh.
set -u

app=$1 probe=$2 folder=$3 input=$4
export JACK_DEFAULT_SERVER=faltwerk-restart-$$
. "$(dirname "$0")/jack-app.sh"

start_server
"$app" >"$folder/app.log" 2>&1 & started+=($!)
wait_for Faltwerk:out_2
sleep 3
import -window Faltwerk "$folder/jack-before.png"

kill "$server"
wait "$server" 2>/dev/null
sleep 5
import -window Faltwerk "$folder/jack-gone.png"

start_server
send_through "$probe" "$input" jack-again.png
