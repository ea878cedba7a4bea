#include "Editor/Files/KernelExport.h"

#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

Kernel stereo (size_t length, float gain)
{
    std::vector<std::vector<float>> channels { decayingNoise (length, 1), decayingNoise (length, 2) };

    for (auto& channel : channels)
        for (float& x : channel)
            x *= gain;

    return *makeKernel (std::move (channels), 44100.0, "Kernel");
}

double peakOf (const std::vector<std::vector<float>>& channels)
{
    double peak = 0.0;

    for (const auto& channel : channels)
        for (const float x : channel)
            peak = std::max (peak, std::abs (static_cast<double> (x)));

    return peak;
}

} // namespace

TEST_CASE ("The kernel is exported as it is, as WAV with 32 or 24 bits or as FLAC", "[editor]")
{
    using Format = KernelExport::Format;
    const Juce juce;
    const TemporaryFolder folder;
    const auto kernel = stereo (30000, 0.5f);

    for (const auto format : { Format::wav32, Format::wav24, Format::flac24 })
    {
        const auto file = folder / ("kernel" + juce::String (KernelExport::extensionOf (format)));
        const auto result = KernelExport::writeNow (kernel, file, format);
        REQUIRE (result.succeeded);
        CHECK (result.sentence == "Exported '" + file.getFileName().toStdString() + "'");
        const auto read = readSound (file.getFullPathName().toStdString());
        REQUIRE (read);
        CHECK (read->sampleRate == 44100.0);
        REQUIRE (read->channels.size() == 2);
        double error = 0.0;

        for (size_t channel = 0; channel < 2; ++channel)
        {
            REQUIRE (read->channels[channel].size() == 30000);

            for (size_t n = 0; n < 30000; ++n)
                error = std::max (error, std::abs (static_cast<double> (read->channels[channel][n])
                                                   - static_cast<double> (kernel.paths[channel][n])));
        }

        CHECK (error <= (format == Format::wav32 ? 0.0 : 0.5000001 / 8388608.0)); // half of the last bit
    }
}

TEST_CASE ("A kernel louder than 24 bits hold is lowered to fit, and that is said", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    auto kernel = stereo (30000, 1.0f);
    const float gain = static_cast<float> (2.0 / peakOf (kernel.paths));

    for (auto& channel : kernel.paths)
        for (float& x : channel)
            x *= gain;

    const auto result = KernelExport::writeNow (kernel, folder / "loud.wav", KernelExport::Format::wav24);
    REQUIRE (result.succeeded);
    CHECK_THAT (result.sentence, Contains ("lowered by 6.0") && Contains ("dB to fit 24 bits"));
    const auto read = readSound (folder.path ("loud.wav"));
    REQUIRE (read);
    CHECK (peakOf (read->channels) == Approx (1.0).margin (1e-6));

    // As a float it needs no lowering.
    REQUIRE (KernelExport::writeNow (kernel, folder / "float.wav", KernelExport::Format::wav32).succeeded);
    const auto asFloat = readSound (folder.path ("float.wav"));
    REQUIRE (asFloat);
    CHECK (peakOf (asFloat->channels) == Approx (2.0).margin (1e-6));
}

TEST_CASE ("An export that is cancelled or fails leaves what was there before", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    (folder / "kernel.flac").replaceWithText ("precious");
    const auto kernel = stereo (2000000, 0.5f);
    std::vector<double> shares;
    const auto cancelled = KernelExport::writeNow (kernel, folder / "kernel.flac", KernelExport::Format::flac24,
                                                   [&shares] (double done)
                                                   {
                                                       shares.push_back (done);
                                                       return done < 0.3;
                                                   });
    CHECK_FALSE (cancelled.succeeded);
    CHECK_FALSE (cancelled.sentence.empty());
    CHECK (shares.size() > 3); // it tells how far it is
    CHECK (std::is_sorted (shares.begin(), shares.end()));
    CHECK ((folder / "kernel.flac").loadFileAsString() == "precious");
    CHECK (folder.numFiles() == 1); // and nothing half-written

    const auto failed =
        KernelExport::writeNow (kernel, folder / "no such folder/kernel.wav", KernelExport::Format::wav32);
    CHECK_FALSE (failed.succeeded);
    CHECK_THAT (failed.sentence, Contains ("kernel.wav"));

    // In the background, and cancelled from there.
    KernelExport exporter;
    exporter.write (std::make_shared<const Kernel> (stereo (4000000, 0.5f)), folder / "kernel.flac",
                    KernelExport::Format::flac24);
    CHECK (exporter.isWriting());
    CHECK_FALSE (exporter.progress().has_value()); // not for what is short
    bool showedProgress = false;

    for (int n = 0; n < 500 && ! showedProgress && exporter.isWriting(); ++n)
    {
        juce::Thread::sleep (5);
        showedProgress = exporter.progress().has_value();
    }

    exporter.cancel();

    for (int n = 0; n < 2000 && exporter.isWriting(); ++n)
        juce::Thread::sleep (5);

    const auto result = exporter.take();
    REQUIRE (result.has_value());

    if (showedProgress) // a fast machine is done before
        CHECK_FALSE (result->succeeded);

    CHECK ((folder / "kernel.flac").loadFileAsString().startsWith (result->succeeded ? "fLaC" : "precious"));
}
