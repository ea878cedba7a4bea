#pragma once

#include "Editor/Computed.h"
#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Dialogs/Dialog.h"
#include "Editor/Dialogs/KernelPreview.h"
#include "Kernel/Numbers/NumericKernel.h"

namespace faltwerk
{

/** Numbers, typed or pasted, that become a kernel while they are written; what cannot be read is told by line and
    column, and commas that can be meant in two ways are asked for. */
class NumbersDialog : public Dialog
{
public:
    /** @param text  to begin with, as from the clipboard */
    NumbersDialog (PluginProcessor&, const juce::String& text);

    /** Returns what cannot be read, and where; empty if all can. */
    juce::String problem() const;

    /** Returns how the numbers were understood; may be empty. */
    juce::String remark() const;

    juce::Component* firstWithKeyboard() override { return &numbers; }
    void update() override;
    void closing (bool accepted) override;

private:
    struct Key
    {
        juce::String text;
        double rate = 0.0; // Hz; 0 if the text is not a sample rate
        Commas commas = Commas::automatic;

        bool operator== (const Key&) const = default;
    };

    /** What came of a text: a kernel, or a sentence. */
    using Reading = Outcome<Kernel>;

    void layOut (juce::Rectangle<int>) override;
    void paintContents (juce::Graphics&) override;
    Key key() const;
    bool isRead() const;

    PluginProcessor& processor;
    juce::TextEditor numbers, rate;
    ChoiceMenu commas; // what they mean
    KernelPreview preview;
    Computed<Key, Reading> reading;
    ControlButton* keep = nullptr;
    bool isClosed = false;
};

} // namespace faltwerk
