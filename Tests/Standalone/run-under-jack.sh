#!/usr/bin/env bash
# Runs the app under a virtual display and a private JACK server, and sends a file through it.
#
#   run-under-jack.sh APP PROBE FOLDER INPUT.wav
#
# FOLDER is the app's home; it gets output.wav, window.png and the programs' logs. Ends everything it has started.
set -u

app=$1 probe=$2 folder=$3 input=$4
export HOME=$folder XDG_CONFIG_HOME=$folder/.config
export JACK_DEFAULT_SERVER=${JACK_DEFAULT_SERVER:-faltwerk-test-$$} JACK_NO_AUDIO_RESERVATION=1

started=()
finish() { for process in "${started[@]}"; do kill "$process" 2>/dev/null; done; wait 2>/dev/null; }
trap finish EXIT

wait_for() # wait_for PORT: up to 20 s
{
    for _ in $(seq 100); do
        jack_lsp 2>/dev/null | grep -q "^$1" && return 0
        sleep 0.2
    done
    echo "run-under-jack: $1 did not appear" >&2
    exit 1
}

if [ "${FALTWERK_INSIDE:-}" = yes ]; then # inside the virtual display
    openbox >"$folder/openbox.log" 2>&1 & started+=($!)
    until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; do sleep 0.1; done
    "$app" >"$folder/app.log" 2>&1 & started+=($!)
    wait_for Faltwerk:out_2
    sleep 2 # until the session's kernel sounds

    for _ in 1 2 3 4 5 6; do # a busy machine may drop periods: then again
        "$probe" Faltwerk "$input" "$folder/output.wav" >"$folder/probe.log" & probing=$!
        sleep 1.5
        import -window Faltwerk "$folder/window.png" # while it plays
        wait $probing || exit 1
        grep -q 'drop-outs 0' "$folder/probe.log" && break
    done

    cat "$folder/probe.log"
    exit 0
fi

jackd -n "$JACK_DEFAULT_SERVER" -r -S -d dummy -r 48000 -p 1024 >"$folder/jackd.log" 2>&1 & started+=($!)
wait_for system:capture_1
FALTWERK_INSIDE=yes xvfb-run -a -s "-screen 0 1280x800x24" bash "$0" "$@"
