#include "Catalogue/FoldedText.h"

#include "Catalogue/Files/Paths.h"
#include "Support/Catch.h"

#include <random>
#include <string>
#include <vector>

using namespace faltwerk;

TEST_CASE ("Text is folded to small letters without accents, with single spaces", "[browser]")
{
    CHECK (folded ("") == "");
    CHECK (folded ("  Big--HALL_2 (left).  ") == "big hall 2 left");
    CHECK (folded ("Stra\u00dfe") == "strasse");
    CHECK (folded ("\u00c6ther \u0152uvre \u00de\u00f3r") == "aether oeuvre thor");
    CHECK (folded ("\u0141\u00f3d\u017a, \u0110\u1eafk L\u1eafk") == "lodz dak lak");
    CHECK (folded ("G\u018fNC\u018f") == folded ("g\u0259nc\u0259"));
    CHECK (folded ("O'Brien\u2019s") == "obriens");
    CHECK (folded ("\u0417\u0410\u041b \u0490\u0430\u043d\u043e\u043a")
           == "\u0437\u0430\u043b \u0491\u0430\u043d\u043e\u043a");
    CHECK (folded ("\u039f\u03b4\u03cc\u03c2") == "\u03bf\u03b4\u03bf\u03c3");
    CHECK (folded ("\u5927\u5ef3\u3000\u6559\u5802") == "\u5927\u5ef3 \u6559\u5802");
    CHECK (folded ("\U0001f3b8 cab \u2764\ufe0f") == folded ("\U0001f3b8 CAB \u2764"));
    CHECK (folded ("\U0001f3b8") == "\U0001f3b8");
}

TEST_CASE ("Composed and decomposed text is the same when folded", "[browser]")
{
    struct Pair
    {
        const char *composed, *decomposed;
    };

    for (const auto& [composed, decomposed] : std::vector<Pair> {
             { "\u00dcberm\u00e4\u00dfig sch\u00f6n", "U\u0308berma\u0308\u00dfig scho\u0308n" },
             { "caf\u00e9 \u00e0 \u00ce\u00eele \u00e7a", "cafe\u0301 a\u0300 I\u0302i\u0302le c\u0327a" },
             { "\u00e5\u00c5 \u00f1 \u017e\u0161\u010d", "a\u030aA\u030a n\u0303 z\u030cs\u030cc\u030c" },
             { "Vi\u1ec7t \u01b0\u1edbc", "Vie\u0323\u0302t u\u031bo\u031b\u0301c" },
             { "\u0131\u0130stanbul \u011f\u015f", "\u0131I\u0307stanbul g\u0306s\u0327" },
             { "\u0401\u043b\u043a\u0430 \u0439\u0419 \u0457 \u045e",
               "\u0415\u0308\u043b\u043a\u0430 \u0438\u0306\u0418\u0306 \u0456\u0308 \u0443\u0306" },
             { "\u0386\u03ad\u03cc \u0390 \u1f04",
               "\u0391\u0301\u03b5\u0301\u03bf\u0301 \u03b9\u0308\u0301 \u03b1\u0313\u0301" },
             { "\u30c9\u30fc\u30e0 \u3071\u3073\u3076 \u30f4",
               "\u30c8\u3099\u30fc\u30e0 \u306f\u309a\u3072\u3099\u3075\u3099 \u30a6\u3099" },
             { "\ud55c\uad6d \uac00", "\u1112\u1161\u11ab\u1100\u116e\u11a8 \u1100\u1161" },
         })
    {
        CAPTURE (composed);
        CHECK (folded (composed) == folded (decomposed));
        CHECK (folded (composed) != "");
    }

    // Of a syllable that is being typed, the beginning is found.
    CHECK (folded ("\ud55c").starts_with (folded ("\ud558")));

    // What differs stays different.
    CHECK (folded ("\u304b\u304d") != folded ("\u304d\u304b"));
    CHECK (folded ("\u306a\u306b\u306c") == "\u306a\u306b\u306c");
    CHECK (folded ("\u3063\u3064") == "\u3063\u3064");
    CHECK (folded ("\u0438\u0448") == "\u0438\u0448");
}

TEST_CASE ("Any bytes are folded to UTF-8, once and for all", "[browser]")
{
    constexpr uint32_t seed = 11;
    std::mt19937 random (seed);

    for (int round = 0; round < 20000; ++round)
    {
        std::string text;

        for (size_t n = random() % 12; n > 0; --n)
            text += static_cast<char> (random() % 3 == 0 ? random() % 128 : 0x80 + random() % 128);

        const auto once = folded (text);
        CAPTURE (seed, round, once);

        if (! isUtf8 (once) || folded (once) != once || once.starts_with (' ') || once.ends_with (' ')
            || once.find ("  ") != std::string::npos)
            FAIL ("not folded");
    }

    CHECK (folded ("\xc1\x81\xe0\x81\x81"
                   "a")
           == "a"); // longer than need be
    CHECK (folded ("a\xed\xa0\x80"
                   "b\xf4\x90\x80\x80"
                   "c\xff"
                   "d\xe3\x81")
           == "a b c d");
}

TEST_CASE ("Numbers in names count as numbers", "[browser]")
{
    const std::vector<const char*> ascending { "",         "1",       "2",
                                               "10",       "0100",    "99999999999999999999999",
                                               "hall",     "hall 1",  "hall 1 b",
                                               "hall 2",   "hall 2a", "hall 10",
                                               "hall 10a", "hallway", "z" };

    for (size_t a = 0; a < ascending.size(); ++a)
    {
        for (size_t b = 0; b < ascending.size(); ++b)
        {
            const int order = naturalOrder (ascending[a], ascending[b]);
            CAPTURE (ascending[a], ascending[b]);
            CHECK ((order < 0) == (a < b));
            CHECK ((order > 0) == (a > b));
        }
    }

    CHECK (naturalOrder ("hall 02", "hall 2") == 0);
    CHECK (naturalOrder ("0", "00") == 0);

    // It is an order: of three, none is before what is before it.
    constexpr uint32_t seed = 12;
    std::mt19937 random (seed);
    const auto text = [&random]
    {
        std::string result;

        for (size_t n = random() % 5; n > 0; --n)
            result += "01a "[random() % 4];

        return result;
    };

    for (int round = 0; round < 20000; ++round)
    {
        const auto a = text(), b = text(), c = text();
        CAPTURE (seed, round, a, b, c);

        if (naturalOrder (a, b) <= 0 && naturalOrder (b, c) <= 0 && naturalOrder (a, c) > 0)
            FAIL ("no order");

        if ((naturalOrder (a, b) < 0) != (naturalOrder (b, a) > 0))
            FAIL ("both ways");
    }
}
