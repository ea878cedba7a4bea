#include "Kernel/Generators/Models/Shoebox.h"

#include "Kernel/Generators/Models/ImageSources.h"
#include "Kernel/Generators/Models/RoomBands.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double lowestFrequency = 20.0;  // Hz
constexpr double longestInSeconds = 10.0; // the longest transform at the highest rate
constexpr double spreadInSeconds = 0.03;  // of the filters of the bands
constexpr double decayInDb = 90.0;        // at the end of a kernel of no given length
constexpr double fadeInSeconds = 0.05;    // at the end
constexpr size_t sincHalfWidth = 16;      // of the fractional delays, in frames

/** Of the air, in dB per km and band. */
constexpr PerBand airAbsorption { 0.4, 1.3, 2.7, 4.7, 9.9, 17.0, 29.0, 55.0, 104.0, 190.0, 350.0 };

/** Values that follow from the size and the walls of a room. */
struct Acoustics
{
    explicit Acoustics (const Shoebox& room)
        : size { room.width, room.depth, room.height }
        , volume (size[0] * size[1] * size[2])
        , absorption (bandsOfOctaves (room.absorption))
        , reflectionsPerSecond (speedOfSound * 0.5 * (1.0 / size[0] + 1.0 / size[1] + 1.0 / size[2]))
    {
        for (size_t band = 0; band < roomBands.size(); ++band)
        {
            decayRate[band] = -std::log1p (-absorption[band]) * reflectionsPerSecond
                              + airAbsorption[band] * 1e-4 * std::numbers::ln10 * speedOfSound;
        }

        // 1000 images make a sound as dense as noise, with some scattering.
        crossOver = std::cbrt (1000.0 * volume * 3.0 / (4.0 * std::numbers::pi)) / speedOfSound;
    }

    /** Returns the time in s until a band has decayed to the level at which the kernel ends, by Eyring's formula. */
    double audibleTime (size_t band, double sampleRate) const
    {
        const double share = std::min (1.0, roomBands[band] * 0.7 / (0.5 * sampleRate));
        return std::max (1.0, decayInDb + 10.0 * std::log10 (share)) * 0.1 * std::numbers::ln10 / decayRate[band];
    }

    /** Returns the specular share of what arrives at a time: the rest is diffuse. */
    double specularShare (double reflections, double time, double scattering) const
    {
        const double x = std::clamp ((time / crossOver - 0.25) / 0.75, 0.0, 1.0);
        return std::pow (1.0 - scattering, reflections) * (0.5 + 0.5 * std::cos (std::numbers::pi * x));
    }

    Point size;
    double volume;
    PerBand absorption;          // of the walls
    double reflectionsPerSecond; // of a ray, in the mean
    PerBand decayRate {};        // of energy, per second
    double crossOver;            // when no image is left, in s
};

Point placed (const Point& size, double x, double y, double z)
{
    return { size[0] * x * 0.01, size[1] * y * 0.01, size[2] * z * 0.01 };
}

/** Returns a point moved across the room, up to where placed() would put what is nearest to a wall. */
Point beside (const Point& size, Point point, double offset)
{
    if (offset != 0.0)
        point[0] = std::clamp (point[0] + offset, 0.02 * size[0], 0.98 * size[0]);

    return point;
}

double lengthInSeconds (const Shoebox& room)
{
    if (room.lengthInSeconds > 0.0)
        return room.lengthInSeconds;

    const Acoustics acoustics (room);
    double longest = 0.05;

    for (size_t band = 0; band < roomBands.size(); ++band)
        longest = std::max (longest, acoustics.audibleTime (band, room.sampleRate));

    return longest + fadeInSeconds;
}

/** An impulse between frames: a sinc under a Hann window. */
class FractionalImpulse
{
public:
    explicit FractionalImpulse (double positionInFrames)
        : first (static_cast<int64_t> (std::floor (positionInFrames)) - static_cast<int64_t> (sincHalfWidth) + 1)
    {
        const double sine = std::sin (std::numbers::pi * (positionInFrames - std::floor (positionInFrames)));

        for (size_t n = 0; n < taps.size(); ++n)
        {
            const double x = static_cast<double> (first + static_cast<int64_t> (n)) - positionInFrames;
            const double window = 0.5 + 0.5 * std::cos (std::numbers::pi * x / static_cast<double> (sincHalfWidth));
            const double sign = (n + sincHalfWidth) % 2 == 0 ? 1.0 : -1.0;
            taps[n] = std::abs (x) < 1e-9 ? 1.0 : window * sign * sine / (std::numbers::pi * x);
        }
    }

