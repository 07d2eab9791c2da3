/* SPDX-License-Identifier: Apache-2.0 */
/* From the paths that the user names to inputs: quoted globs are expanded, the parts of a split file
 * are brought together in their order. */
#ifndef OVF_SOURCE_NAMED_H
#define OVF_SOURCE_NAMED_H

#include <stddef.h>

#include "base/error.h"
#include "base/status.h"

enum ovf_named_kind {
    OVF_NAMED_FILE,   /* one regular file, or the parts of one */
    OVF_NAMED_STREAM, /* "-", a pipe, a device */
    OVF_NAMED_FOLDER,
};

struct ovf_named {
    enum ovf_named_kind kind;
    char *label;  /* the path; of parts the stem */
    char **parts; /* paths in order; one but for split files */
    size_t n_parts;
    size_t capacity;
};

struct ovf_named_list {
    struct ovf_named *items;
    size_t n;
    size_t capacity;
};

void ovf_named_list_deinit(struct ovf_named_list *list);

/** Statuses as of ovf_catalog_new. \p list must be empty; on failure it is to be freed too. */
OVF_NODISCARD enum ovf_status ovf_named_list_fill(struct ovf_named_list *list,
                                                  const char *const *paths, size_t n_paths,
                                                  struct ovf_error *err);

#endif
