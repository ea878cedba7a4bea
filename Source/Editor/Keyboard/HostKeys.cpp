#include "Editor/Keyboard/HostKeys.h"

#include "Editor/Keyboard/TypedKey.h"

#include <tuple>
#include <utility>
#include <vector>

#if JUCE_LINUX || JUCE_BSD
    #include <X11/Xlib.h>
    #include <X11/keysym.h>

// Macros of X that are names here.
constexpr int typeKeyPress = KeyPress, typeKeyRelease = KeyRelease;
    #undef KeyPress
    #undef KeyRelease
#endif

namespace faltwerk
{

#if JUCE_LINUX || JUCE_BSD

/** A connection of our own to the X server: JUCE's is not for others. The library is there wherever JUCE shows a
    window. */
class HostKeys::Connection
{
public:
    Connection()
        : library ("libX11.so.6")
    {
        find (openDisplay, "XOpenDisplay");
        find (closeDisplay, "XCloseDisplay");
        find (queryTree, "XQueryTree");
        find (freeData, "XFree");
        find (keycodeOf, "XKeysymToKeycode");
        find (sendEvent, "XSendEvent");
        find (internAtom, "XInternAtom");
        find (getProperty, "XGetWindowProperty");
        find (flush, "XFlush");
        find (sync, "XSync");
        find (getInputFocus, "XGetInputFocus");
        find (setErrorHandler, "XSetErrorHandler");

        if (isComplete)
            display = openDisplay (nullptr);
    }

    ~Connection()
    {
        if (display != nullptr)
            closeDisplay (display);
    }

    /** Sends a key to the host's window that holds a window of the plugin's, as if it had been pressed there. */
    bool send (::Window own, const juce::KeyPress& key) const
    {
        if (display == nullptr)
            return false;

        // The host's window may go at any time, and an error of X would end the process.
        const ErrorsIgnored ignored (*this);

        // Where the host's window has the keyboard, it has had the key before us.
        ::Window focused = 0;
        int revert = 0;
        getInputFocus (display, &focused, &revert);

        if (! isWithin (focused, own))
            return false;

        const auto [host, root] = windowAround (own);
        const auto code = keycodeOf (display, symbolOf (key));

        if (host == 0 || code == 0)
            return false;

        XEvent event {};
        event.xkey.display = display;
        event.xkey.window = host;
        event.xkey.root = root;
        event.xkey.time = CurrentTime;
        event.xkey.same_screen = True;

        // To the client that created the window: toolkits no longer select such events by the core protocol.
        const auto post = [&] (int type, KeyCode which)
        {
            event.type = type;
            event.xkey.keycode = which;
            sendEvent (display, host, False, NoEventMask, &event);
        };

        // Some hosts go by the state, others by the modifiers' own keys.
        const auto modifiers = key.getModifiers();
        std::vector<std::pair<KeyCode, unsigned int>> held;

        for (const auto& [isDown, symbol, mask] :
             { std::tuple { modifiers.isShiftDown(), KeySym { XK_Shift_L }, unsigned { ShiftMask } },
               { modifiers.isCtrlDown(), KeySym { XK_Control_L }, unsigned { ControlMask } },
               { modifiers.isAltDown(), KeySym { XK_Alt_L }, unsigned { Mod1Mask } } })
        {
            if (! isDown)
                continue;

            held.emplace_back (keycodeOf (display, symbol), mask);
            post (typeKeyPress, held.back().first);
            event.xkey.state |= mask;
        }

        post (typeKeyPress, code);
        post (typeKeyRelease, code);

        for (; ! held.empty(); held.pop_back())
        {
            post (typeKeyRelease, held.back().first);
            event.xkey.state &= ~held.back().second;
        }

        flush (display);
        return true;
    }

private:
    template <typename Function>
    void find (Function& function, const char* name)
    {
        function = reinterpret_cast<Function> (library.getFunction (name));
        isComplete = isComplete && function != nullptr;
    }

    /** Ignores errors of X while it lives, all of which belong to this connection. */
    class ErrorsIgnored
    {
    public:
        explicit ErrorsIgnored (const Connection& owner)
            : connection (owner)
            , former (connection.setErrorHandler ([] (Display*, XErrorEvent*) { return 0; }))
        {
        }

        ~ErrorsIgnored()
        {
            connection.sync (connection.display, False);
            connection.setErrorHandler (former);
        }

    private:
        const Connection& connection;
        XErrorHandler former;
    };

