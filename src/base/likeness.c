/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance, row by row. */
#include "base/likeness.h"

#include "base/ascii.h"

bool ovf_names_equal(struct ovf_bytes a, struct ovf_bytes b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (ovf_ascii_lower(a.data[i]) != ovf_ascii_lower(b.data[i]))
            return false;
    }
    return true;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t ovf_edits_between(struct ovf_bytes a, struct ovf_bytes b)
{
    size_t row[OVF_LIKENESS_MAX_CHARS + 1];
    if (a.len > OVF_LIKENESS_MAX_CHARS || b.len > OVF_LIKENESS_MAX_CHARS)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            const size_t above = row[j];
            const size_t other =
                ovf_ascii_lower(a.data[i - 1]) != ovf_ascii_lower(b.data[j - 1]) ? 1 : 0;
            row[j] = smallest(diagonal + other, above + 1, row[j - 1] + 1);
            diagonal = above;
        }
    }
    return row[b.len];
}
