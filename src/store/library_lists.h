/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions lists in the library: every edition with its day and hash. What did not change from one
 * edition to the next is kept once. */
#ifndef OVF_STORE_LIBRARY_LISTS_H
#define OVF_STORE_LIBRARY_LISTS_H

#include "store/library.h"

/** An edition of a list, without its entries. */
struct ovf_library_list {
    int64_t id;        /* in order of import */
    char name[128];    /* of the list */
    int64_t date_ns;   /* 00:00 UTC of its day */
    char dated_by[16]; /* "option", "file", "file_name" */
    char format[16];
    char file[OVF_LIBRARY_TEXT_SIZE];      /* its name when it was imported, without the folder */
    char file_sha256[OVF_SHA256_HEX_SIZE]; /* of its content, inflated */
    char sha256[OVF_SHA256_HEX_SIZE];      /* of the entries */
    int64_t imported_ns;
    int64_t n_aircraft;
    int64_t n_entities;
};

/**
 * Keep an edition with the texts of its entries, sorted; id and sha256 are filled in. One of the same name,
 * day and entries is kept already: then \p is_new is false, and the one there is told.
 */
OVF_NODISCARD enum ovf_status ovf_library_lists_add(struct ovf_library *library,
                                                    struct ovf_library_list *edition,
                                                    const struct ovf_bytes *texts, size_t n_texts,
                                                    bool *is_new, struct ovf_error *err);

/** Take one edition; a status other than OVF_OK stops and is returned. */
typedef enum ovf_status ovf_library_lists_fn(void *context, const struct ovf_library_list *edition);

/** All editions of the list \p name (NULL: of all lists), by name, day and order of import. */
OVF_NODISCARD enum ovf_status ovf_library_lists_each(struct ovf_library *library, const char *name,
                                                     ovf_library_lists_fn *take, void *context,
                                                     struct ovf_error *err);

/** Take the text of an entry, borrowed for the call; \p id names it within the library. */
typedef enum ovf_status ovf_library_entry_fn(void *context, int64_t id, const char *list,
                                             struct ovf_bytes text);

/** Every text that an edition of the list \p name (NULL: of any list) has, once; each is checked against
 * its hash. \retval OVF_E_FORMAT  one is not what was kept */
OVF_NODISCARD enum ovf_status ovf_library_lists_entries(struct ovf_library *library,
                                                        const char *name,
                                                        ovf_library_entry_fn *take, void *context,
                                                        struct ovf_error *err);

/** Take that an edition has an entry. */
typedef enum ovf_status ovf_library_presence_fn(void *context, int64_t edition, int64_t entry);

/** Which edition of the list \p name (NULL: of any list) has which entry, by edition. */
OVF_NODISCARD enum ovf_status ovf_library_lists_presences(struct ovf_library *library,
                                                          const char *name,
                                                          ovf_library_presence_fn *take,
                                                          void *context, struct ovf_error *err);

#endif
