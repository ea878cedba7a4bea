#!/usr/bin/env python3
"""Cuts the bundled typeface: Inter (OFL) in three weights, with tabular figures by default.

Older JUCE cannot ask for OpenType features, so the digits are remapped to their tabular forms, and what we never show
is left out. Needs python3-fonttools and the OTFs of fonts-inter:

    python3 Resources/scripts/make-fonts.py /usr/share/fonts/opentype/inter Resources/fonts
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

# Latin, Greek and Cyrillic for names of kernels; punctuation, arrows and mathematical signs for labels.
CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x370, 0x400), *range(0x400, 0x460),
              *range(0x2010, 0x2027), 0x202F, 0x2032, 0x2033, 0x2044, 0x20AC, 0x2122, *range(0x2190, 0x2194),
              0x2202, 0x2211, 0x2212, 0x2215, 0x221A, 0x221E, 0x222B, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713]


# The punctuation of numbers keeps its proportional width: a tabular comma would tear prose apart.
DIGITS = range(0x30, 0x3A)


def tabular_forms(font: TTFont) -> dict[str, str]:
    """What the font's own feature tnum puts in the place of a glyph."""
    table = font["GSUB"].table
    forms: dict[str, str] = {}

    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[index].SubTable:
                    forms.update(getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {}))

    return forms


def cut(source: pathlib.Path, target: pathlib.Path) -> None:
    font = TTFont(source)
    forms = tabular_forms(font)

    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in DIGITS:
                if code in table.cmap:
                    table.cmap[code] = forms.get(table.cmap[code], table.cmap[code])  # tables may share one map

    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], name_IDs=["*"], hinting=True,
                             notdef_outline=True, desubroutinize=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font["head"].modified = font["head"].created  # the same bytes for the same source
    font.recalcTimestamp = False
    font.save(target)
    print(f"{target}: {target.stat().st_size} bytes")


def main() -> None:
    source, target = map(pathlib.Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)

    for weight in ("Regular", "Medium", "SemiBold"):
        cut(source / f"Inter-{weight}.otf", target / f"Inter-{weight}.otf")


if __name__ == "__main__":
    main()
