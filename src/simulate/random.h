/* SPDX-License-Identifier: Apache-2.0 */
/* SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2714064.2660195): integers only, so a seed gives the
 * same numbers on every machine. Streams are made from a seed and numbers that name what they are for,
 * so that one more flight somewhere does not change the others. */
#ifndef OVF_SIMULATE_RANDOM_H
#define OVF_SIMULATE_RANDOM_H

#include <stdint.h>

struct ovf_random {
    uint64_t state;
};

static inline uint64_t ovf_random_next(struct ovf_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/** The stream of \p seed for thing \p a of kind \p b. */
static inline struct ovf_random ovf_random_stream(uint64_t seed, uint64_t a, uint64_t b)
{
    struct ovf_random random = {seed};
    random.state = ovf_random_next(&random) ^ a;
    random.state = ovf_random_next(&random) ^ b;
    return random;
}

/** In [0, 1), a multiple of 2^-53. */
static inline double ovf_random_unit(struct ovf_random *random)
{
    return (double)(ovf_random_next(random) >> 11) / 9007199254740992.0;
}

/** In [low, high). */
static inline double ovf_random_between(struct ovf_random *random, double low, double high)
{
    return low + (high - low) * ovf_random_unit(random);
}

/** In [0, n); 0 for n = 0. Of 2^64 numbers the last incomplete run is thrown back: all are equally likely. */
static inline uint64_t ovf_random_below(struct ovf_random *random, uint64_t n)
{
    if (n < 2)
        return 0;
    const uint64_t excess = (UINT64_MAX % n + 1) % n;
    uint64_t x = ovf_random_next(random);
    while (x > UINT64_MAX - excess)
        x = ovf_random_next(random);
    return x % n;
}

#endif