    /** Adds it to one part of a signal that is closed to a circle. */
    void addTo (std::span<Fourier::Complex> signal, double gain, bool toImaginary) const
    {
        const auto size = static_cast<int64_t> (signal.size());

        for (size_t n = 0; n < taps.size(); ++n)
        {
            const auto value = static_cast<float> (gain * taps[n]);
            auto& frame = signal[static_cast<size_t> ((first + static_cast<int64_t> (n) + size) % size)];
            frame += toImaginary ? Fourier::Complex { 0.0f, value } : Fourier::Complex { value, 0.0f };
        }
    }

private:
    int64_t first;
    std::array<double, 2 * sincHalfWidth> taps {};
};

/** A room being made: its images, its tail, and what joins them. */
class Room
{
public:
    /** @param offset  of the source from its place, across the room; the microphones look at the place */
    Room (const Shoebox& description, double offset, uint64_t seed)
        : room (description)
        , acoustics (description)
        , source (beside (acoustics.size, placeOfSource(), offset))
        , listener (placed (acoustics.size, room.listenerX, room.listenerY, room.listenerZ))
        , pair (listener, placeOfSource(), room.spacing, room.angle * std::numbers::pi / 180.0, room.directivity)
        , random (seed)
        , images (imageSources (acoustics.size, source, listener, acoustics.crossOver * speedOfSound, random))
        , start (firstArrival())
        , channels (2, Signal (std::max<size_t> (2, framesFor (lengthInSeconds (room), room.sampleRate))))
    {
    }

    /** Returns when the direct sound comes to the nearer microphone, in s. */
    double firstArrival() const
    {
        return std::min (distanceBetween (source, pair.position (0)), distanceBetween (source, pair.position (1)))
               / speedOfSound;
    }

    /** Returns what the two microphones hear from a time on, at the level of the room.
        @param first  when frame 0 is, in s after the sound left the source */
    std::vector<Signal> make (double first)
    {
        start = first;
        addImages();
        addTail();

        for (auto& channel : channels)
        {
            removeLows (channel, lowestFrequency, room.sampleRate);
            fadeOut (channel, std::min (framesFor (fadeInSeconds, room.sampleRate), channel.size() / 4));
        }

        return std::move (channels);
    }

private:
    Point placeOfSource() const { return placed (acoustics.size, room.sourceX, room.sourceY, room.sourceZ); }

    void add (std::span<const Fourier::Complex> signal)
    {
        for (size_t n = 0; n < std::min (signal.size(), channels[0].size()); ++n)
        {
            channels[0][n] += static_cast<double> (signal[n].real());
            channels[1][n] += static_cast<double> (signal[n].imag());
        }
    }

    /** Returns the amplitude that is left of a band of an image on its way. */
    double loss (const ImageSource& image, double distance, size_t band) const
    {
        return std::pow (1.0 - acoustics.absorption[band], 0.5 * static_cast<double> (image.order))
               * std::pow (10.0, -airAbsorption[band] * distance * 5e-5) / distance;
    }

    void addImages()
    {
        BandSum sum (framesFor (acoustics.crossOver + spreadInSeconds, room.sampleRate) + sincHalfWidth,
                     room.sampleRate);

        for (size_t band = 0; band < sum.numBandsInUse(); ++band)
        {
            const auto signal = sum.signal();
            std::fill (signal.begin(), signal.end(), Fourier::Complex {});

            for (const auto& image : images)
                for (const size_t microphone : { 0u, 1u })
                {
                    const double distance =
                        std::max (0.1, distanceBetween (image.position, pair.position (microphone)));
                    const double time = distance / speedOfSound;
                    const double share =
                        acoustics.specularShare (static_cast<double> (image.order), time, room.scattering);

                    if (share <= 0.0)
                        continue;

                    const double level = image.order == 0 ? 0.01 * room.direct : std::sqrt (share);
                    FractionalImpulse ((time - start) * room.sampleRate)
                        .addTo (signal, level * pair.gain (microphone, image.position) * loss (image, distance, band),
                                microphone == 1);
                }

            sum.add (band);
        }

        add (sum.result());
    }

