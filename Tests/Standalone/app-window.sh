# For the scripts that press keys in the app's window; they source it after setting `app` and `folder`. Opens the app,
# whose home is the folder, waits until its window has the keyboard, and ends it by force when the script ends before it.

export HOME=$folder XDG_CONFIG_HOME=$folder/.config
"$app" >"$folder/app.log" 2>&1 & id=$!
trap 'kill -KILL $id 2>/dev/null || true' EXIT
sleep 1

for _ in $(seq 100); do # some windows that come and go at first have the app's name
    window=$(xdotool search --onlyvisible --name '^Faltwerk$' 2>/dev/null | head -1) || true
    [ -z "$window" ] || xdotool windowactivate "$window" 2>/dev/null || true
    sleep 0.5
    focused=$(xdotool getwindowfocus 2>/dev/null) || true
    [ -n "$window" ] && [ "$focused" = "$window" ] && break
done

[ -n "$window" ] && [ "$focused" = "$window" ] || { echo "the app's window does not get the keyboard" >&2; exit 1; }
xdotool mousemove --window "$window" 6 6 click 1 # beside every control
sleep 1

press() # press [KEY ...]; "wait" is a second and a half
{
    for key in "$@"; do
        case $key in
            wait) sleep 1.5 ;;
            *) xdotool key "$key" ;;
        esac
        sleep 0.3
    done
}

ends() # ends: waits up to 10 s for the app to end; its exit code in $code
{
    for _ in $(seq 100); do
        if ! kill -0 $id 2>/dev/null; then
            trap - EXIT
            code=0
            wait $id || code=$?
            return 0
        fi
        sleep 0.1
    done

    return 1
}
