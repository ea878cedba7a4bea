#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Convolution/Vector/TransformLoops.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each target
#include <hwy/highway.h>

#include "Convolution/Vector/TransformLoops.h"

HWY_BEFORE_NAMESPACE();
namespace faltwerk::HWY_NAMESPACE
{
namespace
{

namespace hn = hwy::HWY_NAMESPACE;

template <typename V>
struct Complex
{
    V re, im;
};

/** A root: the scalar s of one node in all lanes, or one scalar for each lane. */
template <typename V>
using Root = Complex<V>;

// --- Butterflies: a + s b and a - s b, and back. Products go to the multipliers, sums to the adders of a core. -----

/** Return s b, and conj(s) b. */
template <typename V>
HWY_INLINE Complex<V> times (const Root<V>& s, const Complex<V>& b)
{
    return { hn::NegMulAdd (s.im, b.im, hn::Mul (s.re, b.re)), hn::MulAdd (s.im, b.re, hn::Mul (s.re, b.im)) };
}

template <typename V>
HWY_INLINE Complex<V> timesConjugate (const Root<V>& s, const Complex<V>& b)
{
    return { hn::MulAdd (s.im, b.im, hn::Mul (s.re, b.re)), hn::NegMulAdd (s.im, b.re, hn::Mul (s.re, b.im)) };
}

template <typename V>
HWY_INLINE void divide (Complex<V>& a, Complex<V>& b, const Root<V>& s)
{
    const auto t = times (s, b);
    b = { hn::Sub (a.re, t.re), hn::Sub (a.im, t.im) };
    a = { hn::Add (a.re, t.re), hn::Add (a.im, t.im) };
}

/** Butterflies with j s in place of s. */
template <typename V>
HWY_INLINE void divideTurned (Complex<V>& a, Complex<V>& b, const Root<V>& s)
{
    const auto t = times (s, b);
    b = { hn::Add (a.re, t.im), hn::Sub (a.im, t.re) };
    a = { hn::Sub (a.re, t.im), hn::Add (a.im, t.re) };
}

/** Butterflies for real a and b. */
template <typename V>
HWY_INLINE void divideReal (Complex<V>& a, Complex<V>& b, const Root<V>& s)
{
    const V tr = hn::Mul (s.re, b.re), ti = hn::Mul (s.im, b.re);
    b = { hn::Sub (a.re, tr), hn::Neg (ti) };
    a = { hn::Add (a.re, tr), ti };
}

template <typename V>
HWY_INLINE void join (Complex<V>& a, Complex<V>& b, const Root<V>& s)
{
    const Complex<V> difference { hn::Sub (a.re, b.re), hn::Sub (a.im, b.im) };
    a = { hn::Add (a.re, b.re), hn::Add (a.im, b.im) };
    b = timesConjugate (s, difference);
}

template <typename V>
HWY_INLINE void joinTurned (Complex<V>& a, Complex<V>& b, const Root<V>& s)
{
    const Complex<V> turned { hn::Sub (a.im, b.im), hn::Sub (b.re, a.re) }; // -j (a - b)
    a = { hn::Add (a.re, b.re), hn::Add (a.im, b.im) };
    b = timesConjugate (s, turned);
}

// --- Passes over rows held in registers: roots s, then those of the next levels' first nodes; others are turned ----

template <size_t radix, bool isReal, typename V>
HWY_INLINE void divideRows (Complex<V>* row, const Root<V>* s)
{
    constexpr size_t half = radix / 2;

    for (size_t k = 0; k < half; ++k)
    {
        if constexpr (isReal)
            divideReal (row[k], row[k + half], s[0]);
        else
            divide (row[k], row[k + half], s[0]);
    }

    if constexpr (radix >= 4)
    {
        constexpr size_t quarter = radix / 4;

        for (size_t k = 0; k < quarter; ++k)
        {
            divide (row[k], row[k + quarter], s[1]);
            divideTurned (row[half + k], row[half + k + quarter], s[1]);
        }
    }

    if constexpr (radix == 8)
    {
        divide (row[0], row[1], s[2]);
        divideTurned (row[2], row[3], s[2]);
        divide (row[4], row[5], s[3]);
        divideTurned (row[6], row[7], s[3]);
    }
}

template <size_t radix, typename V>
HWY_INLINE void joinRows (Complex<V>* row, const Root<V>* s)
{
    constexpr size_t half = radix / 2;

    if constexpr (radix == 8)
    {
        join (row[0], row[1], s[2]);
        joinTurned (row[2], row[3], s[2]);
        join (row[4], row[5], s[3]);
        joinTurned (row[6], row[7], s[3]);
    }

    if constexpr (radix >= 4)
    {
        constexpr size_t quarter = radix / 4;

        for (size_t k = 0; k < quarter; ++k)
        {
            join (row[k], row[k + quarter], s[1]);
            joinTurned (row[half + k], row[half + k + quarter], s[1]);
        }
    }

    for (size_t k = 0; k < half; ++k)
        join (row[k], row[k + half], s[0]);
}

template <typename D>
HWY_INLINE void spread (D d, const float* twiddles, Root<hn::Vec<D>>* s)
{
    for (size_t n = 0; n < 4; ++n)
        s[n] = { hn::Set (d, twiddles[2 * n]), hn::Set (d, twiddles[2 * n + 1]) };
}

// --- Passes through memory ------------------------------------------------------------------------------------------

using PassTag = hn::CappedTag<float, 16>;

template <size_t radix, bool isReal>
void forwardPassOf (const float* samples,
                    float* real,
                    float* imaginary,
                    size_t rowLength,
                    size_t from,
                    size_t to,
                    const float* twiddles)
{
    const PassTag d;
    using V = hn::Vec<PassTag>;
    Root<V> s[4];
    spread (d, twiddles, s);

    for (size_t column = from; column < to; column += hn::Lanes (d))
    {
        Complex<V> row[radix];

        for (size_t k = 0; k < radix; ++k)
        {
            row[k].re = hn::Load (d, (isReal ? samples : real) + k * rowLength + column);

            if constexpr (! isReal)
                row[k].im = hn::Load (d, imaginary + k * rowLength + column);
        }

        divideRows<radix, isReal> (row, s);

        for (size_t k = 0; k < radix; ++k)
        {
            hn::Store (row[k].re, d, real + k * rowLength + column);
            hn::Store (row[k].im, d, imaginary + k * rowLength + column);
        }
    }
}

void forwardPass (size_t radix,
                  const float* samples,
                  float* real,
                  float* imaginary,
                  size_t rowLength,
                  size_t from,
                  size_t to,
                  const float* twiddles)
{
    const auto run = [&] (auto pass) { pass (samples, real, imaginary, rowLength, from, to, twiddles); };

    if (samples != nullptr)
        run (radix == 8 ? forwardPassOf<8, true> : radix == 4 ? forwardPassOf<4, true> : forwardPassOf<2, true>);
    else
        run (radix == 8 ? forwardPassOf<8, false> : radix == 4 ? forwardPassOf<4, false> : forwardPassOf<2, false>);
}

template <size_t radix, bool toOutput>
void inversePassOf (float* real,
                    float* imaginary,
                    size_t rowLength,
                    size_t from,
                    size_t to,
                    const float* twiddles,
                    float* output,
                    float* overlap)
{
    const PassTag d;
    using V = hn::Vec<PassTag>;
    Root<V> s[4];
    spread (d, twiddles, s);

    for (size_t column = from; column < to; column += hn::Lanes (d))
    {
        Complex<V> row[radix];

        for (size_t k = 0; k < radix; ++k)
            row[k] = { hn::Load (d, real + k * rowLength + column), hn::Load (d, imaginary + k * rowLength + column) };

        joinRows<radix> (row, s);

        for (size_t k = 0; k < radix; ++k)
        {
            const size_t place = k * rowLength + column;

            if constexpr (toOutput)
            {
                hn::Store (hn::Add (row[k].re, hn::Load (d, overlap + place)), d, output + place);
                hn::Store (row[k].im, d, overlap + place);
            }
            else
            {
                hn::Store (row[k].re, d, real + place);
                hn::Store (row[k].im, d, imaginary + place);
            }
        }
    }
}

void inversePass (size_t radix,
                  float* real,
                  float* imaginary,
                  size_t rowLength,
                  size_t from,
                  size_t to,
                  const float* twiddles,
                  float* output,
                  float* overlap)
{
    const auto run = [&] (auto pass) { pass (real, imaginary, rowLength, from, to, twiddles, output, overlap); };

    if (output != nullptr)
        run (radix == 8 ? inversePassOf<8, true> : radix == 4 ? inversePassOf<4, true> : inversePassOf<2, true>);
    else
        run (radix == 8 ? inversePassOf<8, false> : radix == 4 ? inversePassOf<4, false> : inversePassOf<2, false>);
}

// --- Leaves: rows of 8 points, 4 or 8 of them. A row is one vector of 8 lanes or two of 4. --------------------------

#if HWY_TARGET != HWY_SCALAR

template <typename D>
HWY_INLINE void transposeFours (D d, hn::Vec<D>& a, hn::Vec<D>& b, hn::Vec<D>& c, hn::Vec<D>& e)
{
    const hn::Repartition<double, D> pairs;
    const auto lower = [&] (auto x, auto y)
    { return hn::BitCast (d, hn::InterleaveLower (pairs, hn::BitCast (pairs, x), hn::BitCast (pairs, y))); };
    const auto upper = [&] (auto x, auto y)
    { return hn::BitCast (d, hn::InterleaveUpper (pairs, hn::BitCast (pairs, x), hn::BitCast (pairs, y))); };
    const auto ab0 = hn::InterleaveLower (d, a, b), ab1 = hn::InterleaveUpper (d, a, b);
    const auto ce0 = hn::InterleaveLower (d, c, e), ce1 = hn::InterleaveUpper (d, c, e);
    a = lower (ab0, ce0);
    b = upper (ab0, ce0);
    c = lower (ab1, ce1);
    e = upper (ab1, ce1);
}

/** Transposes rows x 8 numbers, v[row][part], to 8 x rows, v[column][part]. A row is one vector of 8 lanes or two of
    4. */
template <size_t rows, typename D>
HWY_INLINE void transpose (D d, hn::Vec<D> (*v)[8 / hn::MaxLanes (D())])
{
    if constexpr (hn::MaxLanes (D()) == 8)
    {
        transposeFours (d, v[0][0], v[1][0], v[2][0], v[3][0]);
        transposeFours (d, v[4][0], v[5][0], v[6][0], v[7][0]);

        for (size_t k = 0; k < 4; ++k)
        {
            const auto a = v[k][0], b = v[k + 4][0];
            v[k][0] = hn::ConcatLowerLower (d, b, a);
            v[k + 4][0] = hn::ConcatUpperUpper (d, b, a);
        }
    }
    else
    {
        for (size_t block = 0; block < rows; block += 4)
            for (size_t part = 0; part < 2; ++part)
                transposeFours (d, v[block][part], v[block + 1][part], v[block + 2][part], v[block + 3][part]);

        // Row r, part p now holds column 4 p + r % 4 of the rows of block r / 4.
        hn::Vec<D> columns[8][2];

        for (size_t column = 0; column < 8; ++column)
            for (size_t block = 0; block < rows / 4; ++block)
                columns[column][block] = v[4 * block + column % 4][column / 4];

        for (size_t column = 0; column < 8; ++column)
            for (size_t block = 0; block < rows / 4; ++block)
                v[column][block] = columns[column][block];
    }
}

/** Transposes 8 x rows to rows x 8. */
template <size_t rows, typename D>
HWY_INLINE void transposeBack (D d, hn::Vec<D> (*v)[8 / hn::MaxLanes (D())])
{
    if constexpr (rows == 8)
    {
        transpose<8> (d, v);
    }
    else
    {
        for (size_t part = 0; part < 2; ++part)
            transposeFours (d, v[4 * part][0], v[4 * part + 1][0], v[4 * part + 2][0], v[4 * part + 3][0]);

        for (size_t row = 0; row < 4; ++row)
            v[row][1] = v[4 + row][0];
    }
}

#else // one lane: each number is a vector

template <size_t rows, typename D, typename V>
HWY_INLINE void transpose (D, V (*v)[8])
{
    V columns[8][rows];

    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < 8; ++column)
            columns[column][row] = v[row][column];

