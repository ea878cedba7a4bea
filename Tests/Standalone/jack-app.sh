# For the scripts that end or start a JACK server beside the app; they source it after setting `folder` and the server's
# name. Ends everything in `started`.

export HOME=$folder XDG_CONFIG_HOME=$folder/.config JACK_NO_AUDIO_RESERVATION=1

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
    echo "$(basename "$0" .sh): $1 did not appear" >&2
    exit 1
}

start_server() # its process: $server
{
    jackd -n "$JACK_DEFAULT_SERVER" -r -S -d dummy -r 48000 -p 1024 >>"$folder/jackd.log" 2>&1 & server=$!
    started+=("$server")
    wait_for system:capture_1
}

send_through() # send_through PROBE INPUT.wav PICTURE: once the app is connected; prints what the probe says
{
    wait_for Faltwerk:out_2
    sleep 3

    for _ in 1 2 3 4 5 6; do # a busy machine may drop periods: then again
        "$1" Faltwerk "$2" "$folder/output.wav" >"$folder/probe.log" || exit 1
        grep -q 'drop-outs 0' "$folder/probe.log" && break
    done

    import -window Faltwerk "$folder/$3"
    cat "$folder/probe.log"
}
