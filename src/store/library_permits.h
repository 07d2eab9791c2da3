/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists in the library: each file as it was, with what it is about and its hash. */
#ifndef OVF_STORE_LIBRARY_PERMITS_H
#define OVF_STORE_LIBRARY_PERMITS_H

#include "store/library.h"

/** A permit list, without its rows. */
struct ovf_library_permits {
    int64_t id; /* in order of import */
    char state[4];
    char firs[128];
    int64_t covers_from_ns;
    int64_t covers_to_ns;             /* 00:00 of the day after the last */
    char file[OVF_LIBRARY_TEXT_SIZE]; /* its name when it was imported, without the folder */
    char sha256[OVF_SHA256_HEX_SIZE]; /* of its content, inflated */
    int64_t imported_ns;
    int64_t n_permits;
    int64_t n_rejected;
};

/**
 * Keep a list; id and sha256 are filled in. The same content about the same is kept already: then \p is_new
 * is false, and the one there is told.
 */
OVF_NODISCARD enum ovf_status ovf_library_permits_add(struct ovf_library *library,
                                                      struct ovf_library_permits *list,
                                                      struct ovf_bytes content, bool *is_new,
                                                      struct ovf_error *err);

/** Take one list; a status other than OVF_OK stops and is returned. */
typedef enum ovf_status ovf_library_permits_fn(void *context,
                                               const struct ovf_library_permits *list);

/** All lists of \p state (NULL: of all states), in order of import. */
OVF_NODISCARD enum ovf_status ovf_library_permits_each(struct ovf_library *library,
                                                       const char *state,
                                                       ovf_library_permits_fn *take, void *context,
                                                       struct ovf_error *err);

/** The content of a list, appended and checked against its hash.
 * \retval OVF_E_FORMAT  it is not what was kept */
OVF_NODISCARD enum ovf_status ovf_library_permits_load(struct ovf_library *library, int64_t id,
                                                       struct ovf_buffer *content,
                                                       struct ovf_error *err);

#endif
