#include "Editor/Views/Analysis/DecayTableView.h"

#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr int numColumns = static_cast<int> (DecayTable::columns.size()) + 1; // with the bands' names

} // namespace

/** A cell as a screen reader finds it; it paints nothing. */
class DecayTableView::Cell : public juce::Component
{
public:
    explicit Cell (bool inHeading)
        : isHeading (inHeading)
    {
        setInterceptsMouseClicks (false, false);
    }

    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override
    {
        /** Which table the cell is in. */
        class Place : public juce::AccessibilityCellInterface
        {
        public:
            explicit Place (Cell& shown)
                : cell (shown)
            {
            }

            int getDisclosureLevel() const override { return 0; }

            const juce::AccessibilityHandler* getTableHandler() const override
            {
                auto* const view = cell.findParentComponentOfClass<DecayTableView>();
                return view != nullptr ? view->getAccessibilityHandler() : nullptr;
            }

        private:
            Cell& cell;
        };

        const auto role = isHeading ? juce::AccessibilityRole::tableHeader : juce::AccessibilityRole::cell;
        return std::make_unique<juce::AccessibilityHandler> (
            *this, role, juce::AccessibilityActions(),
            juce::AccessibilityHandler::Interfaces (std::make_unique<Place> (*this)));
    }

private:
    const bool isHeading;
};

/** A row of cells. */
class DecayTableView::Row : public juce::Component
{
public:
    explicit Row (bool isHeading)
    {
        setInterceptsMouseClicks (false, false);

        for (int column = 0; column < numColumns; ++column)
        {
            cells.push_back (std::make_unique<Cell> (isHeading));
            addAndMakeVisible (*cells.back());
        }
    }

    void resized() override
    {
        auto line = getLocalBounds();

        for (size_t n = 0; n < cells.size(); ++n)
            cells[n]->setBounds (line.removeFromLeft (line.getWidth() / static_cast<int> (cells.size() - n)));
    }

    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override
    {
        return std::make_unique<juce::AccessibilityHandler> (*this, juce::AccessibilityRole::row);
    }

    std::vector<std::unique_ptr<Cell>> cells;
};

DecayTableView::DecayTableView()
{
    setComponentID ("decayTable");
    setTitle ("Decay in octave bands");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
}

DecayTableView::~DecayTableView() = default;

void DecayTableView::show (std::optional<DecayTable> newest)
{
    table = std::move (newest);
    rows.clear();

    if (table)
    {
        for (size_t n = 0; n <= table->rows().size(); ++n)
        {
            auto& row = *rows.emplace_back (std::make_unique<Row> (n == 0));
            addAndMakeVisible (row);

            if (n == 0)
            {
                row.setTitle ("Bands and figures");
                row.cells[0]->setTitle ("Band");

                for (size_t column = 0; column < DecayTable::columns.size(); ++column)
                    row.cells[column + 1]->setTitle (juce::String (DecayTable::columns[column].name) + " in "
                                                     + DecayTable::columns[column].unit);

                continue;
            }

            const auto& source = table->rows()[n - 1];
            row.setTitle (source.name);
            row.cells[0]->setTitle (source.name);

            for (size_t column = 0; column < DecayTable::columns.size(); ++column)
            {
                const auto& figure = source.figures[column];
                row.cells[column + 1]->setTitle (figure ? DecayTable::textOf (figure, DecayTable::columns[column])
                                                        : juce::String ("not available, ") + wordsFor (figure.missing));
            }
        }

        chosen = juce::jlimit (0, static_cast<int> (table->rows().size()) - 1, chosen);
    }

    resized();
    repaint();
}

void DecayTableView::select (int row)
{
    chosen = row;
    repaint();
}

void DecayTableView::choose (int row)
{
    if (! table)
        return;

    row = juce::jlimit (0, static_cast<int> (table->rows().size()) - 1, row);

    if (std::exchange (chosen, row) != row && onSelect != nullptr)
        onSelect (row);

    repaint();
}

juce::Rectangle<float> DecayTableView::area() const { return getLocalBounds().toFloat().reduced (4.0f, 0.0f); }

