#pragma once

#include "Plugin/Threads/WorkerThreads.h"

#include <juce_core/juce_core.h>

#include <mutex>
#include <vector>

namespace faltwerk
{

/** The threads on which all instances decode, edit, resample and build; and one that looks a few times in every
    hundredth of a second whether an instance has something to do, since the audio thread, from which controls may be
    automated, must not wake anybody. None of them belongs to an instance. */
class LoaderPool
{
public:
    /** An object that the watch calls regularly. */
    class Member
    {
    public:
        virtual ~Member() = default;

        /** Checks for work and begins it. Takes some microseconds. [the pool's watch] */
        virtual void look() = 0;
    };

    LoaderPool();
    ~LoaderPool();

    /** Add and remove a member. After its removal it is not called any more. [not audio] */
    void add (Member&);
    void remove (Member&);

    WorkerThreads jobs;

private:
    class Watch : public juce::Thread
    {
    public:
        explicit Watch (LoaderPool&);
        ~Watch() override;
        void run() override;

    private:
        LoaderPool& pool;
    };

    std::mutex lock; // guards the members; held while they are looked at
    std::vector<Member*> members;
    Watch watch;
};

} // namespace faltwerk
