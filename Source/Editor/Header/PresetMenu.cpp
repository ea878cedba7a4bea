#include "Editor/Header/PresetMenu.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Menu.h"
#include "Editor/Look/LookAndFeel.h"
#include "Plugin/State/FactoryPresets.h"

namespace faltwerk
{

namespace
{

bool isFactoryName (const juce::String& name)
{
    return name == Session::initialPreset || findFactoryPreset (name.toStdString()) != nullptr;
}

/** Says what a preset of that name would do to another. @param own  the user's */
juce::String remarkOn (const juce::String& name, const juce::StringArray& own)
{
    if (own.contains (name))
        return "Save replaces your preset of that name.";

    return isFactoryName (name) ? "A preset that comes with Faltwerk has this name. Yours would take its place in the "
                                  "list; delete yours to have that one again."
                                : juce::String();
}

} // namespace

PresetMenu::PresetMenu (PluginProcessor& owner)
    : juce::Button ("Preset")
    , processor (owner)
{
    setComponentID ("preset");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    setTooltip ("Presets: load, save, rename, delete\nPrevious and next: Alt + Page Up, Alt + Page Down");
    onClick = [this] { showMenuBeside (menu(), *this); };
    update();
}

void PresetMenu::update()
{
    const auto name = juce::String::fromUTF8 (processor.session.presetName().c_str());
    const bool changed = processor.session.differsFromPreset();
    const auto words =
        (name.isEmpty() ? juce::String ("No preset") : name) + (name.isNotEmpty() && changed ? " *" : "");

    if (words != getButtonText())
    {
        setTitle ("Preset " + words);
        setButtonText (words);
    }
}

void PresetMenu::paintButton (juce::Graphics& g, bool highlighted, bool down)
{
    LookAndFeel::drawMenuButton (g, getLocalBounds().reduced (ControlButton::ringMargin).toFloat(), {}, *this,
                                 highlighted, down);
}

void PresetMenu::restore (const juce::String& name)
{
    const auto error = processor.presets.restore (name);
    report (error);

    if (error.empty())
        processor.session.setPresetName (name.toStdString());
}

void PresetMenu::report (const std::string& sentence)
{
    if (! sentence.empty())
        processor.document.loader().report (sentence);
}

/** Saves the sound under a name; returns the sentence of a failure. */
std::string PresetMenu::save (const juce::String& name)
{
    auto error = processor.savePreset (name);

    if (error.empty() && onNotice != nullptr)
        onNotice ("Preset '" + name + "' saved");

    return error;
}

std::string PresetMenu::rename (const juce::String& from, const juce::String& to)
{
    auto error = processor.presets.rename (from, to);

    if (! error.empty())
        return error;

    if (processor.session.presetName() == from.toStdString()) // else another has been loaded meanwhile
        processor.session.setPresetName (to.toStdString());

    if (onNotice != nullptr && from != to)
        onNotice ("Preset '" + from + "' renamed to '" + to + "'");

    return {};
}

/** Returns the present name, with a number if it is one that comes with Faltwerk and the user has none of it. */
juce::String PresetMenu::suggestedName() const
{
    const auto current = juce::String::fromUTF8 (processor.session.presetName().c_str());
    const auto names = processor.presets.names();

    if (names.contains (current) || ! isFactoryName (current))
        return current;

    for (int n = 2;; ++n)
        if (const auto name = current + " " + juce::String (n); ! names.contains (name) && ! isFactoryName (name))
            return name;
}

void PresetMenu::step (int by) { report (processor.stepPreset (by)); }

/** Adds the presets in the order in which they are stepped through: Init, those that come with Faltwerk by use, the
    user's. */
void PresetMenu::addPresets (juce::PopupMenu& result, const juce::String& current, const juce::StringArray& own)
{
    const auto add = [&] (juce::PopupMenu& to, const juce::String& name)
    {
        to.addItem (name, true, name == current,
                    [safe = juce::Component::SafePointer<PresetMenu> (this), name]
                    {
                        if (safe != nullptr)
                            safe->report (safe->processor.loadPreset (name));
                    });
    };

    if (! own.contains (Session::initialPreset))
        add (result, Session::initialPreset);

    for (const auto use : presetUses())
    {
        juce::PopupMenu group;
        bool holdsCurrent = false;

        for (const auto& preset : factoryPresets())
        {
            const juce::String name (preset.name.data(), preset.name.size());

            if (preset.use != use || own.contains (name))
                continue;

            add (group, name);
            holdsCurrent = holdsCurrent || name == current;
        }

        if (group.getNumItems() > 0)
            result.addSubMenu (juce::String (use.data(), use.size()), group, true, nullptr, holdsCurrent);
    }

    result.addSeparator();

    for (const auto& name : own)
        add (result, name);

    if (! own.isEmpty())
        result.addSeparator();
}

juce::PopupMenu PresetMenu::menu()
{
    using Safe = juce::Component::SafePointer<PresetMenu>;
    juce::PopupMenu result;
    const auto current = juce::String::fromUTF8 (processor.session.presetName().c_str());
    const auto names = processor.presets.names();
    const bool isSaved = names.contains (current);
    addPresets (result, current, names);

    result.addItem ("Save", isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe != nullptr)
                            safe->report (safe->save (current));
                    });
    result.addItem (juce::String (juce::CharPointer_UTF8 ("Save as\xe2\x80\xa6")),
                    [safe = Safe (this), current, names]
                    {
                        if (safe != nullptr)
                            safe->onAskForName ({ "Save preset", "Save", safe->suggestedName(),
                                                  [names] (const juce::String& name) { return remarkOn (name, names); },
                                                  [safe] (const juce::String& name) { return safe->save (name); } });
                    });
    result.addItem (juce::String (juce::CharPointer_UTF8 ("Rename\xe2\x80\xa6")), isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe != nullptr)
                            safe->onAskForName ({ "Rename preset", "Rename", current,
                                                  [] (const juce::String& name) { return remarkOn (name, {}); },
                                                  [safe, current] (const juce::String& name)
                                                  { return safe->rename (current, name); } });
                    });
    result.addItem ("Delete", isSaved, false,
                    [safe = Safe (this), current]
                    {
                        if (safe == nullptr)
                            return;

                        const auto error = safe->processor.presets.remove (current);

                        if (! error.empty())
                        {
                            safe->report (error);
                            return;
                        }

                        safe->processor.session.setPresetName ({});

                        if (safe->onDeleted != nullptr)
                            safe->onDeleted (current);
                    });
    return result;
}

} // namespace faltwerk
