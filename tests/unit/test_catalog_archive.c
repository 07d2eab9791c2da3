/* SPDX-License-Identifier: Apache-2.0 */
/* Archives that are broken, hostile or odd (T01 to T10 of the list of bad inputs): what is whole and
 * well-named is used, the rest is counted with its reason, and the listing ends. Tars are written by
 * hand after POSIX ustar. */
#include "test_catalog.h"

#include "source/archive.h"

struct expectation {
    size_t n_items;
    size_t n_not_used;
    uint64_t n_rejected; /* of reason */
    enum ovf_reject reason;
};

static void check(const struct ovf_buffer *bytes, struct expectation want)
{
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", bytes));
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    assert_true(input->is_archive);
    if (ovf_catalog_n_items(catalog) != want.n_items ||
        input->members.n_rejected[want.reason] != want.n_rejected)
        print_error("trouble: %s\n", input->trouble);
    assert_int_equal(ovf_catalog_n_items(catalog), want.n_items);
    assert_int_equal(input->n_not_used, want.n_not_used);
    assert_int_equal(input->members.n_rejected[want.reason], want.n_rejected);
    assert_int_equal(input->members.n_read, want.n_rejected); /* and nothing else */
    assert_int_equal(input->trouble[0] != '\0', want.n_rejected > 0);
    for (size_t i = 0; i < want.n_items; i++)
        test_assert_text(catalog, i, ovf_catalog_item(catalog, i)->name, "text");
    ovf_catalog_free(catalog);
    test_folder_empty(NULL);
}

static void a_tar_cut_anywhere_gives_what_was_whole(void **state) /* T01 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "text");
    test_tar_member(&tar, "b.csv", "text");
    test_tar_end(&tar);
    const size_t whole = tar.len;
    for (size_t len = 262; len <= whole; len += len % 512 == 511 || len % 512 == 0 ? 1 : 51) {
        if (len % 512 > 3 && len % 512 < 511 && len % 2 == 0)
            len++;
        tar.len = len < whole ? len : whole;
        const size_t n_items = tar.len < 512 + 4 ? 0 : tar.len < 1024 + 512 + 4 ? 1 : 2;
        const bool is_at_end = tar.len % 512 == 0 && tar.len != 512 && tar.len != 1536;
        struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &tar));
        const struct ovf_input *input = ovf_catalog_input(catalog, 0);
        assert_int_equal(ovf_catalog_n_items(catalog), n_items);
        assert_int_equal(input->members.n_rejected[OVF_REJECT_ARCHIVE_TRUNCATED] > 0, !is_at_end);
        assert_int_equal(ovf_tally_rejected(&input->members),
                         input->members.n_rejected[OVF_REJECT_ARCHIVE_TRUNCATED]);
        for (size_t i = 0; i < n_items; i++)
            test_assert_text(catalog, i, i == 0 ? "a.csv" : "b.csv", "text");
        ovf_catalog_free(catalog);
        test_folder_empty(NULL);
    }
    ovf_buffer_deinit(&tar);
}

static void a_wrong_checksum_costs_one_member(void **state) /* T02 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "text");
    const size_t at = test_tar_member(&tar, "b.csv", "lost");
    test_tar_member(&tar, "c.csv", "text");
    test_tar_end(&tar);
    tar.data[at] ^= 1;
    check(&tar, (struct expectation){2, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    tar.data[at] ^= 1;
    tar.data[0] ^= 1; /* the very first header */
    tar.data[at + 512] = 't', tar.data[at + 513] = 'e', tar.data[at + 514] = 'x';
    check(&tar, (struct expectation){2, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    ovf_buffer_deinit(&tar);
}

static void sizes_that_make_no_sense_allocate_nothing(void **state) /* T03 */
{
    (void)state;
    static const struct {
        unsigned char size[12];
        enum ovf_reject reason;
    } cases[] = {
        {{'8', '9', 'x', 'y', 'z', 0, 0, 0, 0, 0, 0, 0}, OVF_REJECT_N},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE}, OVF_REJECT_N},
        {{0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0}, OVF_REJECT_N},
        {{0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0}, OVF_REJECT_N},
        {"77777777777", OVF_REJECT_TOO_LARGE},
        {"17777777777", OVF_REJECT_ARCHIVE_TRUNCATED}, /* 2 GiB - 1 */
        {"20000000000", OVF_REJECT_ARCHIVE_TRUNCATED}, /* 2 GiB */
        {"20000000001", OVF_REJECT_TOO_LARGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ovf_buffer tar = {0};
        test_tar_member(&tar, "a.csv", "text");
        const size_t at = test_tar_member(&tar, "b.csv", "odd");
        test_tar_end(&tar);
        memcpy(tar.data + at + 124, cases[i].size, 12);
        test_tar_sum(&tar, at);
        struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &tar));
        const struct ovf_input *input = ovf_catalog_input(catalog, 0);
        assert_true(ovf_catalog_n_items(catalog) >= 1);
        test_assert_text(catalog, 0, "a.csv", "text");
        assert_true(ovf_tally_rejected(&input->members) > 0 || ovf_catalog_n_items(catalog) == 2);
        if (cases[i].reason != OVF_REJECT_N)
            assert_int_equal(input->members.n_rejected[cases[i].reason] > 0, 1);
        ovf_catalog_free(catalog);
        ovf_buffer_deinit(&tar);
        test_folder_empty(NULL);
    }
}

