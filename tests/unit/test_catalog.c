/* SPDX-License-Identifier: Apache-2.0 */
/* The catalog over recorded traces: a directory, a tar, a split tar, a compressed tar, a zip and a
 * pipe of the same files are the same members. And what paths mean: globs, parts, links. */
#include "test_catalog.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "source/file.h"
#include "source/mapped.h"

#define NEVADA "traces/nevada-2023-08-20"

/* Digest and content digest of each member by its last name component. */
struct member {
    char name[64];
    struct ovf_digest stored;
    struct ovf_digest content;
};

static struct member members[22];

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static struct member *find_member(const char *path)
{
    for (size_t i = 0; i < 22; i++)
        if (strcmp(members[i].name, base_name(path)) == 0)
            return &members[i];
    fail_msg("unexpected member %s", path);
    return NULL;
}

/* Every item of catalog; fills members the first time, compares then. */
static void check_members(const struct ovf_catalog *catalog, bool is_first)
{
    struct ovf_loader loader = {0};
    assert_int_equal(ovf_catalog_n_items(catalog), 22);
    for (size_t i = 0; i < 22; i++) {
        const struct ovf_item *item = ovf_catalog_item(catalog, i);
        struct ovf_bytes bytes;
        struct member got = {{0}, {{0}}, {{0}}};
        assert_int_equal(item->kind, OVF_ITEM_TRACE);
        assert_true(item->has_address_hint);
        assert_int_equal(test_load(catalog, i, &loader, &bytes, &got.stored), OVF_REJECT_N);
        assert_int_equal(bytes.data[0], '{');
        assert_int_equal(ovf_sha256(bytes, &got.content), OVF_OK);
        snprintf(got.name, sizeof got.name, "%s", base_name(item->name));
        if (is_first)
            members[i] = got;
        const struct member *want = find_member(item->name);
        assert_true(ovf_digest_equal(&got.stored, &want->stored));
        assert_true(ovf_digest_equal(&got.content, &want->content));
    }
    ovf_loader_deinit(&loader);
}

/* The files of the recorded folder as an archive, by libarchive. */
static void write_archive(struct ovf_buffer *out, bool is_zip, bool is_gzip)
{
    struct ovf_catalog *catalog = test_catalog(ovf_test_data(NEVADA));
    size_t used = 0;
    const size_t room = (size_t)32 << 20;
    assert_int_equal(ovf_buffer_reserve(out, room), OVF_OK);
    struct archive *a = archive_write_new();
    if (is_gzip)
        archive_write_add_filter_gzip(a);
    if (is_zip)
        archive_write_set_format_zip(a);
    else
        archive_write_set_format_pax_restricted(a);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out->data, room, &used), ARCHIVE_OK);
    for (size_t i = 0; i < ovf_catalog_n_items(catalog); i++) {
        struct ovf_buffer file = {0};
        struct archive_entry *entry = archive_entry_new();
        const char *path = ovf_catalog_item(catalog, i)->name;
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        assert_int_equal(ovf_buffer_reserve(&file, (size_t)4 << 20), OVF_OK);
        file.len = fread(file.data, 1, file.capacity, f);
        fclose(f);
        archive_entry_set_pathname(entry, strstr(path, "traces/nevada"));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)file.len);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, file.data, file.len), file.len);
        archive_entry_free(entry);
        ovf_buffer_deinit(&file);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    out->len = used;
    ovf_catalog_free(catalog);
}

/* Let bytes come through a pipe that is named in place of standard input. */
static void check_piped(const struct ovf_buffer *bytes)
{
    int ends[2];
    const int old = dup(0);
    const char *dash = "-";
    struct ovf_catalog *catalog = NULL;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        for (size_t at = 0; at < bytes->len;) {
            const ssize_t n = write(ends[1], bytes->data + at, bytes->len - at);
            if (n <= 0)
                _exit(1);
            at += (size_t)n;
        }
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(dup2(ends[0], 0), 0);
    close(ends[0]);
    assert_int_equal(ovf_catalog_new(&dash, 1, &catalog, NULL), OVF_OK);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(dup2(old, 0), 0);
    close(old);
    check_members(catalog, false);
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    struct ovf_digest digest;
    assert_int_equal(ovf_sha256(ovf_buffer_bytes(bytes), &digest), OVF_OK);
    assert_true(input->has_digest && ovf_digest_equal(&input->digest, &digest));
    assert_true(input->is_archive && input->n_bytes == bytes->len);
    ovf_catalog_free(catalog);
}

