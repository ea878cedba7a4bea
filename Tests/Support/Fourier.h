#pragma once

#include <functional>
#include <span>
#include <vector>

namespace faltwerk::test
{

/** A signal without what lies outside of low..high Hz, sharply, by FFTW in double precision. */
std::vector<double> bandPassed (std::span<const float> signal, double sampleRate, double low, double high);

/** The energy of a signal, weighted over its frequency in Hz, by FFTW in double precision. */
double energyWithin (std::span<const float> signal, double sampleRate, const std::function<double (double)>& weight);

} // namespace faltwerk::test
