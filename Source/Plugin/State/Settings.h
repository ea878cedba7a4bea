#pragma once

#include "Kernel/Edits/Normalisation.h"

#include <juce_data_structures/juce_data_structures.h>

#include <memory>
#include <mutex>

namespace faltwerk
{

/** Returns the default folder of the user's files: Faltwerk, in the platform's folder for application data.
    [not audio] */
juce::File standardUserFolder();

/** The user's settings for all instances, in a file. Instances with the same folder share one object. Each change is
    saved at once. [not audio] */
class Settings
{
public:
    /** The values. One that is out of range in the file gets its default. */
    struct Values
    {
        bool embedsKernels = true;               // in the sessions of new instances
        bool cutsTailOnBypass = false;           // new instances
        bool startsEmpty = false;                // new instances
        Normalise normalise = Normalise::energy; // new instances
        int scalePercent = 100;                  // of the editor: 75..200
        bool reducesMotion = false;              // of the editor: nothing moves by itself but meters and traces
        juce::StringArray kernelFolders;         // absolute
        juce::String lastFolder;                 // in which files were chosen; absolute, or empty

        bool operator== (const Values&) const = default;
    };

    /** Returns the settings in a folder, which the process shares; the folder need not exist. */
    static std::shared_ptr<Settings> in (const juce::File& folder);

    Values get() const;

    /** Replaces the values. Returns a sentence if they could not be saved; they apply all the same. */
    std::string set (const Values&);

    const juce::File& folder() const noexcept { return ownFolder; }

    explicit Settings (const juce::File& folder);

private:
    const juce::File ownFolder;
    mutable std::mutex lock;
    juce::PropertiesFile file;
    Values values;
};

} // namespace faltwerk
