#include "Kernel/KernelPair.h"

#include "Support/Catch.h"
#include "Support/Files.h"

using namespace faltwerk;
using Catch::Matchers::Contains;
using test::TemporaryFolder;
using test::writeWithSndfile;
using Channels = std::vector<std::vector<float>>;

TEST_CASE ("The other half of a kernel is found by its name", "[kernel]")
{
    const TemporaryFolder folder;
    const auto koeln = juce::String::fromUTF8 ("K\xc3\xb6ln");
    const std::array<juce::String, 3> names[] = {
        { "hallL.wav", "hallR.wav", "hall" },        { "plate_L.wav", "plate_R.wav", "plate" },
        { "room-L.WAV", "room-R.WAV", "room" },      { "big room L.aiff", "big room R.aiff", "big room" },
        { "dot.L.flac", "dot.R.flac", "dot" },       { "LargeLeft.wav", "LargeRight.wav", "Large" },
        { "a left.wav", "a right.wav", "a" },        { "low_l.wav", "low_r.wav", "low" },
        { koeln + "L.wav", koeln + "R.wav", koeln }, { "L.wav", "R.wav", "L" },
    };

    for (const auto& [left, right, name] : names)
    {
        (folder / left).create();
        (folder / right).create();
        CAPTURE (left.toStdString());

        for (const auto& half : { left, right })
        {
            const auto pair = findKernelPair (folder.path (half));
            REQUIRE (pair);
            CHECK (pair->left == folder.path (left));
            CHECK (pair->right == folder.path (right));
            CHECK ((half == right || pair->name == name.toStdString()));
        }
    }

    for (const char* name : { "aloneL.wav", "hall.wav", "plate_L.flac" })
    {
        (folder / name).create();
        CHECK_FALSE (findKernelPair (folder.path (name)));
    }

    CHECK_FALSE (findKernelPair (""));
}

TEST_CASE ("Two files are read as one kernel", "[kernel]")
{
    const TemporaryFolder folder;
    const auto write = [&folder] (const char* name, Channels channels, double rate = 48000) {
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / name, Sound { std::move (channels), rate });
    };
    const auto read = [&folder] (const char* left, const char* right) {
        return readKernelPair ({ folder.path (left), folder.path (right), "hall" });
    };

    write ("monoL.wav", { { 1, 2, 3 } });
    write ("monoR.wav", { { 4, 5 } });
    write ("stereoL.wav", { { 1 }, { 2 } });
    write ("stereoR.wav", { { 3 }, { 4 } });
    write ("slowR.wav", { { 4, 5 } }, 44100);
    write ("three.wav", { { 1 }, { 2 }, { 3 } });

    const auto stereo = read ("monoL.wav", "monoR.wav");
    REQUIRE (stereo);
    CHECK (*stereo == Kernel { { { 1, 2, 3 }, { 4, 5, 0 } }, 48000, Routing::stereo, "hall" });
    CHECK (*read ("stereoL.wav", "stereoR.wav")
           == Kernel { { { 1 }, { 2 }, { 3 }, { 4 } }, 48000, Routing::trueStereo, "hall" });

    CHECK_THAT (read ("monoL.wav", "slowR.wav").error(),
                Contains ("'monoL' and 'slowR'") && Contains ("48000 Hz and 44100 Hz"));
    CHECK_THAT (read ("monoL.wav", "stereoR.wav").error(), Contains ("1 and 2 channels"));
    CHECK_THAT (read ("three.wav", "three.wav").error(), Contains ("3 and 3 channels"));
    CHECK_THAT (read ("monoL.wav", "missing.wav").error(), Contains ("missing.wav") && Contains ("not found"));
}
