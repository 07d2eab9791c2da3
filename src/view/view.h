/* SPDX-License-Identifier: Apache-2.0 */
/* The documents that a page shows, made of a store and a case: JSON, as docs/api.md has them. The server sends
 * these bytes and the report holds them; the same store and case give the same bytes.
 *
 * A view sees the store as it was when it was opened or refreshed, whatever is written meanwhile. One thread at a
 * time; views of one store do not disturb each other. */
#ifndef OVF_VIEW_VIEW_H
#define OVF_VIEW_VIEW_H

#include "case/case_file.h"
#include "pack/layout.h"
#include "view/query.h"
#include "view/tiles.h"

enum ovf_view_mode {
    OVF_VIEW_REPORT, /* all rows, whatever a query's limit; crossings in one map, without their tracks */
    OVF_VIEW_SERVE,
    OVF_VIEW_LIVE, /* the server's own documents of live traffic stand beside these */
};

/** The documents, in the order of the index. */
enum ovf_view_document {
    OVF_VIEW_INDEX,
    OVF_VIEW_CASE,
    OVF_VIEW_CROSSINGS,
    OVF_VIEW_CROSSING, /* of a report: a map of all; one alone is ovf_view_crossing */
    OVF_VIEW_FINDINGS,
    OVF_VIEW_PERMITS,
    OVF_VIEW_LISTS,
    OVF_VIEW_CLAIMS,
    OVF_VIEW_GAPS,
    OVF_VIEW_INPUTS,
    OVF_VIEW_COMPLETENESS,
    OVF_VIEW_SERIES,
    OVF_VIEW_AIRSPACES,
    OVF_VIEW_TRACKS,
    OVF_VIEW_REGIONS,
    OVF_VIEW_SINKS,
    OVF_VIEW_INTERFERENCE,
    OVF_VIEW_DETECTIONS,
    OVF_VIEW_N
};

/** What a view is made from; all is borrowed for its life. */
struct ovf_view_source {
    const char *store_path;
    const char *asked_path;             /* a store whose airspaces are shown as well; NULL: none */
    const struct ovf_case *the_case;    /* NULL: there is none */
    const char *case_digest;            /* "sha256:..." of its file; NULL */
    const struct ovf_pack *pack;        /* draws the boundaries around; NULL: none are drawn */
    const char *title;                  /* NULL: the case's name, else the store's */
    const struct ovf_view_tiles *tiles; /* NULL: the map asks nobody for tiles */
    enum ovf_view_mode mode;
    bool
        asked_are_many; /* what is asked for is shown to who names it; without asked_path the store has that alone */
    bool is_public; /* withhold what is not for publication, and count it */
};

/** What was withheld: rows, of each kind. All 0 unless the source is public. */
struct ovf_view_withheld {
    size_t n_ladd; /* aircraft whose owners asked the FAA not to show them */
    size_t n_pia;  /* with a temporary address given for privacy; not of those above */
    size_t n_permits;
    size_t n_notes;
};

struct ovf_view;

/**
 * \retval OVF_E_NOTFOUND  there is no store
 * \retval OVF_E_FORMAT    the file is no store, or damaged, or holds no results yet
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_view_open(const struct ovf_view_source *source,
                                            struct ovf_view **out, struct ovf_error *err);

/** NULL is fine. */
void ovf_view_close(struct ovf_view *view);

/** See the store as it is now. \p changed: somebody wrote to it since, so any document may differ. After a
 * failure close the view. */
OVF_NODISCARD enum ovf_status ovf_view_refresh(struct ovf_view *view, bool *changed,
                                               struct ovf_error *err);

struct ovf_view_withheld ovf_view_withheld(const struct ovf_view *view);

/** Visit the inputs of the case, as it has them, that the store does not have under that name or one that ends with
 * it. Names alone are compared: archives are too large to be read again for their digests. */
typedef void ovf_view_missing_fn(void *context, const char *path);
OVF_NODISCARD enum ovf_status ovf_view_missing(struct ovf_view *view, ovf_view_missing_fn *visit,
                                               void *context, struct ovf_error *err);

/** "index", "case", ...: its name in addresses and in the index. */
const char *ovf_view_name(enum ovf_view_document document);
/** False: no document has that name. */
bool ovf_view_find(const char *name, enum ovf_view_document *out);
/** Whether the view has it: permits are withheld, a store without a case has no claims, only a report has the map
 * of crossings, and findings, permits, lists and claims only where there are any; so have all sinks, interference and
 * detections are there where any were found; detections are withheld, too. */
bool ovf_view_has(const struct ovf_view *view, enum ovf_view_document document);

/**
 * Append a document to \p out: one line without a line end. After a failure a part of it may stand there.
 *
 * \param[in] query  NULL: all there is of a report, the first page of a server; of documents without rows it is
 *                   not looked at
 * \retval OVF_E_FORMAT  the store is damaged
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_view_write(struct ovf_view *view, enum ovf_view_document document,
                                             const struct ovf_view_query *query,
                                             struct ovf_buffer *out, struct ovf_error *err);

/**
 * Append the document of one crossing, with the track of its flight in full.
 * \retval OVF_E_NOTFOUND  there is no such crossing, or it is withheld: the same is said
 */
OVF_NODISCARD enum ovf_status ovf_view_crossing(struct ovf_view *view, const char *id,
                                                struct ovf_buffer *out, struct ovf_error *err);

#endif
