#include "Plugin/State/Presets.h"

#include <string_view>

namespace faltwerk
{

namespace
{

constexpr int magic = 0x50544c46; // FLTP
constexpr int currentVersion = 1;
constexpr const char* extension = ".faltwerk";
constexpr juce::int64 mostBytes = juce::int64 { 1 } << 31;
constexpr size_t headerSize = 2 * sizeof (int), sizeOfTexts = 65536; // all but the audio, of any but a strange preset

/** Returns true for names of devices, which Windows does not give to files: CON, COM1 ... */
bool isReserved (const juce::String& name)
{
    const auto first = name.upToFirstOccurrenceOf (".", false, false).trim().toUpperCase();
    const bool isPort = first.length() == 4 && (first.startsWith ("COM") || first.startsWith ("LPT"))
                        && juce::CharacterFunctions::isDigit (first[3]);
    return isPort || juce::StringArray { "CON", "PRN", "AUX", "NUL" }.contains (first);
}

bool hasControlCharacter (const juce::String& name)
{
    for (const auto each : name)
        if (each < 0x20 || each == 0x7f)
            return true;

    return false;
}

/** Returns why a name cannot be that of a file on every system; empty if it can. */
std::string complaintAbout (const juce::String& name)
{
    constexpr size_t mostBytesOfFileName = 255; // of file systems
    constexpr int mostCharacters = 128;         // of juce::File::createLegalFileName()

    if (name.trim().isEmpty())
        return "A preset needs a name. Type one.";

    if (name.length() > mostCharacters
        || name.getNumBytesAsUTF8() + std::string_view (extension).size() > mostBytesOfFileName)
        return "The name '" + name.substring (0, 32).toStdString() + "...' is too long. Use up to 80 characters.";

    if (isReserved (name))
        return "'" + name.toStdString() + "' is the name of a device on Windows. Choose another name.";

    // JUCE takes a tilde for the user's home.
    if (name != juce::File::createLegalFileName (name) || name != name.trim() || name.startsWithChar ('.')
        || name.endsWithChar ('.') || name.startsWithChar ('~') || hasControlCharacter (name))
        return "'" + name.toStdString()
               + "' cannot be a preset's name. Leave out / \\ : * ? \" < > | # @ , ; [ ], tabs, a tilde at its "
                 "beginning, and dots or spaces at its ends.";

    return {};
}

} // namespace

Presets::Presets (juce::File where)
    : folder (std::move (where))
{
}

juce::File Presets::fileOf (const juce::String& name) const { return folder.getChildFile (name + extension); }

juce::StringArray Presets::names() const
{
    juce::StringArray result;

    for (const auto& file : folder.findChildFiles (juce::File::findFiles, false, juce::String ("*") + extension))
        result.add (file.getFileName().dropLastCharacters (juce::String (extension).length()));

    result.sortNatural();
    return result;
}

/** Returns true if there is a preset of exactly this name, also if save() would refuse the name. */
bool Presets::exists (const juce::String& name) const
{
    return names().contains (name) && fileOf (name).getParentDirectory() == folder;
}

std::string Presets::save (const juce::String& name,
                           const PluginState& state,
                           const juce::StringArray& kernelFolders) const
{
    if (auto complaint = complaintAbout (name); ! complaint.empty())
        return complaint;

    const auto failure = "The preset '" + name.toStdString() + "' could not be saved in '"
                         + folder.getFullPathName().toStdString()
                         + "'. Check the space on the disk and your rights there.";

    if (folder.createDirectory().failed())
        return failure;

    juce::MemoryBlock bytes;
    state.write (bytes, kernelFolders);

    // Written beside its place first, so that a failure leaves what was there.
    const juce::TemporaryFile temporary (fileOf (name));

    {
        juce::FileOutputStream stream (temporary.getFile());

        if (! stream.openedOk() || ! stream.writeInt (magic) || ! stream.writeInt (currentVersion)
            || ! stream.write (bytes.getData(), bytes.getSize()))
            return failure;

        stream.flush();

        if (stream.getStatus().failed())
            return failure;
    }

    return changed (temporary.overwriteTargetFileWithTemporary(), failure);
}

Outcome<PluginState> Presets::load (const juce::String& name) const
{
    const auto file = fileOf (name);
    const auto fail = [&name] (const char* what)
    { return Outcome<PluginState>::failure ("The preset '" + name.toStdString() + "' " + what); };

    if (! exists (name))
        return fail ("was not found. Choose another.");

    juce::MemoryBlock bytes;

    if (file.getSize() > mostBytes || ! file.loadFileAsData (bytes))
        return fail ("could not be read. Check that you may read it.");

    juce::MemoryInputStream header (bytes, false);
    const bool isOurs = bytes.getSize() > headerSize && header.readInt() == magic;
    const int version = header.readInt();

    if (isOurs && version > currentVersion)
        return fail ("was saved by a newer Faltwerk. Update this one.");

    auto state =
        isOurs && version == currentVersion
            ? PluginState::read (static_cast<const char*> (bytes.getData()) + headerSize, bytes.getSize() - headerSize)
            : std::nullopt;
    return state ? Outcome<PluginState> (std::move (*state)) : fail ("is damaged. Save it again or delete it.");
}

std::string Presets::kernelNameOf (const juce::String& name) const
{
    juce::FileInputStream stream (fileOf (name));
    juce::MemoryBlock bytes;

    if (! stream.openedOk() || stream.readIntoMemoryBlock (bytes, sizeOfTexts) <= headerSize)
        return {};

    const auto state =
        PluginState::read (static_cast<const char*> (bytes.getData()) + headerSize, bytes.getSize() - headerSize);
    return state && state->current.source != nullptr ? state->current.source->name : std::string();
}

/** Returns the failure's sentence, or nothing on success, which is counted. */
std::string Presets::changed (bool succeeded, const std::string& failure) const
{
    if (! succeeded)
        return failure;

    changes.fetch_add (1, std::memory_order_relaxed);
    return {};
}

std::string Presets::rename (const juce::String& from, const juce::String& to) const
{
    if (auto complaint = complaintAbout (to); ! complaint.empty())
        return complaint;

    if (! exists (from))
        return "The preset '" + from.toStdString() + "' was not found. Choose another.";

    if (from == to)
        return {};

    // Where files that differ in case are one, a preset may still change the case of its name.
    if (exists (to) || (fileOf (to).exists() && ! from.equalsIgnoreCase (to)))
        return "There is a preset '" + to.toStdString() + "' already. Choose another name.";

    return changed (fileOf (from).moveFileTo (fileOf (to)), "The preset '" + from.toStdString()
                                                                + "' could not be renamed. Check your rights in '"
                                                                + folder.getFullPathName().toStdString() + "'.");
}

std::string Presets::remove (const juce::String& name) const
{
    if (! exists (name))
        return "The preset '" + name.toStdString() + "' was not found. Choose another.";

    const auto removed = removedFileOf (name);

    return changed (removed.getParentDirectory().createDirectory().wasOk() && fileOf (name).moveFileTo (removed),
                    "The preset '" + name.toStdString() + "' could not be deleted. Check your rights in '"
                        + folder.getFullPathName().toStdString() + "'.");
}

std::string Presets::restore (const juce::String& name) const
{
    if (exists (name))
        return "There is another preset '" + name.toStdString() + "' now. Rename it first.";

    return changed (removedFileOf (name).moveFileTo (fileOf (name)),
                    "The preset '" + name.toStdString() + "' could not be brought back. Check your rights in '"
                        + folder.getFullPathName().toStdString() + "'.");
}

juce::File Presets::removedFileOf (const juce::String& name) const
{
    return folder.getChildFile ("Removed").getChildFile (fileOf (name).getFileName());
}

} // namespace faltwerk
