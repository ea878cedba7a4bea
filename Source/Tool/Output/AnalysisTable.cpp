// The table of `faltwerk analyse`.

#include "Kernel/Analysis/StatedFigure.h"
#include "Tool/Output/AnalysisReport.h"

#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

namespace faltwerk::tool
{

namespace
{

/** Rounds to a tenth, and never to minus zero. */
double rounded (double decibels) { return std::round (10.0 * decibels) / 10.0 + 0.0; }

/** Returns a number of a fixed width, in brackets if it is not valid, or n/a. */
std::string cell (const StatedFigure& figure, int width, int decimals)
{
    char number[64], text[80];
    std::snprintf (number, sizeof number, figure.isValid ? "%.*f " : "(%.*f)", decimals, figure.value);
    std::snprintf (text, sizeof text, "%*s", width, figure.hasValue ? number : "n/a ");
    return text;
}

/** Places at which figures have a reason, in the order in which the reasons were met. */
class Footnotes
{
public:
    void add (const std::string& reason, const std::string& column, const std::string& band)
    {
        for (auto& [known, places] : notes)
            if (known == reason)
            {
                append (places, column, band);
                return;
            }

        notes.emplace_back (reason, Places());
        append (notes.back().second, column, band);
    }

    /** Prints "(), curvature over 10 %: T30 125 250; T20 125", say. */
    void print (const char* sign) const
    {
        for (const auto& [reason, places] : notes)
        {
            std::string text;

            for (const auto& [column, bands] : places)
                text += (text.empty() ? "" : "; ") + column + bands;

            std::printf ("  %s, %s: %s\n", sign, reason.c_str(), text.c_str());
        }
    }

private:
    using Places = std::vector<std::pair<std::string, std::string>>; // column, bands

    static void append (Places& places, const std::string& column, const std::string& band)
    {
        if (places.empty() || places.back().first != column)
            places.emplace_back (column, std::string());

        places.back().second += " " + band;
    }

    std::vector<std::pair<std::string, Places>> notes;
};

void printReasons (const Decay& decay)
{
    Footnotes missing, doubtful;

    for (const auto& column : bandColumns)
        for (const auto& band : decay.bands)
            if (const auto figure = stated (band, column.figure); ! figure.isValid)
                (figure.hasValue ? doubtful : missing).add (figure.reason, column.name, nameOf (band));

    missing.print ("n/a");
    doubtful.print ("( )");
}

void printHead()
{
    std::printf ("  %-10s", "band");

    for (const auto& column : bandColumns)
        std::printf ("%*s ", column.width - 1, column.name);

    std::printf (" curvature   r^2  range   noise\n  %-10s", "Hz");

    for (const auto& column : bandColumns)
        std::printf ("%*s ", column.width - 1, column.unit);

    std::printf ("         %%   T30     dB      at\n");
}

} // namespace

void printTable (const AnalysisReport& report)
{
    const auto& [file, kernel, decay, levels, density, paths] = report;
    const double rate = kernel.sampleRate;
    std::printf ("%s\n", file.c_str());
    std::printf ("  %s, %g kHz, %.3f s (%zu frames)\n", routingAsText (kernel).c_str(), rate / 1000.0,
                 kernel.lengthInSeconds(), kernel.lengthInFrames());
    std::printf ("  peak %.1f dB at %.1f ms, RMS %.1f dB, energy %.1f dB, gain at 0 Hz ",
                 rounded (decibelsOfPower (levels.peak * levels.peak)),
                 1000.0 * static_cast<double> (levels.peakFrame) / rate,
                 rounded (decibelsOfPower (levels.rms * levels.rms)), rounded (decibelsOfPower (levels.energy)));
    levels.dc == 0.0 ? std::printf ("none\n") : std::printf ("%.1f dB\n", rounded (gainAtZeroHz (report)));
    std::printf ("  onset %.1f ms, 99.9999 %% of the energy by %.3f s, echo density of noise ",
                 1000.0 * static_cast<double> (decay.onset) / rate, static_cast<double> (levels.framesTo60dB) / rate);
    density.mixingTime ? std::printf ("after %ld ms\n\n", std::lround (1000.0 * density.mixingTime.value))
                       : std::printf ("not reached\n\n");
    printHead();

    for (const auto& band : decay.bands)
    {
        std::printf ("  %-10s", nameOf (band).c_str());

        for (const auto& column : bandColumns)
            std::printf ("%s", cell (stated (band, column.figure), column.width, column.decimals).c_str());

        std::printf ("%s", cell (stated (band, &BandDecay::curvature), 11, 1).c_str());

        if (band.level.levels.empty())
        {
            std::printf ("\n");
            continue;
        }

        std::printf ("%6.3f%7.0f", band.quality30, band.rangeInDb);
        band.hasNoise ? std::printf ("%6.2f s\n", band.crossingInSeconds) : std::printf ("    none\n");
    }

    std::printf ("  %-10s", "mid");

    for (const auto& column : bandColumns)
        std::printf ("%s", cell (statedMid (decay, column.figure), column.width, column.decimals).c_str());

    std::printf ("\n");
    printReasons (decay);
}

} // namespace faltwerk::tool
