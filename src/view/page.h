/* SPDX-License-Identifier: Apache-2.0 */
/* A report: one HTML file that reads and prints without scripts and, with the page's, shows its documents as the
 * server's page does. It asks for nothing over the network. */
#ifndef OVF_VIEW_PAGE_H
#define OVF_VIEW_PAGE_H

#include "base/sink.h"
#include "view/view.h"

/** The files of the page, as web/build.mjs writes them. All empty: a report without scripts. */
struct ovf_view_page {
    struct ovf_bytes html; /* where the rest is put: page.html */
    struct ovf_bytes css;
    struct ovf_bytes js;
    struct ovf_bytes worker;
    const char *style_hash; /* "sha256-..." of a style that a script adds; NULL: it adds none */
};

/**
 * Write the report of \p view, which was opened for one.
 * \retval OVF_E_FORMAT  the page's files lack a place for what is put into them, or hold what would end their
 *                       element; or the store is damaged
 */
OVF_NODISCARD enum ovf_status ovf_view_page_write(struct ovf_view *view,
                                                  const struct ovf_view_page *page,
                                                  const struct ovf_sink *out,
                                                  struct ovf_error *err);

/** How many tables a report has at the most; their names ("crossings") for files. */
size_t ovf_view_table_count(void);
const char *ovf_view_table_name(size_t i);

/**
 * Append table \p i as CSV, with the rows and numbers of the report.
 * \param[out] n_rows  0: the report does not have it
 */
OVF_NODISCARD enum ovf_status ovf_view_table_csv(struct ovf_view *view, size_t i,
                                                 struct ovf_buffer *out, size_t *n_rows,
                                                 struct ovf_error *err);

/** Append table \p i as HTML, numbered \p number, without columns that are empty; nothing where it has no rows. */
OVF_NODISCARD enum ovf_status ovf_view_table_html(struct ovf_view *view, size_t i, size_t number,
                                                  struct ovf_buffer *out, size_t *n_rows,
                                                  struct ovf_error *err);

#endif
