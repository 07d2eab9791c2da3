/* SPDX-License-Identifier: Apache-2.0 */
/* gzip: what is read and why it is not. Good gzip is made by libarchive (zlib inside), so that igzip
 * is not its own judge; odd headers by hand after RFC 1952. G.. are the rows of the list of bad
 * inputs. */
#include "test.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "source/inflate.h"

static void append(struct ovf_buffer *buffer, const void *data, size_t len)
{
    assert_int_equal(ovf_buffer_append(buffer, data, len), OVF_OK);
}

/* Append one gzip member with this content. */
static void append_gzip(struct ovf_buffer *out, const void *data, size_t len)
{
    size_t used = 0;
    const size_t room = len + len / 8 + 4096;
    unsigned char *bytes = malloc(room);
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_non_null(bytes);
    archive_write_add_filter_gzip(a);
    archive_write_set_format_raw(a);
    archive_write_set_bytes_per_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, bytes, room, &used), ARCHIVE_OK);
    archive_entry_set_filetype(entry, AE_IFREG);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    if (len > 0)
        assert_int_equal(archive_write_data(a, data, len), len);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    archive_entry_free(entry);
    append(out, bytes, used);
    free(bytes);
}

/* Text that compresses, then bytes that do not, from a fixed generator. */
static void append_content(struct ovf_buffer *out, size_t len)
{
    uint32_t x = 1;
    for (size_t i = 0; i < len; i++) {
        x = x * UINT32_C(1664525) + UINT32_C(1013904223);
        const unsigned char c =
            i < len / 2 ? (unsigned char)('a' + (x >> 24) % 3) : (unsigned char)(x >> 24);
        append(out, &c, 1);
    }
}

static enum ovf_reject inflate_all(const struct ovf_buffer *stored, uint64_t max_bytes,
                                   struct ovf_buffer *out)
{
    struct ovf_inflate *inflate = NULL;
    enum ovf_reject reject = OVF_REJECT_N;
    struct ovf_error err = {{0}};
    assert_int_equal(ovf_inflate_new(&inflate), OVF_OK);
    /* bytes of exactly their size, for the sanitizer to see a read past them */
    unsigned char *copy = malloc(stored->len + 1);
    assert_non_null(copy);
    if (stored->len > 0)
        memcpy(copy + 1, stored->data, stored->len);
    assert_int_equal(ovf_inflate_all(inflate, (struct ovf_bytes){copy + 1, stored->len}, max_bytes,
                                     out, &reject, &err),
                     OVF_OK);
    assert_true(reject == OVF_REJECT_N || err.text[0] != '\0');
    free(copy);
    ovf_inflate_free(inflate);
    return reject;
}

/* In pieces of n_in bytes, taken out in pieces of n_out. */
static enum ovf_reject inflate_steps(const struct ovf_buffer *stored, size_t n_in, size_t n_out,
                                     struct ovf_buffer *out)
{
    struct ovf_inflate *inflate = NULL;
    enum ovf_reject reject = OVF_REJECT_N;
    unsigned char window[4096];
    assert_true(n_out <= sizeof window);
    assert_int_equal(ovf_inflate_new(&inflate), OVF_OK);
    for (size_t at = 0; at < stored->len && reject == OVF_REJECT_N; at += n_in) {
        const size_t n = stored->len - at < n_in ? stored->len - at : n_in;
        unsigned char *piece = malloc(n);
        struct ovf_bytes in = {piece, n};
        size_t got = 0;
        assert_non_null(piece);
        memcpy(piece, stored->data + at, n);
        do {
            reject = ovf_inflate_step(inflate, &in, window, n_out, &got, NULL);
            append(out, window, got);
        } while (reject == OVF_REJECT_N && (in.len > 0 || got == n_out));
        free(piece);
    }
    if (reject == OVF_REJECT_N)
        reject = ovf_inflate_end(inflate, NULL);
    ovf_inflate_free(inflate);
    return reject;
}

static void assert_same(const struct ovf_buffer *got, const struct ovf_buffer *want)
{
    assert_int_equal(got->len, want->len);
    if (want->len > 0)
        assert_memory_equal(got->data, want->data, want->len);
}

static void what_was_compressed_comes_out(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 100, 32768, 65537, 1000000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct ovf_buffer content = {0}, stored = {0}, out = {0};
        append_content(&content, sizes[i]);
        append_gzip(&stored, content.data, content.len);
        assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out), OVF_REJECT_N);
        assert_same(&out, &content);
        ovf_buffer_deinit(&content);
        ovf_buffer_deinit(&stored);
        ovf_buffer_deinit(&out);
    }
}

