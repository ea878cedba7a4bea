#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

namespace faltwerk
{

/** Passes ownership of objects to the audio thread and back, wait-free for the audio thread.

    The last object sent replaces one that the audio thread has not received yet, which the sender frees. The audio
    thread returns objects through four places, from where the loader's thread frees them; if all places are taken, it
    keeps the object and tries again. */
template <typename Object>
class Handover
{
public:
    Handover() = default;
    Handover (const Handover&) = delete;
    Handover& operator= (const Handover&) = delete;

    ~Handover()
    {
        send (nullptr);
        collect();
    }

    /** Offers an object to the audio thread. Frees one that has not been received. [loader] */
    void send (std::unique_ptr<Object> object)
    {
        numAlive += object != nullptr ? 1u : 0u;
        free (sent.exchange (object.release(), std::memory_order_acq_rel));
    }

    /** Frees the objects that the audio thread has retired. [loader] */
    void collect()
    {
        for (auto& place : retired)
            free (place.exchange (nullptr, std::memory_order_acquire));
    }

    /** Returns the number of objects sent and not freed here. [loader] */
    size_t alive() const noexcept { return numAlive; }

    /** Returns true if an object has been sent and not received. [audio] */
    bool isWaiting() const noexcept { return sent.load (std::memory_order_relaxed) != nullptr; }

    /** Returns the last object sent, or null if it has been received already. [audio] */
    std::unique_ptr<Object> receive() noexcept
    {
        if (! isWaiting())
            return nullptr;

        return std::unique_ptr<Object> (sent.exchange (nullptr, std::memory_order_acquire));
    }

    /** Returns an object to the loader's thread, which frees it, and sets it to null. Changes nothing if no place is
        free. [audio] */
    void retire (std::unique_ptr<Object>& object) noexcept
    {
        if (object == nullptr)
            return;

        for (auto& place : retired)
        {
            if (place.load (std::memory_order_relaxed) == nullptr)
            {
                place.store (object.release(), std::memory_order_release);
                return;
            }
        }
    }

private:
    void free (Object* object)
    {
        numAlive -= object != nullptr ? 1u : 0u;
        delete object;
    }

    std::atomic<Object*> sent { nullptr };          // loader -> audio
    std::array<std::atomic<Object*>, 4> retired {}; // audio -> loader
    size_t numAlive = 0;                            // loader only
};

} // namespace faltwerk
