#include "Convolution/Partition/Convolver.h"

#include "Convolution/Partition/PlanSize.h"
#include "Convolution/Vector/FlushDenormals.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

namespace
{

constexpr size_t margin = PlanSize::ringMargin;

} // namespace

Convolver::Convolver (std::shared_ptr<const KernelSpectra> kernel, uint64_t firstFrame)
    : spectra (std::move (kernel))
    , buffer (PlanSize (plan()).convolver)
    , directSums (faltwerk::directSums())
    , ringLength (plan().inputRingLength())
    , chunkLength (plan().stages.size() > 1 ? std::min (PartitionPlan::largestChunk, plan().stages[1].blockSize)
                                            : PartitionPlan::largestChunk)
    , blocks (plan().shape.numInputs)
{
    assert (firstFrame % plan().largestBlock() == 0);
    Arena arena (buffer);

    for (size_t n = 0; n < plan().shape.numInputs; ++n)
        rings.push_back (arena.take (PlanSize (plan()).ring) + margin);

    const float* const silence = arena.take (plan().largestBlock());
    findComponents (arena);

    for (size_t n = 1; n < plan().stages.size(); ++n)
    {
        const auto& stage = plan().stages[n];
        auto& convolver = spread.emplace_back (stage, plan().shape.numInputs, plan().shape.numOutputs,
                                               spectra->paths (n), arena, silence);
        costPerFrame += convolver.periodCost() / static_cast<double> (stage.blockSize);
    }

    for (const auto& component : components)
        if (component.immediate)
            costPerFrame += component.immediate->periodCost() / static_cast<double> (component.immediate->blockSize());

    restart (firstFrame);
}

/** Groups channels into components that share no path. */
void Convolver::findComponents (Arena& arena)
{
    const size_t numInputs = plan().shape.numInputs, numOutputs = plan().shape.numOutputs;
    std::vector<size_t> label (numInputs + numOutputs); // for inputs, then outputs

    for (size_t n = 0; n < label.size(); ++n)
        label[n] = n;

    for (const auto& head : spectra->heads())
    {
        const size_t from = label[numInputs + head.output], to = label[head.input];
        std::replace (label.begin(), label.end(), from, to);
    }

    for (size_t first = 0; first < numInputs; ++first)
    {
        Component component;
        std::vector<size_t> place (numInputs + numOutputs); // of a channel in the component

        for (size_t n = 0; n < label.size(); ++n)
        {
            if (label[n] != first)
                continue;

            if (n < numInputs)
            {
                place[n] = component.inputs.size();
                component.inputs.push_back (n);
            }
            else
            {
                place[n] = component.outputs.size();
                component.outputs.push_back ({ n - numInputs, place[n], {}, {}, {} });
            }
        }

        if (component.outputs.empty())
            continue;

        for (const auto& head : spectra->heads())
        {
            if (label[head.input] != first)
                continue;

            auto& output = component.outputs[place[numInputs + head.output]];
            output.heads.push_back ({ head.flippedTaps, nullptr });
            output.headInputs.push_back (head.input);
        }

        component.blocks.resize (component.inputs.size());

        if (! plan().stages.empty())
        {
            std::vector<KernelSpectra::Path> paths;

            for (const auto& path : spectra->paths (0))
                if (label[path.input] == first)
                    paths.push_back ({ place[path.input], place[numInputs + path.output], path.spectra });

            component.immediate.emplace (plan().stages.front(), component.inputs.size(), component.outputs.size(),
                                         paths, arena, nullptr);
        }

        for (auto& output : component.outputs)
            output.addends.resize (plan().stages.size());

        components.push_back (std::move (component));
    }

    for (size_t n = 0; n < numOutputs; ++n)
        if (label[numInputs + n] >= numInputs)
            silentOutputs.push_back (n);
}

size_t Convolver::restart (uint64_t firstFrame) noexcept
{
    position = static_cast<size_t> (firstFrame % ringLength);
    balance = 0.0;
    size_t numCleared = rings.size() * margin;

    // The direct heads read this far back; stages read only complete blocks.
    for (float* const ring : rings)
        std::fill_n (ring + position - margin, margin, 0.0f);

    for (auto& component : components)
    {
        component.summedAhead = false;

        if (component.immediate)
            numCleared += component.immediate->restart (firstFrame / component.immediate->blockSize());
    }

    for (auto& stage : spread)
        numCleared += stage.restart (firstFrame / stage.blockSize());

    return numCleared;
}

size_t Convolver::reset() noexcept { return restart (0); }

