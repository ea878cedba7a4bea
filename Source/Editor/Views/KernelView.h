#pragma once

#include "Editor/Controls/ToolRow.h"
#include "Editor/ViewChoices.h"
#include "Plugin/PluginProcessor.h"

#include <functional>

namespace faltwerk
{

/** One of the pictures of the kernel, with its tools. It follows the document by itself, when update() is called. */
class KernelView : public juce::Component
{
public:
    KernelView (PluginProcessor& owner, ViewChoices& choicesToKeep)
        : processor (owner)
        , choices (choicesToKeep)
    {
    }

    /** Returns a sentence for the status line that says what can be done here. */
    virtual juce::String hint() const = 0;

    /** Checks for changes of what is shown. Called 30 times a second while the view is visible, and when it becomes
        visible. @param seconds  since the last call */
    virtual void update (double seconds) = 0;

    /** Tells the view that the window is low, so that less important parts are to be left out. */
    virtual void setCompact (bool isCompact) { compact = isCompact; }

    /** Returns true if the picture has been out of date for a while. */
    virtual bool isLate() const = 0;

    /** Called when hint() has changed. */
    std::function<void()> onHint;

    ToolRow tools;

protected:
    static constexpr juce::uint32 patience = 300; // ms, until a sign says that a picture is being worked out

    PluginProcessor& processor;
    ViewChoices& choices;
    bool compact = false;
};

} // namespace faltwerk
