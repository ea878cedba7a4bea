#include "Editor/Header/SettingsMenu.h"

namespace faltwerk
{

juce::PopupMenu settingsMenu (PluginProcessor& processor,
                              std::function<void (int)> scaleChanged,
                              std::function<void()> addFolder)
{
    const auto options = processor.session.options();
    const auto values = processor.settings->get();

    const auto setOption = [&processor, options] (bool InstanceOptions::*option)
    {
        return [&processor, options, option]
        {
            auto changed = options;
            changed.*option = ! (changed.*option);
            processor.session.setOptions (changed);
        };
    };
    const auto setValue = [&processor] (std::function<void (Settings::Values&)> change)
    {
        return [&processor, change]
        {
            auto changed = processor.settings->get();
            change (changed);

            if (const auto error = processor.settings->set (changed); ! error.empty())
                processor.document.loader().report (error);
        };
    };

    juce::PopupMenu menu;
    menu.addSectionHeader ("This instance");
    menu.addItem ("Keep a copy of the kernel in the session", true, options.embedsKernel,
                  setOption (&InstanceOptions::embedsKernel));
    menu.addItem ("Bypass cuts the tail", true, options.cutsTailOnBypass,
                  setOption (&InstanceOptions::cutsTailOnBypass));
    menu.addItem ("Lock Mix against presets and kernels", true, options.locksMix,
                  setOption (&InstanceOptions::locksMix));
    juce::PopupMenu mixLaw;
    auto& law = processor.parameters.mixLaw;

    for (int index = 0; index < law.choices.size(); ++index)
        mixLaw.addItem (law.choices[index], true, index == law.getIndex(),
                        [&law, index]
                        {
                            law.beginChangeGesture();
                            law.setValueNotifyingHost (law.convertTo0to1 (static_cast<float> (index)));
                            law.endChangeGesture();
                        });

    menu.addSubMenu ("Mix law", mixLaw);
    menu.addItem ("Clear kernel", [&processor] { processor.document.clearKernel(); });
    menu.addItem ("Panic: end all tails", [&processor] { processor.panic(); });

    menu.addSectionHeader ("New instances");
    menu.addItem ("Start without a kernel", true, values.startsEmpty,
                  setValue ([] (Settings::Values& v) { v.startsEmpty = ! v.startsEmpty; }));
    menu.addItem ("Keep a copy of the kernel in the session", true, values.embedsKernels,
                  setValue ([] (Settings::Values& v) { v.embedsKernels = ! v.embedsKernels; }));
    menu.addItem ("Bypass cuts the tail", true, values.cutsTailOnBypass,
                  setValue ([] (Settings::Values& v) { v.cutsTailOnBypass = ! v.cutsTailOnBypass; }));

    juce::PopupMenu normalise;

    for (const auto& [name, value] : { std::pair { "Off", Normalise::off },
                                       { "Peak", Normalise::peak },
                                       { "Energy", Normalise::energy },
                                       { "Loudness", Normalise::loudness } })
        normalise.addItem (name, true, values.normalise == value,
                           setValue ([chosen = value] (Settings::Values& v) { v.normalise = chosen; }));

    menu.addSubMenu ("Normalise", normalise);

    menu.addSectionHeader ("Editor and files");
    juce::PopupMenu scale;

    for (const int percent : { 75, 100, 125, 150, 200 })
        scale.addItem (
            juce::String (percent) + " %", true, values.scalePercent == percent,
            [set = setValue ([percent] (Settings::Values& v) { v.scalePercent = percent; }), scaleChanged, percent]
            {
                set();
                scaleChanged (percent);
            });

    menu.addSubMenu ("Scale", scale);
    menu.addItem ("Reduce motion", true, values.reducesMotion,
                  setValue ([] (Settings::Values& v) { v.reducesMotion = ! v.reducesMotion; }));
    juce::PopupMenu folders;
    folders.addItem (juce::String (juce::CharPointer_UTF8 ("Add a folder\xe2\x80\xa6")), std::move (addFolder));

    for (const auto& folder : values.kernelFolders)
        folders.addItem ("Remove " + folder,
                         setValue ([folder] (Settings::Values& v) { v.kernelFolders.removeString (folder); }));

    menu.addSubMenu ("Kernel folders", folders);
    return menu;
}

} // namespace faltwerk
