#pragma once

#include <functional>
#include <map>
#include <string>

namespace faltwerk
{

/** What the user chose in the views: small numbers by name, kept in the session. */
class ViewChoices
{
public:
    int get (const std::string& name, int otherwise) const
    {
        const auto found = values.find (name);
        return found != values.end() ? found->second : otherwise;
    }

    void set (const std::string& name, int value)
    {
        values[name] = value;

        if (onChange != nullptr)
            onChange();
    }

    /** Called when the user has chosen something else. */
    std::function<void()> onChange;

    std::map<std::string, int> values;
};

} // namespace faltwerk
