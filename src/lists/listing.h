/* SPDX-License-Identifier: Apache-2.0 */
/* One entry of a sanctions list, whatever format it came in: an aircraft, or an entity (an airline, a
 * company) that a case may link an operator to. Persons and vessels are no entries here.
 *
 * A listing is a text of lines "key value", keys in the order below, a key that has several values once
 * a value, no value twice: equal listings are equal bytes, so that editions can be compared and a
 * library keeps what did not change once. Values are UTF-8 without control characters and without blanks
 * at their ends; what is absent has no line.
 */
#ifndef OVF_LISTS_LISTING_H
#define OVF_LISTS_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/tally.h"

enum ovf_listing_key {
    OVF_LISTING_ID,           /* as the list has it; else what identifies the row */
    OVF_LISTING_KIND,         /* "aircraft" or "entity" */
    OVF_LISTING_NAME,         /* the first is the entry's, others are also-known-as */
    OVF_LISTING_REGISTRATION, /* capital letters */
    OVF_LISTING_PREVIOUS_REGISTRATION,
    OVF_LISTING_ICAO24, /* six hexadecimal digits in small letters */
    OVF_LISTING_MSN, /* manufacturer's serial number; of what has none, its construction number */
    OVF_LISTING_CONSTRUCTION_NUMBER,
    OVF_LISTING_MODEL, /* as written: "Ilyushin IL-76TD", "A343" */
    OVF_LISTING_OPERATOR,
    OVF_LISTING_LINKED_TO,
    OVF_LISTING_NATIONALITY,
    OVF_LISTING_PROGRAMME,
    OVF_LISTING_FROM, /* YYYY-MM-DD: in force from that day, by the list's own word */
    OVF_LISTING_TO,   /* YYYY-MM-DD: the first day on which it is no longer in force */
    OVF_LISTING_SOURCE,
    OVF_LISTING_CUT,     /* "1": the file cuts the remarks short; identifiers may be missing */
    OVF_LISTING_REMARKS, /* the entry's own text */
    OVF_LISTING_KEY_N
};

/** The longest values that identify an aircraft; what is longer is none. */
enum { OVF_LISTING_MAX_TAIL = 12, OVF_LISTING_MAX_MSN = 24, OVF_LISTING_MAX_BYTES = 1 << 16 };

struct ovf_listing {
    struct ovf_bytes text; /* borrowed */
};

/** The key as it stands in the text. */
const char *ovf_listing_key_name(enum ovf_listing_key key);

/** The next value of \p rest, which begins as a listing's text and is moved on; false at its end, and at a
 * line that is none. */
bool ovf_listing_next(struct ovf_bytes *rest, enum ovf_listing_key *key, struct ovf_bytes *value);

/** The \p nth value of \p key; of length 0 when there is none. Borrowed as the listing is. */
struct ovf_bytes ovf_listing_value(struct ovf_listing listing, enum ovf_listing_key key,
                                   size_t nth);

bool ovf_listing_is_aircraft(struct ovf_listing listing);

/** Listings, each in the set's own text. */
struct ovf_listing_set {
    struct ovf_buffer text;
    struct ovf_listing_span {
        size_t at;
        size_t len;
    } * items;
    size_t n;
    size_t capacity;
};

void ovf_listing_set_deinit(struct ovf_listing_set *set);

/** Borrowed until the set changes. */
struct ovf_listing ovf_listing_set_at(const struct ovf_listing_set *set, size_t i);

#endif
