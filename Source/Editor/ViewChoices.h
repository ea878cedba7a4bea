#pragma once

#include "Plugin/Document/Session.h"

#include <string>

namespace faltwerk
{

/** What the user chose in the views: small numbers by name, kept in the session. [message] */
class ViewChoices
{
public:
    explicit ViewChoices (Session& owner)
        : session (owner)
    {
    }

    int get (const std::string& name, int otherwise) const
    {
        const auto choices = session.viewState().choices;
        const auto found = choices.find (name);
        return found != choices.end() ? found->second : otherwise;
    }

    void set (const std::string& name, int value)
    {
        auto state = session.viewState();
        state.choices[name] = value;
        session.setViewState (state);
    }

private:
    Session& session;
};

} // namespace faltwerk
