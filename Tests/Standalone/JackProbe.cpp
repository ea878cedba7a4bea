// Sends a file through a JACK client and records what comes back, in one client of its own, so that both are aligned.
//
//   faltwerk_jack_probe CLIENT IN.wav OUT.wav
//
// Connects to CLIENT's in_1, in_2, out_1, out_2; plays IN.wav from the first period after that, and one more second.
// Prints the round trip's delay in frames and the number of drop-outs that JACK reported meanwhile.

#include "Kernel/Reading/KernelFile.h"

#include <jack/jack.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <thread>

namespace
{

struct Probe
{
    jack_client_t* client = nullptr;
    jack_port_t *send[2] = {}, *receive[2] = {};
    faltwerk::Sound input, output;
    size_t position = 0;
    std::atomic<bool> running { false }, done { false };
    std::atomic<int> dropOuts { 0 };
};

int process (jack_nframes_t numFrames, void* argument)
{
    auto& probe = *static_cast<Probe*> (argument);
    const size_t length = probe.output.lengthInFrames();

    for (size_t channel = 0; channel < 2; ++channel)
    {
        auto* const sent = static_cast<float*> (jack_port_get_buffer (probe.send[channel], numFrames));
        const auto* const received =
            static_cast<const float*> (jack_port_get_buffer (probe.receive[channel], numFrames));
        std::fill_n (sent, numFrames, 0.0f);

        if (! probe.running)
            continue;

        for (size_t n = 0; n < numFrames && probe.position + n < length; ++n)
        {
            if (probe.position + n < probe.input.lengthInFrames())
                sent[n] = probe.input.channels[channel][probe.position + n];

            probe.output.channels[channel][probe.position + n] = received[n];
        }
    }

    if (probe.running && (probe.position += numFrames) >= length)
        probe.done = true;

    return 0;
}

int countDropOut (void* argument)
{
    ++static_cast<Probe*> (argument)->dropOuts;
    return 0;
}

int fail (const std::string& sentence)
{
    std::cerr << "faltwerk_jack_probe: " << sentence << '\n';
    return 1;
}

} // namespace

int main (int argc, char* argv[])
{
    if (argc != 4)
        return fail ("wrong arguments");

    Probe probe;
    auto sound = faltwerk::readSound (argv[2]);

    if (! sound || sound->channels.size() != 2)
        return fail ("a stereo file is needed: " + sound.error());

    probe.input = std::move (*sound);
    probe.output = probe.input;
    probe.client = jack_client_open ("faltwerk-probe", JackNoStartServer, nullptr);

    if (probe.client == nullptr)
        return fail ("no JACK server");

    for (auto& channel : probe.output.channels)
        channel.resize (channel.size() + jack_get_sample_rate (probe.client));

    const auto add = [&probe] (const std::string& name, unsigned long flags)
    { return jack_port_register (probe.client, name.c_str(), JACK_DEFAULT_AUDIO_TYPE, flags, 0); };

    for (int channel = 0; channel < 2; ++channel)
    {
        probe.send[channel] = add ("send_" + std::to_string (channel + 1), JackPortIsOutput);
        probe.receive[channel] = add ("receive_" + std::to_string (channel + 1), JackPortIsInput);
    }

    jack_set_process_callback (probe.client, process, &probe);
    jack_set_xrun_callback (probe.client, countDropOut, &probe);

    if (jack_activate (probe.client) != 0)
        return fail ("the JACK client could not be activated");

    const std::string other = argv[1];

    for (int channel = 0; channel < 2; ++channel)
    {
        const auto number = std::to_string (channel + 1);

        if (jack_connect (probe.client, jack_port_name (probe.send[channel]), (other + ":in_" + number).c_str()) != 0
            || jack_connect (probe.client, (other + ":out_" + number).c_str(), jack_port_name (probe.receive[channel]))
                   != 0)
            return fail (other + " has no ports in_" + number + " and out_" + number);
    }

    std::this_thread::sleep_for (std::chrono::milliseconds (500));
    probe.dropOuts = 0;
    probe.running = true;

    while (! probe.done)
        std::this_thread::sleep_for (std::chrono::milliseconds (20));

    const int dropOuts = probe.dropOuts;
    jack_client_close (probe.client);

    if (const auto error = faltwerk::writeSound (argv[3], probe.output, faltwerk::SampleFormat::float32);
        ! error.empty())
        return fail (error);

    std::cout << "drop-outs " << dropOuts << '\n';
    return 0;
}
