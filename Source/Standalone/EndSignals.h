#pragma once

namespace faltwerk
{

/** The signals with which a system asks a program to end: SIGTERM, SIGINT and SIGHUP. Where there are none, as under
    Windows, JUCE asks the application to quit by itself, and nothing is ever raised here. */
class EndSignals
{
public:
    /** Catches each of them once; the second one ends the program at once. Call it after JUCE has set up its messages,
        which take SIGINT for themselves. [message] */
    static void install();

    /** Returns true if one has been caught. [any] */
    static bool wereRaised() noexcept;
};

} // namespace faltwerk
