#include "Editor/Files/KernelFiles.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Reading/KernelFile.h"
#include "Kernel/Writing/FirstMinute.h"
#include "Plugin/Utf8.h"

#include <algorithm>
#include <string_view>

namespace faltwerk
{

namespace
{

/** Returns the folder of files that were dragged out of the window. They are kept for a day. */
juce::File dragFolder()
{
    return juce::File::getSpecialLocation (juce::File::tempDirectory).getChildFile ("Faltwerk dragged kernels");
}

void removeOldDrags()
{
    const auto yesterday = juce::Time::getCurrentTime() - juce::RelativeTime::days (1.0);

    for (const auto& entry : juce::RangedDirectoryIterator (dragFolder(), false, "*.wav"))
        if (entry.getModificationTime() < yesterday)
            entry.getFile().deleteFile();
}

} // namespace

KernelFiles::KernelFiles (PluginProcessor& owner, juce::Component& window)
    : processor (owner)
    , question (owner.settings, window)
{
}

KernelFiles::~KernelFiles() = default;

// --- In --------------------------------------------------------------------------------------------------------------

/** Returns the folder of the current kernel; empty if it is not from a file. */
juce::String KernelFiles::presentFolder() const
{
    const auto present = processor.document.current().source;
    return present != nullptr && ! present->origin.path.empty()
               ? juce::File (juce::String::fromUTF8 (present->origin.path.c_str()))
                     .getParentDirectory()
                     .getFullPathName()
               : juce::String();
}

void KernelFiles::chooseKernel()
{
    question.askForOne (FileQuestion::Kind::file, "Load a kernel", presentFolder(),
                        [this] (const juce::File& file) { processor.loadKernel (file); });
}

void KernelFiles::locateKernel()
{
    question.askForOne (FileQuestion::Kind::file, "Locate the kernel", presentFolder(),
                        [this] (const juce::File& file) { processor.document.relink (file); });
}

void KernelFiles::chooseFolder()
{
    question.askForOne (FileQuestion::Kind::folder, "Add a folder with kernels", {},
                        [this] (const juce::File& folder) { addFolder (folder); });
}

void KernelFiles::addFolder (const juce::File& folder)
{
    auto values = processor.settings->get();
    values.kernelFolders.addIfNotAlreadyThere (folder.getFullPathName());

    if (auto error = processor.settings->set (values); ! error.empty())
        processor.document.loader().report (std::move (error));
}

void KernelFiles::removeFolder (const juce::String& path)
{
    auto values = processor.settings->get();
    values.kernelFolders.removeString (path);

    if (auto error = processor.settings->set (values); ! error.empty())
        processor.document.loader().report (std::move (error));
}

std::optional<KernelParts> KernelFiles::partsOf (const juce::StringArray& files)
{
    std::vector<std::string> paths;

    for (const auto& file : files)
        paths.push_back (juce::File (file).getFullPathName().toStdString());

    if (paths.empty() || paths.size() > 4)
        return std::nullopt;

    const auto parts = findKernelParts (paths.front());
    const bool areAllParts =
        parts
        && std::all_of (paths.begin(), paths.end(),
                        [&parts] (const auto& path)
                        { return std::find (parts->files.begin(), parts->files.end(), path) != parts->files.end(); });

    if (areAllParts && (parts->files.size() == 4 || paths.size() == 2))
        return parts;

    if (paths.size() != 2 || paths[0] == paths[1])
        return std::nullopt;

    const auto first = headerOfFile (paths[0]), second = headerOfFile (paths[1]);

    if (! first || ! second || first->numChannels != 1 || second->numChannels != 1
        || ! juce::approximatelyEqual (first->sampleRate, second->sampleRate))
        return std::nullopt;

    auto sorted = files;
    sorted.sortNatural();
    return partsOfFiles ({ juce::File (sorted[0]).getFullPathName().toStdString(),
                           juce::File (sorted[1]).getFullPathName().toStdString() });
}

std::optional<juce::String> KernelFiles::textToAskAbout (const juce::File& file)
{
    constexpr juce::int64 mostBytes = 4'000'000; // more is no text to look through in a dialog

    if (! file.existsAsFile() || file.getSize() > mostBytes)
        return {};

    juce::MemoryBlock bytes;

    if (! file.loadFileAsData (bytes))
        return {};

    const std::string_view text (static_cast<const char*> (bytes.getData()), bytes.getSize());
    return isText (text.substr (0, 4096)) && needsCommaChoice (text) ? std::optional (file.loadFileAsString())
                                                                     : std::nullopt;
}

void KernelFiles::drop (const juce::StringArray& files, bool intoOtherSlot)
{
    const juce::File first (files[0]);

    if (first.isDirectory())
    {
        juce::StringArray names;

        for (const auto& path : files)
        {
            if (const juce::File folder (path); folder.isDirectory())
            {
                addFolder (folder);
                names.add ("'" + shownNameOf (folder) + "'");
            }
        }

        if (onNotice != nullptr)
            onNotice ({ names.size() == 1 ? names[0] + " is one of your kernel folders now"
                        : names.size() == 2
                            ? names[0] + " and " + names[1] + " are kernel folders now"
                            : names[0] + " and " + juce::String (names.size() - 1) + " more are kernel folders now",
                        false });

        return;
    }

    auto& document = processor.document;

    if (intoOtherSlot)
    {
        document.copyToOtherSlot();
        document.swapSlots();
    }

    if (const auto parts = partsOf (files))
    {
        document.loadParts (*parts);
        return;
    }

    document.loadFile (first);

    if (files.size() > 1 && onNotice != nullptr)
        onNotice ({ "'" + shownNameOf (first) + "' is the first of " + juce::String (files.size())
                        + " files: the others are under Recent in the browser",
                    false,
                    {},
                    false,
                    first.getFullPathName() });
}

// --- Out -------------------------------------------------------------------------------------------------------------

std::shared_ptr<const Kernel> KernelFiles::sounding() const
{
    const auto status = processor.kernelStatus();
    return status.edited != nullptr ? status.edited->kernel : nullptr;
}

juce::String KernelFiles::legalName() const
{
    const auto document = processor.kernelStatus().source;
    const auto name = document != nullptr ? juce::String::fromUTF8 (document->name.c_str()) : juce::String();
    const auto legal = juce::File::createLegalFileName (name).trim();
    return legal.isEmpty() ? juce::String ("kernel") : legal;
}

void KernelFiles::exportKernel (KernelExport::Format format)
{
    const auto kernel = sounding();

    if (kernel == nullptr)
        return;

    const juce::String extension (KernelExport::extensionOf (format));
    question.askForOne (FileQuestion::Kind::save, "Export the kernel as edited", legalName() + extension,
                        [this, kernel, format] (const juce::File& file) { exporter.write (kernel, file, format); });
}

void KernelFiles::prepareDrag()
{
    const auto kernel = sounding();
    draggedFile = juce::File();

    if (kernel == nullptr || ! dragFolder().createDirectory().wasOk())
        return;

    removeOldDrags();
    draggedFile = dragFolder().getChildFile (legalName() + ".wav");
    dragExporter.write (kernel, draggedFile, KernelExport::Format::wav32);
}

void KernelFiles::dragOut (juce::Component& source)
{
    if (draggedFile != juce::File() && ! dragExporter.isWriting() && draggedFile.existsAsFile())
        juce::DragAndDropContainer::performExternalDragDropOfFiles (
            { std::exchange (draggedFile, juce::File()).getFullPathName() }, false, &source);
}

void KernelFiles::useFirstMinuteOf (const juce::File& file)
{
    shortened.ask (++numShortened, [path = file.getFullPathName().toStdString()] { return writeFirstMinute (path); });
}

void KernelFiles::update()
{
    if (onNotice == nullptr)
        return;

    if (shortened.update() && shortened.get() != nullptr)
    {
        const auto& result = *shortened.get();

        if (result)
            processor.loadKernel (juce::File (toString (*result)));
        else
            onNotice ({ toString (result.error()), true, {}, false, {} });
    }

    if (const auto result = exporter.take())
        onNotice ({ juce::String::fromUTF8 (result->sentence.c_str()),
                    ! result->succeeded,
                    result->succeeded ? result->file : juce::File(),
                    false,
                    {} });
    else if (const auto done = exporter.progress())
        onNotice ({ "Exporting" + juce::String::charToString (0x2026) + " "
                        + juce::String (juce::roundToInt (100.0 * *done)) + juce::String::charToString (0xa0) + "%",
                    false,
                    {},
                    true,
                    {} });
}

} // namespace faltwerk
