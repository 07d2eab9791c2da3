/* SPDX-License-Identifier: Apache-2.0 */
/* Logarithm, exponential and log-gamma from + - * / sqrt alone, so that they are the same bits on every
 * processor, compiler and optimisation (libm's are not), and may decide. */
#ifndef OVF_BASE_LOGS_H
#define OVF_BASE_LOGS_H

/** ln \p x within 1e-15 of its size and 2e-16; \p x > 0 and normal. -INFINITY for 0. */
double ovf_log(double x);

/** ln(1 + \p x) within 1e-15 of its size, also for tiny \p x; \p x > -1. */
double ovf_log1p(double x);

/** e^\p x within 1e-15 of its size; 0 for \p x < -708, INFINITY for \p x > 709. */
double ovf_exp(double x);

/** ln Gamma(\p x) within 1e-14 of max(1, its size); \p x > 0. */
double ovf_log_gamma(double x);

#endif
