/* SPDX-License-Identifier: Apache-2.0 */
/* Going through a tar or zip once, from front to back, and telling what is in it. Needs no file: the
 * bytes come from a pull (tar) or a space (zip, whose directory stands at its end). */
#ifndef OVF_SOURCE_ARCHIVE_H
#define OVF_SOURCE_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "source/pull.h"
#include "source/sniff.h"
#include "source/space.h"

struct ovf_archive_member {
    const char *name;         /* tidy; borrowed for the call */
    enum ovf_content content; /* what its name promises */
    uint64_t offset;          /* of its bytes in the tar; meaningless for a zip */
    uint64_t n_bytes;         /* as the archive says; of a zip's member unknown until it is read */
};

/** Told about an archive. A status other than OVF_OK stops and is returned. */
struct ovf_archive_sink {
    void *context;
    /** A wanted member begins. */
    enum ovf_status (*begin)(void *context, const struct ovf_archive_member *member,
                             struct ovf_error *err);
    /** Its next bytes; NULL: bytes are passed over. */
    enum ovf_status (*data)(void *context, struct ovf_bytes bytes, struct ovf_error *err);
    /** It ends; false: before all its bytes were there, or it is rejected for another reason. */
    enum ovf_status (*end)(void *context, bool is_whole, struct ovf_error *err);
    /** A regular member of another kind. */
    void (*not_used)(void *context);
    /** Something is rejected; \p name may be NULL: the archive itself. */
    void (*reject)(void *context, const char *name, enum ovf_reject reason, const char *text);
};

struct ovf_archive_limits {
    uint64_t max_members;
    uint64_t max_member_bytes;
};

#define OVF_ARCHIVE_LIMITS                                                                         \
    ((struct ovf_archive_limits){.max_members = 5000000, .max_member_bytes = UINT64_C(2) << 30})

/** Total: any bytes are an answer. Statuses are those of \p pull and \p sink, and OVF_E_NOMEM. */
OVF_NODISCARD enum ovf_status ovf_tar_list(struct ovf_pull pull,
                                           const struct ovf_archive_limits *limits,
                                           const struct ovf_archive_sink *sink,
                                           struct ovf_error *err);

/** Likewise for a zip; data must not be NULL. */
OVF_NODISCARD enum ovf_status ovf_zip_list(const struct ovf_space *space,
                                           const struct ovf_archive_limits *limits,
                                           const struct ovf_archive_sink *sink,
                                           struct ovf_error *err);

#endif
