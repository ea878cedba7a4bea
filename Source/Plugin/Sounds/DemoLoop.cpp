#include "Plugin/Sounds/DemoLoop.h"

#include "Kernel/Random.h"

#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double rate = DemoLoop::sampleRate;
constexpr double beat = 60.0 / 96.0; // s
constexpr int numBeats = 8;

/** A mono recording to which instruments add themselves, wrapping round at the end so that the loop has no seam. */
class Track
{
public:
    Track()
        : samples (static_cast<size_t> (std::lround (numBeats * beat * rate)))
    {
    }

    /** Adds `length` seconds of a sound, given as a function of its own time in seconds, at a beat. */
    template <typename Sound>
    void add (double atBeat, double length, Sound&& sound)
    {
        const auto first = static_cast<size_t> (std::lround (atBeat * beat * rate));
        const auto numFrames = static_cast<size_t> (length * rate);

        for (size_t n = 0; n < numFrames; ++n)
            samples[(first + n) % samples.size()] += sound (static_cast<double> (n) / rate);
    }

    std::vector<double> samples;
};

double sine (double cycles) { return std::sin (2.0 * std::numbers::pi * cycles); }

void addKick (Track& track, double atBeat)
{
    // The pitch falls from 160 to 48 Hz: 48 t + 112 tau (1 - e^(-t / tau)) cycles.
    track.add (atBeat, 0.35,
               [] (double t)
               {
                   constexpr double tau = 0.03;
                   const double cycles = 48.0 * t + 112.0 * tau * (1.0 - std::exp (-t / tau));
                   return 0.75 * sine (cycles) * std::exp (-t / 0.09) * std::min (1.0, t / 0.001);
               });
}

void addSnare (Track& track, double atBeat, Random& random)
{
    double before = 0.0;
    track.add (atBeat, 0.3,
               [&random, before] (double t) mutable
               {
                   const double noise = random.bipolar(), bright = noise - 0.6 * before;
                   before = noise;
                   return 0.30 * bright * std::exp (-t / 0.055) + 0.22 * sine (190.0 * t) * std::exp (-t / 0.04);
               });
}

void addHat (Track& track, double atBeat, double level, Random& random)
{
    double first = 0.0, second = 0.0;
    track.add (atBeat, 0.12,
               [&random, level, first, second] (double t) mutable
               {
                   const double noise = random.bipolar(), high = noise - 2.0 * first + second; // twice differenced
                   second = first;
                   first = noise;
                   return level * high * std::exp (-t / 0.018);
               });
}

/** Adds a plucked string: noise circulating in a delay line with a mean of neighbours (Karplus and Strong, Digital
    synthesis of plucked-string and drum timbres, Computer Music Journal 7(2), 1983). */
void addString (Track& track, double atBeat, double frequency, Random& random)
{
    const auto length = static_cast<size_t> (rate / frequency - 0.5);
    std::vector<double> line (length);

    for (auto& sample : line)
        sample = random.bipolar();

    size_t position = 0;
    track.add (atBeat, 1.6,
               [&line, position] (double t) mutable
               {
                   const size_t next = (position + 1) % line.size();
                   const double y = line[position];
                   line[position] = 0.997 * 0.5 * (line[position] + line[next]);
                   position = next;
                   return 0.26 * y * std::min (1.0, (1.6 - t) / 0.05);
               });
}

} // namespace

std::vector<std::vector<float>> DemoLoop::make()
{
    Random random (96);
    Track drums, strings;

    for (const double at : { 0.0, 2.5, 4.0, 5.75, 6.5 })
        addKick (drums, at);

    for (const double at : { 1.0, 3.0, 5.0, 7.0 })
        addSnare (drums, at, random);

    for (int eighth = 0; eighth < 2 * numBeats; ++eighth)
        addHat (drums, eighth * 0.5, eighth % 2 == 0 ? 0.05 : 0.03, random);

    const std::pair<double, double> notes[] = { { 0.0, 146.83 },  { 0.75, 220.00 }, { 1.5, 293.66 },  { 2.25, 349.23 },
                                                { 3.5, 329.63 },  { 4.0, 130.81 },  { 4.75, 196.00 }, { 5.5, 261.63 },
                                                { 6.25, 329.63 }, { 7.5, 293.66 } };

    for (const auto& [at, frequency] : notes)
        addString (strings, at, frequency, random);

    std::vector<std::vector<float>> channels (2);

    for (size_t n = 0; n < drums.samples.size(); ++n)
    {
        channels[0].push_back (static_cast<float> (0.35 * drums.samples[n] + 0.45 * strings.samples[n]));
        channels[1].push_back (static_cast<float> (0.35 * drums.samples[n] + 0.30 * strings.samples[n]));
    }

    return channels;
}

} // namespace faltwerk