static void check_file(const char *path, const struct ovf_buffer *bytes)
{
    struct ovf_catalog *catalog = test_catalog(path);
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    struct ovf_digest digest;
    check_members(catalog, false);
    assert_int_equal(ovf_sha256(ovf_buffer_bytes(bytes), &digest), OVF_OK);
    assert_int_equal(ovf_catalog_hash(catalog, 0, NULL), OVF_OK);
    assert_true(input->has_digest && ovf_digest_equal(&input->digest, &digest));
    assert_true(input->is_archive && input->n_bytes == bytes->len);
    assert_int_equal(input->members.n_read, 0);
    ovf_catalog_free(catalog);
}

static void check_split(const struct ovf_buffer *tar)
{
    const size_t cut = tar->len / 2 + 77;
    const char *parts[2];
    struct ovf_catalog *catalog = NULL;
    parts[1] = test_write("day.tar.aa", tar->data, cut);
    parts[0] = test_write("day.tar.ab", tar->data + cut, tar->len - cut);
    assert_int_equal(ovf_catalog_new(parts, 2, &catalog, NULL), OVF_OK);
    assert_int_equal(ovf_catalog_n_inputs(catalog), 1);
    assert_string_equal(base_name(ovf_catalog_input(catalog, 0)->path), "day.tar");
    check_members(catalog, false);
    ovf_catalog_free(catalog);

    char pattern[512];
    snprintf(pattern, sizeof pattern, "%s/day.tar.*", test_folder);
    check_file(pattern, tar);
}

static void directory_tar_parts_zip_and_pipe_hold_the_same(void **state)
{
    (void)state;
    struct ovf_catalog *catalog = test_catalog(ovf_test_data(NEVADA));
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    check_members(catalog, true);
    assert_int_equal(ovf_catalog_hash(catalog, 0, NULL), OVF_OK); /* there is nothing to hash */
    assert_true(input->is_folder);
    assert_false(input->has_digest || input->is_archive);
    for (size_t i = 1; i < 22; i++)
        assert_true(
            strcmp(ovf_catalog_item(catalog, i - 1)->name, ovf_catalog_item(catalog, i)->name) < 0);
    ovf_catalog_free(catalog);

    for (int i = 0; i < 3; i++) {
        struct ovf_buffer bytes = {0};
        write_archive(&bytes, i == 2, i == 1);
        check_file(test_write_buffer("a-name-that-says-nothing", &bytes), &bytes);
        check_piped(&bytes);
        if (i == 0)
            check_split(&bytes);
        ovf_buffer_deinit(&bytes);
    }
}

struct worker {
    const struct ovf_catalog *catalog;
    size_t n_wrong;
};

static void *work(void *context)
{
    struct worker *worker = context;
    struct ovf_loader loader = {0};
    for (size_t i = 0; i < 22; i++) {
        struct ovf_bytes bytes;
        struct ovf_digest digest;
        enum ovf_reject reject;
        const enum ovf_status st =
            ovf_catalog_load(worker->catalog, i, &loader, &bytes, &digest, &reject, NULL);
        worker->n_wrong +=
            st != OVF_OK || reject != OVF_REJECT_N ||
            !ovf_digest_equal(&digest,
                              &find_member(ovf_catalog_item(worker->catalog, i)->name)->stored);
    }
    ovf_loader_deinit(&loader);
    return NULL;
}

static void threads_may_load_at_once(void **state)
{
    (void)state;
    struct ovf_catalog *catalog = test_catalog(ovf_test_data(NEVADA));
    check_members(catalog, true);
    ovf_catalog_free(catalog);
    for (int is_gzip = 0; is_gzip < 2; is_gzip++) {
        struct ovf_buffer bytes = {0};
        pthread_t threads[4];
        struct worker workers[4];
        write_archive(&bytes, false, is_gzip == 1);
        catalog = test_catalog(test_write_buffer("day", &bytes));
        for (int i = 0; i < 4; i++) {
            workers[i] = (struct worker){.catalog = catalog};
            assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_int_equal(workers[i].n_wrong, 0);
        }
        ovf_catalog_free(catalog);
        ovf_buffer_deinit(&bytes);
    }
}

