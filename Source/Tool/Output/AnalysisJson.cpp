// The JSON of `faltwerk analyse`.

#include "Kernel/Analysis/FrequencyResponse.h"
#include "Kernel/Analysis/StatedFigure.h"
#include "Tool/Output/AnalysisReport.h"
#include "Tool/Output/JsonWriter.h"

#include <algorithm>
#include <cmath>

namespace faltwerk::tool
{

namespace
{

/** Writes a figure: {"value": 1.2, "unit": "s", "valid": true}; a reason if it is not valid, null if it has no
    value. */
void write (JsonWriter& json, const char* key, const char* unit, const StatedFigure& figure)
{
    json.beginInlineObject (key);
    figure.hasValue ? json.member ("value", figure.value) : json.nullMember ("value");
    json.member ("unit", unit);
    json.member ("valid", figure.isValid);

    if (! figure.isValid)
        json.member ("reason", figure.reason);
}

void writeFigure (JsonWriter& json, const char* key, const char* unit, double value)
{
    write (json, key, unit, { value, true, true, {} });
    json.end();
}

void writeMissing (JsonWriter& json, const char* key, const char* unit, const char* reason)
{
    write (json, key, unit, { 0.0, false, false, reason });
    json.end();
}

void writeColumn (JsonWriter& json, const BandColumn& column, const StatedFigure& figure)
{
    write (json, column.key, column.unit, figure);

    if (column.fitTo < 0.0)
        json.numbers ("fitRangeInDb", std::vector { column.fitFrom, column.fitTo });

    json.end();
}

void writeCurve (JsonWriter& json, const char* key, const DecayCurve& curve)
{
    json.beginObject (key);
    json.member ("stepInSeconds", curve.step);
    json.numbers ("levelsInDb", curve.levels);
    json.end();
}

void writeLine (JsonWriter& json, const char* quality, const char* deviation, const Figure& figure, double rSquared)
{
    if (figure.hasValue())
    {
        writeFigure (json, quality, "", rSquared);
        writeFigure (json, deviation, "per mille", nonLinearity (rSquared));
    }
    else
    {
        writeMissing (json, quality, "", wordsFor (figure.missing));
        writeMissing (json, deviation, "per mille", wordsFor (figure.missing));
    }
}

void writeBand (JsonWriter& json, const BandDecay& band, bool curves)
{
    json.beginObject();
    json.member ("band", nameOf (band));
    band.centre > 0.0 ? json.member ("centreInHz", band.centre) : json.nullMember ("centreInHz");

    for (const auto& column : bandColumns)
        writeColumn (json, column, stated (band, column.figure));

    writeLine (json, "rSquared20", "nonLinearity20", band.t20, band.quality20);
    writeLine (json, "rSquared30", "nonLinearity30", band.t30, band.quality30);
    write (json, "curvature", "%", stated (band, &BandDecay::curvature));
    json.end();

    if (band.level.levels.empty())
    {
        const auto* const reason = wordsFor (Figure::Missing::aboveBandwidth);
        writeMissing (json, "range", "dB", reason);
        writeMissing (json, "noise", "dB", reason);
        writeMissing (json, "crossing", "s", reason);
    }
    else
    {
        writeFigure (json, "range", "dB", band.rangeInDb);
        band.hasNoise ? writeFigure (json, "noise", "dB", band.noiseInDb)
                      : writeMissing (json, "noise", "dB", "the kernel ends before any noise");
        band.hasNoise ? writeFigure (json, "crossing", "s", band.crossingInSeconds)
                      : writeMissing (json, "crossing", "s", "the kernel ends before any noise");
    }

    if (curves)
    {
        writeCurve (json, "decayCurve", band.schroeder);
        writeCurve (json, "levelCurve", band.level);
    }

    json.end();
}

void writeDecay (JsonWriter& json, const Decay& decay, double rate, bool curves)
{
    writeFigure (json, "onset", "s", static_cast<double> (decay.onset) / rate);
    json.beginArray ("bands");

    for (const auto& band : decay.bands)
        writeBand (json, band, curves);

    json.end();
    json.beginObject ("mid");

    for (const auto& column : bandColumns)
        writeColumn (json, column, statedMid (decay, column.figure));

    json.end();
}

void writeLevels (JsonWriter& json, const AnalysisReport& report)
{
    const auto& levels = report.levels;
    const double rate = report.kernel.sampleRate;
    writeFigure (json, "peak", "dB", decibelsOfPower (levels.peak * levels.peak));
    writeFigure (json, "peakTime", "s", static_cast<double> (levels.peakFrame) / rate);
    writeFigure (json, "rms", "dB", decibelsOfPower (levels.rms * levels.rms));
    writeFigure (json, "energy", "dB", decibelsOfPower (levels.energy));
    levels.dc != 0.0 ? writeFigure (json, "gainAtZeroHz", "dB", gainAtZeroHz (report))
                     : writeMissing (json, "gainAtZeroHz", "dB", "the samples sum to 0");
    writeFigure (json, "energyLeftBelowMillionth", "s", static_cast<double> (levels.framesTo60dB) / rate);

    if (const auto& mixing = report.density.mixingTime)
        writeFigure (json, "mixingTime", "s", mixing.value);
    else
        writeMissing (json, "mixingTime", "s", "the echo density does not reach 0.9 of noise");
}

/** Writes the response in 24 bands per octave, the mean over all paths, and the echo density. */
void writeCurves (JsonWriter& json, const AnalysisReport& report)
{
    constexpr double octaves = 1.0 / 24.0, lowest = 20.0;
    const double highest = std::min (20000.0, 0.5 * report.kernel.sampleRate);
    json.beginObject ("curves");

    if (highest > lowest)
    {
        const auto count = static_cast<size_t> (std::ceil (std::log2 (highest / lowest) / octaves)) + 1;
        const auto frequencies = logarithmicallySpaced (lowest, highest, count);
        const FrequencyResponse response (report.kernel);
        auto levels = response.power (frequencies, octaves);

        for (auto& level : levels)
            level = decibelsOfPower (level);

        json.beginObject ("response");
        json.numbers ("frequenciesInHz", frequencies);
        json.numbers ("levelsInDb", levels);
        json.numbers ("groupDelaysInSeconds", response.arrivalTime (frequencies, octaves));
        json.end();
    }

    json.beginObject ("echoDensity");
    json.member ("stepInSeconds", report.density.step);
    json.numbers ("shareOfNoise", report.density.density);
    json.end();
    json.end();
}

} // namespace

void writeJson (JsonWriter& json, const AnalysisReport& report, bool curves)
{
    json.beginObject();
    json.member ("file", report.file);
    json.member ("routing", routingAsText (report.kernel));
    json.member ("sampleRate", report.kernel.sampleRate);
    json.member ("channels", report.kernel.paths.size());
    json.member ("frames", report.kernel.lengthInFrames());
    writeFigure (json, "length", "s", report.kernel.lengthInSeconds());
    writeLevels (json, report);
    writeDecay (json, report.decay, report.kernel.sampleRate, curves);
    json.beginArray ("paths");

    for (size_t path = 0; path < report.paths.size(); ++path)
    {
        json.beginObject();
        json.member ("path", path + 1);

        if (report.paths[path].bands.empty())
            json.member ("error", "this path is silent");
        else
            writeDecay (json, report.paths[path], report.kernel.sampleRate, curves);

        json.end();
    }

    json.end();

    if (curves)
        writeCurves (json, report);

    json.end();
}

} // namespace faltwerk::tool
