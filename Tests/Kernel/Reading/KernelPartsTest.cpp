#include "Kernel/Reading/KernelParts.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"

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
            const auto pair = findKernelParts (folder.path (half));
            REQUIRE (pair);
            CHECK (pair->files[0] == folder.path (left));
            CHECK (pair->files[1] == folder.path (right));
            CHECK ((half == right || pair->name == name.toStdString()));
        }
    }

    for (const char* name : { "aloneL.wav", "hall.wav", "plate_L.flac" })
    {
        (folder / name).create();
        CHECK_FALSE (findKernelParts (folder.path (name)));
    }

    CHECK_FALSE (findKernelParts (""));
}

TEST_CASE ("Letters of sides are found anywhere in a name, as words of their own", "[kernel]")
{
    const TemporaryFolder folder;
    const std::array<juce::String, 3> pairs[] = { { "Cor1L44.wav", "Cor1R44.wav", "Cor1 44" },
                                                  { "Hall (L).wav", "Hall (R).wav", "Hall" },
                                                  { "Left_44.wav", "Right_44.wav", "44" },
                                                  { "Plate LCh.wav", "Plate RCh.wav", "Plate Ch" },
                                                  { "Room L 48k.wav", "Room R 48k.wav", "Room 48k" },
                                                  { "big-left-mic.wav", "big-right-mic.wav", "big mic" },
                                                  { "CHAMBERL.wav", "CHAMBERR.wav", "CHAMBER" },
                                                  { "x_lch_1.wav", "x_rch_1.wav", "x 1" } };

    for (const auto& [left, right, name] : pairs)
    {
        (folder / left).create();
        (folder / right).create();
        CAPTURE (left.toStdString());
        const auto parts = findKernelParts (folder.path (left));
        REQUIRE (parts);
        CHECK (*parts == KernelParts { { folder.path (left), folder.path (right) }, name.toStdString(), true });
        CHECK (findKernelParts (folder.path (right))->files == parts->files);
    }

    // Words that only look alike.
    for (const char* name : { "Glass.wav", "Grass.wav", "Light.wav", "Right.wav", "Clown 1.wav", "Crown 1.wav",
                              "hell_1.wav", "helr_1.wav" })
    {
        (folder / name).create();
        CAPTURE (name);
        CHECK_FALSE (findKernelParts (folder.path (name)));
    }
}

TEST_CASE ("Four files are one true-stereo kernel, by the name of any", "[kernel]")
{
    const TemporaryFolder folder;
    const auto write = [&folder] (const juce::String& name, std::vector<float> taps) {
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / name, Sound { { std::move (taps) }, 48000 });
    };
    write ("hall_LL.wav", { 1.0f });
    write ("hall_LR.wav", { 0.1f });
    write ("hall_RL.wav", { 0.2f, 0.5f });
    write ("hall_RR.wav", { 0.9f });

    for (const auto* word : { "LL", "LR", "RL", "RR" })
    {
        const auto parts = findKernelParts (folder.path ("hall_" + juce::String (word) + ".wav"));
        CAPTURE (word);
        REQUIRE (parts);
        CHECK (parts->name == "hall");
        const auto kernel = readKernelParts (*parts);
        REQUIRE (kernel);
        CHECK (
            *kernel
            == Kernel { { { 1, 0 }, { 0.1f, 0 }, { 0.2f, 0.5f }, { 0.9f, 0 } }, 48000, Routing::trueStereo, "hall" });
    }

    ChannelChoice mirrored;
    mirrored.isMirrored = true;
    CHECK (readKernelParts (*findKernelParts (folder.path ("hall_LL.wav")), mirrored)->paths.front()
           == std::vector<float> { 0.9f, 0 });

    // Without one of the four it is no set, and two of them are no pair.
    (folder / "hall_RL.wav").deleteFile();
    CHECK_FALSE (findKernelParts (folder.path ("hall_LL.wav")));

    const auto any = partsOfFiles ({ folder.path ("hall_RR.wav"), folder.path ("hall_LL.wav") });
    CHECK (any.name == "hall_RR + hall_LL");
    CHECK (readKernelParts (any)->paths == Channels { { 0.9f }, { 1.0f } });
    writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / "two.wav", Sound { { { 1 }, { 2 } }, 48000 });
    CHECK_THAT (readKernelParts (partsOfFiles ({ folder.path ("hall_RR.wav"), folder.path ("hall_LL.wav"),
                                                 folder.path ("hall_LR.wav"), folder.path ("two.wav") }))
                    .error(),
                Contains ("'hall_RR', 'hall_LL', 'hall_LR' and 'two'") && Contains ("1, 1, 1 and 2 channels")
                    && Contains ("each needs 1"));
}

TEST_CASE ("Two files are read as one kernel", "[kernel]")
{
    const TemporaryFolder folder;
    const auto write = [&folder] (const char* name, Channels channels, double rate = 48000) {
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / name, Sound { std::move (channels), rate });
    };
    const auto read = [&folder] (const char* left, const char* right) {
        return readKernelParts ({ { folder.path (left), folder.path (right) }, "hall" });
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