/* The last one says how much there is, so that a longer one before it does not fit at first. */
static void members_of_any_size_come_one_after_the_other(void **state)
{
    (void)state;
    static const size_t firsts[] = {0, 1, 1000, 100000, 199000, 200000};
    struct ovf_buffer content = {0};
    append_content(&content, 200000);
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        struct ovf_buffer stored = {0}, out = {0};
        append_gzip(&stored, content.data, firsts[i]);
        append_gzip(&stored, content.data + firsts[i], content.len - firsts[i]);
        assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out), OVF_REJECT_N);
        assert_same(&out, &content);
        ovf_buffer_deinit(&stored);
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&content);
}

static void pieces_of_any_size_give_the_same(void **state)
{
    (void)state;
    struct ovf_buffer content = {0}, stored = {0};
    append_content(&content, 6000);
    append_gzip(&stored, content.data, 3000);
    append_gzip(&stored, content.data + 3000, 3000); /* G07 */
    for (size_t n_in = 1; n_in < 300; n_in += n_in < 20 ? 1 : 37) {
        for (size_t n_out = 1; n_out < 4096; n_out = n_out * 3 + 1) {
            struct ovf_buffer out = {0};
            assert_int_equal(inflate_steps(&stored, n_in, n_out, &out), OVF_REJECT_N);
            assert_same(&out, &content);
            ovf_buffer_deinit(&out);
        }
    }
    /* one cut, anywhere: header, blocks, checksum, between the members */
    for (size_t cut = 1; cut < stored.len; cut += OVF_SANITIZED ? 7 : 1) {
        struct ovf_buffer out = {0};
        assert_int_equal(inflate_steps(&stored, cut, 4096, &out), OVF_REJECT_N);
        assert_same(&out, &content);
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&content);
    ovf_buffer_deinit(&stored);
}

/* "hi" in a stored block, with each optional field of RFC 1952. The header's CRC16 is the low half of
 * CRC-32 over the bytes before it, computed bit by bit below. */
static const unsigned char decorated[] = {
    0x1F, 0x8B, 8,    0x1F, 0,    0,   0,   0,   0,   3, /* text, header crc, extra, name, comment */
    4,    0,    'A',  'p',  0,    0,   'n', '.', 'j', 0, 'c', 0, /* extra of 4, "n.j", "c" */
    0x00, 0x00,                                                  /* CRC16, filled in by the test */
    1,    2,    0,    0xFD, 0xFF, 'h', 'i',                      /* last block, stored, 2 bytes */
    0xAC, 0x2A, 0x93, 0xD8, 2,    0,   0,   0,                   /* CRC-32 of "hi" is D8932AAC */
};
#define DECORATED_CRC_AT 22

static uint32_t plain_crc(const unsigned char *data, size_t len)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < len; i++) {
        crc ^= data[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static void every_optional_field_of_a_header_is_passed(void **state)
{
    (void)state;
    struct ovf_buffer stored = {0};
    append(&stored, decorated, sizeof decorated);
    const uint32_t crc = plain_crc(decorated, DECORATED_CRC_AT);
    stored.data[DECORATED_CRC_AT] = (unsigned char)crc;
    stored.data[DECORATED_CRC_AT + 1] = (unsigned char)(crc >> 8);
    assert_int_equal(plain_crc((const unsigned char *)"hi", 2), 0xD8932AAC);
    for (size_t n_in = 1; n_in <= sizeof decorated; n_in++) {
        struct ovf_buffer out = {0};
        assert_int_equal(inflate_steps(&stored, n_in, 16, &out), OVF_REJECT_N);
        assert_int_equal(out.len, 2);
        assert_memory_equal(out.data, "hi", 2);
        ovf_buffer_deinit(&out);
    }
    for (size_t at = 0; at < sizeof decorated; at++) {
        struct ovf_buffer out = {0};
        const bool is_crc = at >= sizeof decorated - 8 || at < DECORATED_CRC_AT + 2;
        stored.data[at] ^= 0x40;
        const enum ovf_reject reject = inflate_all(&stored, 100, &out);
        if (is_crc)
            assert_int_not_equal(reject, OVF_REJECT_N);
        stored.data[at] ^= 0x40;
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&stored);
}

static void every_cut_is_truncation(void **state) /* G02, G03 */
{
    (void)state;
    struct ovf_buffer content = {0}, stored = {0};
    append_content(&content, 500);
    append_gzip(&stored, content.data, content.len);
    const size_t whole = stored.len;
    for (size_t len = 0; len < whole; len++) {
        struct ovf_buffer out = {0};
        stored.len = len;
        assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out),
                         OVF_REJECT_GZIP_TRUNCATED);
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&content);
    ovf_buffer_deinit(&stored);
}

