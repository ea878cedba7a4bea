#pragma once

#include <juce_core/juce_core.h>

#include <vector>

namespace faltwerk
{

/** A part of the manual: a heading of README and what stands below it, as it is read on a page. */
struct ManualPart
{
    enum class Kind
    {
        text,
        term, // a heading within the part: the first column of a table
        code
    };

    struct Paragraph
    {
        Kind kind = Kind::text;
        juce::String text; // without marks
    };

    juce::String title;
    std::vector<Paragraph> paragraphs;
};

/** Returns the parts of a text in the subset of Markdown that README uses: headings of the second level, paragraphs,
    tables, code between fences; pictures are left out. [not audio] */
std::vector<ManualPart> manualParts (const juce::String& markdown);

} // namespace faltwerk