static void unsafe_names_are_counted(void **state) /* T04 */
{
    (void)state;
    static const char *const unsafe[] = {"../x.csv", "/etc/x.csv",  "a/../x.csv", "..",
                                         "a\nb.csv", "\x1B[2J.csv", "a\x7F.csv",  "\xFF.csv"};
    static const char *const safe[] = {"a//b.csv",   ".//c.csv", "C:\\x.csv",
                                       "a..b/e.csv", "d.csv",    "\xC3\xBC.csv"};
    static const char *const tidy[] = {"a/b.csv",    "c.csv", "C:\\x.csv",
                                       "a..b/e.csv", "d.csv", "\xC3\xBC.csv"};
    struct ovf_buffer tar = {0};
    for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
        test_tar_member(&tar, unsafe[i], "text");
    for (size_t i = 0; i < sizeof safe / sizeof safe[0]; i++)
        test_tar_member(&tar, safe[i], "text");
    test_tar_end(&tar);
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("y", &tar));
    for (size_t i = 0; i < sizeof tidy / sizeof tidy[0]; i++)
        test_assert_text(catalog, i, tidy[i], "text");
    ovf_catalog_free(catalog);
    check(&tar, (struct expectation){6, 0, 8, OVF_REJECT_UNSAFE_NAME});
    ovf_buffer_deinit(&tar);
}

static void an_empty_name_is_unsafe(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "text");
    test_tar_member(&tar, "", "text");
    test_tar_end(&tar);
    check(&tar, (struct expectation){1, 0, 1, OVF_REJECT_UNSAFE_NAME});
    ovf_buffer_deinit(&tar);
}

static void links_and_devices_are_no_members(void **state) /* T05 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_header(&tar, "out", '2', 0, "/etc");
    test_tar_member(&tar, "out/x.csv", "text"); /* only a name: nothing is ever unpacked */
    test_tar_header(&tar, "hard.csv", '1', 0, "out/x.csv");
    test_tar_header(&tar, "char.csv", '3', 0, "");
    test_tar_header(&tar, "block.csv", '4', 0, "");
    test_tar_header(&tar, "fifo.csv", '6', 0, "");
    test_tar_header(&tar, "folder.csv/", '5', 0, "");
    test_tar_end(&tar);
    check(&tar, (struct expectation){1, 0, 5, OVF_REJECT_NOT_A_FILE});
    ovf_buffer_deinit(&tar);
}

/* By libarchive: names and sizes that need headers of their own before the member. */
static void append_long(struct ovf_buffer *out, bool is_gnu, size_t name_len)
{
    size_t used = 0;
    char *name = calloc(1, name_len + 1);
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_non_null(name);
    memset(name, 'n', name_len);
    test_tar_field(name + name_len - 4, ".csv", 4);
    for (size_t i = 100; i + 100 < name_len; i += 100)
        name[i] = '/';
    assert_int_equal(ovf_buffer_reserve(out, 65536), OVF_OK);
    if (is_gnu)
        archive_write_set_format_gnutar(a);
    else
        archive_write_set_format_pax(a);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out->data + out->len, 65536, &used), ARCHIVE_OK);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, 4);
    archive_entry_set_mtime(entry, 1, 5);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, "text", 4), 4);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    archive_entry_free(entry);
    free(name);
    out->len += used;
}

