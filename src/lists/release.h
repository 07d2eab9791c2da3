/* SPDX-License-Identifier: Apache-2.0 */
/* Releases of the adsblol/globe_history_<year> repositories: one UTC day of traces as a tar, or as a tar
 * in parts of 2 GB, named
 *   v2025.07.01-planes-readsb-prod-0.tar, or .tar.aa .tar.ab ...
 * Several servers publish a day: prod, staging, and mlatonly with MLAT positions alone. Which one is the
 * day's, the repository says in PREFERRED_RELEASES.txt: a line a day, the addresses of its files separated
 * by commas. It means to name the largest; of many days of 2024 it names mlatonly although prod is there.
 * Sizes and hashes stand in GitHub's description of the release (REST, releases/tags/<tag>): `assets` with
 * `name`, `size` and, since 2025, `digest`. Of the addresses only the names are used. */
#ifndef OVF_LISTS_RELEASE_H
#define OVF_LISTS_RELEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/sha256.h"

enum {
    OVF_RELEASE_MAX_PARTS = 26,
    OVF_RELEASE_NAME_SIZE = 64, /* of a tag or a file's name, with the NUL */
    OVF_RELEASE_DAY_SIZE = 11,  /* 2025.07.01 */
};

struct ovf_release_part {
    char name[OVF_RELEASE_NAME_SIZE];
    uint64_t size_bytes; /* 0: not known yet */
    bool has_digest;
    struct ovf_digest digest;
};

struct ovf_release {
    char tag[OVF_RELEASE_NAME_SIZE]; /* lower-case letters, digits, '.' and '-' */
    struct ovf_release_part
        parts[OVF_RELEASE_MAX_PARTS]; /* in order: all bytes, one after the other,
                                                             are the tar */
    size_t n_parts;
};

/** The day that \p day_ns lies in as tags have it: 2025.07.01. */
void ovf_release_day(int64_t day_ns, char text[OVF_RELEASE_DAY_SIZE]);

/**
 * The release that \p list, a PREFERRED_RELEASES.txt, names for a day, with the names of its parts.
 * \param[out] out  overwritten on success
 * \retval OVF_E_NOTFOUND  none
 * \retval OVF_E_FORMAT    its line is none of that form, or parts are missing
 */
OVF_NODISCARD enum ovf_status ovf_release_prefer(struct ovf_bytes list, int64_t day_ns,
                                                 struct ovf_release *out, struct ovf_error *err);

#define OVF_RELEASE_MLAT_ONLY "mlatonly-0"

/** The day's release of a server ("prod-0"), as one file; whether there is one is not known. */
void ovf_release_of_server(int64_t day_ns, const char *server, struct ovf_release *out);

/** Whether \p release holds MLAT positions alone. */
bool ovf_release_is_mlat_only(const struct ovf_release *release);

/**
 * Take the parts of \p release anew, with sizes and digests, from GitHub's description of it.
 * \retval OVF_E_FORMAT  \p json is none, is of another release, or lists no files, or not all parts
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_release_list(struct ovf_bytes json, struct ovf_release *release,
                                               struct ovf_error *err);

#endif
