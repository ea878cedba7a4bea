#pragma once

#include "Plugin/Document/Document.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Returns the steps that can be undone and redone, the newest first: choosing one makes it the last that is done. The
    present one has a tick. [message] */
juce::PopupMenu undoMenu (Document&);

} // namespace faltwerk
