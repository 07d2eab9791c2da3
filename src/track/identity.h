/* SPDX-License-Identifier: Apache-2.0 */
/* What an input's header says of an aircraft beside its address. It is the aggregator's word, not
 * the aircraft's; a register that the user names goes before it. */
#ifndef OVF_TRACK_IDENTITY_H
#define OVF_TRACK_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/** Texts are UTF-8, NUL-terminated, cut at a character; empty is absent. */
struct ovf_identity {
    char registration[16];
    char type_code[8]; /* ICAO Doc 8643 designator */
    char description[64];
    char owner_operator[96];
    uint32_t db_flags; /* readsb: 1 military, 2 interesting, 4 PIA, 8 LADD */
    bool has_db_flags;
};

/* Each takes the text without blanks at its ends, or leaves the member empty when the text is not what
 * the member holds: nothing that could mislead a reader or a terminal is carried along. */

/** 1 to 12 of A-Z 0-9 . + / - and space. */
void ovf_identity_set_registration(struct ovf_identity *identity, struct ovf_bytes text);

/** 1 to 7 of A-Z 0-9 and -. */
void ovf_identity_set_type_code(struct ovf_identity *identity, struct ovf_bytes text);

/** UTF-8 without control characters and without marks that turn the direction of writing. */
void ovf_identity_set_description(struct ovf_identity *identity, struct ovf_bytes text);

/** As the description. */
void ovf_identity_set_owner_operator(struct ovf_identity *identity, struct ovf_bytes text);

#endif