    /** Returns the window that a window lies in, and the root; 0 if there is none. */
    std::pair<::Window, ::Window> parentOf (::Window window) const
    {
        ::Window root = 0, parent = 0;
        ::Window* children = nullptr;
        unsigned int count = 0;

        if (queryTree (display, window, &root, &parent, &children, &count) == 0)
            return {};

        if (children != nullptr)
            freeData (children);

        return { parent, root };
    }

    /** Returns true if a window is another or lies in it. */
    bool isWithin (::Window window, ::Window outer) const
    {
        while (window > PointerRoot && window != outer) // else no window has the keyboard
            window = parentOf (window).first;

        return window == outer;
    }

    /** Returns the window around ours that the window manager knows, and the root; 0 if there is none. */
    std::pair<::Window, ::Window> windowAround (::Window own) const
    {
        const auto state = internAtom (display, "WM_STATE", True);

        if (state == None)
            return {};

        for (auto [window, root] = parentOf (own); window != 0 && window != root; window = parentOf (window).first)
            if (has (window, state))
                return { window, root };

        return {};
    }

    bool has (::Window window, Atom property) const
    {
        Atom type = None;
        int format = 0;
        unsigned long count = 0, left = 0;
        unsigned char* data = nullptr;
        getProperty (display, window, property, 0, 0, False, AnyPropertyType, &type, &format, &count, &left, &data);

        if (data != nullptr)
            freeData (data);

        return type != None;
    }

    /** Returns X's symbol of a key. JUCE keeps its last eight bits, with a mark at keys that have no character. */
    static KeySym symbolOf (const juce::KeyPress& key)
    {
        const int code = key.getKeyCode();
        const bool isFunction = code > 0xffffff || code == 8 || code == 13 || code == 27;
        return isFunction
                   ? static_cast<KeySym> (0xff00 | (code & 0xff))
                   : static_cast<KeySym> (juce::CharacterFunctions::toLowerCase (static_cast<juce::juce_wchar> (code)));
    }

    juce::DynamicLibrary library;
    bool isComplete = true;
    decltype (&XOpenDisplay) openDisplay = nullptr;
    decltype (&XCloseDisplay) closeDisplay = nullptr;
    decltype (&XQueryTree) queryTree = nullptr;
    decltype (&XFree) freeData = nullptr;
    decltype (&XKeysymToKeycode) keycodeOf = nullptr;
    decltype (&XSendEvent) sendEvent = nullptr;
    decltype (&XInternAtom) internAtom = nullptr;
    decltype (&XGetWindowProperty) getProperty = nullptr;
    decltype (&XFlush) flush = nullptr;
    decltype (&XSync) sync = nullptr;
    decltype (&XGetInputFocus) getInputFocus = nullptr;
    decltype (&XSetErrorHandler) setErrorHandler = nullptr;
    Display* display = nullptr;
};

bool HostKeys::keyPressed (const juce::KeyPress& key, juce::Component* window)
{
    const auto* const peer = window->getPeer();

    if (peer == nullptr || key.isKeyCode (juce::KeyPress::tabKey)) // which moves the keyboard here
        return false;

    // What is typed into a file browser or a value is not for the host; a panel of controls takes no text.
    if (const auto* const modal = juce::Component::getCurrentlyModalComponent();
        modal != nullptr && dynamic_cast<const juce::CallOutBox*> (modal) == nullptr)
        return true;

    // Ends loops with hosts that return unused keys: keys are not pressed this fast by hand.
    constexpr juce::uint32 second = 1000; // ms
    constexpr int mostPerSecond = 50;
    const auto now = juce::Time::getMillisecondCounter();

    if (now - countedSince > second)
    {
        countedSince = now;
        numPassed = 0;
    }

    if (++numPassed > mostPerSecond)
        return true;

    if (connection == nullptr)
        connection = std::make_unique<Connection>();

    return connection->send (reinterpret_cast<::Window> (peer->getNativeHandle()), asTyped (key));
}

#else

class HostKeys::Connection
{
};

bool HostKeys::keyPressed (const juce::KeyPress&, juce::Component*) { return false; }

#endif

HostKeys::HostKeys() = default;

HostKeys::~HostKeys() { listenTo (nullptr); }

void HostKeys::listenTo (juce::Component* window)
{
    if (heard == window)
        return;

    if (heard != nullptr)
        heard->removeKeyListener (this);

    heard = window;

    if (heard != nullptr)
        heard->addKeyListener (this);
}

} // namespace faltwerk