    for (size_t column = 0; column < 8; ++column)
        for (size_t row = 0; row < rows; ++row)
            v[column][row] = columns[column][row];
}

template <size_t rows, typename D, typename V>
HWY_INLINE void transposeBack (D, V (*v)[8])
{
    V points[rows][8];

    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < 8; ++column)
            points[row][column] = v[column][row];

    for (size_t row = 0; row < rows; ++row)
        for (size_t column = 0; column < 8; ++column)
            v[row][column] = points[row][column];
}

#endif

/** A leaf's size, tag and registers. */
template <size_t rowCount, typename D>
struct Leaf
{
    using V = hn::Vec<D>;
    static constexpr size_t rows = rowCount, lanes = hn::MaxLanes (D());
    static constexpr size_t rowParts = 8 / lanes;       // vectors in a row of 8 points
    static constexpr size_t columnParts = rows / lanes; // vectors in a column of all rows
    static constexpr size_t size = 8 * rows;

    V re[8][8 / lanes], im[8][8 / lanes];

    template <bool isReal>
    HWY_INLINE void divide (D d, const float* twiddles)
    {
        Root<V> s[4];
        spread (d, twiddles, s);

        for (size_t part = 0; part < rowParts; ++part)
            change<rows> (part, [&s] (Complex<V>* row) { divideRows<rows, isReal> (row, s); });

        transpose<rows> (d, re);
        transpose<rows> (d, im);

        for (size_t part = 0; part < columnParts; ++part)
        {
            loadRoots (d, twiddles, part, s);
            change<8> (part, [&s] (Complex<V>* column) { divideRows<8, false> (column, s); });
        }
    }

