// Bytes as a session: whatever they are, they are refused, or what they give is kept by being saved and opened again.

#include "Instance.h"

using namespace faltwerk;

namespace
{

juce::MemoryBlock written (const PluginState& state)
{
    juce::MemoryBlock bytes;
    state.write (bytes);
    return bytes;
}

void checkWriting (const PluginState& state)
{
    const auto bytes = written (state);
    const auto again = PluginState::read (bytes.getData(), bytes.getSize());
    fuzz::require (again && again->version == PluginState::currentVersion);
    fuzz::require (again->isB == state.isB && again->options == state.options && again->view == state.view);
    fuzz::require (again->current.edits == state.current.edits);
    fuzz::require (again->other.has_value() == state.other.has_value());
    fuzz::require (again->beforeTrying.has_value() == state.beforeTrying.has_value());
    fuzz::require (written (*again) == bytes);
}

juce::MemoryBlock reopened (const void* data, size_t size)
{
    const auto instance = fuzz::makeInstance();
    instance->setStateInformation (data, static_cast<int> (size));
    instance->document.finishLoading();
    fuzz::checkInstance (*instance);
    return fuzz::sessionOf (*instance);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    if (const auto state = PluginState::read (data, size))
    {
        checkWriting (*state);

        if (! fuzz::isQuick (*state))
            return 0;
    }

    const auto session = reopened (data, size);
    fuzz::require (reopened (session.getData(), session.getSize()) == session);
    return 0;
}
