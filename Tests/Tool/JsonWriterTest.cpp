#include "Tool/Output/JsonWriter.h"

#include "Support/Catch.h"

#include <juce_core/juce_core.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

using namespace faltwerk::tool;

TEST_CASE ("Numbers are as short as they read back equal", "[kernel]")
{
    CHECK (shortestText (0.1) == "0.1");
    CHECK (shortestText (-0.0) == "0");
    CHECK (shortestText (1.0 / 3.0) == "0.3333333333333333");
    CHECK (shortestText (480000.0) == "480000");
    CHECK (shortestText (1e300) == "1e+300");

    std::mt19937_64 random (11);

    for (int n = 0; n < 10000; ++n)
    {
        const auto bits = random();
        double number = 0.0;
        std::memcpy (&number, &bits, sizeof number);

        if (std::isfinite (number))
            CHECK (std::strtod (shortestText (number).c_str(), nullptr) == number);
    }
}

TEST_CASE ("Bytes that are no UTF-8 become replacement characters", "[kernel]")
{
    const std::string mark = "\xef\xbf\xbd";
    CHECK (asValidUtf8 ("plain") == "plain");
    CHECK (asValidUtf8 ("M\xc3\xbcll \xe2\x82\xac \xf0\x9d\x84\x9e") == "M\xc3\xbcll \xe2\x82\xac \xf0\x9d\x84\x9e");
    CHECK (asValidUtf8 ("bad\xff.wav") == "bad" + mark + ".wav");
    CHECK (asValidUtf8 ("cut\xc3") == "cut" + mark);
    CHECK (asValidUtf8 ("\xc0\xaf") == mark + mark);                       // an overlong slash
    CHECK (asValidUtf8 ("\xed\xa0\x80") == mark + mark + mark);            // half of a surrogate pair
    CHECK (asValidUtf8 ("\xf4\x90\x80\x80") == mark + mark + mark + mark); // above U+10FFFF
    CHECK (asValidUtf8 ("\xe0\x80\x80") == mark + mark + mark);
}

TEST_CASE ("JSON is written in the order of the calls", "[kernel]")
{
    JsonWriter json;
    json.beginObject();
    json.member ("text", "a \"b\"\\\n\x01\x7f");
    json.member ("bad", std::string ("bad\xff.wav"));
    json.member ("count", size_t { 3 });
    json.member ("isTrue", true);
    json.member ("none", std::numeric_limits<double>::quiet_NaN());
    json.beginInlineObject ("figure");
    json.member ("value", 0.5);
    json.member ("unit", "s");
    json.end();
    json.beginArray ("empty");
    json.end();
    json.beginArray ("list");
    json.value (1.5);
    json.beginObject();
    json.end();
    json.null();
    json.end();
    json.numbers ("curve", std::vector { 0.1f, -0.0f, 1e-30f });
    json.end();
    CHECK (json.text()
           == "{\n"
              "  \"text\": \"a \\\"b\\\"\\\\\\n\\u0001\\u007f\",\n"
              "  \"bad\": \"bad\xef\xbf\xbd.wav\",\n"
              "  \"count\": 3,\n"
              "  \"isTrue\": true,\n"
              "  \"none\": null,\n"
              "  \"figure\": { \"value\": 0.5, \"unit\": \"s\" },\n"
              "  \"empty\": [],\n"
              "  \"list\": [\n"
              "    1.5,\n"
              "    {},\n"
              "    null\n"
              "  ],\n"
              "  \"curve\": [0.1, 0, 1e-30]\n"
              "}\n");

    const auto parsed = juce::JSON::parse (juce::String::fromUTF8 (json.text().c_str()));
    CHECK (parsed["text"].toString() == juce::String ("a \"b\"\\\n\x01\x7f"));
    CHECK (static_cast<double> (parsed["figure"]["value"]) == 0.5);
}
