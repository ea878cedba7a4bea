#include "Editor/Header/Header.h"

#include "Editor/Controls/Menu.h"
#include "Editor/Header/SettingsMenu.h"
#include "Editor/Header/UndoMenu.h"
#include "Editor/Look/Icons.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Reading/SoundFormats.h"
#include "Picture/Theme.h"

#include <map>

namespace faltwerk
{

namespace
{

constexpr int widthWithPlay = 1240; // in a plugin
constexpr int widthWithName = 1000; // narrower windows leave the product's name and the copying button out
constexpr int narrowBelow = 900, kernelWidth = 250, leastKernelWidth = 210;

/** What gives way, one after the other, until the kernel's name has its room. */
enum Shortness
{
    none,
    noProductName,
    shortPreset,
    audioIcon,
    browseIcon,  // and no button that copies to the other slot
    leastPreset, // and a kernel's name that is shorter, too
    narrowHeader,
    noAudio
};

constexpr const char* audioTip = "Choose the audio device; mute or unmute its input";

juce::String withEllipsis (const char* words) { return words + juce::String::charToString (0x2026); }

} // namespace

Header::Header (PluginProcessor& owner)
    : processor (owner)
    , browseButton ("Browse", icons::browse())
    , loadButton (withEllipsis ("Load"))
    , previousPreset ({}, icons::chevronLeft())
    , presetMenu (owner)
    , nextPreset ({}, icons::chevronRight())
    , undoButton ({}, icons::undo())
    , redoButton ({}, icons::redo())
    , slots ("Slot", { "A", "B" })
    , copyButton ({}, icons::arrowRight())
    , playButton ("Play", icons::play(), ControlButton::IconStyle::filled)
    , audioButton ("Audio", icons::speaker())
    , bypassButton ("Bypass", icons::power())
    , settingsButton ({}, icons::sliders())
    , bypassAttachment (owner.parameters.bypass, [this] (float value) { showBypass (value >= 0.5f); })
{
    setOpaque (true);
    setComponentID ("header");
    const auto add = [this] (juce::Button& button, const char* id, const char* title, const juce::String& tooltip,
                             std::function<void()> act)
    {
        button.setComponentID (id);
        button.setTitle (title);
        button.setTooltip (tooltip);
        button.onClick = std::move (act);
        addAndMakeVisible (button);
    };

    add (browseButton, "browse", "Browse", "Browse\nKernels to choose from, heard as you go through them. Key: B",
         [this] { onBrowse(); });
    bypassButton.reserve ({ "Bypass", "Bypassed" });
    kernel.setComponentID ("kernelSelector");
    kernel.onMenu = [this] { showMenuBeside (kernelMenu(), kernel.nameButton()); };
    kernel.onStep = [this] (int step) { onStep (step); };
    kernel.onStar = [this] { onStar(); };
    kernel.onDragBegin = [this] { onDragBegin(); };
    kernel.onDragOut = [this] { onDragOut(); };
    addAndMakeVisible (kernel);
    add (loadButton, "load", "Load", juce::String ("Load a kernel: numbers, ") + soundFormatNames,
         [this] { onLoad(); });
    presetMenu.onDeleted = [this] (const juce::String& name)
    {
        if (onPresetDeleted != nullptr)
            onPresetDeleted (name);
    };
    presetMenu.onAskForName = [this] (PresetMenu::NameQuestion question) { onAskForName (std::move (question)); };
    presetMenu.onNotice = [this] (const juce::String& sentence)
    {
        if (onNotice != nullptr)
            onNotice (sentence);
    };
    add (previousPreset, "previousPreset", "Previous preset", "Previous preset (Alt + Page Up)",
         [this] { stepPreset (-1); });
    addAndMakeVisible (presetMenu);
    add (nextPreset, "nextPreset", "Next preset", "Next preset (Alt + Page Down)", [this] { stepPreset (1); });
    add (undoButton, "undo", "Undo", {}, [this] { undo(); });
    add (redoButton, "redo", "Redo", {}, [this] { redo(); });

    for (auto* const button : { &undoButton, &redoButton })
        button->onMenu = [this, button] { showMenuBeside (undoMenu (processor.document), *button); };

    slots.setComponentID ("slots");
    slots.onChoose = [this] (int) { swapSlots(); };
    addAndMakeVisible (slots);
    add (copyButton, "copy", "Copy to the other slot", {}, [this] { processor.document.copyToOtherSlot(); });
    add (playButton, "play", "Play", "Play a dry loop into the input, to hear the kernel by itself",
         [this]
         {
             if (hasDeviceWarning && ! processor.loop.isPlaying())
                 onNotice ("Nothing can play without an audio device: open one in Audio settings");
             else
                 processor.loop.setPlaying (! processor.loop.isPlaying());

             update();
         });
    add (audioButton, "audio", "Audio", audioTip, [this] { onAudioSettings(); });
    add (bypassButton, "bypass", "Bypass", "Let the input pass unchanged",
         [this] { bypassAttachment.setValueAsCompleteGesture (processor.parameters.bypass.get() ? 0.0f : 1.0f); });
    add (settingsButton, "settings", "Settings", "Settings", [this] { showMenuBeside (moreMenu(), settingsButton); });

    for (auto* const button : { &previousPreset, &nextPreset, &undoButton, &redoButton, &copyButton })
        button->setSurface (ControlButton::Surface::flat);

    setStandalone (false);
    bypassAttachment.sendInitialUpdate();
    update();
}

void Header::setStandalone (bool standalone)
{
    isStandalone = standalone;
    playButton.reserve (standalone ? juce::StringArray { "Play", "Stop" } : juce::StringArray());
    update();
    resized();
}

void Header::showDevice (const juce::String& text, bool isWarning)
{
    hasDeviceWarning = isWarning;
    audioButton.setTooltip ((text.isNotEmpty() ? text + "\n" : juce::String()) + audioTip);
    resized();
}

void Header::showBrowsing (bool isOpen)
{
    browseButton.setToggleState (isOpen, juce::dontSendNotification);
    resized();
}

void Header::stepPreset (int by)
{
    presetMenu.step (by);
    update();
}

void Header::undo()
{
    if (const auto name = processor.document.undoName(); processor.document.canUndo())
    {
        processor.document.undo();
        onNotice ("Undone: " + juce::String::fromUTF8 (name.c_str()));
    }
}

void Header::redo()
{
    if (const auto name = processor.document.redoName(); processor.document.canRedo())
    {
        processor.document.redo();
        onNotice ("Redone: " + juce::String::fromUTF8 (name.c_str()));
    }
}

void Header::swapSlots()
{
    const auto before = processor.document.current();
    processor.document.swapSlots();

    if (processor.document.current() == before)
        onNotice (processor.document.isB() ? "B sounds like A so far: change it, then compare"
                                           : "A sounds like B: change one of them, then compare");

    update();
}

void Header::showKernelName (const juce::String& name, bool isLoading)
{
    kernel.show (isLoading           ? withEllipsis ("Loading")
                 : name.isNotEmpty() ? name
                                     : juce::String ("No kernel"),
                 name.isNotEmpty());
}

void Header::showBypass (bool bypassed)
{
    bypassButton.show (bypassed ? "Bypassed" : "Bypass", icons::power(), bypassed ? theme::warning : theme::textHigh);
    resized();
}

void Header::update()
{
    auto& document = processor.document;
    const auto step = [] (const char* word, const std::string& name)
    { return word + (name.empty() ? juce::String() : ": " + juce::String::fromUTF8 (name.c_str())); };

    undoButton.setEnabled (document.canUndo());
    const juce::String listTip ("\nThe list of all steps: right-click, or the down arrow key");
    undoButton.setTooltip (step ("Undo", document.undoName()) + listTip);
    redoButton.setEnabled (document.canRedo());
    redoButton.setTooltip (step ("Redo", document.redoName()) + listTip);
    slots.show (document.isB() ? 1 : 0);
    copyButton.setTooltip (document.isB() ? "Copy B to A" : "Copy A to B");

    presetMenu.update();

    const bool playing = processor.loop.isPlaying();
    playButton.show (! isStandalone ? ""
                     : playing      ? "Stop"
                                    : "Play",
                     playing ? icons::stop() : icons::play(), theme::signal);
    playButton.setTitle (playing ? "Stop" : "Play");

    if (playing && ! playButton.isVisible())
        resized(); // it can be stopped wherever it was started
}

juce::PopupMenu Header::kernelMenu()
{
    juce::PopupMenu menu;
    std::map<std::string_view, juce::PopupMenu> categories;
    std::vector<std::string_view> order;
    const auto present = processor.document.current().source;

    for (const auto& each : factoryKernels())
    {
        if (! categories.contains (each.category))
            order.push_back (each.category);

        const std::string name (each.name);
        const bool isPresent = present != nullptr && present->name == name;
        categories[each.category].addItem (juce::String (name), true, isPresent,
                                           [this, name] { processor.document.loadFactoryKernel (name); });
    }

    for (const auto& category : order)
        menu.addSubMenu (juce::String (std::string (category)), categories[category]);

    menu.addSeparator();
    menu.addItem (withEllipsis ("Load a file"), [this] { onLoad(); });

    menu.addItem (withEllipsis ("Make one"), [this] { onGenerate(); });
    menu.addItem (withEllipsis ("Type or paste numbers"), [this] { onNumbers(); });
    menu.addItem (withEllipsis ("Measure with a sweep"), [this] { onMeasure(); });
    menu.addSeparator();

    const auto status = processor.kernelStatus();
    menu.addItem (withEllipsis ("Name and properties"), status.source != nullptr, false, [this] { onProperties(); });
    const bool hasFile = status.source != nullptr && ! status.source->origin.path.empty();
    menu.addItem ("Show file", hasFile, false,
                  [file = hasFile ? juce::File (juce::String::fromUTF8 (status.source->origin.path.c_str()))
                                  : juce::File()] { file.revealToUser(); });

    juce::PopupMenu exports;
    exports.addItem ("WAV, 32-bit float", [this] { onExport (KernelExport::Format::wav32); });
    exports.addItem ("WAV, 24-bit", [this] { onExport (KernelExport::Format::wav24); });
    exports.addItem ("FLAC, 24-bit", [this] { onExport (KernelExport::Format::flac24); });
    menu.addSubMenu ("Export as edited", exports, status.edited != nullptr);
    menu.addItem ("Clear kernel", present != nullptr, false, [this] { processor.document.clearKernel(); });
    return menu;
}

juce::PopupMenu Header::moreMenu()
{
    auto menu = settingsMenu (processor, onScale, onAddKernelFolder);
    menu.addSeparator();

    if (! playButton.isVisible())
        menu.addItem ("Play a dry loop", true, processor.loop.isPlaying(),
                      [this] { processor.loop.setPlaying (! processor.loop.isPlaying()); });

    menu.addItem ("Compare at equal loudness", true, isMatching, [this] { onMatch (! isMatching); });
    menu.addItem (withEllipsis ("About and manual"), [this] { onAbout(); });

    juce::PopupMenu all;

    if (narrow)
    {
        all.addSubMenu ("Preset", presetMenu.menu());
        all.addItem ("Previous preset", [this] { stepPreset (-1); });
        all.addItem ("Next preset", [this] { stepPreset (1); });
        all.addItem ("Undo", processor.document.canUndo(), false, [this] { undo(); });
        all.addItem ("Redo", processor.document.canRedo(), false, [this] { redo(); });
        all.addSubMenu ("Undo list", undoMenu (processor.document));
    }

    if (! copyButton.isVisible())
        all.addItem (copyButton.getTooltip(), [this] { processor.document.copyToOtherSlot(); });

    if (isStandalone && ! audioButton.isVisible())
        all.addItem (withEllipsis ("Audio"), [this] { onAudioSettings(); });

    if (all.getNumItems() == 0)
        return menu;

    all.addSeparator();
    all.addSubMenu ("Settings", menu);
    return all;
}

void Header::paint (juce::Graphics& g)
{
    g.fillAll (theme::panel);
    const float centre = static_cast<float> (getHeight()) / 2.0f;
    icons::drawMark (g, { 18.0f, centre - 8.0f, 20.0f, 18.0f });

    if (presetMenu.isVisible())
    {
        g.setColour (theme::control);
        g.fillRoundedRectangle (
            previousPreset.getBounds().getUnion (nextPreset.getBounds()).reduced (ControlButton::ringMargin).toFloat(),
            theme::controlRadius);
    }

    if (! hasProductName)
        return;

    g.setFont (theme::font (theme::Type::heading));
    g.setColour (theme::textHigh);
    g.drawText ("Faltwerk", juce::Rectangle<float> (50.0f, 0.0f, 80.0f, static_cast<float> (getHeight())),
                juce::Justification::centredLeft);
}

void Header::resized()
{
    // The kernel's name keeps its room: words and buttons give way to it, those first that are missed least.
    for (int shortness = none; shortness <= noAudio; ++shortness)
        if (layOut (shortness) >= (shortness == leastPreset ? leastKernelWidth : kernelWidth))
            return;
}

/** Lays everything out and returns the width that is left for the kernel's name. */
int Header::layOut (int shortness)
{
    constexpr int ring = ControlButton::ringMargin;
    auto row = getLocalBounds().withSizeKeepingCentre (getWidth(), theme::controlHeight + 2 * ring);
    row.removeFromRight (theme::edgeMargin - ring);
    hasProductName = getWidth() >= widthWithName && shortness < noProductName;
    row.removeFromLeft (hasProductName ? 132 : 46);
    narrow = getWidth() < narrowBelow || shortness >= narrowHeader;

    browseButton.show (narrow || shortness >= browseIcon ? "" : "Browse", icons::browse(),
                       browseButton.getToggleState() ? theme::kernel : theme::textHigh);
    audioButton.show (shortness >= audioIcon ? "" : "Audio", icons::speaker(),
                      hasDeviceWarning ? theme::warning : theme::textHigh);

    for (juce::Component* const part :
         { static_cast<juce::Component*> (&previousPreset), static_cast<juce::Component*> (&presetMenu),
           static_cast<juce::Component*> (&nextPreset), static_cast<juce::Component*> (&undoButton),
           static_cast<juce::Component*> (&redoButton) })
        part->setVisible (! narrow);

    copyButton.setVisible (getWidth() >= widthWithName && ! narrow && shortness < browseIcon);
    playButton.setVisible (isStandalone || getWidth() >= widthWithPlay || processor.loop.isPlaying());
    audioButton.setVisible (isStandalone && shortness < noAudio);
    settingsButton.show ({}, copyButton.isVisible() ? icons::sliders() : icons::more(), theme::textHigh);

    const auto place = [&row] (ControlButton& button, int gap)
    {
        if (! button.isVisible())
            return;

        button.setBounds (row.removeFromRight (button.idealWidth()));
        row.removeFromRight (gap);
    };

    place (settingsButton, 0);
    place (bypassButton, 0);
    place (audioButton, 0);
    place (playButton, narrow ? 0 : 8);
    place (copyButton, 0);
    slots.setBounds (row.removeFromRight (slots.idealWidth()));
    row.removeFromRight (narrow ? 0 : 8);
    place (redoButton, -2 * ring);
    place (undoButton, narrow ? 0 : 4);

    if (! narrow)
    {
        // They share a surface: the name lies between the arrows' icons.
        constexpr int overlap = 8;
        const int arrow = nextPreset.idealWidth() - 4;
        nextPreset.setBounds (row.removeFromRight (arrow));
        row.removeFromRight (-overlap);
        presetMenu.setBounds (row.removeFromRight (shortness >= leastPreset   ? PresetMenu::leastWidth
                                                   : shortness >= shortPreset ? PresetMenu::shortWidth
                                                                              : PresetMenu::width));
        row.removeFromRight (-overlap);
        previousPreset.setBounds (row.removeFromRight (arrow));
        row.removeFromRight (8);
    }

    place (loadButton, 0);
    browseButton.setBounds (row.removeFromLeft (browseButton.idealWidth()));
    row.removeFromLeft (narrow ? 0 : 4);
    kernel.setBounds (row);
    return row.getWidth();
}

} // namespace faltwerk