static void long_names_are_read_up_to_the_limit(void **state) /* T04, T06 */
{
    (void)state;
    static const size_t lengths[] = {99, 100, 101, 155, 300, 1023, 1024, 1025, 5000};
    for (int is_gnu = 0; is_gnu < 2; is_gnu++) {
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            struct ovf_buffer tar = {0};
            test_tar_member(&tar, "before.csv", "text");
            append_long(&tar, is_gnu == 1, lengths[i]);
            /* behind the end blocks: tars that were joined are one */
            test_tar_member(&tar, "after.csv", "text");
            const bool is_good = lengths[i] <= 1024;
            check(&tar, (struct expectation){is_good ? 3 : 2, 0, !is_good, OVF_REJECT_UNSAFE_NAME});
            ovf_buffer_deinit(&tar);
        }
    }
}

/* A pax header with these records before a member. */
static void append_pax(struct ovf_buffer *tar, const char *records, const char *name)
{
    test_tar_header(tar, "pax", 'x', strlen(records), "");
    test_append(tar, records, strlen(records));
    test_append_zeros(tar, 512 - strlen(records) % 512);
    test_tar_member(tar, name, "text");
}

static void pax_names_sizes_and_sparse_files(void **state) /* T06 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    append_pax(&tar, "15 path=\xC3\xBC.csv\n", "other");
    append_pax(&tar, "10 size=4\n", "b.csv");
    test_tar_end(&tar);
    check(&tar, (struct expectation){2, 0, 0, OVF_REJECT_N - 1});
    tar.len = 0;
    test_tar_member(&tar, "a.csv", "text");
    append_pax(&tar, "28 size=9000000000000000000\n", "b.csv");
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &tar));
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    assert_int_equal(ovf_catalog_n_items(catalog), 1);
    assert_int_equal(input->members.n_rejected[OVF_REJECT_TOO_LARGE], 1);
    ovf_catalog_free(catalog);
    tar.len = 0;
    test_tar_member(&tar, "a.csv", "text");
    append_pax(&tar,
               "22 GNU.sparse.size=99\n26 GNU.sparse.numblocks=1\n24 GNU.sparse.offset=95\n"
               "25 GNU.sparse.numbytes=4\n",
               "b.csv");
    test_tar_end(&tar);
    catalog = test_catalog(test_write_buffer("x", &tar));
    input = ovf_catalog_input(catalog, 0);
    assert_int_equal(ovf_catalog_n_items(catalog), 1);
    assert_int_equal(input->members.n_rejected[OVF_REJECT_NOT_A_FILE], 1);
    ovf_catalog_free(catalog);
    tar.len = 0;
    test_tar_member(&tar, "a.csv", "text");
    append_pax(&tar, "99 path=b.csv\n", "c.csv"); /* a record longer than its header */
    test_tar_end(&tar);
    check(&tar, (struct expectation){1, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    ovf_buffer_deinit(&tar);
}

static void a_gnu_name_without_end_is_no_loop(void **state) /* T06 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "text");
    for (int i = 0; i < 3000; i++) {
        test_tar_header(&tar, "././@LongLink", 'L', 6, "");
        test_append(&tar, "b.csv", 6);
        test_append_zeros(&tar, 506);
    }
    test_tar_member(&tar, "c", "text");
    test_tar_end(&tar);
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &tar));
    test_assert_text(catalog, 0, "a.csv", "text");
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    assert_true(ovf_tally_rejected(&input->members) > 0);
    ovf_catalog_free(catalog);
    ovf_buffer_deinit(&tar);
}

static void a_name_that_stands_twice_is_not_picked(void **state) /* T07 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "one");
    test_tar_member(&tar, "b.csv", "text");
    test_tar_member(&tar, "./a.csv", "two");
    test_tar_member(&tar, "readme", "one");
    test_tar_member(&tar, "readme", "two");
    test_tar_end(&tar);
    check(&tar, (struct expectation){1, 2, 2, OVF_REJECT_DUPLICATE_NAME});
    ovf_buffer_deinit(&tar);
}

static void other_members_and_archives_inside_are_not_used(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0}, inner = {0};
    test_tar_member(&inner, "inner.csv", "text");
    test_append(&inner, "", 1);
    test_tar_member(&tar, "a.csv", "text");
    test_tar_header(&tar, "inner.tar", '0', inner.len - 1, "");
    test_append(&tar, inner.data, inner.len - 1);
    test_tar_member(&tar, "._a.csv", "macOS");
    test_tar_member(&tar, "trace_full_x.json5", "{}");
    test_tar_end(&tar);
    check(&tar, (struct expectation){1, 3, 0, OVF_REJECT_N - 1});
    ovf_buffer_deinit(&tar);
    ovf_buffer_deinit(&inner);
}

static void nothing_in_an_archive_is_no_trouble(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_append_zeros(&tar, 10240);
    check(&tar, (struct expectation){0, 0, 0, OVF_REJECT_N - 1});
    ovf_buffer_deinit(&tar);
}

static void make_gzip(const struct ovf_buffer *in, struct ovf_buffer *out)
{
    size_t used = 0;
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_int_equal(ovf_buffer_reserve(out, in->len + 4096), OVF_OK);
    archive_write_add_filter_gzip(a);
    archive_write_set_format_raw(a);
    archive_write_set_bytes_per_block(a, 1);
    archive_write_open_memory(a, out->data, out->capacity, &used);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(a, entry);
    archive_write_data(a, in->data, in->len);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    archive_entry_free(entry);
    out->len = used;
}

static void a_compressed_tar_is_only_as_good_as_its_checksum(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0}, gz = {0};
    test_tar_member(&tar, "a.csv", "text");
    test_tar_member(&tar, "b.csv", "text");
    test_tar_end(&tar);
    make_gzip(&tar, &gz);
    check(&gz, (struct expectation){2, 0, 0, OVF_REJECT_N - 1});
    test_append(&gz, "x", 1);
    check(&gz, (struct expectation){2, 0, 1, OVF_REJECT_GZIP_TRAILING});
    gz.len -= 2; /* the last byte of the length is missing */
    check(&gz, (struct expectation){2, 0, 1, OVF_REJECT_GZIP_TRUNCATED});
    gz.len++;
    gz.data[gz.len - 8] ^= 1; /* checksum: both members and the archive */
    check(&gz, (struct expectation){0, 0, 3, OVF_REJECT_GZIP_CORRUPT});
    ovf_buffer_deinit(&tar);
    ovf_buffer_deinit(&gz);
}