    HWY_INLINE void join (D d, const float* twiddles)
    {
        Root<V> s[4];

        for (size_t part = 0; part < columnParts; ++part)
        {
            loadRoots (d, twiddles, part, s);
            change<8> (part, [&s] (Complex<V>* column) { joinRows<8> (column, s); });
        }

        transposeBack<rows> (d, re);
        transposeBack<rows> (d, im);
        spread (d, twiddles, s);

        for (size_t part = 0; part < rowParts; ++part)
            change<rows> (part, [&s] (Complex<V>* row) { joinRows<rows> (row, s); });
    }

    /** Calls act (vector) for the first `count` complex vectors of a part. */
    template <size_t count, typename Act>
    HWY_INLINE void change (size_t part, Act&& act)
    {
        Complex<V> values[count];

        for (size_t k = 0; k < count; ++k)
            values[k] = { re[k][part], im[k][part] };

        act (values);

        for (size_t k = 0; k < count; ++k)
        {
            re[k][part] = values[k].re;
            im[k][part] = values[k].im;
        }
    }

    HWY_INLINE static void loadRoots (D d, const float* twiddles, size_t part, Root<V>* s)
    {
        for (size_t n = 0; n < 4; ++n)
        {
            const float* const lane = twiddles + 16 + 2 * n * rows + part * lanes;
            s[n] = { hn::Load (d, lane), hn::Load (d, lane + rows) };
        }
    }

