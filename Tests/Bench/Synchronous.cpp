#include "Bench/Synchronous.h"

#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <ucontext.h>

#include <list>
#include <vector>

namespace
{

struct Coroutine
{
    ucontext_t own {}, caller {};
    void* (*run) (void*) = nullptr;
    void* argument = nullptr;
    sem_t* awaited = nullptr;
    bool ended = false;
    std::vector<char> stack = std::vector<char> (256 * 1024);
};

thread_local bool synchronous = false;
thread_local Coroutine* present = nullptr;
thread_local std::list<Coroutine> coroutines;

void resume (Coroutine& coroutine)
{
    coroutine.awaited = nullptr;
    present = &coroutine;
    swapcontext (&coroutine.caller, &coroutine.own);
    present = nullptr;
}

void begin()
{
    present->run (present->argument);
    present->ended = true;
}

template <typename Function>
Function* next (const char* name)
{
    return reinterpret_cast<Function*> (dlsym (RTLD_NEXT, name));
}

} // namespace

// In place of the C library's, for the program and its libraries.
extern "C" int pthread_create (pthread_t* thread,
                               const pthread_attr_t* attributes,
                               void* (*run) (void*),
                               void* argument)
{
    static auto* const original = next<decltype (pthread_create)> ("pthread_create");

    if (! synchronous)
        return original (thread, attributes, run, argument);

    auto& coroutine = coroutines.emplace_back();
    coroutine.run = run;
    coroutine.argument = argument;
    getcontext (&coroutine.own);
    coroutine.own.uc_stack.ss_sp = coroutine.stack.data();
    coroutine.own.uc_stack.ss_size = coroutine.stack.size();
    coroutine.own.uc_link = &coroutine.caller;
    makecontext (&coroutine.own, begin, 0);
    *thread = pthread_self();
    resume (coroutine);
    return 0;
}

extern "C" int sem_wait (sem_t* semaphore)
{
    static auto* const original = next<decltype (sem_wait)> ("sem_wait");

    if (present == nullptr)
        return original (semaphore);

    while (sem_trywait (semaphore) != 0)
    {
        auto& self = *present;
        self.awaited = semaphore;
        swapcontext (&self.own, &self.caller);
    }

    return 0;
}

extern "C" int sem_post (sem_t* semaphore)
{
    static auto* const original = next<decltype (sem_post)> ("sem_post");
    const int result = original (semaphore);

    if (present == nullptr)
        for (auto& coroutine : coroutines)
            if (! coroutine.ended && coroutine.awaited == semaphore)
                resume (coroutine);

    coroutines.remove_if ([] (const Coroutine& coroutine) { return coroutine.ended; });
    return result;
}

namespace faltwerk::bench
{

Synchronous::Synchronous() { synchronous = true; }

Synchronous::~Synchronous() { synchronous = false; }

} // namespace faltwerk::bench
