/* SPDX-License-Identifier: Apache-2.0 */
/* A case file, opened: read, checked, and its paths found from where it lies. */
#ifndef OVF_QUESTION_CASE_OPEN_H
#define OVF_QUESTION_CASE_OPEN_H

#include "base/sha256.h"
#include "base/texts.h"
#include "case/case_file.h"

/** Zero-initialise. Nothing in it moves. */
struct ovf_open_case {
    struct ovf_case the_case;
    struct ovf_digest digest; /* of the file */
    struct ovf_case_store store;
    struct ovf_texts texts; /* private, like all below */
    const char *path;       /* borrowed */
};

/**
 * \retval OVF_E_FORMAT    it is no case; \p err says what and where: "case.yaml: line 3, column 7: ..."
 * \retval OVF_E_NOTFOUND, OVF_E_IO, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_open_case(const char *path, struct ovf_open_case *out,
                                            struct ovf_error *err);
void ovf_open_case_close(struct ovf_open_case *open);

/** \p path, relative to the case file, as this process would open it; stands as long as the case. NULL: no
 * memory. */
const char *ovf_open_case_path(struct ovf_open_case *open, const char *path);

/** Put the case's file before the text of \p err, which is about what stands in it; without a text nothing. */
void ovf_open_case_blame(const struct ovf_open_case *open, struct ovf_error *err);

#endif
