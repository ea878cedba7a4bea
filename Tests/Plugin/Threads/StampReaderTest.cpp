#include "Plugin/Threads/StampReader.h"

#include "Support/Catch.h"

#include <atomic>

using namespace faltwerk;
using namespace std::chrono_literals;

TEST_CASE ("A drive that does not answer is waited for once and asked again after it has answered", "[state]")
{
    std::atomic<bool> answers { false };
    std::atomic<int> numRead { 0 };
    StampReader reader (
        [&] (const KernelOrigin& origin)
        {
            ++numRead;

            while (! answers && origin.path == "slow")
                juce::Thread::sleep (1);

            return FileStamp { origin.path.size(), 0, 0, 0 };
        });
    KernelOrigin slow, quick;
    slow.path = "slow";
    quick.path = "quick";
    const auto now = [] { return StampReader::Clock::now(); };
    CHECK (reader.stampBy (now() + 1h, quick) == FileStamp { 5, 0, 0, 0 });

    CHECK_FALSE (reader.stampBy (now() + 20ms, slow));

    // Would take as long as the drive if anything was still waited for.
    CHECK_FALSE (reader.stampBy (now() + 24h, quick));
    CHECK_FALSE (reader.stampBy (now() + 24h, slow));
    CHECK (numRead == 2);

    answers = true;

    while (! reader.stampBy (now() + 1h, quick))
        juce::Thread::sleep (1);

    CHECK (reader.stampBy (now() + 1h, slow) == FileStamp { 4, 0, 0, 0 });
    CHECK (numRead == 4);
}
