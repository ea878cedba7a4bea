// Runs a fuzz target on each file of a corpus, and on FALTWERK_NUM_INPUTS inputs that are made from them with a fixed
// seed: the same inputs each time, unlike those of libFuzzer, which depend on what the target does.
//
//   replay_TARGET CORPUS FINDING
//
// An input that crashes, or takes longer than 100 s, is left in the file FINDING.

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size);
extern "C" void __sanitizer_set_death_callback (void (*callback)());

namespace
{

using Bytes = std::vector<uint8_t>;

constexpr size_t mostBytes = 16384;
constexpr unsigned mostSeconds = 100; // for one input

Bytes input; // the one that is tried
std::string finding;

void keepInput()
{
    std::ofstream (finding, std::ios::binary)
        .write (reinterpret_cast<const char*> (input.data()), static_cast<std::streamsize> (input.size()));
}

void endHang (int)
{
    keepInput();
    std::fprintf (stderr, "An input took longer than %u s.\n", mostSeconds);
    std::_Exit (1);
}

void tryInput()
{
    alarm (mostSeconds);
    const Bytes exact (input); // whose end the sanitizer guards
    LLVMFuzzerTestOneInput (exact.data(), exact.size());
}

/** Makes the inputs: each a file of the corpus with up to eight changes. */
class Mutation
{
public:
    explicit Mutation (const std::vector<Bytes>& files)
        : corpus (files)
    {
    }

    Bytes next()
    {
        Bytes bytes = corpus[below (corpus.size())];

        for (size_t count = 1 + below (8); count > 0; --count)
            change (bytes);

        bytes.resize (std::min (bytes.size(), mostBytes));
        return bytes;
    }

private:
    size_t below (size_t limit) { return static_cast<size_t> (random() % std::max<size_t> (limit, 1)); }

    void change (Bytes& bytes)
    {
        // Headers are short: half of all changes are near the beginning.
        const size_t at = below (below (2) == 0 ? std::min<size_t> (bytes.size(), 128) : bytes.size());
        const auto position = bytes.begin() + static_cast<std::ptrdiff_t> (std::min (at, bytes.size()));
        const size_t length =
            std::min (1 + below (below (4) == 0 ? 256 : 8), bytes.size() - std::min (at, bytes.size()));
        const auto& other = corpus[below (corpus.size())];
        const size_t from = below (other.size());
        const auto part = other.begin() + static_cast<std::ptrdiff_t> (from);
        const size_t partLength = std::min (1 + below (64), other.size() - std::min (from, other.size()));

        switch (below (7))
        {
            case 0: // a bit
                if (! bytes.empty())
                    *position ^= static_cast<uint8_t> (1u << below (8));
                break;
            case 1: // a byte
                if (! bytes.empty())
                    *position = static_cast<uint8_t> (random());
                break;
            case 2: // a number at its limits
                std::fill_n (position, length,
                             static_cast<uint8_t> (below (2) == 0   ? 0xff
                                                   : below (2) == 0 ? 0x00
                                                                    : 0x7f));
                break;
            case 3:
                bytes.erase (position, position + static_cast<std::ptrdiff_t> (length));
                break;
            case 4: // the same once more
            {
                const Bytes copy (position, position + static_cast<std::ptrdiff_t> (length));
                bytes.insert (position, copy.begin(), copy.end());
                break;
            }
            case 5: // a part of another file
                bytes.insert (position, part, part + static_cast<std::ptrdiff_t> (partLength));
                break;
            default: // the end is missing
                if (below (4) == 0)
                    bytes.resize (at);
        }
    }

    const std::vector<Bytes>& corpus;
    std::mt19937_64 random { 1 };
};

std::vector<Bytes> readCorpus (const char* folder)
{
    std::vector<std::filesystem::path> paths;

    for (const auto& entry : std::filesystem::directory_iterator (folder))
        paths.push_back (entry.path());

    std::sort (paths.begin(), paths.end());
    std::vector<Bytes> corpus;

    for (const auto& path : paths)
    {
        std::ifstream stream (path, std::ios::binary);
        corpus.emplace_back (std::istreambuf_iterator<char> (stream), std::istreambuf_iterator<char>());
    }

    return corpus;
}

} // namespace

int main (int argc, char** argv)
{
    if (argc != 3)
        return std::fprintf (stderr, "Usage: %s CORPUS FINDING\n", argv[0]), 2;

    const auto corpus = readCorpus (argv[1]);
    finding = argv[2];
    __sanitizer_set_death_callback (keepInput);
    std::signal (SIGALRM, endHang);

    if (corpus.empty())
        return std::fprintf (stderr, "The corpus %s is empty.\n", argv[1]), 2;

    for (const auto& file : corpus)
    {
        input = file;
        tryInput();
    }

    Mutation mutation (corpus);

    for (long count = 0; count < FALTWERK_NUM_INPUTS; ++count)
    {
        input = mutation.next();
        tryInput();
    }

    std::printf ("%zu files and %d inputs made from them: no finding.\n", corpus.size(), FALTWERK_NUM_INPUTS);
}