static void make_zip_of_zeros(struct ovf_buffer *out, size_t n_zeros)
{
    size_t used = 0;
    unsigned char *zeros = calloc(1, n_zeros);
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_non_null(zeros);
    assert_int_equal(ovf_buffer_reserve(out, (size_t)1 << 20), OVF_OK);
    archive_write_set_format_zip(a);
    archive_write_open_memory(a, out->data, out->capacity, &used);
    archive_entry_set_pathname(entry, "zeros.csv");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)n_zeros);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, zeros, n_zeros), n_zeros);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    archive_entry_free(entry);
    free(zeros);
    out->len = used;
}

static void an_archive_that_expands_without_measure_is_stopped(void **state) /* G08 */
{
    (void)state;
    const size_t n_zeros = (size_t)16 << 20;
    struct ovf_buffer tar = {0}, gz = {0}, zip = {0};
    test_tar_member(&tar, "a.csv", "text");
    test_tar_header(&tar, "zeros.csv", '0', n_zeros, "");
    test_append_zeros(&tar, n_zeros);
    test_tar_end(&tar);
    make_gzip(&tar, &gz);
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &gz));
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    assert_int_equal(ovf_catalog_n_items(catalog), 1);
    test_assert_text(catalog, 0, "a.csv", "text");
    assert_int_equal(input->members.n_rejected[OVF_REJECT_BOMB], 1);
    assert_int_equal(input->n_bytes, gz.len);
    ovf_catalog_free(catalog);
    make_zip_of_zeros(&zip, n_zeros);
    check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_BOMB});
    ovf_buffer_deinit(&tar);
    ovf_buffer_deinit(&gz);
    ovf_buffer_deinit(&zip);
}

static void a_part_missing_at_the_end_is_truncation(void **state) /* T10 */
{
    (void)state;
    struct ovf_buffer tar = {0};
    struct ovf_catalog *catalog = NULL;
    test_tar_member(&tar, "a.csv", "text");
    test_tar_member(&tar, "b.csv", "text");
    test_tar_end(&tar);
    const char *parts[] = {test_write("d.tar.aa", tar.data, 600),
                           test_write("d.tar.ab", tar.data + 600, 600)};
    assert_int_equal(ovf_catalog_new(parts, 2, &catalog, NULL), OVF_OK);
    assert_int_equal(ovf_catalog_n_items(catalog), 1);
    test_assert_text(catalog, 0, "a.csv", "text");
    assert_true(ovf_catalog_input(catalog, 0)->members.n_rejected[OVF_REJECT_ARCHIVE_TRUNCATED]);
    ovf_catalog_free(catalog);
    ovf_buffer_deinit(&tar);
}

