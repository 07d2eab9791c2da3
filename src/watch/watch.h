/* SPDX-License-Identifier: Apache-2.0 */
/* `overflight watch`: live feeds to alerts, in one thread. */
#ifndef OVF_WATCH_WATCH_H
#define OVF_WATCH_WATCH_H

#include "base/bytes.h"
#include "run/scan.h"

/** How a crossing stands by what is told. */
enum ovf_watch_stand {
    OVF_WATCH_NOTHING, /* it was taken back; or what is told is about no crossing */
    OVF_WATCH_INSIDE,
    OVF_WATCH_OVER,
};

/** Who else is told, as it happens and in the watch's thread; what is not OVF_OK ends the watch. */
struct ovf_watch_listener {
    void *context;
    /** An alert: \p id names the crossing, \p line is the object without a line's end. */
    enum ovf_status (*alert)(void *context, const char *id, enum ovf_watch_stand stand,
                             struct ovf_bytes line);
    /** Once a second: the document `live`. */
    enum ovf_status (*live)(void *context, struct ovf_bytes document);
    /** SIGHUP came; NULL: nothing is to be done. */
    void (*reload)(void *context);
    bool is_public; /* where aircraft are now, and alerts of those flagged LADD or PIA that meet no
                       watch of a case, are not for it */
};

/** What the user asked, as texts; NULL: not asked. Borrowed for the call. */
struct ovf_watch_request {
    struct ovf_question_request
        scan; /* its paths are the sources; store_path, format and jobs are not looked at */
    const char *events;  /* comma-separated, as they are printed */
    const char *tar1090; /* where links lead */
    const char *memory_mb;
    const char *max_aircraft;
    const char *stall_s;
    const char *poll_s;
    const char *metrics; /* HOST:PORT */
    const char *now;     /* a clock that stands still */
    const char *notify;  /* a file of channels, to which alerts go instead of to the output */
    const char *delay_s; /* after which alerts are printed */
    const struct ovf_watch_listener *listener; /* NULL: nobody listens, and alerts are printed */
    bool is_live;                              /* what comes in pipes is of now */
    bool stays; /* when all sources have ended, all is settled, and the watch waits for signals */
};

/**
 * Alerts go to \p out, each with one write and at once; what happens to the sources, and the account at the end, to
 * \p talk. Ends when all sources have ended, or with SIGINT or SIGTERM, and then settles what is open. SIGHUP has
 * the question made anew.
 */
enum ovf_scan_outcome ovf_watch(const struct ovf_watch_request *request, const struct ovf_sink *out,
                                const struct ovf_sink *talk, struct ovf_error *err);

/** Tell every channel of the file \p path a test: OVF_SCAN_FAILED when one did not deliver it; \p talk has why. */
enum ovf_scan_outcome ovf_watch_test_notify(const char *path, const struct ovf_sink *out,
                                            const struct ovf_sink *talk, struct ovf_error *err);

#endif
