#pragma once

#include "Editor/Controls/ControlButton.h"

#include <functional>
#include <memory>
#include <vector>

namespace faltwerk
{

/** A card over the window with a heading, contents, and buttons at its foot. Nothing waits for it: sound and host go
    on. Escape closes it. */
class Dialog : public juce::Component
{
public:
    /** @param size  of the contents, in logical pixels */
    Dialog (const juce::String& title, juce::Point<int> size);

    /** Returns the size that the whole card would like. */
    juce::Point<int> idealSize() const;

    /** Closes the card, which may delete it. */
    std::function<void()> onClose;

    /** Closes the card as Escape does. */
    void dismiss();

    /** Called 30 times a second while it is open. */
    virtual void update() {}

    /** Takes files that are dropped on the window while it is open, where it can: what lies behind gets none. */
    virtual bool takesFiles() const { return false; }
    virtual void take (const juce::StringArray& files) { juce::ignoreUnused (files); }

    /** Called once before it goes, by whatever means. @param accepted  whether by its first button */
    virtual void closing (bool accepted) { juce::ignoreUnused (accepted); }

    /** Returns the part that has the keyboard when it opens. */
    virtual juce::Component* firstWithKeyboard() = 0;

    void paint (juce::Graphics&) final;
    void resized() final;
    bool keyPressed (const juce::KeyPress&) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

protected:
    /** Lays out the contents. */
    virtual void layOut (juce::Rectangle<int> contents) = 0;
    virtual void paintContents (juce::Graphics&) {}

    /** Adds a button at the foot, from the right; the first one accepts. */
    ControlButton& addButton (const juce::String& words, std::function<void()> act, bool isPrimary = false);

    void accept();
    juce::Rectangle<int> contents() const;

private:
    void finish (bool accepted);

    const juce::String heading;
    const juce::Point<int> contentSize;
    std::vector<std::unique_ptr<ControlButton>> buttons;
    ControlButton close;
    bool finished = false;
};

/** Gives a text field the font and colours that it has in every dialog. [message] */
void dress (juce::TextEditor& field);

/** Where a dialog lies: over everything, dimming it. */
class DialogHost : public juce::Component
{
public:
    DialogHost();

    /** Opens a dialog in place of the present one. */
    void open (std::unique_ptr<Dialog>);
    void shut();
    Dialog* present() const noexcept { return dialog.get(); }
    void update();

    /** Gives the keyboard to the dialog, unless something in it has it. */
    void takeKeyboard();

    /** Gives the dialog a key that was pressed while something behind it had the keyboard, and the keyboard too. */
    void deliver (const juce::KeyPress&);

    void paint (juce::Graphics&) override;
    void resized() override;

private:
    std::unique_ptr<Dialog> dialog;
    juce::Component::SafePointer<juce::Component> focusedBefore;
};

} // namespace faltwerk