/* A zip with one stored member, by hand after APPNOTE 4.3: local header, data, directory, end. */
static void append_u16(struct ovf_buffer *b, unsigned v)
{
    const unsigned char two[2] = {(unsigned char)v, (unsigned char)(v >> 8)};
    test_append(b, two, 2);
}

static void append_u32(struct ovf_buffer *b, uint32_t v)
{
    append_u16(b, v & 0xFFFF);
    append_u16(b, v >> 16);
}

static void zip_header(struct ovf_buffer *b, bool is_central, const char *name, uint32_t size)
{
    append_u32(b, is_central ? 0x02014B50 : 0x04034B50);
    if (is_central)
        append_u16(b, 3 << 8 | 20); /* made by unix */
    append_u16(b, 20);
    append_u16(b, 0);
    append_u16(b, 0); /* stored */
    append_u32(b, 0);
    append_u32(b, 0x3B8BA7C7); /* CRC-32 of "text" */
    append_u32(b, size);
    append_u32(b, size);
    append_u16(b, (unsigned)strlen(name));
    append_u16(b, 0);
    if (is_central) {
        append_u16(b, 0);
        append_u16(b, 0);
        append_u16(b, 0);
        append_u32(b, UINT32_C(0100644) << 16);
        append_u32(b, 0);
    }
    test_append(b, name, strlen(name));
}

static void make_zip(struct ovf_buffer *b, const char *local, const char *central, int n)
{
    b->len = 0;
    zip_header(b, false, local, 4);
    test_append(b, "text", 4);
    const size_t at = b->len;
    for (int i = 0; i < n; i++)
        zip_header(b, true, central, 4);
    const size_t len = b->len - at;
    append_u32(b, 0x06054B50);
    append_u32(b, 0);
    append_u16(b, (unsigned)n);
    append_u16(b, (unsigned)n);
    append_u32(b, (uint32_t)len);
    append_u32(b, (uint32_t)at);
    append_u16(b, 0);
}

static void zips_that_lie_are_not_believed(void **state) /* T09 */
{
    (void)state;
    struct ovf_buffer zip = {0};
    make_zip(&zip, "a.csv", "a.csv", 1);
    check(&zip, (struct expectation){1, 0, 0, OVF_REJECT_N - 1});
    make_zip(&zip, "\xC3\xBC/a.csv", "\xC3\xBC/a.csv", 1);
    check(&zip, (struct expectation){1, 0, 0, OVF_REJECT_N - 1});
    zip.data[7] = zip.data[zip.len - 22 - 54 + 9] = 8; /* and both headers say: in UTF-8 */
    check(&zip, (struct expectation){1, 0, 0, OVF_REJECT_N - 1});
    make_zip(&zip, "a.csv", "a.csv", 1);
    /* The local sizes in a 64-bit extra field, as some write it though it is not needed. */
    static const unsigned char extra[20] = {1, 0, 16, 0, 4, 0, 0, 0, 0, 0, 0, 0, 4};
    test_append_zeros(&zip, sizeof extra);
    memmove(zip.data + 35 + sizeof extra, zip.data + 35, zip.len - 35 - sizeof extra);
    memcpy(zip.data + 35, extra, sizeof extra);
    memset(zip.data + 18, 0xFF, 8);
    zip.data[28] = sizeof extra;
    zip.data[zip.len - 6] += sizeof extra; /* where the directory is */
    check(&zip, (struct expectation){1, 0, 0, OVF_REJECT_N - 1});
    make_zip(&zip, "../a.csv", "../a.csv", 1); /* zip-slip */
    check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_UNSAFE_NAME});
    zip.len = 40; /* no directory */
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &zip));
    assert_int_equal(ovf_catalog_n_items(catalog), 0);
    assert_true(ovf_tally_rejected(&ovf_catalog_input(catalog, 0)->members) > 0);
    ovf_catalog_free(catalog);
    static const struct {
        size_t n_from_end; /* a byte of the directory's last entry, or of the end */
        unsigned char value;
    } lies[] = {
        {22 + 51 - 10, 8},   /* another method */
        {22 + 51 - 20, 5},   /* another compressed size */
        {22 + 51 - 24, 3},   /* another size */
        {22 + 51 - 42, 1},   /* no header is there */
        {22 + 51 - 43, 9},   /* that lies behind the end */
        {22 + 51 - 46, 'b'}, /* another name */
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        make_zip(&zip, "a.csv", "a.csv", 1);
        zip.data[zip.len - lies[i].n_from_end] = lies[i].value;
        check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    }
    make_zip(&zip, "a.csv", "bb.csv", 1); /* two names of other lengths for one member */
    check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    make_zip(&zip, "a.csv", "a.csv", 50); /* fifty entries over the same bytes */
    check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    ovf_buffer_deinit(&zip);
}

