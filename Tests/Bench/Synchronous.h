#pragma once

namespace faltwerk::bench
{

/** While one lives, threads that are made by this thread are coroutines of it: each runs whenever a semaphore that it
    waits for is posted, until it waits again. So a library's work in threads happens in the calls that ask for it, and
    can be timed. Linux. */
class Synchronous
{
public:
    Synchronous();
    ~Synchronous();
    Synchronous (const Synchronous&) = delete;
    Synchronous& operator= (const Synchronous&) = delete;
};

} // namespace faltwerk::bench