static void a_named_file_is_read_whatever_it_is_called(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *text;
        enum ovf_item_kind kind;
    } cases[] = {
        {"x", "{\"icao\":1}", OVF_ITEM_TRACE},
        {"trace_full_abcdef.json", "\xEF\xBB\xBF \r\n\t[]", OVF_ITEM_TRACE},
        {"y.json", "time,lat\n", OVF_ITEM_TABLE},
        {"s1", "{\"time\":1,\"states\":null}", OVF_ITEM_STATES},
        {"s2", "\xEF\xBB\xBF\n[ [\"a\"]]", OVF_ITEM_STATES},
        {"s3", "[{\"time\":1,\"states\" : [", OVF_ITEM_STATES},
        {"s4", "{\"message\":\"\\\"states\\\":\"}\n{\"states\":[]}", OVF_ITEM_STATES},
        {"s5", "{\"message\":\"states\",\"x\":{\"states\":1}}", OVF_ITEM_TRACE},
        {"s6", "[\"states\"", OVF_ITEM_TRACE},
        {"a1", "{\"now\":1,\"aircraft\":[]}", OVF_ITEM_AIRCRAFT},
        {"a2", "{\"ac\":[{\"hex\":", OVF_ITEM_AIRCRAFT},
        {"a3", "{\"now\" : 1,\"hex\":\"f10001\"},\n", OVF_ITEM_AIRCRAFT},
        {"a4", "{\"icao\":\"f10001\",\"x\":{\"hex\":1}}", OVF_ITEM_TRACE},
        {"f1",
         "\x1a"
         "2stampssignals\x1a"
         "3",
         OVF_ITEM_FRAMES},
        {"f2",
         "rest of a frame\x1a"
         "2sta\x1a\x1apssignals\x1a"
         "3",
         OVF_ITEM_FRAMES},
        {"f3", "\r\n*8D4840D6202CC371C32CE0576098;", OVF_ITEM_FRAMES},
        {"f4", "*, lat", OVF_ITEM_TABLE},
        {"m1", "MSG,3,1,1,F10001", OVF_ITEM_SBS},
        {"m2", "MSG,,,,F10001", OVF_ITEM_SBS},
        {"m3", "MSG,time,lat", OVF_ITEM_TABLE},
        {"page.csv", "<html><h1>404</h1></html>", OVF_ITEM_TABLE},
        {"junk.tar", "\x01\x02\x03\xFF", OVF_ITEM_TABLE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path = test_write(cases[i].name, cases[i].text, strlen(cases[i].text));
        struct ovf_catalog *catalog = test_catalog(path);
        assert_int_equal(ovf_catalog_n_items(catalog), 1);
        assert_int_equal(ovf_catalog_item(catalog, 0)->kind, cases[i].kind);
        assert_int_equal(ovf_catalog_item(catalog, 0)->has_address_hint, i == 1);
        test_assert_text(catalog, 0, path, cases[i].text);
        ovf_catalog_free(catalog);
    }
}

static enum ovf_reject reject_of(const void *data, size_t len)
{
    struct ovf_catalog *catalog = test_catalog(test_write("one", data, len));
    struct ovf_loader loader = {0};
    struct ovf_bytes bytes;
    struct ovf_digest digest;
    assert_int_equal(ovf_catalog_n_items(catalog), 1);
    const enum ovf_reject reject = test_load(catalog, 0, &loader, &bytes, &digest);
    ovf_loader_deinit(&loader);
    ovf_catalog_free(catalog);
    return reject;
}

