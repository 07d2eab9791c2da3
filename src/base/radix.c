/* SPDX-License-Identifier: Apache-2.0 */
/* From the least significant digit of eleven bits to the most; a digit that all keys share costs no pass. */
#include "base/radix.h"

#include <string.h>

enum { DIGIT_BITS = 11, N_VALUES = 1 << DIGIT_BITS, N_DIGITS = 6 };

static size_t digit_of(uint64_t key, unsigned digit)
{
    return (size_t)(key >> (digit * DIGIT_BITS)) & (N_VALUES - 1);
}

static void count(const struct ovf_keyed *items, size_t n, uint64_t counts[N_DIGITS][N_VALUES])
{
    memset(counts, 0, sizeof *counts * N_DIGITS);
    for (size_t i = 0; i < n; i++) {
        for (unsigned d = 0; d < N_DIGITS; d++)
            counts[d][digit_of(items[i].key, d)]++;
    }
}

static void pass(const struct ovf_keyed *from, struct ovf_keyed *to, size_t n, unsigned digit,
                 uint64_t counts[N_VALUES])
{
    uint64_t sum = 0;
    for (size_t v = 0; v < N_VALUES; v++) {
        const uint64_t here = counts[v];
        counts[v] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[digit_of(from[i].key, digit)]++] = from[i];
}

void ovf_radix_sort(struct ovf_keyed *items, struct ovf_keyed *spare, size_t n)
{
    uint64_t counts[N_DIGITS][N_VALUES];
    struct ovf_keyed *from = items;
    struct ovf_keyed *to = spare;
    if (n < 2)
        return;
    count(items, n, counts);
    for (unsigned d = 0; d < N_DIGITS; d++) {
        if (counts[d][digit_of(items[0].key, d)] == n)
            continue;
        pass(from, to, n, d, counts[d]);
        struct ovf_keyed *const swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
}
