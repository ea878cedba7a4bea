// The CSV of `faltwerk analyse`.

#include "Kernel/Analysis/StatedFigure.h"
#include "Tool/Output/AnalysisReport.h"
#include "Tool/Output/JsonWriter.h"

#include <iterator>

namespace faltwerk::tool
{

namespace
{

/** Returns a field, in quotes if it holds what separates fields (RFC 4180). */
std::string field (const std::string& text)
{
    if (text.find_first_of (",\"\r\n") == std::string::npos)
        return text;

    std::string quoted = "\"";

    for (const char c : text)
        quoted += c == '"' ? std::string ("\"\"") : std::string (1, c);

    return quoted + "\"";
}

std::string row (const std::string& file, const std::string& path, const std::string& band)
{
    return field (asValidUtf8 (file)) + "," + path + "," + band;
}

/** Returns the fields of a figure: its value, which may be missing, and what speaks against it. */
std::string fields (const StatedFigure& figure)
{
    return "," + (figure.hasValue ? shortestText (figure.value) : std::string()) + "," + field (figure.reason);
}

std::string rowsOf (const std::string& file, const std::string& path, const Decay& decay)
{
    std::string rows;

    for (const auto& band : decay.bands)
    {
        rows += row (file, path, nameOf (band));

        for (const auto& column : bandColumns)
            rows += fields (stated (band, column.figure));

        rows += fields (stated (band, &BandDecay::curvature));
        const bool isThere = ! band.level.levels.empty();
        rows += "," + (band.t20.hasValue() ? shortestText (band.quality20) : std::string());
        rows += "," + (band.t30.hasValue() ? shortestText (band.quality30) : std::string());
        rows += "," + (isThere ? shortestText (band.rangeInDb) : std::string());
        rows += "," + (isThere && band.hasNoise ? shortestText (band.crossingInSeconds) : std::string()) + ",\n";
    }

    rows += row (file, path, "mid");

    for (const auto& column : bandColumns)
        rows += fields (statedMid (decay, column.figure));

    return rows + ",,,,,,,\n";
}

} // namespace

std::string csvHeader()
{
    std::string header = "file,path,band";

    for (const auto& column : bandColumns)
    {
        const std::string key = column.key, unit = column.unit;
        header += "," + key + "_" + (unit == "%" ? "percent" : unit) + "," + key + "_reason";
    }

    return header + ",curvature_percent,curvature_reason,r_squared_20,r_squared_30,range_dB,crossing_s,error\n";
}

std::string csvRows (const AnalysisReport& report)
{
    auto rows = rowsOf (report.file, "all", report.decay);

    for (size_t path = 0; path < report.paths.size(); ++path)
        rows += report.paths[path].bands.empty()
                    ? csvRowOfError (report.file, std::to_string (path + 1), "this path is silent")
                    : rowsOf (report.file, std::to_string (path + 1), report.paths[path]);

    return rows;
}

std::string csvRowOfError (const std::string& file, const std::string& path, const std::string& error)
{
    constexpr size_t columnsBetween = 2 * std::size (bandColumns) + 2 + 4;
    return row (file, path, "") + std::string (columnsBetween, ',') + "," + field (asValidUtf8 (error)) + "\n";
}

} // namespace faltwerk::tool