    /** Calls use (vector, index of its first point) for every vector of points, row after row. */
    template <typename Use>
    HWY_INLINE static void eachPoint (Use&& use)
    {
        for (size_t k = 0; k < rows; ++k)
            for (size_t part = 0; part < rowParts; ++part)
                use (k, part, 8 * k + part * lanes);
    }

    /** Calls use (column, part, group, index in the group) for every vector of bins. */
    template <typename Use>
    HWY_INLINE static void eachBin (Use&& use)
    {
        for (size_t k = 0; k < 8; ++k)
            for (size_t part = 0; part < columnParts; ++part)
                use (k, part, (k * rows + part * lanes) / 16, (k * rows + part * lanes) % 16);
    }
};

template <typename LeafType, typename D, bool isReal>
void forwardLeavesOf (size_t count,
                      const float* samples,
                      const float* real,
                      const float* imaginary,
                      float* binsReal,
                      float* binsImaginary,
                      size_t stride,
                      const float* twiddles)
{
    const D d;

    for (; count > 0; --count)
    {
        LeafType leaf;
        leaf.eachPoint (
            [&] (size_t k, size_t part, size_t place)
            {
                leaf.re[k][part] = hn::Load (d, (isReal ? samples : real) + place);
                leaf.im[k][part] = isReal ? hn::Zero (d) : hn::Load (d, imaginary + place);
            });
        leaf.template divide<isReal> (d, twiddles);
        leaf.eachBin (
            [&] (size_t k, size_t part, size_t group, size_t place)
            {
                hn::Store (leaf.re[k][part], d, binsReal + group * stride + place);
                hn::Store (leaf.im[k][part], d, binsImaginary + group * stride + place);
            });

        real += LeafType::size;
        imaginary += LeafType::size;
        binsReal += LeafType::size / 16 * stride;
        binsImaginary += LeafType::size / 16 * stride;
        twiddles += leafTwiddles (LeafType::size);
    }
}

