/* SPDX-License-Identifier: Apache-2.0 */
/* The recorded traces as texts, parts of them, and texts with bytes changed, for the properties of the
 * trace reader. */
#ifndef OVF_TESTS_TRACE_TEXTS_H
#define OVF_TESTS_TRACE_TEXTS_H

#include "test.h"

#include <dirent.h>
#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t len;
};

enum { MAX_TEXT_BYTES = 4 << 20, MAX_TEXTS = 32 };

static inline struct text inflate_text(struct text gz)
{
    struct text out = {malloc(MAX_TEXT_BYTES), 0};
    struct inflate_state inflater;
    assert_non_null(out.data);
    isal_inflate_init(&inflater);
    inflater.crc_flag = ISAL_GZIP;
    inflater.next_in = (uint8_t *)gz.data;
    inflater.avail_in = (uint32_t)gz.len;
    inflater.next_out = (uint8_t *)out.data;
    inflater.avail_out = MAX_TEXT_BYTES;
    assert_int_equal(isal_inflate(&inflater), ISAL_DECOMP_OK);
    assert_int_equal(inflater.block_state, ISAL_BLOCK_FINISH);
    out.len = inflater.total_out;
    free(gz.data);
    return out;
}

static inline struct text load(const char *path)
{
    struct text text = {malloc(MAX_TEXT_BYTES), 0};
    FILE *f = fopen(path, "rb");
    assert_non_null(text.data);
    assert_non_null(f);
    text.len = fread(text.data, 1, MAX_TEXT_BYTES, f);
    (void)fclose(f);
    assert_in_range(text.len, 3, MAX_TEXT_BYTES - 1);
    return (unsigned char)text.data[0] == 0x1f ? inflate_text(text) : text;
}

/** Every trace under the recordings' folders, which are known to be three levels deep at most. */
static inline size_t load_all(struct text texts[MAX_TEXTS])
{
    static const char *const folders[] = {
        "traces",
        "traces/nevada-2023-08-20/traces/8a",
        "traces/nevada-2023-08-20/traces/8b",
        "traces/nevada-2023-08-20/traces/8c",
        "traces/nevada-2023-08-20/traces/8d",
        "traces/nevada-2023-08-20/traces/8e",
        "traces/nevada-2023-08-20/traces/8f",
    };
    size_t n = 0;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        const char *folder = ovf_test_data(folders[i]);
        DIR *dir = opendir(folder);
        assert_non_null(dir);
        /* cppcheck-suppress readdirCalled ; safe: one thread */
        for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
            char path[4096 + 300];
            if (strncmp(e->d_name, "trace_full_", 11) != 0)
                continue;
            (void)snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            assert_true(n < MAX_TEXTS);
            texts[n++] = load(path);
        }
        (void)closedir(dir);
    }
    return n;
}

static inline void free_all(struct text *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i].data);
}

static inline uint64_t next_random(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

/** The head of a trace: at most \p max_rows rows, so that many can be tried. */
static inline size_t shorten(const struct text *text, size_t max_rows, char *out)
{
    size_t at = (size_t)(strstr(text->data, "\"trace\"") - text->data);
    for (size_t rows = 0; rows <= max_rows && at < text->len; at++)
        rows += text->data[at] == '\n';
    at--;
    while (at > 0 && text->data[at] != ',') /* the one between two rows */
        at--;
    memcpy(out, text->data, at);
    out[at] = ']';
    out[at + 1] = '}';
    return at + 2;
}

static inline void mutate(char *text, size_t *len, uint64_t *x)
{
    static const char likely[] = "0123456789.,-+eE[]{}\":\\u null true ground \xc3\xa9";
    const size_t at = next_random(x) % *len;
    switch (next_random(x) % 4) {
    case 0:
        text[at] = likely[next_random(x) % (sizeof likely - 1)];
        break;
    case 1:
        text[at] = (char)(1 + next_random(x) % 255); /* jansson overlooks NUL bytes */
        break;
    case 2:
        memmove(text + at, text + at + 1, *len - at - 1);
        (*len)--;
        break;
    default:
        memmove(text + at + 1, text + at, *len - at);
        text[at] = likely[next_random(x) % (sizeof likely - 1)];
        (*len)++;
        break;
    }
}

#endif
