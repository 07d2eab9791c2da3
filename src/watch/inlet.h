/* SPDX-License-Identifier: Apache-2.0 */
/* Where a source of a watch gets its bytes: a file, a pipe, a connection that is kept up, a page that is polled. */
#ifndef OVF_WATCH_INLET_H
#define OVF_WATCH_INLET_H

#include "source/tcp.h"
#include "source/web.h"
#include "watch/feed.h"

struct ovf_inlet_options {
    struct ovf_web *web; /* borrowed */
    int64_t stall_ms;
    int64_t poll_ms;
    bool pipes_are_live;
    bool
        frames_are_dated; /* when receivers' clocks began was stated: then these tell the time, not when frames come */
};

struct ovf_inlet;

/**
 * \param[in] name  a path; "-" for standard input; SCHEME://HOST:PORT with the name of a format that is sent over a
 *                  connection, or an address of HTTP. Borrowed for the life of \p out
 * \retval OVF_E_RANGE     it is none of these; \p err says what there is
 * \retval OVF_E_NOTFOUND  there is no such file; \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_inlet_open(const char *name,
                                             const struct ovf_inlet_options *options,
                                             struct ovf_inlet **out, struct ovf_error *err);
void ovf_inlet_close(struct ovf_inlet *inlet);

/** The format, when its name tells: else \p format is as it was. */
bool ovf_inlet_format(const struct ovf_inlet *inlet, enum ovf_feed_format *format);

/** Whether what comes is of now: of a connection and a page, but for frames that are dated, and of a pipe where the
 * options say so. */
bool ovf_inlet_is_live(const struct ovf_inlet *inlet);

/** Whether more may come after it was lost or dropped. */
bool ovf_inlet_comes_back(const struct ovf_inlet *inlet);

/** Whether it is a file that can be read at any time: of several such one is read after the other. */
bool ovf_inlet_is_file(const struct ovf_inlet *inlet);

/** What to wait for, as of struct ovf_tcp. */
OVF_NODISCARD enum ovf_status ovf_inlet_prepare(struct ovf_inlet *inlet, int64_t now_ms,
                                                struct pollfd *wanted, int64_t *until_ms);

enum ovf_inlet_got {
    OVF_INLET_NOTHING,
    OVF_INLET_BEGUN, /* a connection */
    OVF_INLET_BYTES,
    OVF_INLET_WHOLE,  /* bytes that are a document */
    OVF_INLET_LOST,   /* what comes next is not what followed; err says why */
    OVF_INLET_FAILED, /* nothing came; err says why */
    OVF_INLET_ENDED,
};

/** What has happened. \p bytes are borrowed until the next step.
 * \retval OVF_E_IO  it cannot be read; \p err says why */
OVF_NODISCARD enum ovf_status ovf_inlet_step(struct ovf_inlet *inlet, short revents, int64_t now_ms,
                                             enum ovf_inlet_got *got, struct ovf_bytes *bytes,
                                             struct ovf_error *err);

/** What came was not of the format: nothing more of it for a while. */
void ovf_inlet_drop(struct ovf_inlet *inlet, int64_t now_ms);

/** How often it was connected, or fetched. */
uint64_t ovf_inlet_n_begun(const struct ovf_inlet *inlet);

#endif
