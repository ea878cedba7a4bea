#pragma once

#include "Plugin/Document/Document.h"
#include "Plugin/State/PluginState.h"
#include "Plugin/Threads/StampReader.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace faltwerk
{

/** What a host saves of an instance: its document, its options, the editor's appearance, and the preset that it began
    with. Translates the document from and to PluginState. */
class Session
{
public:
    /** Begins without a kernel. The parameters must outlive it. [message] */
    Session (Parameters&, std::shared_ptr<Settings>);

    /** Gives a new instance the default kernel, without an undo step. The kernel is generated when it is first needed
        (see Document::loadPostponed), so that it never is if a session is opened at once. [not audio] */
    void beginWithDefaultKernel() { document.begin (defaultFactoryKernel()); }

    /** Return the state that a session keeps, and restore it; restoring clears the undo history. [not audio] */
    PluginState state() const;
    void restore (const PluginState&);

    /** Returns the current one of the slots A and B, for a preset. [not audio] */
    PluginState presetState() const;

    /** Applies a preset as one undo step; a locked mix stays. [message] */
    void applyPreset (const std::string& name, const PluginState&, Document::Choice = Document::Choice::byName);

    /** Applies the preset of a new instance: all controls at their defaults, with the default kernel. [message] */
    static constexpr const char* initialPreset = "Init";
    void applyInitialPreset (Document::Choice = Document::Choice::byName);

    /** Return the name of the preset that was applied or saved last, and true if the current value differs from it.
        Sessions and undo restore both. [not audio] */
    std::string presetName() const { return document.snapshot().slots.preset.name; }
    bool differsFromPreset() const { return differsFromPreset (document.snapshot().slots); }

    /** Names the preset that the current value is. [not audio] */
    void setPresetName (const std::string& name) { document.setPreset (name); }

    InstanceOptions options() const;          // [not audio]
    void setOptions (const InstanceOptions&); // [not audio]

    /** Returns true if bypass cuts the tail; one of the options. Wait-free. [any] */
    bool cutsTailOnBypass() const noexcept { return cutsTail.load (std::memory_order_relaxed); }

    /** Returns the editor's appearance. It is no part of undo, of A and B, or of presets. [not audio] */
    ViewState viewState() const;
    void setViewState (const ViewState&);

private:
    bool differsFromPreset (const DocumentSlots&) const;
    PluginState::Saved saved (const DocumentState&) const;

    Parameters& parameters;
    const std::shared_ptr<Settings> settings;
    std::atomic<bool> cutsTail { false };            // of the options; any -> audio, relaxed
    juce::SharedResourcePointer<StampReader> stamps; // kept here; sessions are written with it

    mutable std::mutex lock; // guards what follows; held briefly
    InstanceOptions instanceOptions;
    ViewState view;

public:
    Document document; // destroyed first
};

} // namespace faltwerk
