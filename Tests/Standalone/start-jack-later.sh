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
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
export JACK_DEFAULT_SERVER=faltwerk-later-$$ JACK_NO_AUDIO_RESERVATION=1 JACK_NO_START_SERVER=1

started=()
finish() { for process in "${started[@]}"; do kill "$process" 2>/dev/null; done; wait 2>/dev/null; }
trap finish EXIT

has_port() { jack_lsp 2>/dev/null | grep -q "^$1"; }

wait_for() # wait_for PORT: up to 60 s
{
    for _ in $(seq 300); do
        has_port "$1" && return 0
        sleep 0.2
    done
    echo "start-jack-later: $1 did not appear" >&2
    exit 1
}

"$app" >"$folder/app.log" 2>&1 & started+=($!)
timeout 30 xdotool search --sync --onlyvisible --name '^Faltwerk$' >"$folder/window.log" || exit 1
sleep 5
import -window Faltwerk "$folder/jack-awaited.png"

jackd -n "$JACK_DEFAULT_SERVER" -r -S -d dummy -r 48000 -p 1024 >"$folder/jackd.log" 2>&1 & started+=($!)
wait_for system:capture_1

if [ "$expected" = stays ]; then
    sleep 15
    has_port Faltwerk && { echo "start-jack-later: the app has connected" >&2; exit 1; }
    import -window Faltwerk "$folder/jack-later.png"
    exit 0
fi

wait_for Faltwerk:out_2
sleep 3

for _ in 1 2 3 4 5 6; do # a busy machine may drop periods: then again
    "$probe" Faltwerk "$input" "$folder/output.wav" >"$folder/probe.log" || exit 1
    grep -q 'drop-outs 0' "$folder/probe.log" && break
done

import -window Faltwerk "$folder/jack-later.png"
cat "$folder/probe.log"
