#pragma once

#include "Convolution/AlignedBuffer.h"
#include "Convolution/PartitionPlan.h"
#include "Convolution/SpectralSum.h"
#include "Convolution/Transform.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** The uniformly partitioned overlap-add convolver: one stage of a ladder, for any number of inputs and outputs.

    The kernel is cut into P partitions of N taps, each transformed once. Each block of N input samples is transformed
    once; its spectrum joins a *frequency-domain delay line* of the last P spectra; spectrum p times kernel partition p,
    summed over p and over the paths into an output, is the spectrum of that output. With the right-angle transform the
    inverse's real part is this block of output and its imaginary part the overlap that is added to the next.

    The sums are done in tiles of four blocks (see SpectralSums). Each group of 16 bins begins its tile in another of
    four successive blocks, so that every block takes equally long. (A live kernel would replace a partition at the
    beginning of a period, and add the difference's products to the up to three blocks that are summed ahead.)

    Of the past nothing is cleared when it is forgotten: spectra that came before are left out of the sums. Only what the
    last block carried over is cleared by the first one's last pass, column by column.

    An immediate stage does the work of a block where it is due. The work of another is a list of short *steps*, spread
    over the period of N frames that it has. When they run never matters to the result. */
class UniformConvolver
{
public:
    /** A path: its input, its output, and its partitions' spectra, [group][partition][16 real, 16 imaginary], scaled
        by 1 / N, with at least three partitions of zeros behind. */
    struct Path
    {
        size_t input, output;
        const float* spectra;
    };

    /** How far apart the groups of a path's spectra are, and how many floats all of them take. */
    static size_t spectraStride (const PartitionPlan::Stage&) noexcept;
    static size_t numSpectraFloats (const PartitionPlan::Stage&) noexcept;

    /** How many floats a stage takes of its arena. */
    static size_t numFloats (const PartitionPlan::Stage&, size_t numInputs, size_t numOutputs) noexcept;

    /** How many bytes it reads and writes, the spectra included. */
    static size_t numBytes (const PartitionPlan::Stage&, size_t numInputs, size_t numOutputs, size_t numPaths) noexcept;

    /** The predicted cost of a block of N frames, in ns. */
    static double blockCost (const PartitionPlan::Stage&,
                             size_t numInputs,
                             size_t numOutputs,
                             size_t numPaths) noexcept;

    /** Takes its buffers, zeroed, from an arena that outlives it; so must the spectra. @param silence  a block of zeros,
        for a stage that is spread over time [any, not audio] */
    UniformConvolver (const PartitionPlan::Stage&,
                      size_t numInputs,
                      size_t numOutputs,
                      const std::vector<Path>& paths,
                      Arena& arena,
                      const float* silence);

    size_t blockSize() const noexcept { return stage.blockSize; }

    /** The predicted cost of a period's work, in ns. [any] */
    double periodCost() const noexcept { return costAhead + costOfBlock; }

    /** The block of output that sounds now: N samples. [audio] */
    const float* output (size_t index) const noexcept { return isSilent() ? silence : outputs[index].sounding; }

    /** Forgets the past input, and sets the number of the block that comes next, counted from the start of the stream.
        Returns how many floats it cleared: none but in an immediate stage. [audio] */
    size_t restart (uint64_t nextBlock) noexcept;

    /** Takes a block of each input as the calls below would, when all output up to `unheard` frames after its end is
        heard by nobody: then most of the work need not be done. [any] */
    void listen (const float* const* blocks, size_t unheard) noexcept;

    // --- An immediate stage, whose block is a single leaf of the transform ------------------------------------------

    /** Before a block is complete: sums what does not need it. Returns the predicted cost, in ns. [audio] */
    double sumAhead() noexcept;

    /** When it is complete: its output sounds from now on. One block for each input. Returns the predicted cost, in ns.
        [audio] */
    double processBlock (const float* const* blocks) noexcept;

    // --- A stage that is spread over time ----------------------------------------------------------------------------

    /** Begins a period: the output made in the last one sounds from now on. The blocks of input, one for each input,
        must stay until the next period. All steps of the last one must have run. [audio] */
    void beginPeriod (const float* const* blocks) noexcept;

    bool hasSteps() const noexcept { return channel < channels.size(); }

    /** Runs the next step and returns its predicted cost, in ns. [audio] */
    double runStep() noexcept;

private:
    struct Step
    {
        enum class Kind : uint8_t
        {
            samplesPass,
            forwardPass,
            forwardLeaves,
            products,
            leaf,
            inversePass,
            outputPass
        };

        Kind kind {};
        Transform::Node node {};   // of a pass; the first of leaves
        uint32_t from = 0, to = 0; // columns of a pass; products of a tile, path after path; of leaves, how many: to
        float cost = 0.0f;
    };

    struct Input
    {
        float* spectra = nullptr;     // ring: [group][slot][32]
        const float* block = nullptr; // what the present period transforms
    };

    struct Output
    {
        std::vector<Path> paths;
        float* sums = nullptr; // [group][block modulo 4][32]
        float *sounding = nullptr, *coming = nullptr, *overlap = nullptr;
    };

    /** An input with its forward steps, or an output with those of its sums and inverse transform. */
    struct Channel
    {
        size_t index;
        std::vector<Step> steps; // none in an immediate stage
    };

    /** Returns true if no block of output has been made since the past was forgotten. [audio] */
    bool isSilent() const noexcept { return ! stage.isImmediate() && numBlocks < 2; }

    void planForward (std::vector<Step>&, const Transform::Node&) const;
    void planOutput (std::vector<Step>&, const Transform::Node&, const Output&) const;
    void planPass (std::vector<Step>&, Step::Kind, const Transform::Node&) const;
    void run (const Step&, size_t index) noexcept;

    void transformInputs (const float* const* blocks) noexcept;
    size_t numTileProducts() const noexcept { return stage.numPartitions - lead; }
    void sumTile (Output&, const Transform::Node& leaf, size_t from, size_t to) noexcept;
    void finishLeaf (Output&, const Transform::Node& leaf) noexcept;
    void advance() noexcept;
    void clearOverlap (const Output&, size_t from, size_t to) noexcept;
    SpectralPath view (const Path&, size_t group, size_t partition) const noexcept;
    Transform::Spectrum newestSpectrum (const Input&) const noexcept;
    Transform::Spectrum leafSpectrum() const noexcept;

    static constexpr size_t groupFloats = SpectralSums::groupFloats, tileSize = SpectralSums::tileSize;

    const PartitionPlan::Stage stage;
    const size_t lead;       // by how many spectra a tile must do with: an immediate stage sums before the newest
    const double distance;   // of all its data: see cost::distance
    const size_t ringLength; // of the delay line
    const std::shared_ptr<const Transform> transform;
    const SpectralSums& sums;

    std::vector<Input> inputs;
    std::vector<Output> outputs;
    float *real, *imaginary;         // work of the transforms
    float* scratch;                  // the spectrum of a leaf
    std::vector<SpectralPath> views; // of the paths into an output

    const SpectralLayout layout;

    const float* const silence;
    uint64_t block = 0;     // the number of the block of output that is being made
    uint64_t numBlocks = 0; // begun, or done by an immediate stage, since the past was forgotten
    size_t newest = 0;      // slot of its input's spectrum

    std::vector<Channel> channels;             // inputs, then outputs
    size_t numForward = 0;                     // how many of them are inputs
    size_t channel = 0, step = 0;              // what is next
    double costAhead = 0.0, costOfBlock = 0.0; // of an immediate stage; of another, all is in the latter
};

} // namespace faltwerk
