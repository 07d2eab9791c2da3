/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the catalog share: a temporary folder, tars written by hand after POSIX ustar (so
 * that they can be broken at will), archives written by libarchive, and loading everything. */
#ifndef OVF_TESTS_UNIT_TEST_CATALOG_H
#define OVF_TESTS_UNIT_TEST_CATALOG_H

#include "test.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>

#include "source/catalog.h"

static char test_folder[256];
static char *test_made[4096]; /* files and folders to remove, in order */
static size_t n_test_made;

static inline int test_folder_make(void **state)
{
    (void)state;
    const char *dir = getenv("TMPDIR");
    snprintf(test_folder, sizeof test_folder, "%s/ovf-test-XXXXXX", dir != NULL ? dir : "/tmp");
    return mkdtemp(test_folder) == NULL;
}

static inline int test_folder_empty(void **state)
{
    (void)state;
    while (n_test_made > 0) {
        remove(test_made[--n_test_made]);
        free(test_made[n_test_made]);
    }
    return 0;
}

static inline int test_folder_remove(void **state)
{
    test_folder_empty(state);
    return rmdir(test_folder);
}

/* The path of name in the temporary folder, which is removed after the test; good until then. */
static inline const char *test_path(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", test_folder, name);
    assert_true(n_test_made < sizeof test_made / sizeof test_made[0]);
    test_made[n_test_made] = strdup(path);
    assert_non_null(test_made[n_test_made]);
    return test_made[n_test_made++];
}

