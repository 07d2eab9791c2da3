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
    uint8_t type_code;
    uint8_t mask;
    uint8_t needs;
    uint8_t nic;
    float rc_m; /* 0: unknown */
};

static const struct row version_0[] = {
    /* the NIC is not stated; the column is left */
    {5, 0, 0, 0, 7.5F},   {6, 0, 0, 0, 25},       {7, 0, 0, 0, NM(0.1)},  {9, 0, 0, 0, 7.5F},
    {10, 0, 0, 0, 25},    {11, 0, 0, 0, NM(0.1)}, {12, 0, 0, 0, NM(0.2)}, {13, 0, 0, 0, NM(0.5)},
    {14, 0, 0, 0, NM(1)}, {15, 0, 0, 0, NM(2)},   {16, 0, 0, 0, NM(10)},  {17, 0, 0, 0, NM(20)},
    {20, 0, 0, 0, 7.5F},  {21, 0, 0, 0, 25},
};

static const struct row version_1[] = {
    {5, 0, 0, 11, 7.5F},    {6, 0, 0, 10, 25},      {7, A, A, 9, 75},       {7, 0, 0, 8, NM(0.1)},
    {8, 0, 0, 0, 0},        {9, 0, 0, 11, 7.5F},    {10, 0, 0, 10, 25},     {11, A, A, 9, 75},
    {11, 0, 0, 8, NM(0.1)}, {12, 0, 0, 7, NM(0.2)}, {13, A, A, 6, NM(0.6)}, {13, 0, 0, 6, NM(0.5)},
    {14, 0, 0, 5, NM(1)},   {15, 0, 0, 4, NM(2)},   {16, A, A, 3, NM(4)},   {16, 0, 0, 2, NM(8)},
    {17, 0, 0, 1, NM(20)},  {18, 0, 0, 0, 0},       {20, 0, 0, 11, 7.5F},   {21, 0, 0, 10, 25},
    {22, 0, 0, 0, 0},
};

static const struct row version_2[] = {
    {5, 0, 0, 11, 7.5F},
    {6, 0, 0, 10, 25},
    {7, A | C, A, 9, 75},
    {7, A | C, 0, 8, NM(0.1)},
    {8, A | C, A | C, 7, NM(0.2)},
    {8, A | C, A, 6, NM(0.3)},
    {8, A | C, C, 6, NM(0.6)},
    {8, 0, 0, 0, 0},
    {9, 0, 0, 11, 7.5F},
    {10, 0, 0, 10, 25},
    {11, A | B, A | B, 9, 75},
    {11, 0, 0, 8, NM(0.1)},
    {12, 0, 0, 7, NM(0.2)},
    {13, A | B, B, 6, NM(0.3)},
    {13, A | B, A | B, 6, NM(0.6)},
    {13, 0, 0, 6, NM(0.5)},
    {14, 0, 0, 5, NM(1)},
    {15, 0, 0, 4, NM(2)},
    {16, A | B, A | B, 3, NM(4)},
    {16, 0, 0, 2, NM(8)},
    {17, 0, 0, 1, NM(20)},
    {18, 0, 0, 0, 0},
    {20, 0, 0, 11, 7.5F},
    {21, 0, 0, 10, 25},
    {22, 0, 0, 0, 0},
};

struct ovf_integrity ovf_integrity_of(uint8_t type_code, struct ovf_nic_supplements supplements)
{
    static const struct {
        const struct row *rows;
        size_t n;
    } versions[] = {
        {version_0, sizeof version_0 / sizeof *version_0},
        {version_1, sizeof version_1 / sizeof *version_1},
        {version_2, sizeof version_2 / sizeof *version_2},
    };
    const size_t version = supplements.version < 2 ? supplements.version : 2;
    const unsigned set =
        (supplements.a ? A : 0U) | (supplements.b ? B : 0U) | (supplements.c ? C : 0U);
    for (size_t i = 0; i < versions[version].n; i++) {
        const struct row *const row = &versions[version].rows[i];
        if (row->type_code == type_code && (set & row->mask) == row->needs)
            return (struct ovf_integrity){.has_nic = version > 0,
                                          .nic = row->nic,
                                          .has_rc = row->rc_m > 0,
                                          .rc_m = row->rc_m};
    }
    return (struct ovf_integrity){.has_nic = false};
}
