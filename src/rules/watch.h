/* SPDX-License-Identifier: Apache-2.0 */
/* A watch: a question to ask of every crossing. */
#ifndef OVF_RULES_WATCH_H
#define OVF_RULES_WATCH_H

#include "engine/engine.h"
#include "lists/listings.h"
#include "lists/register.h"
#include "track/identity.h"

/** Where a flight comes from or goes to: a state of the first layer, or an airport. */
struct ovf_place {
    bool is_set;
    bool is_airport;
    char airport[9];
    uint32_t state;  /* its number in the edition of states */
    char country[4]; /* its two-letter code */
};

struct ovf_watch {
    struct ovf_place from;
    struct ovf_place to;
    const struct ovf_members *over; /* by layer; NULL: whatever the engine was asked for */
    const uint32_t *chain;          /* states that the journey must have been seen in as well */
    size_t n_chain;
    bool in_order;  /* those before the crossing's in the chain before it, the others behind it */
    unsigned roles; /* bits 1 << enum ovf_role; 0: all */
    unsigned
        classes; /* bits 1 << enum ovf_class; with NECESSARY also what it must have been in one of (any_of),
                         where all of these are asked for */
    int64_t since_ns;          /* crossings that end before are left out; INT64_MIN: none */
    int64_t until_ns;          /* and those that begin at or after; INT64_MAX: none */
    const uint32_t *addresses; /* only these aircraft, in order of ovf_watch_compare_addresses */
    size_t n_addresses;
    const char *const *registrations; /* or these, in order of ovf_watch_compare_registrations */
    size_t n_registrations;
    const char *const
        *operators; /* only callsigns with one of these designators, three letters each */
    size_t n_operators;
    const char *const *types; /* only these type designators */
    size_t n_types;
    const struct ovf_listings
        *listings;            /* only aircraft that an entry names, other than by their operator */
    const char *const *lists; /* of one of these lists */
    size_t n_lists;
    const struct ovf_register *register_; /* which tells serial numbers; NULL: none does */
};

/** The classes that are meant where none are named. */
#define OVF_WATCH_CLASSES                                                                          \
    (1U << OVF_CLASS_OBSERVED | 1U << OVF_CLASS_BRACKETED | 1U << OVF_CLASS_NECESSARY |            \
     1U << OVF_CLASS_NEAR_CERTAIN)

/** How --from or --to was met. */
enum ovf_matched_by {
    OVF_MATCHED_NOT = 0,
    OVF_MATCHED_UNASKED,
    OVF_MATCHED_AIRPORT,         /* of this flight */
    OVF_MATCHED_JOURNEY_AIRPORT, /* of an earlier (--from) or later (--to) flight of the journey */
    OVF_MATCHED_STATES, /* an airport is unknown; the journey was seen in that state on that side */
    OVF_MATCHED_UNKNOWN, /* the airport is unknown, and it was not seen there */
};

/** airport, journey_airport, states_before_or_after. */
const char *ovf_matched_by_name(enum ovf_matched_by by);

struct ovf_match {
    bool matches;          /* all that was asked holds */
    bool only_end_unknown; /* it fails, but only because an end is unknown */
    bool only_class;       /* it fails, but only by its class */
    enum ovf_matched_by from;
    enum ovf_matched_by to;
};

/** \p who may be NULL: nothing is known but address and callsign. */
struct ovf_match ovf_watch_match(const struct ovf_watch *watch, const struct ovf_airports *airports,
                                 const struct ovf_result *result,
                                 const struct ovf_crossing *crossing,
                                 const struct ovf_identity *who);

/** Whether every crossing of its airspaces that was entered, certainly or nearly, meets it. */
bool ovf_watch_asks_all(const struct ovf_watch *watch);

/** For qsort of the watch's lists. */
int ovf_watch_compare_addresses(const void *x, const void *y);
int ovf_watch_compare_registrations(const void *x, const void *y);

/** Where the aircraft stands in the watch's lists; NULL: it does not. */
const uint32_t *ovf_watch_find_address(const struct ovf_watch *watch, uint32_t address);
const char *const *ovf_watch_find_registration(const struct ovf_watch *watch,
                                               const char *registration);

/** Whether the watch asks about this aircraft at all; \p registration may be "". */
bool ovf_watch_wants_aircraft(const struct ovf_watch *watch, uint32_t address,
                              const char *registration);

#endif