template <typename LeafType, typename D, bool toOutput>
void inverseLeavesOf (size_t count,
                      const float* binsReal,
                      const float* binsImaginary,
                      size_t stride,
                      float* real,
                      float* imaginary,
                      const float* twiddles,
                      float* output,
                      float* overlap)
{
    const D d;

    for (; count > 0; --count)
    {
        LeafType leaf;
        leaf.eachBin (
            [&] (size_t k, size_t part, size_t group, size_t place)
            {
                leaf.re[k][part] = hn::Load (d, binsReal + group * stride + place);
                leaf.im[k][part] = hn::Load (d, binsImaginary + group * stride + place);
            });
        leaf.join (d, twiddles);
        leaf.eachPoint (
            [&] (size_t k, size_t part, size_t place)
            {
                if constexpr (toOutput)
                {
                    hn::Store (hn::Add (leaf.re[k][part], hn::Load (d, overlap + place)), d, output + place);
                    hn::Store (leaf.im[k][part], d, overlap + place);
                }
                else
                {
                    hn::Store (leaf.re[k][part], d, real + place);
                    hn::Store (leaf.im[k][part], d, imaginary + place);
                }
            });

        real += LeafType::size;
        imaginary += LeafType::size;
        binsReal += LeafType::size / 16 * stride;
        binsImaginary += LeafType::size / 16 * stride;
        twiddles += leafTwiddles (LeafType::size);
    }
}

using EightTag = hn::CappedTag<float, 8>;
using FourTag = hn::CappedTag<float, 4>;
using Leaf64 = Leaf<8, EightTag>;
using Leaf32 = Leaf<4, FourTag>;

void forwardLeaves (size_t leafSize,
                    size_t count,
                    const float* samples,
                    const float* real,
                    const float* imaginary,
                    float* binsReal,
                    float* binsImaginary,
                    size_t stride,
                    const float* twiddles)
{
    const auto run = [&] (auto leaves)
    { leaves (count, samples, real, imaginary, binsReal, binsImaginary, stride, twiddles); };

    if (leafSize == 64)
        run (samples != nullptr ? forwardLeavesOf<Leaf64, EightTag, true> : forwardLeavesOf<Leaf64, EightTag, false>);
    else
        run (samples != nullptr ? forwardLeavesOf<Leaf32, FourTag, true> : forwardLeavesOf<Leaf32, FourTag, false>);
}

void inverseLeaves (size_t leafSize,
                    size_t count,
                    const float* binsReal,
                    const float* binsImaginary,
                    size_t stride,
                    float* real,
                    float* imaginary,
                    const float* twiddles,
                    float* output,
                    float* overlap)
{
    const auto run = [&] (auto leaves)
    { leaves (count, binsReal, binsImaginary, stride, real, imaginary, twiddles, output, overlap); };

    if (leafSize == 64)
        run (output != nullptr ? inverseLeavesOf<Leaf64, EightTag, true> : inverseLeavesOf<Leaf64, EightTag, false>);
    else
        run (output != nullptr ? inverseLeavesOf<Leaf32, FourTag, true> : inverseLeavesOf<Leaf32, FourTag, false>);
}

} // namespace

const TransformLoops* getTransformLoops()
{
    static constexpr TransformLoops loops { forwardPass, inversePass, forwardLeaves, inverseLeaves };
    return &loops;
}

} // namespace faltwerk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace faltwerk
{

HWY_EXPORT (getTransformLoops);

const TransformLoops& transformLoops() { return *HWY_DYNAMIC_DISPATCH (getTransformLoops)(); }

} // namespace faltwerk
#endif