void Convolver::process (const float* const* inputs, float* const* outputs, size_t numFrames) noexcept
{
    const FlushDenormals flushDenormals;

    for (size_t done = 0; done < numFrames;)
    {
        const size_t size = std::min (numFrames - done, chunkLength - position % chunkLength);

        for (size_t n = 0; n < rings.size(); ++n)
            std::copy_n (inputs[n] + done, size, rings[n] + position);

        for (auto& component : components)
            convolve (component, outputs, done, size);

        for (const size_t channel : silentOutputs)
            std::fill_n (outputs[channel] + done, size, 0.0f);

        runSteps (size);

        position += size;
        done += size;

        if (position % chunkLength == 0)
            beginPeriods (
                [this] (UniformConvolver& stage)
                {
                    while (stage.hasSteps())
                        balance -= stage.runStep();

                    stage.beginPeriod (blocks.data());
                });
    }
}

void Convolver::skip (const float* const* inputs, size_t numFrames, uint64_t framesDiscarded) noexcept
{
    assert (position % chunkLength == 0 && numFrames % chunkLength == 0 && numFrames <= framesDiscarded);
    const FlushDenormals flushDenormals;

    for (size_t done = 0; done < numFrames; done += chunkLength)
    {
        for (size_t n = 0; n < rings.size(); ++n)
            std::copy_n (inputs[n] + done, chunkLength, rings[n] + position);

        for (auto& component : components)
        {
            const size_t block = component.immediate ? component.immediate->blockSize() : chunkLength;

            for (size_t end = block; component.immediate && end <= chunkLength; end += block)
            {
                for (size_t n = 0; n < component.inputs.size(); ++n)
                    component.blocks[n] = rings[component.inputs[n]] + position + end - block;

                component.immediate->skip (component.blocks.data(), framesDiscarded - done - end);
            }
        }

        position += chunkLength;
        beginPeriods ([&] (UniformConvolver& stage)
                      { stage.skip (blocks.data(), framesDiscarded - done - chunkLength); });
    }
}

void Convolver::convolve (Component& component, float* const* outputs, size_t offset, size_t numFrames) noexcept
{
    const size_t block = component.immediate ? component.immediate->blockSize() : chunkLength;

    for (size_t done = 0; done < numFrames;)
    {
        const size_t place = position + done, inBlock = place % block,
                     size = std::min (numFrames - done, block - inBlock);

        for (auto& output : component.outputs)
        {
            for (size_t n = 0; n < output.heads.size(); ++n)
                output.heads[n].window = rings[output.headInputs[n]] + place - (PartitionPlan::headLength - 1);

            if (component.immediate)
                output.addends[0] = component.immediate->output (output.place) + inBlock;

            for (size_t n = 0; n < spread.size(); ++n)
                output.addends[n + 1] = spread[n].output (output.channel) + place % spread[n].blockSize();

            directSums.sum (output.heads.data(), output.heads.size(), PartitionPlan::headLength, output.addends.data(),
                            output.addends.size(), outputs[output.channel] + offset + done, size);
        }

        done += size;

        if (! component.immediate)
            continue;

        if (inBlock + size >= block / 2 && ! component.summedAhead)
        {
            balance -= component.immediate->sumAhead();
            component.summedAhead = true;
        }

        if (inBlock + size == block)
        {
            for (size_t n = 0; n < component.inputs.size(); ++n)
                component.blocks[n] = rings[component.inputs[n]] + place + size - block;

            balance -= component.immediate->processBlock (component.blocks.data());
            component.summedAhead = false;
        }
    }
}

void Convolver::runSteps (size_t numFrames) noexcept
{
    balance += costPerFrame * static_cast<double> (numFrames);

    for (auto& stage : spread)
        while (balance > 0.0 && stage.hasSteps())
            balance -= stage.runStep();

    balance = std::min (balance, 0.0); // no steps are left
}

/** Calls begin (stage) for each stage whose period begins here, after setting `blocks` to its blocks of input. */
template <typename Begin>
void Convolver::beginPeriods (Begin&& begin) noexcept
{
    for (auto& stage : spread)
    {
        if (position % stage.blockSize() != 0)
            break;

        for (size_t n = 0; n < rings.size(); ++n)
            blocks[n] = rings[n] + position - stage.blockSize();

        begin (stage);
    }

    if (position == ringLength)
    {
        position = 0;

        for (float* const ring : rings)
            std::copy_n (ring + ringLength - margin, margin, ring - margin);
    }
}

} // namespace faltwerk
