#include "Kernel/Reading/KernelParts.h"

#include "Kernel/Reading/KernelFile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace faltwerk
{

namespace
{

std::filesystem::path toPath (const std::string& utf8) { return { std::u8string (utf8.begin(), utf8.end()) }; }

std::string toUtf8 (const std::filesystem::path& path)
{
    const auto text = path.u8string();
    return { text.begin(), text.end() };
}

/** Returns a rate for a sentence: "44100 Hz", not 44100.000000. */
std::string hertz (double rate) { return std::to_string (static_cast<long long> (rate)) + " Hz"; }

bool isSmall (char c) { return std::islower (static_cast<unsigned char> (c)) != 0; }
bool isLarge (char c) { return std::isupper (static_cast<unsigned char> (c)) != 0; }
bool isLetter (char c) { return isSmall (c) || isLarge (c); }

/** Returns true if some letters of a name are a word of their own, as L in "hall_L", "Cor1L44", "hallL" and "LCh". What
    ends the name may follow any letter. */
bool isWord (std::string_view name, size_t start, size_t length)
{
    const size_t end = start + length;
    const char before = start > 0 ? name[start - 1] : ' ', after = end < name.size() ? name[end] : ' ';
    const bool isSmallWord = isSmall (name[start]), isCapital = length > 1 && isSmall (name[end - 1]) && ! isSmallWord;
    const bool ends = isCapital ? ! isSmall (after) : isSmallWord ? ! isLetter (after) : ! isSmall (after);
    const bool begins = isSmallWord ? ! isLetter (before) : ! isLarge (before);
    return ends && (begins || (end == name.size() && length != 2));
}

bool isFile (const std::string& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file (toPath (path), ignored);
}

/** Returns a file's path with another word in the place of one in its name. */
std::string withWord (const std::string& path, size_t start, size_t length, std::string_view word)
{
    const auto file = toPath (path);
    auto stem = toUtf8 (file.stem());
    stem.replace (start, length, word);
    auto other = file;
    other.replace_filename (toPath (stem + toUtf8 (file.extension())));
    return toUtf8 (other);
}

/** Returns a name without a word and what joined it to the rest; the whole name if nothing else is left. */
std::string withoutWord (const std::string& stem, size_t start, size_t length)
{
    constexpr auto joints = " _-.()[]";
    auto front = stem.substr (0, start), back = stem.substr (start + length);
    const auto lastOfFront = front.find_last_not_of (joints);
    const auto firstOfBack = back.find_first_not_of (joints);
    front = lastOfFront == std::string::npos ? "" : front.substr (0, lastOfFront + 1);
    back = firstOfBack == std::string::npos ? "" : back.substr (firstOfBack);
    const auto joint = front.empty() || back.empty() ? "" : " ";
    return front.empty() && back.empty() ? stem : front + joint + back;
}

/** Calls visit (start, word) where one of some words stands in a name, the last place first, until it returns true.
    Returns true if it did. */
template <size_t count, typename Visit>
bool findWord (const std::string& stem, const std::array<std::string_view, count>& words, Visit&& visit)
{
    for (size_t start = stem.size(); start-- > 0;)
        for (const auto& word : words)
            if (stem.compare (start, word.size(), word) == 0 && isWord (stem, start, word.size())
                && visit (start, word))
                return true;

    return false;
}

/** Looks for parts whose names differ in one of some words. */
template <size_t count>
std::optional<KernelParts> findParts (const std::string& path, const std::array<std::string_view, count>& words)
{
    const auto stem = toUtf8 (toPath (path).stem());
    KernelParts parts;
    const auto areThere = [&] (size_t start, std::string_view own)
    {
        parts = { {}, withoutWord (stem, start, own.size()), true };

        for (const auto& word : words)
            parts.files.push_back (word == own ? path : withWord (path, start, own.size(), word));

        return std::all_of (parts.files.begin(), parts.files.end(),
                            [&path] (const auto& file) { return file == path || isFile (file); });
    };

    return findWord (stem, words, areThere) ? std::optional (std::move (parts)) : std::nullopt;
}

/** Returns one remark on all parts; one that holds for all is said once. */
std::string joinedRemarks (const KernelParts& parts, const std::vector<Sound>& sounds)
{
    if (std::all_of (sounds.begin(), sounds.end(), [&] (const Sound& each) { return each.remark == sounds[0].remark; }))
        return sounds[0].remark;

    std::string text;

    for (size_t n = 0; n < sounds.size(); ++n)
        if (! sounds[n].remark.empty())
            text += (text.empty() ? "" : "; ") + ("'" + nameOfFile (parts.files[n]) + "' ") + sounds[n].remark;

    return "consists of several files: " + text;
}

/** Names files in a sentence: "'a', 'b' and 'c'". */
std::string listed (const std::vector<std::string>& files)
{
    std::string text;

    for (size_t n = 0; n < files.size(); ++n)
        text += (n == 0 ? "" : n + 1 == files.size() ? " and " : ", ") + ("'" + nameOfFile (files[n]) + "'");

    return text;
}

} // namespace

std::optional<KernelParts> findKernelParts (const std::string& path)
{
    using Four = std::array<std::string_view, 4>;
    using Two = std::array<std::string_view, 2>;

    for (const auto& words : { Four { "LL", "LR", "RL", "RR" }, Four { "ll", "lr", "rl", "rr" } })
    {
        if (auto parts = findParts (path, words))
            return parts;

        if (findWord (toUtf8 (toPath (path).stem()), words,
                      [] (size_t, std::string_view)
                      { return true; })) // of a set that is not complete: two of it are no pair
            return std::nullopt;
    }

    for (const auto& words : { Two { "Left", "Right" }, Two { "left", "right" }, Two { "LEFT", "RIGHT" },
                               Two { "Lch", "Rch" }, Two { "lch", "rch" }, Two { "L", "R" }, Two { "l", "r" } })
        if (auto parts = findParts (path, words))
            return parts;

    return std::nullopt;
}

KernelParts partsOfFiles (std::vector<std::string> files)
{
    std::string name;

    for (const auto& file : files)
        name += (name.empty() ? "" : " + ") + nameOfFile (file);

    return { std::move (files), std::move (name) };
}

Outcome<Kernel> readKernelParts (const KernelParts& parts, const ChannelChoice& choice, const CommaChoice& commas)
{
    std::vector<Sound> sounds;
    std::string rates, counts; // in sentences
    size_t length = 0;
    bool ratesDiffer = false, countsDiffer = false;

    for (size_t n = 0; n < parts.files.size(); ++n)
    {
        auto sound = readSound (parts.files[n], longestKernelInFrames, commas);

        if (! sound)
            return Outcome<Kernel>::failure (sound.error());

        const auto joint = n == 0 ? "" : n + 1 == parts.files.size() ? " and " : ", ";
        rates += joint + hertz (sound->sampleRate);
        counts += joint + std::to_string (sound->channels.size());
        length = std::max (length, sound->lengthInFrames());
        sounds.push_back (std::move (*sound));
        ratesDiffer = ratesDiffer || sounds[n].sampleRate != sounds[0].sampleRate;
        countsDiffer = countsDiffer || sounds[n].channels.size() != sounds[0].channels.size();
    }

    const auto fail = [&parts] (const std::string& what)
    { return Outcome<Kernel>::failure (listed (parts.files) + " cannot be one kernel: " + what); };
    const bool areTwo = sounds.size() == 2;

    if (ratesDiffer)
        return fail ("their sample rates are " + rates + ". Resample them to one rate.");

    if (countsDiffer || sounds.front().channels.size() > (areTwo ? 2u : 1u))
        return fail ("they have " + counts + " channels, and "
                     + (areTwo ? "both need 1, or both 2." : "each needs 1."));

    std::vector<std::vector<float>> channels;

    for (auto& sound : sounds)
    {
        for (auto& channel : sound.channels)
        {
            channel.resize (length);
            channels.push_back (std::move (channel));
        }
    }

    ChannelChoice arrangement;
    arrangement.isMirrored = choice.isMirrored;
    auto kernel = makeKernel (std::move (channels), sounds.front().sampleRate, parts.name, arrangement);

    if (kernel)
    {
        kernel->remark = joinedRemarks (parts, sounds);
        kernel->isDamaged =
            std::any_of (sounds.begin(), sounds.end(), [] (const Sound& each) { return each.isDamaged; });
    }

    return kernel;
}

} // namespace faltwerk
