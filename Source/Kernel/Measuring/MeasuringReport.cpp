#include "Kernel/Measuring/MeasuringReport.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace faltwerk
{

namespace
{

using Grade = MeasuringQuality::Grade;

/** Returns a number in a text, as printf writes it. */
std::string with (const char* format, double value)
{
    char text[200];
    std::snprintf (text, sizeof text, format, value);
    return text;
}

/** Returns "the right channel", or "channel 3" of other numbers than two; nothing for one. */
std::string nameOf (size_t channel, size_t count)
{
    if (count == 1)
        return "the recording";

    if (count == 2)
        return channel == 0 ? "the left channel" : "the right channel";

    return "channel " + std::to_string (channel + 1);
}

std::string firstUpper (std::string text)
{
    if (! text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char> (text[0] - 'a' + 'A');

    return text;
}

/** Returns by how many dB the loudest frequencies are too weak, since they clip. */
double clippedInDb (const Deconvolved& result)
{
    double most = 0.0;

    for (const auto& channel : result.channels)
        if (channel.clipping)
            most = std::max ({ most, channel.clipping.lossInDb(), 0.01 });

    return most;
}

/** The level of a kernel's end from which it counts as cut. */
constexpr double cutInDb = -50.0;

bool isCut (const Deconvolved& result) { return ! result.noiseWasReached && result.endInDb > cutInDb; }

} // namespace

MeasuringQuality judge (const Deconvolved& result)
{
    MeasuringQuality quality;
    const auto add = [&quality] (Grade grade, std::string reason)
    {
        quality.grade = std::max (quality.grade, grade);
        quality.reasons.push_back (std::move (reason));
    };

    if (result.fits)
        add (Grade::poor, "smeared by a sweep that does not fit");
    else if (result.smearInSeconds != 0.0)
        add (Grade::poor, with ("smeared over %.1f ms", 1000.0 * std::abs (result.smearInSeconds)));

    const auto& interruption = result.interruption;

    if (interruption.silence)
        add (Grade::poor, with ("silent for %.0f ms", 1000.0 * interruption.silence.seconds));

    if (interruption.shift != 0.0)
        add (Grade::poor, with ("interrupted at %.1f s", interruption.shiftAt));
    else if (interruption.jump)
        add (Grade::poor, with ("a jump at %.2f s", interruption.jump.seconds));

    if (! result.isCertain)
        add (result.uncertaintyInSeconds > 0.02 ? Grade::poor : Grade::usable, "the sweep's figures are uncertain");

    if (result.snrInDb < 40.0)
        add (result.snrInDb < 20.0 ? Grade::poor : Grade::usable, with ("%.0f dB of signal to noise", result.snrInDb));

    if (isCut (result))
        add (result.endInDb > -25.0 ? Grade::poor : Grade::usable, "cut short");

    // The third harmonic of a bent curve comes with a fundamental that is weaker by three times as much.
    const auto& harmonics = result.harmonics;

    if (const double third = harmonics.thirdInDb; harmonics.standOut && third > -40.0)
        add (third > -30.0 ? Grade::poor : Grade::usable, with ("third harmonic at %.0f dB", third));
    else if (const double second = harmonics.secondInDb; harmonics.standOut && second > -30.0)
        add (second > -15.0 ? Grade::poor : Grade::usable, with ("second harmonic at %.0f dB", second));

    if (const double clipped = clippedInDb (result); clipped > 0.0)
        add (clipped > 1.0 ? Grade::poor : Grade::usable, "clipped");

    if (result.echo.seconds > 0.0)
        add (Grade::usable, "an echo of the loop");

    return quality;
}

std::string inWords (const MeasuringQuality& quality)
{
    std::string text = quality.grade == Grade::good ? "good" : quality.grade == Grade::usable ? "usable" : "poor";

    for (size_t n = 0; n < quality.reasons.size(); ++n)
        text += (n == 0 ? ": " : ", ") + quality.reasons[n];

    return text;
}

std::string latencyInWords (const Deconvolved& result, bool leadInIsKnown)
{
    const double rate = result.kernel.sampleRate, begin = result.latency;

    if (result.interruption.shift != 0.0)
        return "unknown, since the recording was interrupted";

    if (result.wasFound && ! leadInIsKnown)
        return with ("unknown: the sweep begins %.3f s after the recording did", begin + Sweep().leadIn);

    if (begin < -0.5 / rate)
        return with ("unknown: the recording begins %.1f ms after the sweep's file", -1000.0 * begin);

    const auto words = with ("%.2f ms", 1000.0 * begin) + with (" (%.0f frames)", begin * rate);

    if (! result.loopLatency || result.comesBeforeLoop())
        return words + ", removed";

    return words + with (", of which %.0f frames are the loop's and removed", *result.loopLatency * rate);
}

std::vector<std::string> remarksOn (const Deconvolved& result)
{
    std::vector<std::string> remarks;
    const size_t count = result.channels.size();

    if (result.fits && result.sweep)
        remarks.push_back ("The recording fits a sweep of " + inWords (*result.fits) + "; " + inWords (*result.sweep)
                           + " was given, which smears the kernel. Leave the figures out, or correct them.");
    else if (result.smearInSeconds != 0.0)
        remarks.push_back (with ("High frequencies arrive %.1f ms ", 1000.0 * std::abs (result.smearInSeconds))
                           + (result.smearInSeconds > 0.0 ? "after" : "before")
                           + " low ones: the sweep was played or recorded at another speed, or has other figures.");

    if (! result.isCertain && result.sweep)
        remarks.push_back ("The recording fits a sweep of " + inWords (*result.sweep)
                           + ", and others nearly as well, or the clocks differ. Give the file of the sweep.");

    if (const auto interruption = inWords (result.interruption); ! interruption.empty())
        remarks.push_back (firstUpper (interruption));

    for (size_t n = 0; n < count; ++n)
    {
        const auto& channel = result.channels[n];
        const auto name = nameOf (n, count);

        if (channel.clipping)
            remarks.push_back (
                firstUpper (name) + with (" clips: %.0f samples", static_cast<double> (channel.clipping.numFrames))
                + with (" lie at its limit of %.1f dB",
                        std::min (channel.clipping.peakDb + 0.0, 0.0) == 0.0 ? 0.0 : channel.clipping.peakDb)
                + with (", from %.2f s on",
                        static_cast<double> (channel.clipping.firstFrame) / result.kernel.sampleRate)
                + with (", and its loudest frequencies come out up to %.1f dB too weak. Record it at a lower level.",
                        std::max (channel.clipping.lossInDb(), 0.1)));

        if (! channel.holdsSweep)
            remarks.push_back (firstUpper (name) + " does not hold the sweep; its part of the kernel is silence.");
        else if (channel.levelDb < -50.0)
            remarks.push_back (firstUpper (name)
                               + with (" is %.0f dB below the loudest. Check its input.", -channel.levelDb));
    }

    if (result.comesBeforeLoop())
        remarks.push_back (
            with ("The sound comes %.2f ms before it would through the loop, whose latency is not taken off: ",
                  1000.0 * (*result.loopLatency - result.latency))
            + "measure the loop again, with the device as it is set now.");

    if (result.driftInPpm != 0.0)
        remarks.push_back (with ("The recorder's clock ran %.1f ppm ", std::abs (result.driftInPpm))
                           + (result.driftInPpm > 0.0 ? "faster" : "slower") + " than the player's; corrected.");

    if (isCut (result))
        remarks.push_back (
            with ("The recording ends while the kernel is only %.0f dB below its peak: it is cut short, and faded out. "
                  "Leave more silence after the sweep.",
                  -result.endInDb));

    if (result.echo.seconds > 0.0)
        remarks.push_back (with ("The whole response comes again %.1f ms later", 1000.0 * result.echo.seconds)
                           + with (", at %.1f dB: if this is no reflection, the recording went back into the loop. "
                                   "Turn the monitoring of the input off.",
                                   result.echo.levelDb));

    return remarks;
}

} // namespace faltwerk
