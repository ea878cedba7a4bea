#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Segments.h"
#include "Editor/Files/KernelExport.h"
#include "Editor/Header/KernelSelector.h"
#include "Editor/Header/PresetMenu.h"
#include "Plugin/PluginProcessor.h"

#include <functional>

namespace faltwerk
{

/** The top row: the mark, the kernel's name with its menu, Load, presets, undo and redo, A and B, Bypass, settings, and
    in the app Play and Audio. What a narrow window has no room for is in the menu of the last button. */
class Header : public juce::Component
{
public:
    explicit Header (PluginProcessor& processor);

    /** What the buttons do that need more than the processor. */
    std::function<void()> onLoad, onAudioSettings, onAddKernelFolder, onAbout, onProperties, onGenerate, onNumbers,
        onMeasure, onBrowse, onStar;
    PresetMenu::AskForName onAskForName;
    std::function<void (const juce::String&)> onPresetDeleted, onNotice;
    std::function<void (int)> onStep;                    // to the previous kernel, -1, or the next, 1
    std::function<void (bool)> onMatch;                  // whether what is compared sounds equally loud
    std::function<void (int)> onScale;                   // in percent
    std::function<void (KernelExport::Format)> onExport; // of the kernel as it sounds
    std::function<void()> onDragBegin, onDragOut;        // of the kernel's name

    /** Shows or hides the buttons of the app. */
    void setStandalone (bool isStandalone);

    /** Says in the audio button's tooltip what there is to know of the device, and marks it for a warning. */
    void showDevice (const juce::String& text, bool isWarning);

    void showBrowsing (bool isOpen);
    void showFavourite (bool isFavourite, bool canBe) { kernel.showFavourite (isFavourite, canBe); }
    void showMatch (bool isOn) { isMatching = isOn; }

    /** Brings back a preset that was deleted. */
    void restorePreset (const juce::String& name) { presetMenu.restore (name); }

    /** Takes over the next preset, 1, or the previous one, -1. */
    void stepPreset (int by);

    /** Undo or redo a step, and say which in a notice. */
    void undo();
    void redo();

    /** Changes to the other slot, and says so in a notice if it sounds alike. */
    void swapSlots();

    void showKernelName (const juce::String& name, bool isLoading);
    juce::String shownKernelName() const { return kernel.shownName(); }

    /** Returns the last button's menu: what has no button for lack of room, and the settings. */
    juce::PopupMenu moreMenu();

    /** Follows what may change without a click. */
    void update();

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    int layOut (int shortness);
    void showBypass (bool bypassed);
    juce::PopupMenu kernelMenu();

    PluginProcessor& processor;
    ControlButton browseButton;
    KernelSelector kernel;
    ControlButton loadButton;
    ControlButton previousPreset;
    PresetMenu presetMenu;
    ControlButton nextPreset;
    ControlButton undoButton, redoButton;
    Segments slots;
    ControlButton copyButton, playButton, audioButton, bypassButton, settingsButton;
    juce::ParameterAttachment bypassAttachment;
    bool isMatching = false, isStandalone = false, narrow = false, hasProductName = false, hasDeviceWarning = false;
};

} // namespace faltwerk
