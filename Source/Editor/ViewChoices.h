#pragma once

#include "Plugin/Document/Document.h"

#include <string>

namespace faltwerk
{

/** What the user chose in the views: small numbers by name, kept in the session. [message] */
class ViewChoices
{
public:
    explicit ViewChoices (Document& owner)
        : document (owner)
    {
    }

    int get (const std::string& name, int otherwise) const
    {
        const auto choices = document.viewState().choices;
        const auto found = choices.find (name);
        return found != choices.end() ? found->second : otherwise;
    }

    void set (const std::string& name, int value)
    {
        auto state = document.viewState();
        state.choices[name] = value;
        document.setViewState (state);
    }

private:
    Document& document;
};

} // namespace faltwerk
