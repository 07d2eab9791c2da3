/* SPDX-License-Identifier: Apache-2.0 */
/* What documents are made of: a case as it was read, and a view of the store; and whether the files are still those.
 * One thread at a time. */
#ifndef OVF_SERVE_ORIGIN_H
#define OVF_SERVE_ORIGIN_H

#include <sys/types.h>

#include "serve/documents.h"

/** A file as a folder has it: whoever writes to it or puts another in its place makes it another stamp. */
struct ovf_file_stamp {
    bool is_there;
    dev_t device;
    ino_t inode;
    off_t size;
    int64_t t_ns; /* when it was last written to */
};

struct ovf_origin_stamp {
    struct ovf_file_stamp the_case;
    struct ovf_file_stamp store;
    struct ovf_file_stamp journal; /* what is written to a store stands there first */
};

struct ovf_origin;

/**
 * \param[in] source  borrowed for the origin's life
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT  of the case or the store, or of what is asked, as OVF_E_RANGE
 * \retval OVF_E_IO, OVF_E_NOMEM, OVF_E_LIMIT
 */
OVF_NODISCARD enum ovf_status ovf_origin_open(const struct ovf_documents_source *source,
                                              struct ovf_origin **out, struct ovf_error *err);
/** NULL is fine. */
void ovf_origin_close(struct ovf_origin *origin);

struct ovf_view *ovf_origin_view(const struct ovf_origin *origin);

/** Its files as they were just before they were opened, and as they are now. */
struct ovf_origin_stamp ovf_origin_opened(const struct ovf_origin *origin);
struct ovf_origin_stamp ovf_origin_stamp(const struct ovf_origin *origin, const char *case_path);

/** Whether it must be opened anew: the case is not the one that was read any more, or another file is in the store's
 * place. Not where that was \p tried in vain, of the same case, and of the same bytes of another store, which may
 * still be on their way. What is written to a store its view sees. */
bool ovf_origin_is_past(const struct ovf_origin *origin, const struct ovf_origin_stamp *now,
                        const struct ovf_origin_stamp *tried);

bool ovf_origin_stamp_is(const struct ovf_origin_stamp *a, const struct ovf_origin_stamp *b);

#endif