static void what_cannot_be_read_has_a_reason(void **state)
{
    (void)state;
    static const unsigned char empty_gzip[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3,
                                               3,    0,    0, 0, 0, 0, 0, 0, 0, 0};
    assert_int_equal(reject_of("", 0), OVF_REJECT_EMPTY);
    assert_int_equal(reject_of(empty_gzip, sizeof empty_gzip), OVF_REJECT_EMPTY); /* G01 */
    assert_int_equal(reject_of(empty_gzip, 10), OVF_REJECT_GZIP_TRUNCATED);
    assert_int_equal(reject_of("\x28\xB5\x2F\xFD....", 8), OVF_REJECT_COMPRESSION_UNSUPPORTED);
    assert_int_equal(reject_of("{", 1), OVF_REJECT_N);
}

static void a_missing_part_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *names[4];
        const char *missing; /* NULL: none */
        size_t n_inputs;
    } cases[] = {
        {{"x.tar.ab", NULL}, "x.tar.aa", 0},
        {{"x.tar.aa", "x.tar.ac", NULL}, "x.tar.ab", 0},
        {{"x.tar.ac", "x.tar.aa", "x.tar.ad", NULL}, "x.tar.ab", 0},
        {{"x.tar.ab", "x.tar.aa", NULL}, NULL, 1},
        {{"x.tar.aa", "x.tar.aa", "x.tar.ab", NULL}, NULL, 1},
        {{"x.tar.aa", "y.tar.aa", "x.tar.ab", NULL}, NULL, 2},
        {{"x.tar.gz", NULL}, NULL, 1},
        {{"x.tar.aa", "x.tar.gz", NULL}, NULL, 2},
        {{"x.js", NULL}, NULL, 1},
        {{"x.js", "x.md", NULL}, NULL, 2},
        {{"one.csv", "one.csv", NULL}, NULL, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *paths[4];
        size_t n = 0;
        struct ovf_catalog *catalog = NULL;
        struct ovf_error err = {{0}};
        for (; cases[i].names[n] != NULL; n++)
            paths[n] = test_write(cases[i].names[n], "a,b\n", 4);
        const enum ovf_status st = ovf_catalog_new(paths, n, &catalog, &err);
        assert_int_equal(st, cases[i].missing != NULL ? OVF_E_FORMAT : OVF_OK);
        if (cases[i].missing != NULL)
            assert_non_null(strstr(err.text, cases[i].missing));
        else
            assert_int_equal(ovf_catalog_n_inputs(catalog), cases[i].n_inputs);
        ovf_catalog_free(catalog);
        test_folder_empty(NULL);
    }
}

static void a_path_that_is_not_there_is_named(void **state)
{
    (void)state;
    static const char *const paths[] = {"/nonexistent/x.json", "/nonexistent/*.json",
                                        "/dev/null/x"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct ovf_catalog *catalog = NULL;
        struct ovf_error err = {{0}};
        assert_int_equal(ovf_catalog_new(&paths[i], 1, &catalog, &err), OVF_E_NOTFOUND);
        assert_null(catalog);
        assert_non_null(strstr(err.text, paths[i]));
    }
}

