#include "Kernel/KernelPair.h"

#include "Kernel/KernelFile.h"

#include <algorithm>
#include <filesystem>
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

/** Returns one remark on both halves; one that holds for both is said once. */
std::string joinedRemarks (const KernelPair& pair, const Sound& left, const Sound& right)
{
    if (left.remark == right.remark)
        return left.remark;

    std::string text;

    for (const auto& [path, sound] : { std::pair (&pair.left, &left), std::pair (&pair.right, &right) })
        if (! sound->remark.empty())
            text += (text.empty() ? "" : "; ") + ("'" + nameOfFile (*path) + "' ") + sound->remark;

    return "consists of two files: " + text;
}

/** What hertz look like in a sentence: 44100, not 44100.000000. */
std::string hertz (double rate) { return std::to_string (static_cast<long long> (rate)) + " Hz"; }

} // namespace

std::optional<KernelPair> findKernelPair (const std::string& path)
{
    constexpr std::pair<std::string_view, std::string_view> words[] = { { "Left", "Right" },
                                                                        { "left", "right" },
                                                                        { "LEFT", "RIGHT" },
                                                                        { "L", "R" },
                                                                        { "l", "r" } };
    const auto file = toPath (path);
    const auto stem = toUtf8 (file.stem());

    for (const auto& [left, right] : words)
    {
        const bool isLeft = stem.ends_with (left);

        if (! isLeft && ! stem.ends_with (right))
            continue;

        const auto& own = isLeft ? left : right;
        const auto common = stem.substr (0, stem.size() - own.size());
        auto other = file;
        other.replace_filename (toPath (common + std::string (isLeft ? right : left) + toUtf8 (file.extension())));
        std::error_code ignored;

        if (! std::filesystem::is_regular_file (other, ignored))
            continue;

        const auto end = common.find_last_not_of (" _-.");
        const auto name = end == std::string::npos ? stem : common.substr (0, end + 1);
        return isLeft ? KernelPair { path, toUtf8 (other), name } : KernelPair { toUtf8 (other), path, name };
    }

    return std::nullopt;
}

Outcome<Kernel> readKernelPair (const KernelPair& pair, const CommaChoice& commas)
{
    const auto left = readSound (pair.left, longestKernelInFrames, commas);
    const auto right = readSound (pair.right, longestKernelInFrames, commas);

    if (! left || ! right)
        return Outcome<Kernel>::failure (left ? right.error() : left.error());

    const auto fail = [&pair] (const std::string& what)
    {
        return Outcome<Kernel>::failure ("'" + nameOfFile (pair.left) + "' and '" + nameOfFile (pair.right)
                                         + "' cannot be one kernel: " + what);
    };

    if (left->sampleRate != right->sampleRate)
        return fail ("their sample rates are " + hertz (left->sampleRate) + " and " + hertz (right->sampleRate)
                     + ". Resample one of them.");

    if (left->channels.size() != right->channels.size() || left->channels.size() > 2)
        return fail ("they have " + std::to_string (left->channels.size()) + " and "
                     + std::to_string (right->channels.size()) + " channels, and both need 1, or both 2.");

    auto channels = left->channels;
    channels.insert (channels.end(), right->channels.begin(), right->channels.end());

    for (auto& channel : channels)
        channel.resize (std::max (left->lengthInFrames(), right->lengthInFrames()));

    auto kernel = makeKernel (std::move (channels), left->sampleRate, pair.name);

    if (kernel)
        kernel->remark = joinedRemarks (pair, *left, *right);

    return kernel;
}

} // namespace faltwerk
