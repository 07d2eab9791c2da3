/* SPDX-License-Identifier: Apache-2.0 */
/* A scan of one input into memory: NDJSON, every class, two threads. */
#ifndef OVF_TESTS_RECORDINGS_SCAN_H
#define OVF_TESTS_RECORDINGS_SCAN_H

#include "test.h"

#include <string.h>

#include "run/scan.h"

struct output {
    char *text;
    size_t len, room;
};

static inline enum ovf_status keep(void *context, const void *data, size_t len)
{
    struct output *out = context;
    if (len == 0)
        return OVF_OK;
    if (out->len + len + 1 > out->room) {
        out->room = 2 * (out->len + len + 1);
        out->text = realloc(out->text, out->room);
        assert_non_null(out->text);
    }
    memcpy(out->text + out->len, data, len);
    out->len += len;
    out->text[out->len] = '\0';
    return OVF_OK;
}

static inline enum ovf_status drop(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static inline enum ovf_status open_output(void *context, struct ovf_sink *sink,
                                          struct ovf_error *err)
{
    (void)err;
    *sink = (struct ovf_sink){keep, context};
    return OVF_OK;
}

static inline enum ovf_status finish_output(void *context, bool wanted, struct ovf_error *err)
{
    (void)context;
    (void)wanted;
    (void)err;
    return OVF_OK;
}

static inline void scan_all(const char *path, struct output *out)
{
    const struct ovf_question_request request = {.paths = &path,
                                                 .n_paths = 1,
                                                 .pack_path = ovf_test_pack(),
                                                 .classes = "all",
                                                 .format = "ndjson",
                                                 .jobs = "2"};
    const struct ovf_scan_output output = {open_output, NULL, finish_output, out};
    const struct ovf_sink talk = {drop, NULL};
    struct ovf_error err = {""};
    *out = (struct output){0};
    assert_int_equal(ovf_scan(&request, &output, &talk, &err), OVF_SCAN_DONE);
}

#endif