static void a_zip_with_a_wrong_checksum_gives_no_member(void **state)
{
    (void)state;
    struct ovf_buffer zip = {0};
    make_zip(&zip, "a.csv", "a.csv", 1);
    zip.data[35] ^= 1; /* the first of "text" */
    check(&zip, (struct expectation){0, 0, 1, OVF_REJECT_ARCHIVE_CORRUPT});
    ovf_buffer_deinit(&zip);
}

/* Listing with limits of our own, from memory. */
struct memory {
    struct ovf_bytes bytes;
    size_t n_begun;
    uint64_t n_rejected[OVF_REJECT_N];
};

static enum ovf_status memory_next(void *context, struct ovf_bytes *bytes, struct ovf_error *err)
{
    (void)err;
    struct memory *m = context;
    *bytes = m->bytes;
    m->bytes.len = 0;
    return OVF_OK;
}

static enum ovf_status memory_begin(void *context, const struct ovf_archive_member *member,
                                    struct ovf_error *err)
{
    (void)member;
    (void)err;
    struct memory *m = context;
    m->n_begun++;
    return OVF_OK;
}

static enum ovf_status memory_end(void *context, bool is_whole, struct ovf_error *err)
{
    (void)context;
    (void)is_whole;
    (void)err;
    return OVF_OK;
}

static void memory_reject(void *context, const char *name, enum ovf_reject reason, const char *text)
{
    (void)name;
    (void)text;
    struct memory *m = context;
    m->n_rejected[reason]++;
}

static void limits_hold_at_the_limit(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    test_tar_member(&tar, "a.csv", "four");
    test_tar_member(&tar, "b.csv", "five5");
    test_tar_member(&tar, "c.csv", "sixsix");
    test_tar_end(&tar);
    for (uint64_t limit = 2; limit <= 6; limit++) {
        const struct ovf_archive_limits limits = {limit, limit};
        struct memory m = {.bytes = ovf_buffer_bytes(&tar)};
        const struct ovf_archive_sink sink = {
            .context = &m, .begin = memory_begin, .end = memory_end, .reject = memory_reject};
        assert_int_equal(ovf_tar_list((struct ovf_pull){.next = memory_next, .context = &m},
                                      &limits, &sink, NULL),
                         OVF_OK);
        assert_int_equal(m.n_begun, limit < 4 ? 0 : limit - 3);
        assert_int_equal(m.n_rejected[OVF_REJECT_TOO_LARGE], limit == 2   ? 3
                                                             : limit == 3 ? 3
                                                                          : 6 - limit);
    }
    ovf_buffer_deinit(&tar);
}

#define TEST(f) cmocka_unit_test_teardown(f, test_folder_empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tar_cut_anywhere_gives_what_was_whole),
        TEST(a_wrong_checksum_costs_one_member),
        TEST(sizes_that_make_no_sense_allocate_nothing),
        TEST(unsafe_names_are_counted),
        TEST(an_empty_name_is_unsafe),
        TEST(links_and_devices_are_no_members),
        TEST(long_names_are_read_up_to_the_limit),
        TEST(pax_names_sizes_and_sparse_files),
        TEST(a_gnu_name_without_end_is_no_loop),
        TEST(a_name_that_stands_twice_is_not_picked),
        TEST(other_members_and_archives_inside_are_not_used),
        TEST(nothing_in_an_archive_is_no_trouble),
        TEST(a_compressed_tar_is_only_as_good_as_its_checksum),
        TEST(an_archive_that_expands_without_measure_is_stopped),
        TEST(a_part_missing_at_the_end_is_truncation),
        TEST(zips_that_lie_are_not_believed),
        TEST(a_zip_with_a_wrong_checksum_gives_no_member),
        TEST(limits_hold_at_the_limit),
    };
    return cmocka_run_group_tests(tests, test_folder_make, test_folder_remove);
}
