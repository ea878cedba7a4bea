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

    /** Called when the hint has become another one. */
    std::function<void()> onHint;

    ToolRow tools;

protected:
    PluginProcessor& processor;
    ViewChoices& choices;
    bool compact = false;
};

} // namespace faltwerk
