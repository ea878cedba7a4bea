#include "Convolution/Partition/UniformConvolver.h"

#include "Convolution/Partition/StageCost.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace faltwerk
{

namespace
{

/** A stage whose delay lines are longer than this, in bytes, prefetches. */
constexpr size_t nearCache = 32768;

} // namespace

UniformConvolver::UniformConvolver (const PartitionPlan::Stage& itsStage,
                                    size_t numInputs,
                                    size_t numOutputs,
                                    const std::vector<KernelSpectra::Path>& paths,
                                    Arena& arena,
                                    const float* zeros)
    : stage (itsStage)
    , lead (stage.isImmediate() ? 1 : 0)
    , sizes (stage)
    , distance (cost::distance (sizes.numBytes (numInputs, numOutputs, paths.size())))
    , transform (Transform::shared (stage.blockSize, Transform::Root::j))
    , sums (spectralSums())
    , inputs (numInputs)
    , outputs (numOutputs)
    , real (arena.take (sizes.block))
    , imaginary (arena.take (sizes.block))
    , scratch (arena.take (sizes.leaf))
    , views (paths.size())
    , layout { sizes.spectraStride, sizes.ringLength * groupFloats, tileSize * groupFloats,
               sizes.delayLine * sizeof (float) > nearCache }
    , silence (zeros)
{
    assert (stage.isImmediate() == transform->root().isLeaf());

    for (auto& input : inputs)
        input.spectra = arena.take (sizes.delayLine);

    for (auto& output : outputs)
    {
        output.sums = arena.take (sizes.sums);

        for (auto* buffer : { &output.current, &output.next, &output.overlap })
            *buffer = arena.take (sizes.block);
    }

    for (const auto& path : paths)
        outputs[path.output].paths.push_back (path);

    for (size_t index = 0; index < numInputs; ++index)
    {
        if (std::none_of (paths.begin(), paths.end(),
                          [index] (const KernelSpectra::Path& path) { return path.input == index; }))
            continue;

        auto& steps = channels.emplace_back (Channel { index, {} }).steps;

        if (! stage.isImmediate())
            planForward (steps, transform->root());
    }

    numForward = channels.size();

    for (size_t index = 0; index < numOutputs; ++index)
    {
        if (outputs[index].paths.empty())
            continue;

        auto& steps = channels.emplace_back (Channel { index, {} }).steps;

        if (! stage.isImmediate())
            planOutput (steps, transform->root(), outputs[index]);
    }

    if (stage.isImmediate())
    {
        const size_t numActive = channels.size() - numForward;
        costAhead = static_cast<double> (numActive) * cost::tileCost (0, distance)
                    + cost::tileCost (paths.size() * numTileProducts(), distance) - cost::tileCost (0, distance);
        costOfBlock = cost::blockCost (stage, numForward, numActive, paths.size()) - costAhead;
    }
    else
    {
        for (const auto& each : channels)
            for (const auto& ofChannel : each.steps)
                costOfBlock += static_cast<double> (ofChannel.cost);
    }

    restart (0);
}

size_t UniformConvolver::restart (uint64_t nextBlock) noexcept
{
    block = nextBlock + lead - 1; // advance() is called after a block in an immediate stage, before it in others
    numBlocks = 0;
    newest = 0;
    channel = channels.size();
    step = 0;

    if (! stage.isImmediate())
        return 0;

    for (const auto& output : outputs)
    {
        std::fill_n (output.current, stage.blockSize, 0.0f);
        std::fill_n (output.overlap, stage.blockSize, 0.0f);
    }

    return outputs.size() * 2 * stage.blockSize;
}

/** Clears the overlap of the last block in columns from..to - 1 of a pass. */
void UniformConvolver::clearOverlap (const Output& output, size_t from, size_t to) noexcept
{
    const size_t radix = transform->root().radix(), rowLength = stage.blockSize / radix;

    for (size_t row = 0; row < radix; ++row)
        std::fill_n (output.overlap + row * rowLength + from, to - from, 0.0f);
}

// --- Plans of steps --------------------------------------------------------------------------------------------------

void UniformConvolver::planPass (std::vector<Step>& steps, Step::Kind kind, const Transform::Node& node) const
{
    const size_t radix = node.radix(), columns = node.size / radix, slices = columns / cost::columnsAtOnce;
    const double sliceCost = kind == Step::Kind::samplesPass   ? cost::forwardPass (radix) * cost::farInput (distance)
                             : kind == Step::Kind::forwardPass ? cost::forwardPass (radix)
                             : kind == Step::Kind::inversePass ? cost::inversePass (radix)
                                                               : cost::inversePass (radix) * cost::farOutput (distance);
    const auto atOnce = std::clamp (static_cast<size_t> (cost::stepLimit / sliceCost), size_t { 1 }, slices);

    for (size_t from = 0; from < columns; from += atOnce * cost::columnsAtOnce)
    {
        const size_t to = std::min (from + atOnce * cost::columnsAtOnce, columns);
        steps.push_back (
            { kind, node, static_cast<uint32_t> (from), static_cast<uint32_t> (to),
              static_cast<float> (cost::step + sliceCost * static_cast<double> ((to - from) / cost::columnsAtOnce)) });
    }
}

void UniformConvolver::planForward (std::vector<Step>& steps, const Transform::Node& node) const
{
    constexpr size_t leavesAtOnce = static_cast<size_t> (cost::stepLimit / cost::forwardLeaf);

    planPass (steps, node.size == stage.blockSize ? Step::Kind::samplesPass : Step::Kind::forwardPass, node);

    for (size_t k = 0; k < node.radix(); ++k)
    {
        const auto child = node.child (k);

        if (! child.isLeaf())
            planForward (steps, child);
        else if (k % leavesAtOnce == 0)
        {
            const size_t count = std::min (leavesAtOnce, node.radix() - k);
            steps.push_back ({ Step::Kind::forwardLeaves, child, 0, static_cast<uint32_t> (count),
                               static_cast<float> (cost::step + cost::forwardLeaf * static_cast<double> (count)) });
        }
    }
}

void UniformConvolver::planOutput (std::vector<Step>& steps, const Transform::Node& node, const Output& output) const
{
    if (! node.isLeaf())
    {
        for (size_t k = 0; k < node.radix(); ++k)
            planOutput (steps, node.child (k), output);

        planPass (steps, node.size == stage.blockSize ? Step::Kind::outputPass : Step::Kind::inversePass, node);
        return;
    }

    // A long tile is divided into equal steps; the last one completes the leaf.
    const size_t numPaths = output.paths.size(), products = numPaths * numTileProducts();
    const double ending = cost::newestCost (lead, numPaths, distance) + cost::inverseLeaf;
    const auto pieces = std::max<size_t> (
        1, static_cast<size_t> (std::ceil ((cost::tileCost (products, distance) + ending) / cost::stepLimit)));

    for (size_t piece = 0; piece < pieces; ++piece)
    {
        const bool last = piece + 1 == pieces;
        const size_t from = products * piece / pieces, to = products * (piece + 1) / pieces;
        steps.push_back (
            { last ? Step::Kind::leaf : Step::Kind::products, node, static_cast<uint32_t> (from),
              static_cast<uint32_t> (to),
              static_cast<float> (cost::step + cost::tileCost (to - from, distance) + (last ? ending : 0.0)) });
    }
}

void UniformConvolver::beginPeriod (const float* const* blocks) noexcept
{
    assert (! hasSteps());

    for (auto& output : outputs)
        std::swap (output.current, output.next);

    for (size_t index = 0; index < inputs.size(); ++index)
        inputs[index].block = blocks[index];

    advance();
    channel = 0;
    step = 0;
}

double UniformConvolver::runStep() noexcept
{
    const auto& active = channels[channel];
    const auto& next = active.steps[step];
    run (next, active.index);

    if (++step == active.steps.size())
    {
        ++channel;
        step = 0;
    }

    return static_cast<double> (next.cost);
}

void UniformConvolver::run (const Step& next, size_t index) noexcept
{
    switch (next.kind)
    {
        case Step::Kind::samplesPass:
            transform->forwardPassOfSamples (inputs[index].block, real, imaginary, next.from, next.to);
            break;

        case Step::Kind::forwardPass:
            transform->forwardPass (next.node, real, imaginary, next.from, next.to);
            break;

        case Step::Kind::forwardLeaves:
            transform->forwardLeaves (next.node, next.to, real, imaginary, newestSpectrum (inputs[index]));
            break;

        case Step::Kind::products:
            sumTile (outputs[index], next.node, next.from, next.to);
            break;

        case Step::Kind::leaf:
            sumTile (outputs[index], next.node, next.from, next.to);
            finishLeaf (outputs[index], next.node);
            transform->inverseLeaf (next.node, leafSpectrum(), real, imaginary);
            break;

        case Step::Kind::inversePass:
            transform->inversePass (next.node, real, imaginary, next.from, next.to);
            break;

        case Step::Kind::outputPass:
            if (numBlocks == 1)
                clearOverlap (outputs[index], next.from, next.to);

            transform->inversePassToOutput (real, imaginary, outputs[index].next, outputs[index].overlap, next.from,
                                            next.to);
            break;
    }
}

// --- Immediate stage -------------------------------------------------------------------------------------------------

double UniformConvolver::sumAhead() noexcept
{
    for (size_t n = numForward; n < channels.size(); ++n)
    {
        auto& output = outputs[channels[n].index];
        sumTile (output, transform->root(), 0, output.paths.size() * numTileProducts());
    }

    return costAhead;
}

double UniformConvolver::processBlock (const float* const* blocks) noexcept
{
    transformInputs (blocks);

    for (size_t n = numForward; n < channels.size(); ++n)
    {
        auto& output = outputs[channels[n].index];
        finishLeaf (output, transform->root());
        transform->inverseLeafToOutput (leafSpectrum(), output.current, output.overlap);
    }

    advance();
    return costOfBlock;
}

// --- Both kinds of stage ---------------------------------------------------------------------------------------------

void UniformConvolver::skip (const float* const* blocks, size_t discarded) noexcept
{
    while (hasSteps()) // of the last period
        runStep();

    // The output of a block sounds one block after its end, or two in a stage that is spread over time. It overlaps the
    // next block, and its sums began up to three blocks earlier.
    const size_t blocksLater = discarded / stage.blockSize, numSummed = tileSize + 2 - lead;

    if (blocksLater < numSummed && stage.isImmediate())
    {
        sumAhead();
        processBlock (blocks);
    }
    else if (blocksLater < numSummed)
    {
        beginPeriod (blocks);

        while (hasSteps())
            runStep();
    }
    else
    {
        if (! stage.isImmediate())
            advance();

        if (blocksLater < numSummed + sizes.ringLength)
            transformInputs (blocks);

        if (stage.isImmediate())
            advance();
    }
}

void UniformConvolver::transformInputs (const float* const* blocks) noexcept
{
    for (size_t n = 0; n < numForward; ++n)
    {
        const size_t index = channels[n].index;
        transform->forwardSamples (blocks[index], real, imaginary, newestSpectrum (inputs[index]));
    }
}

void UniformConvolver::advance() noexcept
{
    ++block;
    ++numBlocks;
    newest = (newest == 0 ? sizes.ringLength : newest) - 1;
}

Transform::Spectrum UniformConvolver::newestSpectrum (const Input& input) const noexcept
{
    return { input.spectra + newest * groupFloats, sizes.ringLength * groupFloats };
}

Transform::Spectrum UniformConvolver::leafSpectrum() const noexcept { return { scratch, groupFloats }; }

SpectralPath UniformConvolver::view (const KernelSpectra::Path& path, size_t group, size_t partition) const noexcept
{
    const float* const ring = inputs[path.input].spectra + group * layout.inputStride;
    const size_t slot =
        newest + partition < sizes.ringLength ? newest + partition : newest + partition - sizes.ringLength;
    return { path.spectra + group * layout.kernelStride + partition * groupFloats, ring + slot * groupFloats, ring,
             sizes.ringLength - slot };
}

void UniformConvolver::sumTile (Output& output, const Transform::Node& leaf, size_t from, size_t to) noexcept
{
    // The group, of the leaf's four, that begins its tile in this block.
    const size_t firstGroup = leaf.first / Transform::groupSize;
    const size_t group = firstGroup + (tileSize - (firstGroup + static_cast<size_t> (block)) % tileSize) % tileSize;
    float* const slots = output.sums + group * tileSize * groupFloats;
    float* destinations[tileSize];

    for (size_t t = 0; t < tileSize; ++t)
        destinations[t] = slots + (static_cast<size_t> (block) + t) % tileSize * groupFloats;

    // Older spectra count as zero.
    const size_t perPath = numTileProducts(), numPaths = output.paths.size(),
                 used = static_cast<size_t> (std::min<uint64_t> (perPath, numBlocks));

    if (from == 0 && to == numPaths * perPath)
    {
        for (size_t n = 0; n < numPaths; ++n)
            views[n] = view (output.paths[n], group, lead);

        sums.tile (views.data(), numPaths, used, false, destinations, layout);
        return;
    }

    while (from < to)
    {
        const size_t product = from % perPath, count = std::min (perPath - product, to - from);

        if (product < used)
        {
            const auto part = view (output.paths[from / perPath], group, lead + product);
            sums.tile (&part, 1, std::min (count, used - product), from != 0, destinations, layout);
        }

        from += count;
    }
}

void UniformConvolver::finishLeaf (Output& output, const Transform::Node& leaf) noexcept
{
    const size_t firstGroup = leaf.first / Transform::groupSize, phase = static_cast<size_t> (block) % tileSize;

    for (size_t n = 0; n < output.paths.size(); ++n)
        views[n] = view (output.paths[n], firstGroup, 0);

    sums.finishLeaf (views.data(), output.paths.size(), phase, lead,
                     static_cast<size_t> (std::min<uint64_t> (numBlocks + lead, tileSize + lead)),
                     output.sums + (firstGroup * tileSize + phase) * groupFloats, scratch, layout);
}

} // namespace faltwerk
