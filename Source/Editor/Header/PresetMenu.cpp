#include "Editor/Header/PresetMenu.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Menu.h"
#include "Editor/LookAndFeel.h"

namespace faltwerk
{

PresetMenu::PresetMenu (PluginProcessor& owner)
    : juce::Button ("Preset")
    , processor (owner)
{
    setComponentID ("preset");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    setTooltip ("Presets: load, save, rename, delete");
    onClick = [this] { showMenuBeside (menu(), *this); };
    update();
}

void PresetMenu::update()
{
    const auto name = juce::String::fromUTF8 (processor.document.presetName().c_str());
    const bool changed = processor.document.differsFromPreset();
    const auto words = (name.isEmpty() ? juce::String ("none") : name) + (name.isNotEmpty() && changed ? " *" : "");

    if (words != getButtonText())
    {
        setTitle ("Preset " + words);
        setButtonText (words);
    }
}

void PresetMenu::paintButton (juce::Graphics& g, bool highlighted, bool down)
{
    LookAndFeel::drawMenuButton (g, getLocalBounds().reduced (ControlButton::ringMargin).toFloat(), "Preset", *this,
                                 highlighted, down);
}

void PresetMenu::report (const std::string& sentence)
{
    if (! sentence.empty())
        processor.document.loader().report (sentence);
}

juce::PopupMenu PresetMenu::menu()
{
    using Safe = juce::Component::SafePointer<PresetMenu>;
    juce::PopupMenu result;
    const auto current = juce::String::fromUTF8 (processor.document.presetName().c_str());
    const auto names = processor.presets.names();
    const bool isSaved = names.contains (current);

    result.addItem ("Init",
                    [safe = Safe (this)]
                    {
                        if (safe != nullptr)
                            safe->processor.document.applyInitialPreset();
                    });
    result.addSeparator();

    for (const auto& name : names)
        result.addItem (name, true, name == current,
                        [safe = Safe (this), name]
                        {
                            if (safe != nullptr)
                                safe->report (safe->processor.loadPreset (name));
                        });

    if (! names.isEmpty())
        result.addSeparator();

    result.addItem ("Save", isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe != nullptr)
                            safe->report (safe->processor.savePreset (current));
                    });
    result.addItem (juce::String (juce::CharPointer_UTF8 ("Save as\xe2\x80\xa6")),
                    [safe = Safe (this), current, names]
                    {
                        if (safe != nullptr)
                            safe->onAskForName ("Save preset", current, names,
                                                [safe] (const juce::String& name)
                                                { return safe->processor.savePreset (name); });
                    });
    result.addItem (juce::String (juce::CharPointer_UTF8 ("Rename\xe2\x80\xa6")), isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe != nullptr)
                            safe->onAskForName ("Rename preset", current, {},
                                                [safe, current] (const juce::String& name)
                                                {
                                                    auto error = safe->processor.presets.rename (current, name);

                                                    if (error.empty())
                                                        safe->processor.document.setPresetName (name.toStdString());

                                                    return error;
                                                });
                    });
    result.addItem ("Delete", isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe == nullptr)
                            return;

                        safe->report (safe->processor.presets.remove (current));
                        safe->processor.document.setPresetName ({});
                    });
    return result;
}

} // namespace faltwerk
