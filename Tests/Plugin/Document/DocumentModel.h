#pragma once

#include "Kernel/Kernel.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace faltwerk::test
{

/** What a document should do, as plain values: an oracle for random walks.

    Kernels are numbers. Each load makes a new one, whose facts are in a table: what it holds, if it fails, and what was
    before. Nothing arrives until settle(): the kernel that was asked for last then arrives or fails. 0 is no kernel. */
class DocumentModel
{
public:
    struct Fact
    {
        std::string key;       // place, recipe or source, and name: what tells it from others
        std::string content;   // what is to sound
        bool fails = false;    // it can never be had
        bool isSource = false; // no file or recipe holds it
        bool isRecipe = false;
        bool isKnown = false;   // of a source: it has been made
        bool isArrived = false; // it has been here
        bool isHere = false;    // it is in memory; one that a session names is not, until it is asked for
        bool isMissing = false; // its loading was given up, and a session names it
        std::string path {};    // of a file, and how it is read
        ChannelLayout layout = ChannelLayout::automatic;
        size_t numInputs = 0;
    };

    struct Entry
    {
        int kernel = 0;
        double edit = 0.0;
        bool operator== (const Entry&) const = default;
    };

    struct State
    {
        Entry entry;
        float gain = 0.0f;
    };

    struct Slots
    {
        State present;
        std::optional<State> other;
        bool isB = false;
    };

    /** What a session holds of one slot, with what comes back if its kernel fails, in order. */
    struct Saved
    {
        std::vector<Entry> entries;
        std::vector<bool> areComplete; // with their content; else still on their way
        float gain = 0.0f;
    };

    struct Session
    {
        Saved present;
        std::optional<Saved> other, before;
        bool isB = false;
    };

    std::vector<Fact> facts { Fact {} };
    std::map<int, Entry> fallbacks; // of kernels on their way
    Slots now;

    bool isTrying() const { return before.has_value(); }

    // --- Commands ---

    int add (Fact fact)
    {
        facts.push_back (std::move (fact));
        return static_cast<int> (facts.size()) - 1;
    }

    void load (int kernel, double edit = 0.0)
    {
        const auto was = now.present.entry;

        if (kernel != 0)
        {
            const bool isGivenUp = ! asked.empty() && asked.back().isGivenUp;
            const bool isPassing =
                (before || isGivenUp) && ! fact (was.kernel).isArrived && fallbacks.count (was.kernel) > 0;
            fallbacks[kernel] = isPassing ? fallbacks.at (was.kernel) : was;
        }

        const auto from = now;
        ask ({ kernel, edit }, ! before.has_value());

        if (! before)
        {
            newest = kernel;
            redoable = addStep ({ from, now });
        }
    }

    /** Gives up what has been asked for and has not arrived. */
    void cancel()
    {
        if (const int kernel = now.present.entry.kernel; ! asked.empty() && kernel != 0 && ! fact (kernel).isHere)
            asked.push_back ({ now.present.entry, false, true });
    }

    void edit (double value)
    {
        if (now.present.entry.edit == value)
            return;

        const auto from = now;
        now.present.entry.edit = value;
        step ({ from, now });
    }

    void setGain (float value)
    {
        const auto from = now;
        now.present.gain = value;
        auto after = from;
        after.present.gain = value;
        step ({ from, after });
    }

    void rename (int kernel) // which stands for the present one under another name
    {
        auto target = now;
        target.present.entry.kernel = kernel;
        change (target);
    }

    void swap()
    {
        keepTried();
        auto target = now;
        const auto former = target.present;
        target.present = target.other.value_or (former);
        target.other = former;
        target.isB = ! target.isB;
        change (target);
    }

    void copyToOther()
    {
        auto target = now;
        target.other = target.present;
        change (target);
    }

    void applyPreset (const Saved& preset)
    {
        auto target = now;
        target.present = restored (preset);

        if (const int kernel = target.present.entry.kernel;
            kernel != 0 && ! fact (kernel).isArrived && fallbacks.count (kernel) == 0)
            fallbacks[kernel] = now.present.entry;

        // One that was given up is asked for again, since the preset may bring what was missing.
        const auto former = now.present.entry.kernel;
        const bool isAskedAgain =
            asked.empty() && fact (former).isMissing && same (former, target.present.entry.kernel);
        change (target);

        if (isAskedAgain)
            ask (target.present.entry, false);
    }

    void beginTrying()
    {
        if (! before)
            before = now;
    }

    void endTrying (bool keep)
    {
        if (! before)
            return;

        if (keep)
        {
            keepTried();
            return;
        }

        auto target = now;
        target.present.entry = before->present.entry;
        before.reset();
        apply (target);
    }

    void undo()
    {
        keepTried();

        if (position > 0)
        {
            --position;
            const auto taken = steps[position];
            apply (moved (taken.after, taken.before));
        }
        else
        {
            apply (now);
        }
    }

    void redo()
    {
        keepTried();

        if (position < steps.size())
        {
            const auto done = steps[position++];
            apply (moved (done.before, done.after));
        }
        else
        {
            apply (now);
        }
    }

    /** What was asked for last arrives, or fails for what was before. */
    void settle()
    {
        while (! asked.empty())
        {
            const auto answered = asked.back();
            auto overtaken = asked;
            overtaken.pop_back();
            asked.clear();
            const int kernel = answered.entry.kernel;

            const bool isKeptMissing = answered.isGivenUp && fact (kernel).isArrived; // a session names it

            if (fact (kernel).fails || (answered.isGivenUp && ! isKeptMissing))
            {
                giveUp (kernel);
                continue;
            }

            for (const auto& each : overtaken)
                if (each.isStep && each.entry.kernel != 0 && ! fact (each.entry.kernel).isSource
                    && ! isRenamed (each.entry.kernel, kernel))
                    passOver (each.entry.kernel);

            arrived = now.present.entry;
            fact (kernel).isMissing = isKeptMissing;

            if (isKeptMissing)
                continue;

            fact (kernel).isArrived = fact (kernel).isHere = true;
            know (fact (kernel).content);

            if (dropEmptySteps() && newest == kernel)
                putBack();
        }

        arrived = now.present.entry;
    }

    Session session() const
    {
        Session result;
        result.isB = now.isB;
        result.present = saved (now.present);

        if (const auto last = result.present.entries.empty() ? 0 : result.present.entries.back().kernel;
            arrived.kernel != 0 && fact (arrived.kernel).isArrived && ! same (last, arrived.kernel))
        {
            result.present.entries.push_back (arrived);
            result.present.areComplete.push_back (true);
        }

        if (now.other)
            result.other = saved (*now.other);

        if (before)
            result.before = saved (before->present);

        return result;
    }

    void restore (const Session& session)
    {
        steps.clear();
        position = 0;
        newest = -1;
        redoable.clear();
        before.reset();
        now.isB = session.isB;
        now.other.reset();

        if (session.other)
            now.other = restored (*session.other);

        const auto present = restored (session.present);
        now.present.gain = present.gain;
        asked.clear();
        ask (present.entry, false);

        if (session.before)
        {
            before = now;
            before->present.entry = restored (*session.before).entry;
        }
    }

    /** Returns the preset that would be saved now. */
    Saved savedPresent() const { return saved (now.present); }

    bool canUndo() const { return position > 0; }
    bool canRedo() const { return position < steps.size(); }

    /** Another instance begins, in which nothing has sounded. */
    void close() { arrived = {}; }

    /** Returns the entry that a saved slot comes to: the first that can be had. */
    Entry outcome (const Saved& slot) const
    {
        for (const auto& entry : slot.entries)
            if (! fact (entry.kernel).fails)
                return entry;

        return {};
    }

    /** A source has been made, under whichever names. */
    void know (const std::string& content)
    {
        for (auto& each : facts)
            each.isKnown = each.isKnown || each.content == content;
    }

    Fact& fact (int kernel) { return facts[static_cast<size_t> (kernel)]; }
    const Fact& fact (int kernel) const { return facts[static_cast<size_t> (kernel)]; }

private:
    struct Step
    {
        Slots before, after;
    };

    struct Asked
    {
        Entry entry;
        bool isStep = false, isGivenUp = false;
    };

    bool same (int a, int b) const
    {
        if (a == b || a == 0 || b == 0)
            return a == b;

        const auto &first = fact (a), &second = fact (b);
        return first.key == second.key
               && (first.isRecipe || (first.isArrived == second.isArrived && (first.isArrived || ! first.isSource)));
    }

    bool isRenamed (int a, int b) const { return fact (a).content == fact (b).content && ! fact (a).content.empty(); }

    bool same (const State& a, const State& b) const
    {
        return same (a.entry.kernel, b.entry.kernel) && a.entry.edit == b.entry.edit && a.gain == b.gain;
    }

    bool same (const std::optional<State>& a, const std::optional<State>& b) const
    {
        return a.has_value() == b.has_value() && (! a || same (*a, *b));
    }

    bool isEmpty (const Step& step) const
    {
        return same (step.before.present, step.after.present) && same (step.before.other, step.after.other)
               && step.before.isB == step.after.isB;
    }

    void ask (const Entry& entry, bool isStep)
    {
        asked.push_back ({ entry, isStep });
        now.present.entry = entry;
    }

    std::vector<Step> addStep (const Step& step)
    {
        if (isEmpty (step))
            return {};

        std::vector<Step> undone (steps.begin() + static_cast<std::ptrdiff_t> (position), steps.end());
        steps.resize (position);
        steps.push_back (step);
        position = steps.size();
        return undone;
    }

    void step (const Step& added)
    {
        newest = -1;
        addStep (added);
    }

    void change (Slots target)
    {
        keepTried();
        step ({ now, target });
        apply (target);
    }

    void keepTried()
    {
        if (! before)
            return;

        const auto from = *before;
        before.reset();

        if (same (from.present.entry.kernel, now.present.entry.kernel))
            return;

        auto after = now;
        after.present.gain = from.present.gain;
        step ({ from, after });
    }

    void apply (const Slots& target)
    {
        const auto entry = target.present.entry;
        const auto was = now.present.entry.kernel;
        now.other = target.other;
        now.isB = target.isB;
        now.present.gain = target.present.gain;

        if (same (was, entry.kernel))
            now.present.entry.edit = entry.edit;
        else
            ask (entry, false);
    }

    Slots moved (const Slots& from, const Slots& to) const
    {
        auto result = now;

        if (! same (from.present.entry.kernel, to.present.entry.kernel))
            result.present.entry.kernel = to.present.entry.kernel;

        if (from.present.entry.edit != to.present.entry.edit)
            result.present.entry.edit = to.present.entry.edit;

        if (from.present.gain != to.present.gain)
            result.present.gain = to.present.gain;

        if (! same (from.other, to.other))
            result.other = to.other;

        if (from.isB != to.isB)
            result.isB = to.isB;

        return result;
    }

    bool dropEmptySteps()
    {
        bool any = false;

        for (size_t n = steps.size(); n-- > 0;)
        {
            if (isEmpty (steps[n]))
            {
                steps.erase (steps.begin() + static_cast<std::ptrdiff_t> (n));
                position -= n < position ? 1 : 0;
                any = true;
            }
        }

        return any;
    }

    void putBack()
    {
        if (position == steps.size())
            steps.insert (steps.end(), redoable.begin(), redoable.end());

        redoable.clear();
    }

    /** Takes a kernel out of the steps for what it followed. */
    void withdraw (int kernel)
    {
        std::optional<Entry> followed;

        for (auto& each : steps)
        {
            auto &from = each.before.present.entry, &to = each.after.present.entry;

            if (! followed && from.kernel != kernel && to.kernel == kernel)
                followed = from;

            for (auto* entry : { &from, &to })
                if (followed && entry->kernel == kernel)
                    *entry = *followed;
        }

        dropEmptySteps();
    }

    void passOver (int kernel)
    {
        for (size_t n = 0; n + 1 < position; ++n)
        {
            if (steps[n].before.present.entry.kernel == kernel || steps[n].after.present.entry.kernel != kernel)
                continue;

            const auto& next = steps[n + 1].after;

            if (next.present.entry.kernel != kernel && ! (next.other && next.other->entry.kernel == kernel))
                withdraw (kernel);

            return;
        }
    }

    void giveUp (int kernel)
    {
        const auto was = fallbacks.count (kernel) > 0 ? fallbacks.at (kernel) : Entry {};

        for (auto& each : steps)
        {
            for (auto* slots : { &each.before, &each.after })
            {
                if (slots->present.entry.kernel == kernel)
                    slots->present.entry = was;

                if (slots->other && slots->other->entry.kernel == kernel)
                    slots->other->entry = was;
            }
        }

        dropEmptySteps();

        if (newest == kernel)
            putBack();

        if (now.other && now.other->entry.kernel == kernel)
            now.other->entry = was;

        if (before)
        {
            if (before->present.entry.kernel == kernel)
                before->present.entry = was;

            if (before->other && before->other->entry.kernel == kernel)
                before->other->entry = was;
        }

        now.present.entry = was;

        if (! same (was.kernel, arrived.kernel) || (was.kernel != 0 && ! fact (was.kernel).isArrived))
            asked.push_back ({ was, false });
    }

    Saved saved (const State& state) const
    {
        Saved result { {}, {}, state.gain };
        std::vector<Entry> chain { state.entry };

        while (chain.back().kernel != 0 && ! fact (chain.back().kernel).isArrived
               && fallbacks.count (chain.back().kernel) > 0)
            chain.push_back (fallbacks.at (chain.back().kernel));

        for (const auto& entry : chain)
        {
            const auto& kernel = fact (entry.kernel);
            const bool isComplete = kernel.isArrived || (kernel.isSource && kernel.isKnown);

            if (entry.kernel == 0 || ! kernel.isSource || isComplete)
            {
                result.entries.push_back (entry);
                result.areComplete.push_back (isComplete);
            }
        }

        while (result.entries.size() > 5) // the last is there for sure
        {
            result.entries.erase (result.entries.end() - 2);
            result.areComplete.erase (result.areComplete.end() - 2);
        }

        if (result.entries.empty())
        {
            result.entries.push_back ({});
            result.areComplete.push_back (true);
        }

        return result;
    }

    /** Returns a slot as it is read: with kernels that are others than those in use, though equal. */
    State restored (const Saved& slot)
    {
        std::vector<Entry> entries;

        for (size_t n = 0; n < slot.entries.size(); ++n)
        {
            auto entry = slot.entries[n];

            if (entry.kernel != 0)
            {
                auto copy = fact (entry.kernel);
                copy.isArrived = slot.areComplete[n];
                copy.isHere = copy.isMissing = false;
                entry.kernel = add (copy);
            }

            entries.push_back (entry);
        }

        for (size_t n = 0; n + 1 < entries.size(); ++n)
            if (entries[n].kernel != 0 && ! slot.areComplete[n])
                fallbacks[entries[n].kernel] = entries[n + 1];

        return { entries.front(), slot.gain };
    }

    std::vector<Step> steps, redoable;
    size_t position = 0;
    int newest = -1;
    std::optional<Slots> before;
    std::vector<Asked> asked;
    Entry arrived;
};

} // namespace faltwerk::test
