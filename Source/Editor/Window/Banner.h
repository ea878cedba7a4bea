#pragma once

#include "Editor/Controls/ControlButton.h"

#include <functional>

namespace faltwerk
{

/** What went wrong with a file, over the picture: what happened, what stays as it was, and the ways on. */
class Banner : public juce::Component
{
public:
    Banner();

    std::function<void()> onShorten, onShowFile, onChooseAnother, onClose;

    /** @param hasFile  whether there is a file to be shown */
    void show (const juce::String& title, const juce::String& detail, bool hasFile);

    /** Offers to use the first part of a file that is too long. */
    void offerToShorten (bool shouldOffer);

    /** Returns the height for some width. */
    int heightFor (int width) const;

    void paint (juce::Graphics&) override;
    void resized() override;
    bool keyPressed (const juce::KeyPress&) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    juce::TextLayout layOut (float width) const;
    int textWidth (int width) const;

    juce::String title, detail;
    ControlButton shorten, showFile, chooseAnother, close;
};

} // namespace faltwerk
