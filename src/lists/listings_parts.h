/* SPDX-License-Identifier: Apache-2.0 */
/* What lists/listings.c builds and lists/listings_match.c looks into. */
#ifndef OVF_LISTS_LISTINGS_PARTS_H
#define OVF_LISTS_LISTINGS_PARTS_H

#include "lists/listings.h"

/** Texts are offsets while more may come, pointers when sealed. */
struct ovf_listing_version {
    uint32_t list;
    size_t at;
    size_t len;
    struct ovf_bytes text;
    struct ovf_bytes id;
    size_t entry;
    uint32_t last_edition; /* the newest that has it */
    bool is_present;       /* some edition has it */
};

struct ovf_listing_entry {
    struct ovf_listed listed; /* first: a pointer to it is one to the entry */
    uint32_t list;
    size_t first_version; /* its versions stand together, the oldest first */
    size_t n_versions;
    size_t first_run;
    bool has_from;
    bool has_to;
    int64_t from_ns;
    int64_t to_ns;
};

/** Editions [begin, end) that all have an entry. */
struct ovf_listing_run {
    uint32_t begin;
    uint32_t end;
};

struct ovf_listing_presence {
    uint32_t edition;
    uint32_t version;
};

enum { OVF_LISTING_KEY_CHARS = 30 };

/** An identifier: letters and digits only, so that EP-MNB and EPMNB are one tail. */
struct ovf_listing_index_key {
    char kind; /* enum ovf_listing_key: registration, previous registration, icao24, msn */
    char text[OVF_LISTING_KEY_CHARS];
};

struct ovf_listing_index_item {
    struct ovf_listing_index_key key;
    uint32_t version;
    struct ovf_bytes value;
};

struct ovf_listing_operator {
    char icao[4];
    char list[128];
    char id[128];
    char source[256];
    size_t entry;
};

/** Editions [begin, end) of a list, by day. */
struct ovf_listing_list {
    char name[128];
    uint32_t begin;
    uint32_t end;
};

struct ovf_listings {
    struct ovf_listing_list *lists;
    size_t n_lists;
    size_t lists_capacity;
    struct ovf_list_edition *editions; /* in the order added; sealed, by list and day */
    uint32_t *edition_list;            /* of each edition, the list */
    size_t n_editions;
    size_t editions_capacity;
    size_t edition_list_capacity;
    struct ovf_listing_version *versions; /* sealed: by list, id and newest edition */
    size_t n_versions;
    size_t versions_capacity;
    struct ovf_listing_presence *presences; /* sealed: none */
    size_t n_presences;
    size_t presences_capacity;
    struct ovf_listing_operator *operators; /* sealed: by designator, list and id */
    size_t n_operators;
    size_t operators_capacity;
    struct ovf_buffer text;
    struct ovf_listing_entry *entries; /* by list and id */
    size_t n_entries;
    struct ovf_listing_run *runs;
    struct ovf_in_force *in_force; /* the same in days */
    size_t n_runs;
    struct ovf_listing_index_item *index; /* by key and version */
    size_t n_index;
    size_t index_capacity;
};

/** The key of \p value; false when it has no letter or digit, or too many. */
bool ovf_listing_key_make(enum ovf_listing_key kind, struct ovf_bytes value,
                          struct ovf_listing_index_key *out);

#endif
