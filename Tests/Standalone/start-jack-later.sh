#!/usr/bin/env bash
# Starts the app without a JACK server, then the server, and sends a file through the app then.
#
#   start-jack-later.sh APP PROBE FOLDER INPUT.wav connects|stays
#
# The app has to connect by itself, or to stay away for 15 s. FOLDER is the app's home; it gets output.wav, the pictures
# jack-awaited.png and jack-later.png, and the programs' logs. Ends everything it has started. Run under a display, by
# run-under-display.sh.
set -u

app=$1 probe=$2 folder=$3 input=$4 expected=$5
export JACK_DEFAULT_SERVER=faltwerk-later-$$ JACK_NO_START_SERVER=1
. "$(dirname "$0")/jack-app.sh"

"$app" >"$folder/app.log" 2>&1 & started+=($!)
timeout 30 xdotool search --sync --onlyvisible --name '^Faltwerk$' >"$folder/window.log" || exit 1
sleep 5
import -window Faltwerk "$folder/jack-awaited.png"

start_server

if [ "$expected" = stays ]; then
    sleep 15
    has_port Faltwerk && { echo "start-jack-later: the app has connected" >&2; exit 1; }
    import -window Faltwerk "$folder/jack-later.png"
    exit 0
fi

send_through "$probe" "$input" jack-later.png
