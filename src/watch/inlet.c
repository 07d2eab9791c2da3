/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/inlet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/inflate.h"

enum { BLOCK_BYTES = 64 << 10, INFLATED_BYTES = 256 << 10 };

static const size_t max_document_bytes = (size_t)64 << 20;
static const int64_t first_wait_ms = 250;
static const int64_t longest_wait_ms = 60000;

enum kind {
    KIND_FILE, /* regular */
    KIND_PIPE, /* standard input and whatever else there is */
    KIND_TCP,
    KIND_WEB,
};

struct ovf_inlet {
    const char *name;
    enum kind kind;
    enum ovf_feed_format format;
    bool has_format;
    bool is_live;
    int fd; /* of files and pipes */
    bool is_begun;
    struct ovf_inflate *inflate; /* NULL: it is no gzip */
    struct ovf_bytes stored;     /* not inflated yet */
    bool is_full;                /* the last inflated bytes filled the room: there may be more */
    unsigned char *inflated;
    struct ovf_tcp tcp;
    struct ovf_web_page *page;
    uint64_t n_documents;
    unsigned char block[BLOCK_BYTES];
};

static bool begins_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static enum ovf_status open_web(struct ovf_inlet *inlet, const struct ovf_inlet_options *options,
                                struct ovf_error *err)
{
    const struct ovf_web_options web = {.poll_ms = options->poll_ms,
                                        .stall_ms = options->stall_ms,
                                        .wait_ms = first_wait_ms,
                                        .wait_most_ms = longest_wait_ms,
                                        .max_bytes = max_document_bytes};
    inlet->kind = KIND_WEB;
    inlet->format = OVF_FEED_JSON;
    inlet->has_format = true;
    return ovf_web_page_new(options->web, inlet->name, &web, &inlet->page, err);
}

/** \p rest: what stands behind "://". */
static enum ovf_status open_tcp(struct ovf_inlet *inlet, const struct ovf_inlet_options *options,
                                const char *rest, struct ovf_error *err)
{
    const struct ovf_tcp_options tcp = {
        .stall_ms = options->stall_ms, .wait_ms = first_wait_ms, .wait_most_ms = longest_wait_ms};
    const size_t n = (size_t)(rest - inlet->name) - 3;
    for (int f = 0; f < OVF_FEED_STATES && !inlet->has_format; f++) {
        inlet->format = (enum ovf_feed_format)f;
        inlet->has_format = strlen(ovf_feed_format_name(inlet->format)) == n &&
                            strncmp(ovf_feed_format_name(inlet->format), inlet->name, n) == 0;
    }
    inlet->kind = KIND_TCP;
    if (!inlet->has_format)
        return ovf_error_set(err, OVF_E_RANGE,
                             "'%.80s' begins with none of: beast avr sbs json csv http https",
                             inlet->name);
    return ovf_tcp_init(&inlet->tcp, rest, &tcp, err);
}

static enum ovf_status open_file(struct ovf_inlet *inlet, struct ovf_error *err)
{
    struct stat stat;
    const bool is_stdin = strcmp(inlet->name, "-") == 0;
    inlet->fd = is_stdin ? dup(STDIN_FILENO) : open(inlet->name, O_RDONLY | O_CLOEXEC);
    if (inlet->fd < 0)
        return ovf_error_set(err, errno == ENOENT ? OVF_E_NOTFOUND : OVF_E_IO, "%s: %s",
                             inlet->name, strerror(errno));
    if (fstat(inlet->fd, &stat) != 0 || S_ISDIR(stat.st_mode))
        return ovf_error_set(err, OVF_E_IO, "%s: %s", inlet->name,
                             S_ISDIR(stat.st_mode) ? "a folder is no feed: see overflight scan"
                                                   : strerror(errno));
    inlet->kind = S_ISREG(stat.st_mode) ? KIND_FILE : KIND_PIPE;
    return OVF_OK;
}

