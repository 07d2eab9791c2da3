/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions lists through their editions: since when an entry stood there, until when, and which entries
 * an aircraft is.
 *
 * Made in three steps: editions, listings and which edition has which listing are added; operators are
 * linked; it is sealed. Sealed it is immutable: any number of threads may ask it.
 *
 * An edition says what was in force on its day. Between two editions that both have an entry it was in
 * force; between one that has it and one that has not it is unknown when it came or went. Before the first
 * edition nothing is known, unless the entry itself says since when (OVF_LISTING_FROM). After the last,
 * the last is what is known: the answer carries its date.
 */
#ifndef OVF_LISTS_LISTINGS_H
#define OVF_LISTS_LISTINGS_H

#include "base/error.h"
#include "base/sha256.h"
#include "lists/listing.h"

/** A register or trace names the tail at the flight's date when it is not further from it than this. */
#define OVF_LISTING_TAIL_DAYS 30

enum { OVF_LISTING_MAX_HITS = 32 };

/** An edition of a list. */
struct ovf_list_edition {
    char list[128];                   /* the list's name */
    int64_t date_ns;                  /* 00:00 UTC of its day */
    char sha256[OVF_SHA256_HEX_SIZE]; /* of the file, inflated */
};

/** Editions without a break that have an entry. */
struct ovf_in_force {
    int64_t first_ns;  /* the day of the first of them */
    int64_t last_ns;   /* and of the last */
    int64_t before_ns; /* the last edition before them, which has it not */
    int64_t after_ns;  /* the first edition after them, which has it not */
    bool has_before;   /* else it stood in the list's first edition: since when is unknown */
    bool has_after;    /* else it stands in the list's last edition */
};

/** An entry of a list, through its editions. */
struct ovf_listed {
    const char *list;
    struct ovf_bytes id;
    struct ovf_listing newest; /* as its last edition has it */
    const struct ovf_in_force *in_force;
    size_t n_in_force; /* at least one, in order of time */
};

enum ovf_listing_state { OVF_LISTING_IN_FORCE, OVF_LISTING_NOT_IN_FORCE, OVF_LISTING_UNKNOWN };

/** "in_force", "not_in_force", "unknown". */
const char *ovf_listing_state_name(enum ovf_listing_state state);

/** What is known of an entry on a day. */
struct ovf_listing_at {
    enum ovf_listing_state state;
    const struct ovf_list_edition
        *as_of;         /* the edition that says so: the last not after the day; before
                                             all of them the first */
    bool is_after_last; /* the day lies after the list's last edition, which as_of is */
};

/** Which of its identifiers an aircraft was recognised by, the strongest first. */
enum ovf_listing_match {
    OVF_LISTING_HEX_EXACT,
    OVF_LISTING_MSN_EXACT, /* the same serial number and model family */
    OVF_LISTING_TAIL_EXACT_AT_DATE,
    OVF_LISTING_TAIL_EXACT_OTHER_DATE,
    OVF_LISTING_PREVIOUS_TAIL,
    OVF_LISTING_OPERATOR_ONLY, /* its operator was linked to the entry */
    OVF_LISTING_MATCH_N
};

/** "hex_exact", "msn_exact" ... */
const char *ovf_listing_match_name(enum ovf_listing_match match);

/** An aircraft on a flight; texts may be NULL, which is not known. */
struct ovf_listing_query {
    uint32_t address; /* track/address.h; a made-up label (~) matches nothing */
    bool has_address;
    const char *registration;
    bool has_registration_date;
    int64_t registration_date_ns; /* of the register or trace that names it */
    const char *msn;
    const char *model;         /* an ICAO type designator or words */
    const char *operator_icao; /* three letters */
    int64_t flight_ns;
    int64_t now_ns;
};

/** What is pointed to is the listings', and lives as long as they do. */
struct ovf_listing_hit {
    enum ovf_listing_match match;
    const struct ovf_listed *listed;
    struct ovf_listing
        listing;              /* as it stood where it matched: the newest edition with that value */
    struct ovf_bytes matched; /* the list's value; of operator_only the designator */
    const struct ovf_listed
        *via;           /* msn_exact: the entry whose serial number led here, when it was not
                                     the query's; else NULL */
    const char *source; /* operator_only: who says that the operator is this entry; else NULL */
    struct ovf_listing_at on_flight_date;
    struct ovf_listing_at now;
};

