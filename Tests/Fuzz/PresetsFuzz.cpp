// Bytes as a preset's file: whatever they are, a sentence, or a step that can be undone and a preset that can be saved.

#include "Instance.h"

using namespace faltwerk;

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    const auto instance = fuzz::makeInstance();
    auto& document = instance->document;
    const auto before = document.current();
    const auto file = instance->presets.fileOf ("a");
    fuzz::require (file.getParentDirectory().createDirectory().wasOk() && file.replaceWithData (data, size));
    const auto preset = instance->presets.load ("a");

    if (preset && ! fuzz::isQuick (*preset))
        return 0;

    const auto failure = instance->loadPreset ("a");
    fuzz::require (failure.empty() == static_cast<bool> (preset));

    if (! preset)
    {
        fuzz::require (failure.starts_with ("The preset 'a' ") && failure.ends_with ('.'));
        fuzz::require (document.current() == before && ! document.canUndo());
        return 0;
    }

    document.finishLoading();
    fuzz::checkInstance (*instance);
    fuzz::require (instance->session.presetName() == "a" && ! instance->session.differsFromPreset());
    fuzz::require (instance->savePreset ("b").empty() && instance->loadPreset ("b").empty());
    document.finishLoading();
    fuzz::require (instance->session.presetName() == "b" && ! instance->session.differsFromPreset());

    while (document.canUndo())
    {
        document.undo();
        document.finishLoading();
        fuzz::checkInstance (*instance);
    }

    fuzz::require (document.current() == before);
    return 0;
}