enum ovf_status ovf_inlet_open(const char *name, const struct ovf_inlet_options *options,
                               struct ovf_inlet **out, struct ovf_error *err)
{
    const char *const scheme_end = strstr(name, "://");
    struct ovf_inlet *inlet = calloc(1, sizeof *inlet);
    enum ovf_status st;
    if (inlet == NULL)
        return OVF_E_NOMEM;
    inlet->name = name;
    inlet->fd = -1;
    inlet->tcp.fd = -1;
    if (begins_with(name, "http://") || begins_with(name, "https://"))
        st = open_web(inlet, options, err);
    else if (scheme_end != NULL)
        st = open_tcp(inlet, options, scheme_end + 3, err);
    else
        st = open_file(inlet, err);
    const bool is_dated = options->frames_are_dated && inlet->has_format &&
                          (inlet->format == OVF_FEED_BEAST || inlet->format == OVF_FEED_AVR);
    inlet->is_live = !is_dated && (ovf_inlet_comes_back(inlet) ||
                                   (inlet->kind == KIND_PIPE && options->pipes_are_live));
    if (st == OVF_OK)
        *out = inlet;
    else
        ovf_inlet_close(inlet);
    return st;
}

void ovf_inlet_close(struct ovf_inlet *inlet)
{
    if (inlet == NULL)
        return;
    if (inlet->fd >= 0)
        (void)close(inlet->fd);
    ovf_tcp_deinit(&inlet->tcp);
    ovf_web_page_free(inlet->page);
    ovf_inflate_free(inlet->inflate);
    free(inlet->inflated);
    free(inlet);
}

bool ovf_inlet_format(const struct ovf_inlet *inlet, enum ovf_feed_format *format)
{
    if (inlet->has_format)
        *format = inlet->format;
    return inlet->has_format;
}

bool ovf_inlet_is_live(const struct ovf_inlet *inlet)
{
    return inlet->is_live;
}

bool ovf_inlet_comes_back(const struct ovf_inlet *inlet)
{
    return inlet->kind == KIND_TCP || inlet->kind == KIND_WEB;
}

bool ovf_inlet_is_file(const struct ovf_inlet *inlet)
{
    return inlet->kind == KIND_FILE;
}

enum ovf_status ovf_inlet_prepare(struct ovf_inlet *inlet, int64_t now_ms, struct pollfd *wanted,
                                  int64_t *until_ms)
{
    *wanted = (struct pollfd){.fd = -1};
    *until_ms = INT64_MAX;
    if (inlet->kind == KIND_WEB)
        return ovf_web_page_prepare(inlet->page, now_ms, until_ms);
    if (inlet->kind == KIND_TCP)
        ovf_tcp_prepare(&inlet->tcp, now_ms, wanted, until_ms);
    else if (inlet->kind == KIND_FILE)
        *until_ms = now_ms; /* there is always something */
    else
        *wanted = (struct pollfd){.fd = inlet->fd, .events = POLLIN};
    return OVF_OK;
}

/* ---- files ---- */

/** What is stored of a gzip, some of it, inflated. */
static enum ovf_status inflate_some(struct ovf_inlet *inlet, struct ovf_bytes *bytes,
                                    struct ovf_error *err)
{
    size_t n = 0;
    if (ovf_inflate_step(inlet->inflate, &inlet->stored, inlet->inflated, INFLATED_BYTES, &n,
                         err) != OVF_REJECT_N)
        return OVF_E_IO;
    *bytes = (struct ovf_bytes){inlet->inflated, n};
    inlet->is_full = n == INFLATED_BYTES;
    return OVF_OK;
}