static void every_wrong_bit_of_checksum_and_length_is_seen(void **state) /* G04, G05 */
{
    (void)state;
    struct ovf_buffer content = {0}, stored = {0};
    append_content(&content, 500);
    append_gzip(&stored, content.data, content.len);
    for (size_t bit = 0; bit < 64; bit++) {
        struct ovf_buffer out = {0};
        unsigned char *byte = stored.data + stored.len - 8 + bit / 8;
        *byte ^= (unsigned char)(1u << bit % 8);
        assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out),
                         OVF_REJECT_GZIP_CORRUPT);
        out.len = 0;
        assert_int_equal(inflate_steps(&stored, 3, 100, &out), OVF_REJECT_GZIP_CORRUPT);
        *byte ^= (unsigned char)(1u << bit % 8);
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&content);
    ovf_buffer_deinit(&stored);
}

static void no_wrong_bit_gives_other_content(void **state)
{
    (void)state;
    struct ovf_buffer content = {0}, stored = {0};
    append_content(&content, 400);
    append_gzip(&stored, content.data, content.len);
    for (size_t bit = 0; bit < stored.len * 8; bit++) {
        struct ovf_buffer out = {0};
        stored.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        if (inflate_all(&stored, 1000, &out) == OVF_REJECT_N)
            assert_same(&out, &content); /* the header's time and system */
        stored.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        ovf_buffer_deinit(&out);
    }
    ovf_buffer_deinit(&content);
    ovf_buffer_deinit(&stored);
}

struct after_case {
    const char *bytes;
    size_t len;
    enum ovf_reject reject;
};

static void what_follows_is_padding_or_garbage(void **state) /* G06 */
{
    (void)state;
    static const struct after_case cases[] = {
        {"", 0, OVF_REJECT_N},
        {"\0", 1, OVF_REJECT_N},
        {"\0\0\0\0\0\0\0\0\0\0\0\0", 12, OVF_REJECT_N},
        {"x", 1, OVF_REJECT_GZIP_TRAILING},
        {"\0\0\0x", 4, OVF_REJECT_GZIP_TRAILING},
        {"\x1F", 1, OVF_REJECT_GZIP_TRAILING},
        {"\x1F\x8C", 2, OVF_REJECT_GZIP_TRAILING},
        {"\x1F\x8B", 2, OVF_REJECT_GZIP_TRUNCATED},
        {"\x1F\x8B\x07", 3, OVF_REJECT_GZIP_CORRUPT},
        {"{\"trace\":[]}", 12, OVF_REJECT_GZIP_TRAILING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ovf_buffer stored = {0}, out = {0};
        append_gzip(&stored, "content", 7);
        append(&stored, cases[i].bytes, cases[i].len);
        assert_int_equal(inflate_all(&stored, 1000, &out), cases[i].reject);
        out.len = 0;
        assert_int_equal(inflate_steps(&stored, 1, 1, &out), cases[i].reject);
        ovf_buffer_deinit(&stored);
        ovf_buffer_deinit(&out);
    }
}

static void a_bomb_is_rejected_before_it_fills_memory(void **state) /* G08 */
{
    (void)state;
    const size_t n_zeros = (size_t)8 << 20;
    unsigned char *zeros = calloc(1, n_zeros);
    struct ovf_buffer stored = {0}, out = {0};
    assert_non_null(zeros);
    for (int i = 0; i < 40; i++)
        append_gzip(&stored, zeros, n_zeros);
    assert_int_equal(inflate_all(&stored, UINT64_C(512) << 20, &out), OVF_REJECT_BOMB);
    assert_true(out.capacity < (size_t)16 << 20);
    out.len = 0;
    assert_int_equal(inflate_steps(&stored, 65536, 4096, &out), OVF_REJECT_BOMB);
    assert_true(out.len < (size_t)4 << 20);
    /* the first mebibyte is free, whatever the ratio */
    stored.len = 0;
    append_gzip(&stored, zeros, OVF_INFLATE_FREE_BYTES);
    assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out), OVF_REJECT_N);
    stored.len = 0;
    append_gzip(&stored, zeros, OVF_INFLATE_FREE_BYTES + 1);
    assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out), OVF_REJECT_BOMB);
    free(zeros);
    ovf_buffer_deinit(&stored);
    ovf_buffer_deinit(&out);
}

