#include "Bench/Report.h"

#include "Picture/Sheet/PngFile.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

namespace faltwerk::bench
{

namespace
{

bool isOurs (const std::string& engine) { return engine.rfind ("faltwerk", 0) == 0; }

bool sameCell (const Cell& a, const Cell& b)
{
    return a.trueStereo == b.trueStereo && a.callback == b.callback && a.kernelSeconds == b.kernelSeconds;
}

const char* routingOf (const Cell& cell) { return cell.trueStereo ? "true-stereo" : "stereo"; }

} // namespace

double ratioToBestOther (const Figures& figures, const std::vector<Figures>& all)
{
    double best = 0.0;

    for (const auto& other : all)
        if (! isOurs (other.engine) && sameCell (other.cell, figures.cell))
            best = best == 0.0 ? other.nsPerFrame : std::min (best, other.nsPerFrame);

    return best > 0.0 ? figures.nsPerFrame / best : 0.0;
}

void printTableHeader()
{
    std::printf ("%-12s %5s %8s  %-21s %9s %6s %9s %8s %8s %8s %6s %8s %7s %8s %7s %8s\n", "routing", "kern.",
                 "callback", "engine", "ns/frame", "ratio", "mean us", "p99", "p99.9", "worst", "w/mean", "cold", "MB",
                 "init ms", "latency", "error dB");
}

void printRows (const std::vector<Figures>& rows)
{
    for (const auto& row : rows)
        std::printf ("%-12s %4gs %8zu  %-21s %9.1f %6.2f %9.2f %8.2f %8.2f %8.2f %6.2f %8.2f %7.1f %8.2f %7zu %8.1f\n",
                     routingOf (row.cell), row.cell.kernelSeconds, row.cell.callback, row.engine.c_str(),
                     row.nsPerFrame, ratioToBestOther (row, rows), row.meanUs, row.p99Us, row.p999Us, row.worstUs,
                     row.worstUs / row.meanUs, row.coldWorstUs, row.memoryMB, row.initMs, row.latency, row.errorDb);

    std::fflush (stdout);
}

void printRatios (const std::vector<Figures>& all)
{
    for (const bool trueStereo : { false, true })
    {
        std::map<double, std::map<size_t, double>> table; // kernel, callback
        std::set<size_t> callbacks;

        for (const auto& figures : all)
        {
            const double ratio = ratioToBestOther (figures, all);

            if (figures.engine != "faltwerk" || figures.cell.trueStereo != trueStereo || ratio == 0.0)
                continue;

            table[figures.cell.kernelSeconds][figures.cell.callback] = ratio;
            callbacks.insert (figures.cell.callback);
        }

        if (table.empty())
            continue;

        std::printf ("\nfaltwerk's time over that of the best of the others, %s\n  kernel",
                     trueStereo ? "true stereo" : "stereo");

        for (const size_t callback : callbacks)
            std::printf ("%8zu", callback);

        for (const auto& [seconds, row] : table)
        {
            std::printf ("\n%6g s", seconds);

            for (const size_t callback : callbacks)
                row.count (callback) > 0 ? std::printf ("%8.2f", row.at (callback)) : std::printf ("%8s", "");
        }

        std::printf ("\n");
    }
}

std::string writeJson (const std::string& path, const std::vector<Figures>& all)
{
    juce::Array<juce::var> rows;

    for (const auto& figures : all)
    {
        auto* row = new juce::DynamicObject;
        row->setProperty ("engine", juce::String (figures.engine));
        row->setProperty ("routing", routingOf (figures.cell));
        row->setProperty ("callback", static_cast<int> (figures.cell.callback));
        row->setProperty ("kernelSeconds", figures.cell.kernelSeconds);
        row->setProperty ("nsPerFrame", figures.nsPerFrame);
        row->setProperty ("meanUs", figures.meanUs);
        row->setProperty ("p99Us", figures.p99Us);
        row->setProperty ("p999Us", figures.p999Us);
        row->setProperty ("worstUs", figures.worstUs);
        row->setProperty ("coldWorstUs", figures.coldWorstUs);
        row->setProperty ("memoryMB", figures.memoryMB);
        row->setProperty ("initMs", figures.initMs);
        row->setProperty ("latency", static_cast<int> (figures.latency));
        row->setProperty ("errorDb", figures.errorDb);
        rows.add (row);
    }

    const auto file = juce::File::getCurrentWorkingDirectory().getChildFile (juce::String::fromUTF8 (path.c_str()));
    const bool written = file.replaceWithText (juce::JSON::toString (rows) + "\n", false, false, nullptr);
    return written ? std::string() : "'" + path + "' cannot be written";
}

std::string writePlot (const std::string& path, const std::vector<Figures>& all)
{
    // A panel for each routing and kernel length; callbacks to the right, ns per frame upward, both logarithmic.
    std::set<std::pair<bool, double>> panels;
    std::set<size_t> callbacks;
    std::vector<std::string> engines;
    double least = 1e12, most = 0.0;

    for (const auto& figures : all)
    {
        panels.insert ({ figures.cell.trueStereo, figures.cell.kernelSeconds });
        callbacks.insert (figures.cell.callback);
        least = std::min (least, figures.nsPerFrame);
        most = std::max (most, figures.nsPerFrame);

        if (std::find (engines.begin(), engines.end(), figures.engine) == engines.end())
            engines.push_back (figures.engine);
    }

    if (all.empty())
        return "there is nothing to plot";

    const juce::Colour colours[] = {
        theme::kernel,  theme::signal,    theme::warning,  juce::Colour (0xff9fd68a), juce::Colour (0xffc79bf2),
        theme::textMid, theme::kernelDim, theme::signalDim
    };
    const auto colourOf = [&] (size_t engine) { return colours[engine % std::size (colours)]; };

    constexpr int panelWidth = 300, panelHeight = 260, left = 64, top = 64, bottom = 52, scale = 2;
    const int columns = static_cast<int> (std::min<size_t> (panels.size(), 4));
    const int rows = (static_cast<int> (panels.size()) + columns - 1) / columns;
    const int width = left + columns * panelWidth + 16, height = top + rows * panelHeight + bottom;
    juce::Image image (juce::Image::RGB, width * scale, height * scale, true, juce::SoftwareImageType());
    juce::Graphics g (image);
    g.addTransform (juce::AffineTransform::scale (static_cast<float> (scale)));
    g.fillAll (theme::canvas);
    g.setColour (theme::textHigh);
    g.setFont (theme::font (theme::Type::heading));
    g.drawText ("Time for a stereo frame at 48 kHz, in ns", left, 16, width - left, 22, juce::Justification::left);
    g.setFont (theme::font (theme::Type::label));

    for (size_t n = 0; n < engines.size(); ++n)
    {
        const int x = left + static_cast<int> (n) * 170, y = height - 34;
        g.setColour (colourOf (n));
        g.fillRect (x, y + 7, 18, 3);
        g.setColour (theme::textMid);
        g.drawText (engines[n], x + 24, y, 144, 16, juce::Justification::left);
    }

    const double low = std::log10 (least / 1.3), high = std::log10 (most * 1.3);
    int index = 0;

    for (const auto& [trueStereo, seconds] : panels)
    {
        const juce::Rectangle<float> plot (static_cast<float> (left + index % columns * panelWidth),
                                           static_cast<float> (top + index / columns * panelHeight), panelWidth - 24.0f,
                                           panelHeight - 56.0f);
        const auto yOf = [&] (double ns)
        { return plot.getBottom() - static_cast<float> ((std::log10 (ns) - low) / (high - low)) * plot.getHeight(); };
        const auto xOf = [&] (size_t callback)
        {
            const auto place = static_cast<float> (std::distance (callbacks.begin(), callbacks.find (callback)));
            return plot.getX() + (place + 0.5f) / static_cast<float> (callbacks.size()) * plot.getWidth();
        };

        g.setColour (theme::panel);
        g.fillRect (plot);
        g.setColour (theme::textHigh);
        g.drawText (juce::String (seconds) + (trueStereo ? " s, true stereo" : " s, stereo"),
                    plot.translated (0.0f, -20.0f).withHeight (18.0f), juce::Justification::left);

        for (const double decade : { 1.0, 10.0, 100.0, 1000.0, 10000.0 })
        {
            for (const double step : { 1.0, 2.0, 5.0 })
            {
                const double value = decade * step;

                if (std::log10 (value) < low || std::log10 (value) > high)
                    continue;

                g.setColour (theme::gridline);
                g.drawHorizontalLine (juce::roundToInt (yOf (value)), plot.getX(), plot.getRight());
                g.setColour (theme::textLow);

                if (index % columns == 0)
                    g.drawText (juce::String (juce::roundToInt (value)),
                                juce::Rectangle (plot.getX() - 56.0f, yOf (value) - 8.0f, 48.0f, 16.0f),
                                juce::Justification::right);
            }
        }

        for (const size_t callback : callbacks)
        {
            g.setColour (theme::textLow);
            g.drawText (juce::String (callback),
                        juce::Rectangle (xOf (callback) - 30.0f, plot.getBottom() + 2.0f, 60.0f, 16.0f),
                        juce::Justification::centred);
        }

        for (size_t n = 0; n < engines.size(); ++n)
        {
            juce::Path line;
            bool begun = false;

            for (const size_t callback : callbacks)
            {
                for (const auto& figures : all)
                {
                    if (figures.engine != engines[n] || figures.cell.callback != callback
                        || figures.cell.trueStereo != trueStereo || figures.cell.kernelSeconds != seconds)
                        continue;

                    const juce::Point<float> point (xOf (callback), yOf (figures.nsPerFrame));
                    begun ? line.lineTo (point) : line.startNewSubPath (point);
                    begun = true;
                    g.setColour (colourOf (n));
                    g.fillEllipse (juce::Rectangle (5.0f, 5.0f).withCentre (point));
                }
            }

            g.setColour (colourOf (n));
            g.strokePath (line, juce::PathStrokeType (n == 0 ? 2.5f : 1.5f));
        }

        ++index;
    }

    g.setColour (theme::textMid);
    g.drawText ("Frames in a callback", left, height - 60, columns * panelWidth, 16, juce::Justification::left);

    return writePng (image, path);
}

} // namespace faltwerk::bench