struct ovf_listings;

OVF_NODISCARD enum ovf_status ovf_listings_new(struct ovf_listings **out);
void ovf_listings_free(struct ovf_listings *listings);

/** Add an edition; \p edition is copied. Two of one list and day are two editions of which the later added
 * is the later. */
OVF_NODISCARD enum ovf_status ovf_listings_add_edition(struct ovf_listings *listings,
                                                       const struct ovf_list_edition *edition,
                                                       size_t *index);

/** Add the text of a listing of \p list; it is copied.
 * \retval OVF_E_FORMAT  it has no id */
OVF_NODISCARD enum ovf_status ovf_listings_add_listing(struct ovf_listings *listings,
                                                       const char *list, struct ovf_bytes text,
                                                       size_t *index);

/** Edition \p edition has listing \p listing; both are of the same list. */
OVF_NODISCARD enum ovf_status ovf_listings_add_presence(struct ovf_listings *listings,
                                                        size_t edition, size_t listing);

/** An edition with all its listings: the three above. */
OVF_NODISCARD enum ovf_status ovf_listings_add_set(struct ovf_listings *listings,
                                                   const struct ovf_list_edition *edition,
                                                   const struct ovf_listing_set *set);

/** Flights of the ICAO designator \p operator_icao are those of the entry \p id of \p list, says
 * \p source. All are copied. Whether there is such an entry is known when it is sealed. */
OVF_NODISCARD enum ovf_status ovf_listings_link_operator(struct ovf_listings *listings,
                                                         const char *operator_icao,
                                                         const char *list, const char *id,
                                                         const char *source);

/** \retval OVF_E_NOTFOUND  an operator was linked to an entry that no edition has; \p err names it
 *  \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_listings_seal(struct ovf_listings *listings,
                                                struct ovf_error *err);

/* ---- sealed ---- */

/** The i-th entry, by list (in the order in which they were first named) and id; NULL behind the last. */
const struct ovf_listed *ovf_listings_at(const struct ovf_listings *listings, size_t i);

const struct ovf_listed *ovf_listings_find(const struct ovf_listings *listings, const char *list,
                                           struct ovf_bytes id);

/** What is known of \p listed on the day of \p t_ns. */
struct ovf_listing_at ovf_listings_state(const struct ovf_listings *listings,
                                         const struct ovf_listed *listed, int64_t t_ns);

/**
 * The entries that an aircraft is, each once with its strongest match, by match, list and id. Entries of
 * the same airframe (serial number and model family) as one that is hex_exact, msn_exact or
 * tail_exact_at_date are among them. Tails and serial numbers are compared by their letters and digits,
 * all of them; nothing is guessed.
 *
 * \return how many hits were written; of more than OVF_LISTING_MAX_HITS the weakest are left out
 */
size_t ovf_listings_match(const struct ovf_listings *listings,
                          const struct ovf_listing_query *query,
                          struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS]);

/** Take an entry that was looked for: \p listing is the newest of its texts that holds it, under \p key. */
typedef enum ovf_status ovf_listings_found_fn(void *context, const struct ovf_listed *listed,
                                              struct ovf_listing listing, enum ovf_listing_key key);

/**
 * Every entry, once, that \p text is the id, a tail (present or previous), the address or a serial number
 * of, or whose name, operator or link holds it, capital and small letters of ASCII being the same; for
 * people who look something up, not for matching.
 * \return OVF_OK, or what \p take returned
 */
OVF_NODISCARD enum ovf_status ovf_listings_search(const struct ovf_listings *listings,
                                                  struct ovf_bytes text,
                                                  ovf_listings_found_fn *take, void *context);

/** The other entries of the same airframe, by list and id: at most \p capacity are written; returns how
 * many that is. */
size_t ovf_listings_same_airframe(const struct ovf_listings *listings,
                                  const struct ovf_listed *listed, const struct ovf_listed **out,
                                  size_t capacity);

#endif