/* Bytes that do not shrink first, so that the ratio of the whole is known to a percent. */
static void two_hundred_to_one_is_the_limit(void **state)
{
    (void)state;
    const size_t n_noise = 20000;
    for (size_t ratio = 190; ratio <= 210; ratio += 20) {
        struct ovf_buffer content = {0}, noise = {0}, stored = {0}, out = {0};
        append_content(&noise, 2 * n_noise);
        append_gzip(&stored, noise.data + n_noise, n_noise);
        const size_t n_zeros = ratio * (stored.len + ratio * n_noise / 1030);
        assert_int_equal(ovf_buffer_reserve(&content, n_zeros), OVF_OK);
        memset(content.data, 0, n_zeros);
        append_gzip(&stored, content.data, n_zeros);
        const bool is_beyond = n_zeros + n_noise > OVF_INFLATE_MAX_RATIO * stored.len;
        assert_int_equal(is_beyond, ratio == 210);
        assert_int_equal(inflate_all(&stored, OVF_INFLATE_UNLIMITED, &out),
                         is_beyond ? OVF_REJECT_BOMB : OVF_REJECT_N);
        ovf_buffer_deinit(&content);
        ovf_buffer_deinit(&noise);
        ovf_buffer_deinit(&stored);
        ovf_buffer_deinit(&out);
    }
}

static void the_callers_limit_is_exact(void **state)
{
    (void)state;
    struct ovf_buffer content = {0}, stored = {0}, out = {0};
    append_content(&content, 5000);
    append_gzip(&stored, content.data, content.len);
    assert_int_equal(inflate_all(&stored, 4999, &out), OVF_REJECT_BOMB);
    assert_int_equal(inflate_all(&stored, 5000, &out), OVF_REJECT_N);
    assert_int_equal(inflate_all(&stored, 5001, &out), OVF_REJECT_N);
    ovf_buffer_deinit(&content);
    ovf_buffer_deinit(&stored);
    ovf_buffer_deinit(&out);
}

static void gzip_inside_gzip_is_not_read(void **state) /* G09 */
{
    (void)state;
    struct ovf_buffer once = {0}, twice = {0}, thrice = {0}, out = {0};
    append_gzip(&once, "{}", 2);
    append_gzip(&twice, once.data, once.len);
    append_gzip(&thrice, twice.data, twice.len);
    assert_int_equal(inflate_all(&once, 1000, &out), OVF_REJECT_N);
    assert_int_equal(inflate_all(&twice, 1000, &out), OVF_REJECT_COMPRESSED_TWICE);
    assert_int_equal(inflate_all(&thrice, 1000, &out), OVF_REJECT_COMPRESSED_TWICE);
    assert_int_equal(inflate_steps(&twice, 1, 1, &out), OVF_REJECT_COMPRESSED_TWICE);
    ovf_buffer_deinit(&once);
    ovf_buffer_deinit(&twice);
    ovf_buffer_deinit(&thrice);
    ovf_buffer_deinit(&out);
}

static void other_compressions_are_known_by_name(void **state) /* G10 */
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *name;
    } cases[] = {
        {"\x28\xB5\x2F\xFD\x04", 5, "zstd"},
        {"\x50\x2A\x4D\x18\x04", 5, "zstd"},
        {"\x5F\x2A\x4D\x18", 4, "zstd"},
        {"\xFD"
         "7zXZ\0",
         6, "xz"},
        {"BZh91AY&SY", 10, "bzip2"},
        {"\x1F\x8B\x08", 3, "gzip"},
        {"BZh9,1,2,3", 10, NULL},
        {"{\"now\":0}", 9, NULL},
        {"", 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *name = ovf_compression_name(
            (struct ovf_bytes){(const unsigned char *)cases[i].bytes, cases[i].len});
        if (cases[i].name == NULL)
            assert_null(name);
        else
            assert_string_equal(name, cases[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_compressed_comes_out),
        cmocka_unit_test(members_of_any_size_come_one_after_the_other),
        cmocka_unit_test(pieces_of_any_size_give_the_same),
        cmocka_unit_test(every_optional_field_of_a_header_is_passed),
        cmocka_unit_test(every_cut_is_truncation),
        cmocka_unit_test(every_wrong_bit_of_checksum_and_length_is_seen),
        cmocka_unit_test(no_wrong_bit_gives_other_content),
        cmocka_unit_test(what_follows_is_padding_or_garbage),
        cmocka_unit_test(a_bomb_is_rejected_before_it_fills_memory),
        cmocka_unit_test(two_hundred_to_one_is_the_limit),
        cmocka_unit_test(the_callers_limit_is_exact),
        cmocka_unit_test(gzip_inside_gzip_is_not_read),
        cmocka_unit_test(other_compressions_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