    /** Returns the ratio of the images' energy around the cross-over to that of a diffuse field: a box is never quite
        diffuse. */
    double imagesAgainstDiffuse (size_t band) const
    {
        const double from = 0.5 * acoustics.crossOver, to = 0.97 * acoustics.crossOver;
        double energy = 0.0;

        for (const auto& image : images)
            for (const size_t microphone : { 0u, 1u })
            {
                const double distance = distanceBetween (image.position, pair.position (microphone));

                if (distance >= from * speedOfSound && distance < to * speedOfSound)
                    energy += 0.5 * std::pow (pair.gain (microphone, image.position) * loss (image, distance, band), 2);
            }

        const double rate = acoustics.decayRate[band];
        const double diffuse = diffuseEnergyPerSecond() * (std::exp (-rate * from) - std::exp (-rate * to)) / rate;
        return std::clamp (energy / std::max (diffuse, 1e-300), 0.25, 4.0);
    }

    /** Returns the energy per second of all images at one time, without losses in walls and air: those in a shell, 4 pi
        r^2 c / V a second, each with 1 / r^2. */
    double diffuseEnergyPerSecond() const
    {
        return 4.0 * std::numbers::pi * speedOfSound / acoustics.volume * pair.diffuseGain();
    }

    void addTail()
    {
        const size_t numFrames = channels[0].size();
        BandSum sum (numFrames, room.sampleRate);

        // One noise for all bands, whose weights then add up to it without gaps.
        std::vector<Fourier::Complex> noise (numFrames);
        const double deviation = std::sqrt (3.0 * diffuseEnergyPerSecond() / room.sampleRate);
        const double onset = 1.0 / acoustics.reflectionsPerSecond;

        for (size_t n = 0; n < numFrames; ++n)
        {
            const double sinceStart = static_cast<double> (n) / room.sampleRate, time = start + sinceStart;
            const double specular =
                acoustics.specularShare (time * acoustics.reflectionsPerSecond, time, room.scattering);
            const double share = deviation * std::sqrt (1.0 - specular) * (1.0 - std::exp (-sinceStart / onset));
            const double middle = random.bipolar(), side = random.bipolar();
            noise[n] = { static_cast<float> (middle * share), static_cast<float> (side * share) };
        }

        for (size_t band = 0; band < sum.numBandsInUse(); ++band)
        {
            const auto signal = sum.signal();
            const double factor = std::exp (-0.5 * acoustics.decayRate[band] / room.sampleRate);
            double gain = std::sqrt (imagesAgainstDiffuse (band)) * std::exp (-0.5 * acoustics.decayRate[band] * start);

            for (size_t n = 0; n < numFrames; ++n, gain *= factor)
                signal[n] = static_cast<float> (gain) * noise[n];

            std::fill (signal.begin() + static_cast<std::ptrdiff_t> (numFrames), signal.end(), Fourier::Complex {});
            sum.add (band);
        }

        sum.correlate ([this] (double frequency) { return pair.diffuseCorrelation (frequency); });
        add (sum.result());
    }

    const Shoebox& room;
    Acoustics acoustics;
    Point source, listener;
    MicrophonePair pair;
    Random random;
    std::vector<ImageSource> images;
    double start; // when the direct sound arrives, in s
    std::vector<Signal> channels;
};

} // namespace

Kernel generate (const Shoebox& room)
{
    if (room.numSources < 2)
    {
        Room one (room, 0.0, room.seed);
        return kernelOfUnitEnergy (one.make (one.firstArrival()), room.sampleRate, "Room");
    }

    // Two tails of one room are as different as two places are: each source has noise of its own.
    const double toLeft = (room.sourceY < room.listenerY ? 0.5 : -0.5) * room.sourceSpacing; // as the microphones look
    Room left (room, toLeft, room.seed), right (room, -toLeft, ~room.seed);
    const double first = std::min (left.firstArrival(), right.firstArrival());
    auto channels = left.make (first);

    for (auto& channel : right.make (first))
        channels.push_back (std::move (channel));

    return kernelOfUnitEnergy (std::move (channels), room.sampleRate, "Room");
}

std::string problemWith (const Shoebox& room)
{
    const double seconds = lengthInSeconds (room);

    if (seconds <= longestInSeconds)
        return {};

    return "it would ring for " + std::to_string (static_cast<int> (std::min (seconds, 1e6)))
           + " s, and at most 10 s are possible. Choose a length, more absorption or a smaller room.";
}

} // namespace faltwerk
