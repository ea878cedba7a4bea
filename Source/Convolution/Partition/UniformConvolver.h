#pragma once

#include "Convolution/Partition/KernelSpectra.h"
#include "Convolution/Partition/PlanSize.h"
#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/Transform.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** A uniformly partitioned overlap-add convolver: one stage of a ladder, for any number of inputs and outputs.

    The kernel is divided into P partitions of N taps, each of which is transformed once. Each block of N input samples
    is transformed once, and its spectrum enters a *frequency-domain delay line* of the last P spectra. The spectrum of
    an output is the sum, over its paths and over p, of delayed spectrum p times kernel partition p. With the
    right-angle transform the real part of the inverse is this block of output, and the imaginary part is the overlap
    that is added to the next block.

    The sums are made in tiles of four blocks (see SpectralSums). A quarter of the groups of 16 bins begins its tile in
    each of four successive blocks, so that all blocks take equally long.

    Discarding the past clears no spectra: older ones are left out of the sums. Only the overlap of the last block is
    cleared, column by column, in the last pass of the first new block.

    An immediate stage does the work of a block where it is due. Any other stage divides it into short *steps*, which
    run within the next N frames. The result does not depend on when they run. */
class UniformConvolver
{
public:
    /** Takes its buffers, zeroed, from an arena; throws std::bad_alloc. The buffer of the arena and the spectra must
        outlive it. @param silence  a block of zeros, read by stages other than the immediate one. [not audio] */
    UniformConvolver (const PartitionPlan::Stage&,
                      size_t numInputs,
                      size_t numOutputs,
                      const std::vector<KernelSpectra::Path>& paths,
                      Arena& arena,
                      const float* silence);

    /** Returns N, in frames. [any] */
    size_t blockSize() const noexcept { return stage.blockSize; }

    /** Returns the predicted cost of one period, in ns. [any] */
    double periodCost() const noexcept { return costAhead + costOfBlock; }

    /** Returns the current block of output: N samples. [audio] */
    const float* output (size_t index) const noexcept { return isSilent() ? silence : outputs[index].current; }

    /** Discards the past input, and sets the number of the next block, counted from the start of the stream. Returns
        the number of floats that were cleared, which is 0 except for an immediate stage. [audio] */
    size_t restart (uint64_t nextBlock) noexcept;

    /** Consumes a block of each input, aligned to cache lines, when the output of this block and of the next
        `discarded` frames will be discarded. Does only the work that later output depends on. [loader] */
    void skip (const float* const* blocks, size_t discarded) noexcept;

    // --- Immediate stage, whose block is a single leaf of the transform ----------------------------------------------

    /** Sums the products that do not need the block that is being filled. Returns the predicted cost, in ns. [audio] */
    double sumAhead() noexcept;

    /** Processes a complete block of each input, aligned to cache lines; output() then gives its output. Returns the
        predicted cost, in ns. [audio] */
    double processBlock (const float* const* blocks) noexcept;

    // --- Later stages ------------------------------------------------------------------------------------------------

    /** Begins a period: output() then gives what the last period computed. The blocks, one for each input, are
        aligned to cache lines and must stay unchanged until the next period begins. All steps of the last period must have run. [audio] */
    void beginPeriod (const float* const* blocks) noexcept;

    /** Returns true if steps of the current period are left. [audio] */
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
        uint32_t from = 0, to = 0; // columns of a pass, or products of a tile, path after path; to: number of leaves
        float cost = 0.0f;         // predicted, in ns
    };

    struct Input
    {
        float* spectra = nullptr;     // ring: [group][slot][32]
        const float* block = nullptr; // transformed in the current period
    };

    struct Output
    {
        std::vector<KernelSpectra::Path> paths;
        float* sums = nullptr;                                         // [group][block modulo 4][32]
        float *current = nullptr, *next = nullptr, *overlap = nullptr; // blocks of output, and what the next one adds
    };

    /** An input with the steps of its forward transform, or an output with those of its sums and inverse transform. */
    struct Channel
    {
        size_t index;
        std::vector<Step> steps; // none in an immediate stage
    };

    /** Returns true if no block of output has been computed since the past was discarded. [audio] */
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
    SpectralPath view (const KernelSpectra::Path&, size_t group, size_t partition) const noexcept;
    Transform::Spectrum newestSpectrum (const Input&) const noexcept;
    Transform::Spectrum leafSpectrum() const noexcept;

    static constexpr size_t groupFloats = SpectralSums::groupFloats, tileSize = SpectralSums::tileSize;

    const PartitionPlan::Stage stage;
    const size_t lead; // number of newest spectra that a tile leaves out: 1 in an immediate stage
    const StageSize sizes;
    const double distance; // cost::distance of all its data
    const std::shared_ptr<const Transform> transform;
    const SpectralSums& sums;

    std::vector<Input> inputs;
    std::vector<Output> outputs;
    float *real, *imaginary;         // workspace of the transforms
    float* scratch;                  // spectrum of a leaf
    std::vector<SpectralPath> views; // the paths into one output

    const SpectralLayout layout;

    const float* const silence;
    uint64_t block = 0;     // number of the block of output that is being computed
    uint64_t numBlocks = 0; // blocks begun (immediate: completed) since the past was discarded
    size_t newest = 0;      // slot of the newest input spectrum in the delay line

    std::vector<Channel> channels;             // inputs, then outputs
    size_t numForward = 0;                     // number of inputs among them
    size_t channel = 0, step = 0;              // the next step
    double costAhead = 0.0, costOfBlock = 0.0; // predicted, in ns; costAhead is 0 except in an immediate stage
};

} // namespace faltwerk
