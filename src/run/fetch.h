/* SPDX-License-Identifier: Apache-2.0 */
/* `overflight fetch`: days and traces of public archives, downloaded. What is there whole is not asked for
 * again, what is there in part is gone on with. */
#ifndef OVF_RUN_FETCH_H
#define OVF_RUN_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sink.h"

/** What is asked, as it stands on the command line; NULL where it was not given. */
struct ovf_fetch_request {
    const char *const *items; /* days or spans of days; addresses */
    size_t n_items;
    const char *folder; /* NULL: the one that the program is in */
    const char *base;   /* an address; NULL: where the archive is published */
    const char *since;  /* traces: the first day and */
    const char *until;  /* the last; NULL: the same as since */
    const char *timeout_s;
    const char *retries;
    const char *retry_wait_s;
    const char *pause_s; /* between two requests */
    bool mlat_only;      /* days: the release of MLAT positions alone */
    /* Days: called with the files of each when they are whole. A failure ends the run; OVF_OK with
     * discard deletes them, and another run that has the same label passes the day over. */
    enum ovf_status (*day_done)(void *context, char *const *paths, size_t n_paths,
                                struct ovf_error *err);
    void *context;
    const char *label; /* what day_done does, in words */
    bool discard;
};

enum ovf_fetch_outcome {
    OVF_FETCH_DONE,
    OVF_FETCH_BAD_REQUEST,
    OVF_FETCH_NOTHING, /* nothing of what was asked has been published */
    OVF_FETCH_FAILED,
    OVF_FETCH_STOPPED, /* day_done failed, and has said why */
};

/**
 * Fetch days of adsb.lol: docs/formats/fetch.md. Lines of what became of each go to \p out.
 * \param[in] talk  gets what is tried again, and a summary
 */
enum ovf_fetch_outcome ovf_fetch_days(const struct ovf_fetch_request *request,
                                      const struct ovf_sink *out, const struct ovf_sink *talk,
                                      struct ovf_error *err);

/** Fetch traces of single aircraft from a tar1090 that keeps its history. */
enum ovf_fetch_outcome ovf_fetch_traces(const struct ovf_fetch_request *request,
                                        const struct ovf_sink *out, const struct ovf_sink *talk,
                                        struct ovf_error *err);

#endif
