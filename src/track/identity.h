/* SPDX-License-Identifier: Apache-2.0 */
/* What an input's header says of an aircraft beside its address. It is the aggregator's word, not
 * the aircraft's; a register that the user names goes before it. */
#ifndef OVF_TRACK_IDENTITY_H
#define OVF_TRACK_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

/** Texts are UTF-8, NUL-terminated, cut at a character; empty is absent. */
struct ovf_identity {
    char registration[16];
    char type_code[8];     /* ICAO Doc 8643 designator */
    char description[64];
    char owner_operator[96];
    uint32_t db_flags;     /* readsb: 1 military, 2 interesting, 4 PIA, 8 LADD */
    bool has_db_flags;
};

#endif
