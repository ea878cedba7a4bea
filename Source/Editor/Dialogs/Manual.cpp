#include "Editor/Dialogs/Manual.h"

namespace faltwerk
{

namespace
{

/** Returns a line without the marks of code and emphasis; a pair of asterisks is emphasis where no space follows the
    first. */
juce::String withoutMarks (const juce::String& line)
{
    juce::String result;
    bool isCode = false;

    for (auto place = line.getCharPointer(); ! place.isEmpty();)
    {
        const auto character = place.getAndAdvance();

        if (character == '`')
            isCode = ! isCode;
        else if (character != '*' || isCode)
            result << juce::String::charToString (character);
    }

    return result;
}

void addTableRow (ManualPart& part, const juce::String& line)
{
    const auto cells = juce::StringArray::fromTokens (line.trim().trimCharactersAtStart ("|"), "|", {});

    if (cells.isEmpty() || cells[0].trim().containsOnly ("-:"))
        return;

    part.paragraphs.push_back ({ ManualPart::Kind::term, withoutMarks (cells[0].trim()) });
    juce::StringArray others;

    for (int n = 1; n < cells.size(); ++n)
        if (cells[n].trim().isNotEmpty())
            others.add (withoutMarks (cells[n].trim()));

    part.paragraphs.push_back ({ ManualPart::Kind::text, others.joinIntoString ("   ") });
}

} // namespace

std::vector<ManualPart> manualParts (const juce::String& markdown)
{
    std::vector<ManualPart> parts;
    juce::StringArray paragraph;
    bool isCode = false, isHeadOfTable = true;
    const auto finish = [&] (ManualPart::Kind kind)
    {
        if (! parts.empty() && ! paragraph.isEmpty())
            parts.back().paragraphs.push_back ({ kind, kind == ManualPart::Kind::code
                                                           ? paragraph.joinIntoString ("\n")
                                                           : withoutMarks (paragraph.joinIntoString (" ")) });

        paragraph.clear();
    };

    for (const auto& line : juce::StringArray::fromLines (markdown))
    {
        const bool isTable = ! isCode && line.startsWithChar ('|');

        if (line.startsWith ("```"))
        {
            finish (isCode ? ManualPart::Kind::code : ManualPart::Kind::text);
            isCode = ! isCode;
        }
        else if (isCode)
        {
            paragraph.add (line);
        }
        else if (isTable)
        {
            finish (ManualPart::Kind::text);

            if (! isHeadOfTable && ! parts.empty())
                addTableRow (parts.back(), line);
        }
        else if (line.startsWith ("## "))
        {
            finish (ManualPart::Kind::text);
            parts.push_back ({ line.substring (3).trim(), {} });
        }
        else if (line.trim().isEmpty() || line.startsWith ("!["))
        {
            finish (ManualPart::Kind::text);
        }
        else
        {
            paragraph.add (line.trim());
        }

        isHeadOfTable = ! isTable; // its first row names the columns
    }

    finish (isCode ? ManualPart::Kind::code : ManualPart::Kind::text);
    return parts;
}

} // namespace faltwerk
