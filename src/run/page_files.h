/* SPDX-License-Identifier: Apache-2.0 */
/* The page's files, read from the folder that they were built into. */
#ifndef OVF_RUN_PAGE_FILES_H
#define OVF_RUN_PAGE_FILES_H

#include "base/buffer.h"
#include "base/error.h"
#include "view/page.h"

/** Zero-initialise. */
struct ovf_page_files {
    struct ovf_buffer html;
    struct ovf_buffer css;
    struct ovf_buffer js;
    struct ovf_buffer worker;
    char style_hash[64]; /* "": the page adds no style */
};

/**
 * Read page.html, page.css, page.js, worker.js and page.json of \p folder.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_page_files_read(const char *folder, struct ovf_page_files *out,
                                                  struct ovf_error *err);
void ovf_page_files_deinit(struct ovf_page_files *files);

/** They as a report takes them; borrowed. */
struct ovf_view_page ovf_page_files_view(const struct ovf_page_files *files);

#endif
