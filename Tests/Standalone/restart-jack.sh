#!/usr/bin/env bash
# Ends the JACK server under the app, starts it again, and sends a file through the app then.
#
#   restart-jack.sh APP PROBE FOLDER INPUT.wav
#
# FOLDER is the app's home; it gets output.wav, the pictures jack-before.png, jack-gone.png and jack-again.png, and the
# programs' logs. Ends everything it has started. Run under a display, by run-under-display.sh.
set -u

app=$1 probe=$2 folder=$3 input=$4
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
export JACK_DEFAULT_SERVER=faltwerk-restart-$$ JACK_NO_AUDIO_RESERVATION=1

started=()
finish() { for process in "${started[@]}"; do kill "$process" 2>/dev/null; done; wait 2>/dev/null; }
trap finish EXIT

wait_for() # wait_for PORT: up to 60 s
{
    for _ in $(seq 300); do
        jack_lsp 2>/dev/null | grep -q "^$1" && return 0
        sleep 0.2
    done
    echo "restart-jack: $1 did not appear" >&2
    exit 1
}

start_server()
{
    jackd -n "$JACK_DEFAULT_SERVER" -r -S -d dummy -r 48000 -p 1024 >>"$folder/jackd.log" 2>&1 & server=$!
    started+=("$server")
    wait_for system:capture_1
}

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
wait_for Faltwerk:out_2
sleep 3

for _ in 1 2 3 4 5 6; do # a busy machine may drop periods: then again
    "$probe" Faltwerk "$input" "$folder/output.wav" >"$folder/probe.log" || exit 1
    grep -q 'drop-outs 0' "$folder/probe.log" && break
done

import -window Faltwerk "$folder/jack-again.png"
cat "$folder/probe.log"
