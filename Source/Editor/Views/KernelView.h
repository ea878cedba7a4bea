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

    /** What can be done here, in a sentence for the status line. */
    virtual juce::String hint() const = 0;

    /** Looks whether what is shown has changed; called 30 times a second while the view is visible, and when it becomes
        so. @param seconds  since the last call */
    virtual void update (double seconds) = 0;

    /** Whether the window is so low that everything that can wait is left out. */
    virtual void setCompact (bool isCompact) { compact = isCompact; }

    /** Returns true if what is shown is not what is asked for, and has not been for a while. */
    virtual bool isLate() const = 0;

    /** Called when the hint has become another one. */
    std::function<void()> onHint;

    ToolRow tools;

protected:
    static constexpr juce::uint32 patience = 300; // ms, until a sign says that a picture is being worked out

    PluginProcessor& processor;
    ViewChoices& choices;
    bool compact = false;
};

} // namespace faltwerk
