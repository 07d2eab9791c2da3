/* SPDX-License-Identifier: Apache-2.0 */
/* What fetching days and traces share (private to run/fetch*). */
#ifndef OVF_RUN_FETCH_PARTS_H
#define OVF_RUN_FETCH_PARTS_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/json_writer.h"
#include "run/fetch.h"
#include "run/progress.h"
#include "source/http.h"

enum {
    OVF_FETCH_PATH_SIZE = 4096,
    OVF_FETCH_BASE_SIZE = 1024,
    OVF_FETCH_MAX_DAYS = 20000, /* more are a slip of the pen */
    OVF_FETCH_DAY_SIZE = 11,    /* 2025-07-01 */
};

struct ovf_fetch {
    const struct ovf_fetch_request *request;
    char base[OVF_FETCH_BASE_SIZE]; /* without a slash at the end; empty: none was given */
    struct ovf_http *http;
    struct ovf_sink out;
    struct ovf_sink talk;
    struct ovf_buffer line;
    size_t n_fetched; /* files */
    size_t n_present;
    size_t n_absent; /* days, traces */
    uint64_t n_bytes;
};

/** First and last day, both at 00:00. */
struct ovf_fetch_span {
    int64_t first_ns;
    int64_t last_ns;
};

/** \retval OVF_E_RANGE  an option is none; \p err says which */
OVF_NODISCARD enum ovf_status ovf_fetch_open(const struct ovf_fetch_request *request,
                                             const struct ovf_sink *out,
                                             const struct ovf_sink *talk, struct ovf_fetch *fetch,
                                             struct ovf_error *err);
/** Say what was done, unless \p outcome is bad, and let go. Returns the outcome. */
enum ovf_fetch_outcome ovf_fetch_close(struct ovf_fetch *fetch, enum ovf_fetch_outcome outcome);

/** "2025-07-01" or "2025-07-01..2025-07-31". */
OVF_NODISCARD enum ovf_status ovf_fetch_span_parse(const char *text, struct ovf_fetch_span *span,
                                                   struct ovf_error *err);

void ovf_fetch_day_format(int64_t day_ns, char text[OVF_FETCH_DAY_SIZE]);

/** A line of what became of something: {"type":"fetch","status":...; the caller adds and ends it. */
struct ovf_json_writer ovf_fetch_line(struct ovf_fetch *fetch, const char *status, int64_t day_ns);
OVF_NODISCARD enum ovf_status ovf_fetch_line_end(struct ovf_fetch *fetch,
                                                 struct ovf_json_writer *json);

/** Fetch \p url to file->path and write its line; a file that is there already has one as well. */
OVF_NODISCARD enum ovf_status ovf_fetch_file(struct ovf_fetch *fetch, const char *url,
                                             const struct ovf_http_file *file, int64_t day_ns,
                                             struct ovf_error *err);

#endif
