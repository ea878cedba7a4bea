#include "Convolution/Convolver.h"
#include "Convolution/DirectConvolver.h"
#include "Convolution/MatrixConvolver.h"
#include "Convolution/UniformConvolver.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

using namespace faltwerk;

namespace
{

constexpr size_t kernelLengths[] = { 1, 2, 3, 17, 63, 64, 65, 127, 128, 129, 500, 1000, 4097, 6000, 6001, 20000 };

std::vector<float> convolve (auto&& convolver, const std::vector<float>& x, const test::Cutting& cutting)
{
    std::vector<float> y (x.size());
    test::cut (x.size(), cutting,
               [&] (size_t position, size_t size)
               { convolver.process (x.data() + position, y.data() + position, size); });
    return y;
}

} // namespace

TEST_CASE ("The direct convolver is a sliding dot product", "[engine]")
{
    const auto x = test::noise (3000, 1);

    for (const auto length : test::Sizes { 1, 2, 5, 64, 100, 257, 1000 })
    {
        CAPTURE (length);
        const auto h = test::noise (length, 2);
        const auto expected = test::oracle (x, h);

        for (const auto& cutting : test::cuttings())
        {
            CAPTURE (cutting.name);
            CHECK (test::errorInDb (convolve (DirectConvolver (h), x, cutting), expected) < -120.0);
        }
    }

    CHECK (convolve (DirectConvolver ({}), x, test::cuttings()[4]) == std::vector<float> (x.size()));
}

TEST_CASE ("The uniform convolver gives each block when its input is complete", "[engine]")
{
    for (const auto blockSize : test::Sizes { 1, 2, 16, 64, 512 })
    {
        for (const auto length : test::Sizes { 1, 15, 64, 65, 700, 4096 })
        {
            CAPTURE (blockSize, length);
            auto y = test::noise (8192, 3);
            const auto h = test::noise (length, 4);
            const auto expected = test::oracle (y, h);
            UniformConvolver convolver (h, blockSize);

            for (size_t n = 0; n < y.size(); n += blockSize) // in place
                convolver.processBlock (y.data() + n, y.data() + n);

            CHECK (test::errorInDb (y, expected) < -115.0); // 4096 partitions of one tap round 4096 times
        }
    }
}

TEST_CASE ("The convolver has no latency and the oracle's output at any callback size", "[engine]")
{
    const auto x = test::noise (30000, 5);

    for (const size_t length : kernelLengths)
    {
        CAPTURE (length);
        const auto h = test::decayingNoise (length, 6);
        const auto expected = test::oracle (x, h);
        std::vector<float> reference;

        for (const auto& cutting : test::cuttings())
        {
            CAPTURE (cutting.name);
            const auto y = convolve (Convolver (h), x, cutting);

            if (reference.empty())
            {
                reference = y;
                CHECK (test::errorInDb (y, expected) < -120.0);
            }
            else
            {
                CHECK (test::differingBits (y, reference) == "");
            }
        }

        auto inPlace = x;
        Convolver convolver (h);
        test::cut (x.size(), test::cuttings().back(),
                   [&] (size_t position, size_t size)
                   { convolver.process (inPlace.data() + position, inPlace.data() + position, size); });
        CHECK (test::differingBits (inPlace, reference) == "");
    }
}

TEST_CASE ("An impulse gives back the kernel, from the same sample on", "[engine]")
{
    const auto h = test::decayingNoise (5000, 7);
    std::vector<float> impulse (6000);
    impulse[0] = 1.0f;
    const auto y = convolve (Convolver (h), impulse, test::cuttings()[2]);

    for (size_t n = 0; n < y.size(); ++n)
        REQUIRE (y[n] == Approx (n < h.size() ? h[n] : 0.0f).margin (1e-7));

    CHECK (y[0] == h[0]);
}

TEST_CASE ("An empty kernel gives silence", "[engine]")
{
    const auto x = test::noise (1000, 8);
    CHECK (convolve (Convolver ({}), x, test::cuttings()[3]) == std::vector<float> (x.size()));
}

TEST_CASE ("Reset forgets the past", "[engine]")
{
    const auto x = test::noise (4000, 9);
    const auto h = test::decayingNoise (3000, 10);
    Convolver convolver (h);
    const auto first = convolve (convolver, x, test::cuttings()[4]);
    convolver.process (x.data(), std::vector<float> (17).data(), 17);
    convolver.reset();
    CHECK (test::differingBits (convolve (convolver, x, test::cuttings()[5]), first) == "");
}

TEST_CASE ("A matrix of kernels mixes its paths: true stereo", "[engine]")
{
    const auto left = test::noise (9000, 11), right = test::noise (9000, 12);
    const auto ll = test::decayingNoise (700, 13), lr = test::decayingNoise (6500, 14);
    const auto rl = test::decayingNoise (64, 15), rr = test::decayingNoise (3000, 16);
    const KernelPath paths[] = { { 0, 0, ll }, { 0, 1, lr }, { 1, 0, rl }, { 1, 1, rr } };

    const auto add = [] (std::vector<double> a, const std::vector<double>& b)
    {
        a.resize (9000);

        for (size_t n = 0; n < a.size(); ++n)
            a[n] += b[n];

        return a;
    };

    const auto expectedLeft = add (test::oracle (left, ll), test::oracle (right, rl));
    const auto expectedRight = add (test::oracle (left, lr), test::oracle (right, rr));
    std::vector<float> referenceLeft;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        MatrixConvolver convolver (paths, 2, 2);
        std::vector<float> y0 (9000), y1 (9000);
        test::cut (9000, cutting,
                   [&] (size_t position, size_t size)
                   {
                       const float* in[] = { left.data() + position, right.data() + position };
                       float* out[] = { y0.data() + position, y1.data() + position };
                       convolver.process (in, out, size);
                   });
        CHECK (test::errorInDb (y0, expectedLeft) < -120.0);
        CHECK (test::errorInDb (y1, expectedRight) < -120.0);

        if (referenceLeft.empty())
            referenceLeft = y0;

        CHECK (test::differingBits (y0, referenceLeft) == "");
    }
}

TEST_CASE ("Convolving allocates nothing", "[engine][realtime]")
{
    const auto x = test::noise (20000, 17);
    const auto h = test::decayingNoise (9000, 18);
    const KernelPath paths[] = { { 0, 0, h }, { 0, 1, h } };
    MatrixConvolver convolver (paths, 1, 2);
    std::vector<float> y0 (x.size()), y1 (x.size());
    const float* in[] = { x.data() };
    float* out[] = { y0.data(), y1.data() };
    size_t allocations = 0;

    {
        const test::AllocationGuard guard;
        convolver.process (in, out, 1);
        convolver.process (in, out, 20000);
        convolver.process (in, out, 0);
        allocations = guard.count();
    }

    CHECK (allocations == 0);
}