static inline const char *test_write(const char *name, const void *data, size_t len)
{
    const char *path = test_path(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(data, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
    return path;
}

static inline const char *test_write_buffer(const char *name, const struct ovf_buffer *buffer)
{
    return test_write(name, buffer->data, buffer->len);
}

static inline void test_append(struct ovf_buffer *buffer, const void *data, size_t len)
{
    assert_int_equal(ovf_buffer_append(buffer, data, len), OVF_OK);
}

static inline void test_append_zeros(struct ovf_buffer *buffer, size_t len)
{
    assert_int_equal(ovf_buffer_reserve(buffer, len), OVF_OK);
    memset(buffer->data + buffer->len, 0, len);
    buffer->len += len;
}

/* The checksum of the ustar header at `at`. */
static inline void test_tar_sum(struct ovf_buffer *tar, size_t at)
{
    unsigned sum = 0;
    memset(tar->data + at + 148, ' ', 8);
    for (size_t i = 0; i < 512; i++)
        sum += tar->data[at + i];
    snprintf((char *)tar->data + at + 148, 8, "%06o", sum);
}

/* A field of a header: no NUL is added. */
static inline void test_tar_field(char *at, const char *text, size_t max)
{
    for (size_t i = 0; i < max && text[i] != '\0'; i++)
        at[i] = text[i];
}

/* A ustar header; returns where it lies. `size` is what it says. */
static inline size_t test_tar_header(struct ovf_buffer *tar, const char *name, char type,
                                     uint64_t size, const char *link)
{
    char header[512] = {0};
    const size_t at = tar->len;
    test_tar_field(header, name, 100);
    test_tar_field(header + 100, "0000644", 8);
    test_tar_field(header + 108, "0000000", 8);
    test_tar_field(header + 116, "0000000", 8);
    snprintf(header + 124, 12, "%011llo", (unsigned long long)size);
    test_tar_field(header + 136, "00000000000", 12);
    header[156] = type;
    test_tar_field(header + 157, link, 100);
    test_tar_field(header + 257, "ustar", 6);
    test_tar_field(header + 263, "00", 2);
    test_append(tar, header, sizeof header);
    test_tar_sum(tar, at);
    return at;
}

static inline size_t test_tar_member(struct ovf_buffer *tar, const char *name, const char *text)
{
    const size_t at = test_tar_header(tar, name, '0', strlen(text), "");
    test_append(tar, text, strlen(text));
    test_append_zeros(tar, (512 - strlen(text) % 512) % 512);
    return at;
}

static inline void test_tar_end(struct ovf_buffer *tar)
{
    test_append_zeros(tar, 1024);
}

static inline struct ovf_catalog *test_catalog(const char *path)
{
    struct ovf_catalog *catalog = NULL;
    struct ovf_error err = {{0}};
    const enum ovf_status st = ovf_catalog_new(&path, 1, &catalog, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    assert_int_equal(ovf_catalog_n_inputs(catalog), 1);
    return catalog;
}

static inline enum ovf_status test_take_piece(void *context, struct ovf_bytes piece)
{
    assert_true(piece.len > 0 && piece.len <= (size_t)1 << 20);
    return ovf_buffer_append(context, piece.data, piece.len);
}

/* Read an item through a window, a third of which is kept each time: false when it is broken. */
static inline bool test_window(const struct ovf_catalog *catalog, size_t i,
                               struct ovf_loader *loader, struct ovf_buffer *content)
{
    struct ovf_bytes window = {NULL, 0};
    struct ovf_error err;
    size_t n_kept = 0;
    bool is_last = false;
    bool is_open;
    assert_int_equal(ovf_catalog_open(catalog, i, loader, &is_open, &err), OVF_OK);
    if (!is_open)
        return false;
    bool good = true;
    while (good && !is_last) {
        n_kept = window.len / 3;
        good = ovf_loader_more(loader, n_kept, &window, &is_last);
        if (good)
            assert_int_equal(ovf_buffer_append(content, window.data + n_kept, window.len - n_kept),
                             OVF_OK);
    }
    ovf_loader_close(loader);
    return good;
}

static inline void test_assert_window(const struct ovf_catalog *catalog, size_t i,
                                      enum ovf_reject reject, const struct ovf_buffer *content,
                                      const struct ovf_digest *digest)
{
    struct ovf_loader loader = {0};
    struct ovf_buffer passed = {0};
    struct ovf_digest got;
    struct ovf_error err;
    const bool good = test_window(catalog, i, &loader, &passed);
    /* nothing in it is no trouble of the window */
    assert_true(good == (reject == OVF_REJECT_N) || reject == OVF_REJECT_EMPTY);
    if (reject == OVF_REJECT_N) {
        assert_int_equal(passed.len, content->len);
        assert_memory_equal(passed.data, content->data, content->len);
    }
    assert_int_equal(ovf_catalog_digest(catalog, i, &loader, &err), OVF_OK);
    assert_int_equal(ovf_loader_digest(&loader, &got), OVF_OK);
    assert_true(ovf_digest_equal(&got, digest));
    ovf_buffer_deinit(&passed);
    ovf_loader_deinit(&loader);
}

/* Load an item, stream it, read it through a window; all must say the same. */
static inline enum ovf_reject test_load(const struct ovf_catalog *catalog, size_t i,
                                        struct ovf_loader *loader, struct ovf_bytes *bytes,
                                        struct ovf_digest *digest)
{
    enum ovf_reject reject = OVF_REJECT_N, reject_2 = OVF_REJECT_N;
    struct ovf_digest digest_2;
    struct ovf_digest later;
    struct ovf_buffer streamed = {0};
    struct ovf_error err = {{0}};
    assert_int_equal(ovf_catalog_load(catalog, i, loader, bytes, digest, &reject, &err), OVF_OK);
    assert_true(reject == OVF_REJECT_N || err.text[0] != '\0');
    assert_int_equal(
        ovf_catalog_stream(catalog, i, test_take_piece, &streamed, &digest_2, &reject_2, &err),
        OVF_OK);
    assert_int_equal(reject, reject_2);
    assert_true(ovf_digest_equal(digest, &digest_2));
    assert_int_equal(ovf_loader_digest(loader, &later), OVF_OK);
    assert_true(ovf_digest_equal(digest, &later));
    if (reject == OVF_REJECT_N) {
        assert_int_equal(bytes->len, streamed.len);
        assert_memory_equal(bytes->data, streamed.data, streamed.len);
    }
    test_assert_window(catalog, i, reject, &streamed, digest);
    ovf_buffer_deinit(&streamed);
    return reject;
}

/* Item i holds this text. */
static inline void test_assert_text(const struct ovf_catalog *catalog, size_t i, const char *name,
                                    const char *text)
{
    struct ovf_loader loader = {0};
    struct ovf_bytes bytes;
    struct ovf_digest digest;
    assert_true(i < ovf_catalog_n_items(catalog));
    assert_string_equal(ovf_catalog_item(catalog, i)->name, name);
    assert_int_equal(test_load(catalog, i, &loader, &bytes, &digest), OVF_REJECT_N);
    assert_int_equal(bytes.len, strlen(text));
    assert_memory_equal(bytes.data, text, bytes.len);
    ovf_loader_deinit(&loader);
}

#endif
