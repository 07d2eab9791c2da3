/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance, row by row. */
#include "base/likeness.h"

#include <string.h>

static size_t smallest(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t ovf_edits_between(const char *a, const char *b)
{
    size_t row[OVF_LIKENESS_MAX_CHARS + 1];
    const size_t a_len = strlen(a);
    const size_t b_len = strlen(b);
    if (a_len > OVF_LIKENESS_MAX_CHARS || b_len > OVF_LIKENESS_MAX_CHARS)
        return OVF_LIKENESS_MAX_CHARS;
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            const size_t above = row[j];
            row[j] = smallest(diagonal + (a[i - 1] != b[j - 1] ? 1 : 0), above + 1, row[j - 1] + 1);
            diagonal = above;
        }
    }
    return row[b_len];
}
