/* SPDX-License-Identifier: Apache-2.0 */
/* The library: what the user imported, in one SQLite file. Every edition is kept, with the hash of the
 * file that it came from, the hash of what was made of it, and the day; nothing is ever overwritten.
 * A library belongs to one thread. */
#ifndef OVF_STORE_LIBRARY_H
#define OVF_STORE_LIBRARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sha256.h"

enum { OVF_LIBRARY_TEXT_SIZE = 512 };

/** An edition of airspaces, without its areas. */
struct ovf_library_edition {
    int64_t id;                            /* in order of import */
    char kind[16];                         /* "country", "fir", "zone" */
    char name[OVF_LIBRARY_TEXT_SIZE];      /* as the user calls it; several may have the same */
    char file[OVF_LIBRARY_TEXT_SIZE];      /* its name when it was imported, without the folder */
    char file_sha256[OVF_SHA256_HEX_SIZE]; /* of the file */
    char sha256[OVF_SHA256_HEX_SIZE];      /* of the areas */
    char licence[OVF_LIBRARY_TEXT_SIZE];
    char attribution[OVF_LIBRARY_TEXT_SIZE];
    int64_t imported_ns;
    int64_t n_airspaces;
    double boundary_accuracy_m; /* NAN: not stated */
};

struct ovf_library;

enum ovf_library_mode { OVF_LIBRARY_READ, OVF_LIBRARY_WRITE /* made when it is not there */ };

/**
 * \retval OVF_E_NOTFOUND  READ: there is no such file
 * \retval OVF_E_FORMAT    it is no library, or one of a later program
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_library_open(const char *path, enum ovf_library_mode mode,
                                               struct ovf_library **out, struct ovf_error *err);
void ovf_library_close(struct ovf_library *library);

/**
 * Keep an edition; id and sha256 of \p edition are filled in. One of the same kind and name with the
 * same areas is kept already: then \p is_new is false, and the one there is told.
 */
OVF_NODISCARD enum ovf_status ovf_library_add(struct ovf_library *library,
                                              struct ovf_library_edition *edition,
                                              struct ovf_bytes areas, const char *notes,
                                              bool *is_new, struct ovf_error *err);

/** Take one edition; a status other than OVF_OK stops and is returned. */
typedef enum ovf_status ovf_library_fn(void *context, const struct ovf_library_edition *edition);

/** All editions of \p kind (NULL: of all kinds), the newest first. */
OVF_NODISCARD enum ovf_status ovf_library_list(struct ovf_library *library, const char *kind,
                                               ovf_library_fn *take, void *context,
                                               struct ovf_error *err);

/**
 * Find an edition by its name (the newest of that name), by the first eight or more characters of its
 * sha256 (after "sha256:" or not), or by both: NAME@SHA256.
 * \retval OVF_E_NOTFOUND  there is none; \p err says what there is
 */
OVF_NODISCARD enum ovf_status ovf_library_find(struct ovf_library *library, const char *name,
                                               struct ovf_library_edition *out,
                                               struct ovf_error *err);

/** The areas and the notes of an edition, appended; either may be NULL. The areas' hash is checked.
 * \retval OVF_E_FORMAT  they are not what was kept */
OVF_NODISCARD enum ovf_status ovf_library_load(struct ovf_library *library, int64_t id,
                                               struct ovf_buffer *areas, struct ovf_buffer *notes,
                                               struct ovf_error *err);

#endif
