#include "Standalone/EndSignals.h"

#if defined(_WIN32)

namespace faltwerk
{

void EndSignals::install() {}
bool EndSignals::wereRaised() noexcept { return false; }

} // namespace faltwerk

#else

    #include <csignal>
    #include <initializer_list>

namespace faltwerk
{

namespace
{

volatile std::sig_atomic_t raised = 0;

extern "C" void noteEndSignal (int) { raised = 1; }

} // namespace

void EndSignals::install()
{
    struct sigaction action = {};
    action.sa_handler = noteEndSignal;
    action.sa_flags = static_cast<int> (SA_RESETHAND);
    sigemptyset (&action.sa_mask);

    for (const int signal : { SIGTERM, SIGINT, SIGHUP })
        sigaction (signal, &action, nullptr);
}

bool EndSignals::wereRaised() noexcept { return raised != 0; }

} // namespace faltwerk

#endif
