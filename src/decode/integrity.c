/* SPDX-License-Identifier: Apache-2.0 */
/* Source: RTCA DO-260B tables 2-11 (version 2) and N-4, N-7 (versions 0 and 1 received by version 2).
 *
 * A row is a type code with the supplements that it needs: a set bit in \p needs, a cleared one in its place in
 * \p mask. The first that fits counts. */
#include "decode/integrity.h"

#include <stddef.h>

enum { A = 1, B = 2, C = 4 };

#define NM(nm) ((float)((nm)*1852.0))

struct row {
    bool is_there;
    uint8_t mask;
    uint8_t needs;
    uint8_t nic;
    float rc_m; /* 0: unknown */
};

enum { N_TYPE_CODES = 23, MAX_ROWS = 4 };

static const struct row version_0[N_TYPE_CODES][MAX_ROWS] = {
    /* the NIC is not stated; the column is left */
    [5] = {{true, 0, 0, 0, 7.5F}},     [6] = {{true, 0, 0, 0, 25}},
    [7] = {{true, 0, 0, 0, NM(0.1)}},  [9] = {{true, 0, 0, 0, 7.5F}},
    [10] = {{true, 0, 0, 0, 25}},      [11] = {{true, 0, 0, 0, NM(0.1)}},
    [12] = {{true, 0, 0, 0, NM(0.2)}}, [13] = {{true, 0, 0, 0, NM(0.5)}},
    [14] = {{true, 0, 0, 0, NM(1)}},   [15] = {{true, 0, 0, 0, NM(2)}},
    [16] = {{true, 0, 0, 0, NM(10)}},  [17] = {{true, 0, 0, 0, NM(20)}},
    [20] = {{true, 0, 0, 0, 7.5F}},    [21] = {{true, 0, 0, 0, 25}},
};

static const struct row version_1[N_TYPE_CODES][MAX_ROWS] = {
    [5] = {{true, 0, 0, 11, 7.5F}},
    [6] = {{true, 0, 0, 10, 25}},
    [7] = {{true, A, A, 9, 75}, {true, 0, 0, 8, NM(0.1)}},
    [8] = {{true, 0, 0, 0, 0}},
    [9] = {{true, 0, 0, 11, 7.5F}},
    [10] = {{true, 0, 0, 10, 25}},
    [11] = {{true, A, A, 9, 75}, {true, 0, 0, 8, NM(0.1)}},
    [12] = {{true, 0, 0, 7, NM(0.2)}},
    [13] = {{true, A, A, 6, NM(0.6)}, {true, 0, 0, 6, NM(0.5)}},
    [14] = {{true, 0, 0, 5, NM(1)}},
    [15] = {{true, 0, 0, 4, NM(2)}},
    [16] = {{true, A, A, 3, NM(4)}, {true, 0, 0, 2, NM(8)}},
    [17] = {{true, 0, 0, 1, NM(20)}},
    [18] = {{true, 0, 0, 0, 0}},
    [20] = {{true, 0, 0, 11, 7.5F}},
    [21] = {{true, 0, 0, 10, 25}},
    [22] = {{true, 0, 0, 0, 0}},
};

static const struct row version_2[N_TYPE_CODES][MAX_ROWS] = {
    [5] = {{true, 0, 0, 11, 7.5F}},
    [6] = {{true, 0, 0, 10, 25}},
    [7] = {{true, A | C, A, 9, 75}, {true, A | C, 0, 8, NM(0.1)}},
    [8] = {{true, A | C, A | C, 7, NM(0.2)},
           {true, A | C, A, 6, NM(0.3)},
           {true, A | C, C, 6, NM(0.6)},
           {true, 0, 0, 0, 0}},
    [9] = {{true, 0, 0, 11, 7.5F}},
    [10] = {{true, 0, 0, 10, 25}},
    [11] = {{true, A | B, A | B, 9, 75}, {true, 0, 0, 8, NM(0.1)}},
    [12] = {{true, 0, 0, 7, NM(0.2)}},
    [13] = {{true, A | B, B, 6, NM(0.3)},
            {true, A | B, A | B, 6, NM(0.6)},
            {true, 0, 0, 6, NM(0.5)}},
    [14] = {{true, 0, 0, 5, NM(1)}},
    [15] = {{true, 0, 0, 4, NM(2)}},
    [16] = {{true, A | B, A | B, 3, NM(4)}, {true, 0, 0, 2, NM(8)}},
    [17] = {{true, 0, 0, 1, NM(20)}},
    [18] = {{true, 0, 0, 0, 0}},
    [20] = {{true, 0, 0, 11, 7.5F}},
    [21] = {{true, 0, 0, 10, 25}},
    [22] = {{true, 0, 0, 0, 0}},
};

struct ovf_integrity ovf_integrity_of(uint8_t type_code, struct ovf_nic_supplements supplements)
{
    static const struct row(*const versions[])[MAX_ROWS] = {version_0, version_1, version_2};
    const size_t version = supplements.version < 2 ? supplements.version : 2;
    const unsigned set =
        (supplements.a ? A : 0U) | (supplements.b ? B : 0U) | (supplements.c ? C : 0U);
    if (type_code >= N_TYPE_CODES)
        return (struct ovf_integrity){.has_nic = false};
    const struct row *const rows = versions[version][type_code];
    for (size_t i = 0; i < MAX_ROWS && rows[i].is_there; i++) {
        if ((set & rows[i].mask) == rows[i].needs)
            return (struct ovf_integrity){.has_nic = version > 0,
                                          .nic = rows[i].nic,
                                          .has_rc = rows[i].rc_m > 0,
                                          .rc_m = rows[i].rc_m};
    }
    return (struct ovf_integrity){.has_nic = false};
}