static enum ovf_status begin_file(struct ovf_inlet *inlet, struct ovf_bytes head)
{
    inlet->is_begun = true;
    if (!ovf_is_gzip(head))
        return OVF_OK;
    inlet->inflated = malloc(INFLATED_BYTES);
    if (inlet->inflated == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_inflate_new(&inlet->inflate);
    if (st == OVF_OK)
        ovf_inflate_begin(inlet->inflate, OVF_INFLATE_UNLIMITED);
    return st;
}

static enum ovf_status step_file(struct ovf_inlet *inlet, enum ovf_inlet_got *got,
                                 struct ovf_bytes *bytes, struct ovf_error *err)
{
    *got = OVF_INLET_BYTES;
    if (inlet->stored.len > 0 || inlet->is_full)
        return inflate_some(inlet, bytes, err);
    const ssize_t n = read(inlet->fd, inlet->block, sizeof inlet->block);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
        *got = OVF_INLET_NOTHING;
        return OVF_OK;
    }
    if (n < 0)
        return ovf_error_set(err, OVF_E_IO, "%s", strerror(errno));
    if (n == 0) {
        *got = OVF_INLET_ENDED;
        return inlet->inflate != NULL && ovf_inflate_end(inlet->inflate, err) != OVF_REJECT_N
                   ? OVF_E_IO
                   : OVF_OK;
    }
    *bytes = (struct ovf_bytes){inlet->block, (size_t)n};
    const enum ovf_status st = inlet->is_begun ? OVF_OK : begin_file(inlet, *bytes);
    if (st != OVF_OK || inlet->inflate == NULL)
        return st;
    inlet->stored = *bytes;
    return inflate_some(inlet, bytes, err);
}

/* ---- all ---- */

static void step_tcp(struct ovf_inlet *inlet, short revents, int64_t now_ms,
                     enum ovf_inlet_got *got, struct ovf_bytes *bytes, struct ovf_error *err)
{
    static const enum ovf_inlet_got gots[] = {[OVF_TCP_NOTHING] = OVF_INLET_NOTHING,
                                              [OVF_TCP_CONNECTED] = OVF_INLET_BEGUN,
                                              [OVF_TCP_BYTES] = OVF_INLET_BYTES,
                                              [OVF_TCP_LOST] = OVF_INLET_LOST};
    size_t n;
    *got = gots[ovf_tcp_step(&inlet->tcp, revents, now_ms, inlet->block, sizeof inlet->block, &n,
                             err)];
    *bytes = (struct ovf_bytes){inlet->block, n};
}

static void step_web(struct ovf_inlet *inlet, int64_t now_ms, enum ovf_inlet_got *got,
                     struct ovf_bytes *bytes, struct ovf_error *err)
{
    static const enum ovf_inlet_got gots[] = {[OVF_WEB_NOTHING] = OVF_INLET_NOTHING,
                                              [OVF_WEB_SAME] = OVF_INLET_NOTHING,
                                              [OVF_WEB_DOCUMENT] = OVF_INLET_WHOLE,
                                              [OVF_WEB_FAILED] = OVF_INLET_FAILED};
    *got = gots[ovf_web_page_step(inlet->page, now_ms, bytes, err)];
    inlet->n_documents += *got == OVF_INLET_WHOLE ? 1 : 0;
}

enum ovf_status ovf_inlet_step(struct ovf_inlet *inlet, short revents, int64_t now_ms,
                               enum ovf_inlet_got *got, struct ovf_bytes *bytes,
                               struct ovf_error *err)
{
    *got = OVF_INLET_NOTHING;
    if (inlet->kind == KIND_TCP)
        step_tcp(inlet, revents, now_ms, got, bytes, err);
    else if (inlet->kind == KIND_WEB)
        step_web(inlet, now_ms, got, bytes, err);
    else if (inlet->kind == KIND_FILE || revents != 0)
        return step_file(inlet, got, bytes, err);
    return OVF_OK;
}

void ovf_inlet_drop(struct ovf_inlet *inlet, int64_t now_ms)
{
    if (inlet->kind == KIND_TCP)
        ovf_tcp_drop(&inlet->tcp, now_ms);
}

uint64_t ovf_inlet_n_begun(const struct ovf_inlet *inlet)
{
    return inlet->kind == KIND_WEB ? inlet->n_documents : inlet->tcp.n_connected;
}
