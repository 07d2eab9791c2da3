/* SPDX-License-Identifier: Apache-2.0 */
/* How large a share is of which some were counted: k of n. */
#ifndef OVF_SERIES_SHARE_H
#define OVF_SERIES_SHARE_H

#include <stdint.h>

/** Both ends within [0, 1]. */
struct ovf_share {
    double low;
    double high;
};

/** P(X <= \p x) of the beta distribution, within 1e-11 for \p a, \p b >= 1/2 and up to 1e7; \p x within [0, 1]. */
double ovf_beta_at_most(double x, double a, double b);

/** The 95 % interval with equal tails of Beta(k + 1/2, n - k + 1/2) (Jeffreys' prior), within 1e-9; \p k <= \p n.
 * Also where nothing or all was counted: there the end is not 0 or 1. */
struct ovf_share ovf_share_interval(uint32_t k, uint32_t n);

/** The mean of that distribution: what shares are ranked by, the larger first. */
double ovf_share_mean(uint32_t k, uint32_t n);

#endif