static void a_directory_is_read_in_name_order_without_what_is_hidden(void **state)
{
    (void)state;
    const char *const folders[] = {"d", "d/b", "d/a", "d/.git"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(mkdir(test_path(folders[i]), 0700), 0);
    test_write("d/z.csv", "z", 1);
    test_write("d/b/trace_full_~abcdef.json", "{b}", 3);
    test_write("d/a/trace_full_abcdef_2026-06-25.json.gz", "{a}", 3);
    test_write("d/a/trace_recent_abcdef.json", "{}", 2);
    test_write("d/.git/x.csv", "h", 1);
    test_write("d/.x.csv", "h", 1);
    assert_int_equal(symlink("z.csv", test_path("d/y.csv")), 0);
    assert_int_equal(symlink("gone.csv", test_path("d/broken.csv")), 0);
    assert_int_equal(symlink("../d", test_path("d/loop")), 0);
    assert_int_equal(mkfifo(test_path("d/pipe.csv"), 0600), 0);
    char root[512];
    snprintf(root, sizeof root, "%s/d/", test_folder);
    struct ovf_catalog *catalog = test_catalog(root);
    static const char *const names[] = {"a/trace_full_abcdef_2026-06-25.json.gz",
                                        "b/trace_full_~abcdef.json", "y.csv", "z.csv"};
    static const char *const texts[] = {"{a}", "{b}", "z", "z"};
    const struct ovf_input *input = ovf_catalog_input(catalog, 0);
    assert_int_equal(ovf_catalog_n_items(catalog), 4);
    for (size_t i = 0; i < 4; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s%s", root, names[i]);
        test_assert_text(catalog, i, path, texts[i]);
    }
    assert_int_equal(ovf_catalog_item(catalog, 0)->address_hint, 0xABCDEF);
    assert_int_equal(ovf_catalog_item(catalog, 1)->address_hint, 0x1ABCDEF);
    assert_int_equal(input->n_not_used, 2); /* trace_recent, loop */
    assert_int_equal(input->members.n_rejected[OVF_REJECT_UNREADABLE], 1);
    assert_int_equal(input->members.n_rejected[OVF_REJECT_NOT_A_FILE], 1);
    ovf_catalog_free(catalog);
}

static void a_file_that_changes_after_listing_is_unreadable(void **state)
{
    (void)state;
    struct ovf_loader loader = {0};
    struct ovf_bytes bytes;
    struct ovf_digest digest;
    struct ovf_catalog *catalog = test_catalog(test_write("grows.csv", "a", 1));
    test_write("grows.csv", "ab", 2);
    assert_int_equal(test_load(catalog, 0, &loader, &bytes, &digest), OVF_REJECT_UNREADABLE);
    assert_int_equal(ovf_catalog_hash(catalog, 0, NULL), OVF_E_IO);
    assert_false(ovf_catalog_input(catalog, 0)->has_digest);
    ovf_catalog_free(catalog);
    catalog = test_catalog(test_write("goes.csv", "a", 1));
    test_folder_empty(NULL);
    assert_int_equal(test_load(catalog, 0, &loader, &bytes, &digest), OVF_REJECT_UNREADABLE);
    ovf_catalog_free(catalog);
    ovf_loader_deinit(&loader);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    struct ovf_buffer tar = {0};
    struct rlimit old;
    const char *dash = "-";
    struct ovf_catalog *catalog = NULL;
    struct ovf_error err = {{0}};
    test_tar_member(&tar, "a.csv", "text");
    const int fd = open(test_write_buffer("x.tar", &tar), O_RDONLY);
    const int stdin_before = dup(0);
    assert_int_equal(dup2(fd, 0), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    const struct rlimit none = {0, old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    const enum ovf_status st = ovf_catalog_new(&dash, 1, &catalog, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_int_equal(dup2(stdin_before, 0), 0);
    close(fd);
    close(stdin_before);
    assert_int_equal(st, OVF_E_IO);
    assert_non_null(strstr(err.text, "temporary file"));
    ovf_buffer_deinit(&tar);
}

static void small_files_are_read_whole_and_mapped(void **state)
{
    (void)state;
    struct ovf_buffer out = {0};
    struct ovf_mapped mapped = {0};
    const char *path = test_write("r.csv", "a,b\n", 4);
    assert_int_equal(ovf_file_read(path, 4, &out, NULL), OVF_OK);
    assert_int_equal(out.len, 4);
    assert_memory_equal(out.data, "a,b\n", 4);
    assert_int_equal(ovf_file_read(path, 3, &out, NULL), OVF_E_LIMIT);
    assert_int_equal(ovf_file_read("/nonexistent", 3, &out, NULL), OVF_E_NOTFOUND);
    assert_int_equal(ovf_file_read(test_write("c", "\x1F\x8B\x08...", 6), 99, &out, NULL),
                     OVF_E_FORMAT);
    assert_int_equal(ovf_file_read(test_folder, 3, &out, NULL), OVF_E_IO);
    assert_int_equal(ovf_mapped_open(path, &mapped, NULL), OVF_OK);
    assert_int_equal(mapped.bytes.len, 4);
    assert_memory_equal(mapped.bytes.data, "a,b\n", 4);
    ovf_mapped_close(&mapped);
    ovf_mapped_close(&mapped);
    assert_int_equal(ovf_mapped_open(test_write("e", "", 0), &mapped, NULL), OVF_OK);
    assert_int_equal(mapped.bytes.len, 0);
    ovf_mapped_close(&mapped);
    assert_int_equal(ovf_mapped_open(test_folder, &mapped, NULL), OVF_E_IO);
    assert_int_equal(ovf_mapped_open("/nonexistent", &mapped, NULL), OVF_E_NOTFOUND);
    ovf_buffer_deinit(&out);
}

static void gzip_tables_are_read_by_content(void **state)
{
    (void)state;
    struct ovf_buffer out = {0};
    const char *path = ovf_test_data("csv/switzerland-2018-08-01.csv.gz");
    struct ovf_catalog *catalog = test_catalog(path);
    struct ovf_loader loader = {0};
    struct ovf_bytes bytes;
    struct ovf_digest digest;
    size_t n_lines = 0;
    assert_int_equal(ovf_catalog_item(catalog, 0)->kind, OVF_ITEM_TABLE);
    assert_int_equal(test_load(catalog, 0, &loader, &bytes, &digest), OVF_REJECT_N);
    for (size_t i = 0; i < bytes.len; i++)
        n_lines += bytes.data[i] == '\n';
    assert_int_equal(n_lines, 139099); /* 139,098 rows and a header, says the data's README */
    assert_int_equal(ovf_file_read(path, UINT64_C(1) << 30, &out, NULL), OVF_OK);
    assert_int_equal(out.len, bytes.len);
    ovf_buffer_deinit(&out);
    ovf_loader_deinit(&loader);
    ovf_catalog_free(catalog);
}

/* A block is 256 KiB: the first one ends within the first member. */
static void members_longer_than_a_block_are_passed_over(void **state)
{
    (void)state;
    enum { LONG = 700000, SHORT = 5000 };
    static const char *const names[] = {"b.csv", "c.csv", "d.csv"};
    static char text[LONG + 1];
    const char *const short_text = text + LONG - SHORT;
    struct ovf_buffer tar = {0};
    memset(text, 'a', LONG);
    test_tar_member(&tar, "a.csv", text);
    for (size_t i = 0; i < 3; i++) /* in blocks that begin small */
        test_tar_member(&tar, names[i], short_text);
    test_tar_end(&tar);
    struct ovf_catalog *catalog = test_catalog(test_write_buffer("x", &tar));
    assert_int_equal(ovf_catalog_n_items(catalog), 4);
    assert_int_equal(ovf_tally_rejected(&ovf_catalog_input(catalog, 0)->members), 0);
    test_assert_text(catalog, 0, "a.csv", text);
    for (size_t i = 0; i < 3; i++)
        test_assert_text(catalog, i + 1, names[i], short_text);
    ovf_catalog_free(catalog);
    for (size_t n = LONG - 1; n <= LONG; n++) { /* cut before its last byte, and behind it */
        tar.len = 512 + n;
        catalog = test_catalog(test_write_buffer("cut", &tar));
        assert_int_equal(ovf_catalog_n_items(catalog), n == LONG ? 1 : 0);
        assert_int_equal(
            ovf_catalog_input(catalog, 0)->members.n_rejected[OVF_REJECT_ARCHIVE_TRUNCATED], 1);
        ovf_catalog_free(catalog);
    }
    ovf_buffer_deinit(&tar);
}

#define TEST(f) cmocka_unit_test_teardown(f, test_folder_empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(directory_tar_parts_zip_and_pipe_hold_the_same),
        TEST(threads_may_load_at_once),
        TEST(a_named_file_is_read_whatever_it_is_called),
        TEST(what_cannot_be_read_has_a_reason),
        TEST(a_missing_part_is_named),
        TEST(a_path_that_is_not_there_is_named),
        TEST(a_directory_is_read_in_name_order_without_what_is_hidden),
        TEST(a_file_that_changes_after_listing_is_unreadable),
        TEST(a_full_disk_is_reported),
        TEST(small_files_are_read_whole_and_mapped),
        TEST(gzip_tables_are_read_by_content),
        TEST(members_longer_than_a_block_are_passed_over),
    };
    signal(SIGXFSZ, SIG_IGN);
    return cmocka_run_group_tests(tests, test_folder_make, test_folder_remove);
}
