/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of keys: what may stand in a mapping, of which type and unit, and where it goes. One table
 * checks, reads and documents.
 *
 * A table describes a struct that begins with a struct ovf_case_head; each key names a member by its
 * offset. What is not written is not touched but by its fallback: a member without one is absent
 * unless its bit in `has` is set.
 */
#ifndef OVF_CASE_SCHEMA_H
#define OVF_CASE_SCHEMA_H

#include <stddef.h>

#include "base/buffer.h"
#include "case/yaml.h"

enum ovf_key_type {
    OVF_KEY_TEXT,   /* const char *, not empty */
    OVF_KEY_NAME,   /* struct ovf_case_name: small letters, digits, '-', '_', '.': names an entry */
    OVF_KEY_NUMBER, /* double */
    OVF_KEY_INTEGER, /* int64_t */
    OVF_KEY_BOOL,    /* bool: true or false, nothing else */
    OVF_KEY_DATE,    /* int64_t, ns of 00:00 UTC */
    OVF_KEY_TIME,    /* int64_t, ns; ISO 8601, UTC where no offset is written */
    OVF_KEY_CLOCK,   /* int64_t, ns since 00:00: "07:30" */
    OVF_KEY_CODE,    /* const char *, two or three capital letters: a country. NO is Norway. */
    OVF_KEY_ADDRESS, /* int64_t: six hex digits */
    OVF_KEY_CHOICE,  /* int64_t: which of the words in choices, from 0 */
    OVF_KEY_PLACE,   /* struct ovf_case_place: a name, or [lat, lon] */
    OVF_KEY_SPAN,    /* struct ovf_case_span: a number, or [from, to] */
    OVF_KEY_MAP,     /* the struct of another table */
};

enum {
    OVF_KEY_REQUIRED = 1 << 0,
    OVF_KEY_LIST = 1 << 1, /* struct ovf_case_list of the type */
};

struct ovf_case_head {
    uint64_t has; /* bit i: key i of the table was written */
    struct ovf_yaml_place place;
    const struct ovf_yaml *yaml; /* private, like the next: ovf_case_place_of */
    ovf_yaml_id node;
};

/** A name, and where it stands: what it refers to may be missing. */
struct ovf_case_name {
    const char *text; /* NULL: absent */
    struct ovf_yaml_place place;
};

struct ovf_case_place {
    const char *name; /* NULL: the position */
    double lat_deg;
    double lon_deg;
    struct ovf_yaml_place place;
};

struct ovf_case_span {
    double from;
    double to;
};

struct ovf_case_list {
    void *items;
    size_t n;
};

struct ovf_table;

struct ovf_key {
    const char *name;
    enum ovf_key_type type;
    unsigned flags;
    const char *unit; /* as it is told to people; NULL: none */
    double min;       /* of numbers, both ends allowed; min == max: any */
    double max;
    const char *choices; /* words separated by '|' */
    const char
        *fallback; /* what is taken when nothing is written; NULL: absent. Not for lists, maps. */
    const struct ovf_table *of;
    size_t offset;
    const char *help;
};

struct ovf_table {
    const char *what; /* "a route" */
    const struct ovf_key *keys;
    size_t n_keys; /* at most 64 */
    size_t size;   /* of the struct */
};

/** What reading a document allocates, and the document itself. Zero-initialise. */
struct ovf_case_store {
    struct ovf_yaml *yaml;
    void **blocks;
    size_t n_blocks;
    size_t capacity;
};

void ovf_case_store_deinit(struct ovf_case_store *store);

/** Zeroed memory for \p n items that lives as long as the store; NULL: there is none. */
void *ovf_case_store_take(struct ovf_case_store *store, size_t n, size_t item_bytes);

/**
 * Read \p text as a document of \p table.
 *
 * \param[out] store  owns what \p out points to; deinit it whatever the result
 * \param[out] out    the table's struct
 * \param[out] err    "line 3, column 7: unknown key \"speed\" in a route; did you mean \"speed_kt\"?"
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_case_read(struct ovf_bytes text, const struct ovf_table *table,
                                            struct ovf_case_store *store, void *out,
                                            struct ovf_error *err);

/** Whether key \p name of \p table was written in the struct that begins with \p head. */
bool ovf_case_has(const struct ovf_case_head *head, const struct ovf_table *table,
                  const char *name);

/** Where the value of \p key stands in what \p head begins; where that itself stands, when it is not written. */
struct ovf_yaml_place ovf_case_place_of(const struct ovf_case_head *head, const char *key);

/** For checks behind the table's own: "line 3, column 7: " and the text. Returns OVF_E_FORMAT. */
enum ovf_status ovf_case_fail(struct ovf_error *err, struct ovf_yaml_place place,
                              const char *format, ...) OVF_PRINTF(3, 4);

/** Likewise, before a text that \p err has already; one without a text is left alone. */
void ovf_case_error_at(struct ovf_error *err, struct ovf_yaml_place place);

/** Append one table as the Markdown of docs/formats: a heading and a line a key. */
OVF_NODISCARD enum ovf_status ovf_table_document(const struct ovf_table *table,
                                                 struct ovf_buffer *out);

#endif
