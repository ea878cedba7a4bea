// faltwerk render: sounds (or numbers) through a kernel into files.

#include "Kernel/Edits/Edits.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/InParallel.h"
#include "Kernel/KernelRouting.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Reading/SoundFormats.h"
#include "Kernel/Reading/SoundInput.h"
#include "Kernel/SoundRenderer.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/EditOptions.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Options/Modes.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Options/OutputNames.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/Output.h"
#include "Tool/Output/PipedInput.h"
#include "Tool/Output/Progress.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <span>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace faltwerk::tool
{

namespace
{

struct RenderOptions
{
    std::vector<std::string> inputs;
    std::string kernel;
    KernelInput kernelInput;
    Edits edits;
    Output output;
    SoundRenderer::Settings settings;
    bool replacesNonFinite = false;
    size_t numJobs = 0; // 0: as many as there are cores
};

/** A kernel at the sample rates of the sounds. */
class MatchedKernels
{
public:
    explicit MatchedKernels (Kernel source)
        : kernel (std::move (source))
    {
    }

    const Kernel& atItsRate() const noexcept { return kernel; }

    /** Returns the kernel at a rate, computed once. [any thread] */
    const Kernel& at (double rate)
    {
        const std::lock_guard guard (lock);
        auto& matched = byRate[rate];

        if (matched == nullptr)
            matched = std::make_unique<const Kernel> (resampled (kernel, rate));

        return *matched;
    }

    /** Says once for all sounds with as many channels what of the kernel is not heard. [any thread] */
    void remarkOnUnheard (size_t numInputs)
    {
        const auto heard = partThatIsHeard (kernel, numInputs, numOutputsOf (kernel, numInputs));
        const std::lock_guard guard (lock);

        if (! heard.empty() && said.insert (heard).second)
            printRemark (kernel.name, "is heard " + heard, false);
    }

private:
    const Kernel kernel;
    std::mutex lock; // of what follows; the kernels in the map stay where they are
    std::map<double, std::unique_ptr<const Kernel>> byRate;
    std::set<std::string> said;
};

/** A sound to be rendered: its name for sentences, the file to be read, and how much of the work it is. */
struct Job
{
    std::string name, file;
    Output output;
    double weight = 1.0;
};

/** Renders one sound. [any thread] */
std::string render (const Job& job, MatchedKernels& kernels, const RenderOptions& options, Progress& progress)
{
    if (auto complaint = complaintAbout (job.output); ! complaint.empty())
        return complaint;

    const auto origin = job.file == job.name ? SoundInput::Origin::file : SoundInput::Origin::pipe;
    auto input = SoundInput::open (job.file, options.kernelInput.commas, origin);

    if (! input)
        return input.error();

    if (options.replacesNonFinite)
        input->replaceNonFinite();

    auto sound = input->header();

    if (sound.numFrames == 0)
        return "'" + job.name + "' holds no audio. Choose a file with at least one sample.";

    if (auto complaint = SoundRenderer::complaintAbout (kernels.atItsRate(), sound.numChannels); ! complaint.empty())
        return complaint + ", and '" + job.name + "' has " + std::to_string (sound.numChannels)
               + " channels. Use a mono kernel.";

    if (sound.sampleRate == 0.0)
        sound.sampleRate = kernels.atItsRate().sampleRate;

    kernels.remarkOnUnheard (sound.numChannels);
    TakePiece take; // known once the output is open
    SoundRenderer renderer (kernels.at (sound.sampleRate), sound, options.settings,
                            [&take] (std::span<const std::vector<float>> channels, size_t first, size_t size)
                            { return take (channels, first, size); });
    const double rate = sound.sampleRate > 0.0 ? sound.sampleRate : 48000.0;

    return write (renderer.result(), job.output,
                  [&] (const TakePiece& taker)
                  {
                      take = taker;
                      auto problem = input->read (
                          [&] (const SoundHeader&, std::span<const std::vector<float>> frames)
                          {
                              const auto size = static_cast<double> (frames.front().size());
                              progress.add (job.weight * size / static_cast<double> (sound.numFrames), size / rate);
                              return renderer.append (frames);
                          });

                      if (! problem.empty())
                          return problem;

                      renderer.finish();

                      if (const auto count = input->numReplaced(); count > 0)
                          console::warn ("'" + job.name + "' held " + std::to_string (count)
                                         + (count == 1 ? " sample" : " samples")
                                         + " that were no numbers or infinite: silence was taken for them");

                      printRemark (nameOfFile (job.file), input->remark(), input->isDamaged());
                      return std::string();
                  });
}

/** Returns the jobs of all inputs, of which standard input and pipes are read now. */
Outcome<std::vector<Job>> plan (const RenderOptions& options)
{
    using Result = Outcome<std::vector<Job>>;
    const auto outputs = nameOutputs (options.inputs, options.output.path, options.output.format);

    if (! outputs)
        return Result::failure (outputs.error());

    std::vector<Job> jobs;

    for (size_t n = 0; n < options.inputs.size(); ++n)
    {
        const auto& name = options.inputs[n];
        const auto file = toRegularFile (name);

        if (! file)
            return Result::failure (file.error());

        jobs.push_back ({ name, *file, options.output });
        jobs.back().output.path = (*outputs)[n];

        std::error_code error;
        const auto size = std::filesystem::file_size (std::u8string (file->begin(), file->end()), error);
        jobs.back().weight = error ? 1.0 : static_cast<double> (std::max<uintmax_t> (size, 1));
    }

    return jobs;
}

/** Makes the folder of an output, if it is one of several files; a failure shows when the file is written. */
void makeFolderOf (const std::string& output)
{
    std::error_code ignored;
    const auto folder = std::filesystem::path (std::u8string (output.begin(), output.end())).parent_path();

    if (! folder.empty())
        std::filesystem::create_directories (folder, ignored);
}

std::string renderAll (const RenderOptions& options)
{
    const auto jobs = plan (options);

    if (! jobs)
        return jobs.error();

    if (jobs->size() == 1)
        if (auto complaint = complaintAbout (jobs->front().output); ! complaint.empty())
            return complaint;

    const auto source = readKernel (options.kernel, options.kernelInput);

    if (! source)
        return source.error();

    auto result = edited (*source, options.edits);

    if (! result)
        return result.error();

    MatchedKernels kernels (std::move (result->kernel));
    double totalWeight = 0.0;

    for (const auto& job : *jobs)
    {
        totalWeight += job.weight;

        if (job.output.path != options.output.path)
            makeFolderOf (job.output.path);
    }

    Progress progress (totalWeight);

    if (jobs->size() == 1)
        return render (jobs->front(), kernels, options, progress);

    std::atomic<size_t> numFailed { 0 }; // counted by the threads, and read when they have ended
    const auto numCores = std::max<size_t> (1, std::thread::hardware_concurrency());
    inParallel (jobs->size(), options.numJobs > 0 ? options.numJobs : numCores,
                [&] (size_t n)
                {
                    std::string problem;

                    try
                    {
                        problem = render ((*jobs)[n], kernels, options, progress);
                    }
                    catch (const std::bad_alloc&)
                    {
                        problem = "there is not enough memory for '" + (*jobs)[n].name + "'. Use fewer --jobs.";
                    }

                    if (problem.empty())
                        return;

                    console::warn (problem);
                    ++numFailed;
                });

    if (numFailed == 0)
        return {};

    return std::to_string (numFailed) + " of " + std::to_string (jobs->size()) + " sounds "
           + (numFailed == 1 ? "was" : "were") + " not rendered.";
}

} // namespace

void addRender (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<RenderOptions>();
    auto* command = app.add_subcommand ("render", "Convolve sounds with a kernel and write the results");
    command
        ->add_option ("IN", options->inputs,
                      std::string ("The sounds: ") + soundFormatNames + ", texts of numbers, or - for standard input")
        ->required();
    takesKernel (
        command->add_option ("--kernel,-k", options->kernel, "The kernel: a file of the same kinds, - or factory:NAME"))
        ->required();
    addKernelOptions (*command, options->kernelInput);
    addOutputOptions (*command, options->output, complaintAboutOutput,
                      "- for standard output; for several sounds a folder, as wet/, or wet/{name}-hall.wav,\n"
                      "in which {name} stands for the name of each");
    addNumber (*command, "--jobs,-j", options->numJobs, { 0, 128, {}, true },
               "How many of several sounds are rendered at once; 0: as many as there are cores");
    addChoice (*command, "--mode", options->settings.mode, modes,
               "Which part to keep: full, same or valid (default: full)")
        ->type_name ("MODE");
    addNumber (
        *command, "--mix", [options] (double percent) { options->settings.mixPercent = percent; }, { 0.0, 100.0, "%" },
        "0 is dry, 100 wet; at 50 both are at 0 dB (default: 100)");
    command->add_flag ("--replace-non-finite", options->replacesNonFinite,
                       "Take silence for samples that are no numbers or infinite, instead of refusing the sound");
    addEditOptions (*command, options->edits);
    command->callback ([options, &run] { run = [options] { return renderAll (*options); }; });
}

} // namespace faltwerk::tool