juce::String DecayTableView::asText() const
{
    if (! table)
        return {};

    juce::StringArray lines, cells { "Band" };

    for (const auto& column : DecayTable::columns)
        cells.add (juce::String (column.name) + " (" + column.unit + ")");

    lines.add (cells.joinIntoString ("\t"));

    for (const auto& row : table->rows())
    {
        cells = { row.name.replaceCharacter (0xa0, ' ') };

        for (size_t n = 0; n < row.figures.size(); ++n)
            cells.add (row.figures[n] ? juce::String (row.figures[n].value, DecayTable::columns[n].decimals + 1)
                                      : juce::String ("n/a"));

        lines.add (cells.joinIntoString ("\t"));
    }

    return lines.joinIntoString ("\n") + "\n";
}

void DecayTableView::paint (juce::Graphics& g)
{
    if (! table)
        return;

    table->draw (g, area(), chosen);

    if (hovered >= 0 && hovered != chosen)
    {
        g.setColour (theme::outline.withAlpha (0.5f));
        g.drawRoundedRectangle (table->rowArea (area(), hovered).reduced (0.5f, 1.0f), theme::controlRadius, 1.0f);
    }

    const auto place = table->rowArea (area(), chosen).reduced (0.0f, 0.5f);

    if (hasKeyboardFocus (false))
    {
        g.setColour (theme::focus);
        g.drawRoundedRectangle (place.reduced (1.0f), theme::controlRadius, 2.0f);
    }
}

void DecayTableView::resized()
{
    if (! table)
        return;

    for (size_t n = 0; n < rows.size(); ++n)
        rows[n]->setBounds (table->rowArea (area(), static_cast<int> (n) - 1).getSmallestIntegerContainer());
}

void DecayTableView::mouseDown (const juce::MouseEvent& event)
{
    for (size_t n = 1; n < rows.size(); ++n)
        if (rows[n]->getBounds().contains (event.getPosition()))
            choose (static_cast<int> (n) - 1);
}

void DecayTableView::mouseMove (const juce::MouseEvent& event)
{
    int row = -1;

    for (size_t n = 1; n < rows.size(); ++n)
        if (rows[n]->getBounds().contains (event.getPosition()))
            row = static_cast<int> (n) - 1;

    if (std::exchange (hovered, row) != row)
        repaint();
}

void DecayTableView::mouseExit (const juce::MouseEvent&)
{
    hovered = -1;
    repaint();
}

bool DecayTableView::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::upKey))
        choose (chosen - 1);
    else if (key.isKeyCode (juce::KeyPress::downKey))
        choose (chosen + 1);
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        choose (0);
    else if (key.isKeyCode (juce::KeyPress::endKey))
        choose (static_cast<int> (rows.size()));
    else
        return false;

    return true;
}

std::unique_ptr<juce::AccessibilityHandler> DecayTableView::createAccessibilityHandler()
{
    /** Rows and columns, with their headings. */
    class Cells : public juce::AccessibilityTableInterface
    {
    public:
        explicit Cells (DecayTableView& shown)
            : view (shown)
        {
        }

        int getNumRows() const override { return static_cast<int> (view.rows.size()); }
        int getNumColumns() const override { return view.rows.empty() ? 0 : numColumns; }

        const juce::AccessibilityHandler* getCellHandler (int row, int column) const override
        {
            if (row < 0 || row >= getNumRows() || column < 0 || column >= numColumns)
                return nullptr;

            return view.rows[static_cast<size_t> (row)]->cells[static_cast<size_t> (column)]->getAccessibilityHandler();
        }

        const juce::AccessibilityHandler* getRowHandler (int row) const override
        {
            return row >= 0 && row < getNumRows() ? view.rows[static_cast<size_t> (row)]->getAccessibilityHandler()
                                                  : nullptr;
        }

        const juce::AccessibilityHandler* getHeaderHandler() const override { return getRowHandler (0); }
        juce::Optional<Span> getRowSpan (const juce::AccessibilityHandler& cell) const override
        {
            for (int row = 0; row < getNumRows(); ++row)
                for (int column = 0; column < numColumns; ++column)
                    if (getCellHandler (row, column) == &cell)
                        return Span { row, 1 };

            return juce::nullopt;
        }

        juce::Optional<Span> getColumnSpan (const juce::AccessibilityHandler& cell) const override
        {
            for (int row = 0; row < getNumRows(); ++row)
                for (int column = 0; column < numColumns; ++column)
                    if (getCellHandler (row, column) == &cell)
                        return Span { column, 1 };

            return juce::nullopt;
        }

        void showCell (const juce::AccessibilityHandler&) const override {}

    private:
        DecayTableView& view;
    };

    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::table, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces (std::make_unique<Cells> (*this)));
}

} // namespace faltwerk
