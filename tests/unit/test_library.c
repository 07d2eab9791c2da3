/* SPDX-License-Identifier: Apache-2.0 */
/* The library: what is kept is there again, whole, and nothing is overwritten. */
#include "test.h"

#include <string.h>

#include "store/library.h"

static char path[] = "/tmp/ovf-library-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(path));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char file[64];
    snprintf(file, sizeof file, "%s/a.db", path);
    (void)unlink(file);
    return rmdir(path);
}

static struct ovf_library *open_library(enum ovf_library_mode mode)
{
    char file[64];
    struct ovf_library *library = NULL;
    struct ovf_error err = {""};
    snprintf(file, sizeof file, "%s/a.db", path);
    const enum ovf_status st = ovf_library_open(file, mode, &library, &err);
    if (st != OVF_OK)
        print_error("%s\n", err.text);
    assert_int_equal(st, OVF_OK);
    return library;
}

static struct ovf_library_edition edition_called(const char *kind, const char *name)
{
    struct ovf_library_edition e = {.imported_ns = INT64_C(1700000000000000000),
                                    .n_airspaces = 3,
                                    .boundary_accuracy_m = (double)NAN};
    snprintf(e.kind, sizeof e.kind, "%s", kind);
    snprintf(e.name, sizeof e.name, "%s", name);
    snprintf(e.file, sizeof e.file, "map.geojson");
    return e;
}

static bool add(struct ovf_library *library, const char *kind, const char *name, const char *areas,
                char sha256[OVF_SHA256_HEX_SIZE])
{
    struct ovf_library_edition e = edition_called(kind, name);
    bool is_new = false;
    assert_int_equal(
        ovf_library_add(library, &e, ovf_bytes_from_text(areas), "a note\n", &is_new, NULL),
        OVF_OK);
    snprintf(sha256, OVF_SHA256_HEX_SIZE, "%s", e.sha256);
    return is_new;
}

static enum ovf_status count(void *context, const struct ovf_library_edition *edition)
{
    (void)edition;
    ++*(int *)context;
    return OVF_OK;
}

static void every_edition_is_kept_and_found_by_name_or_hash(void **state)
{
    (void)state;
    struct ovf_library *library = NULL;
    struct ovf_library_edition found;
    struct ovf_error err;
    struct ovf_buffer areas = {0};
    char first[OVF_SHA256_HEX_SIZE];
    char second[OVF_SHA256_HEX_SIZE];
    char text[128];
    int n = 0;
    assert_int_equal(ovf_library_open("/nonexistent/x.db", OVF_LIBRARY_READ, &library, &err),
                     OVF_E_NOTFOUND);
    library = open_library(OVF_LIBRARY_WRITE);
    assert_true(add(library, "fir", "524", "abc", first));
    /* FIPS 180-2, the first example of SHA-256. */
    assert_string_equal(first, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_false(add(library, "fir", "524", "abc", first));
    assert_true(add(library, "fir", "524", "abcd", second));
    assert_true(add(library, "country", "524", "abc", first));
    ovf_library_close(library);
    library = open_library(OVF_LIBRARY_READ);
    assert_int_equal(ovf_library_list(library, NULL, count, &n, NULL), OVF_OK);
    assert_int_equal(n, 3);
    n = 0;
    assert_int_equal(ovf_library_list(library, "fir", count, &n, NULL), OVF_OK);
    assert_int_equal(n, 2);
    assert_int_equal(ovf_library_find(library, "524", &found, &err), OVF_OK);
    assert_string_equal(found.kind, "country");
    snprintf(text, sizeof text, "524@sha256:%.10s", second);
    assert_int_equal(ovf_library_find(library, text, &found, &err), OVF_OK);
    assert_string_equal(found.sha256, second);
    assert_int_equal(found.imported_ns, INT64_C(1700000000000000000));
    assert_true(isnan(found.boundary_accuracy_m));
    assert_int_equal(ovf_library_find(library, second, &found, &err), OVF_OK);
    assert_int_equal(ovf_library_load(library, found.id, &areas, NULL, &err), OVF_OK);
    assert_int_equal(areas.len, 4);
    assert_memory_equal(areas.data, "abcd", 4);
    assert_int_equal(ovf_library_find(library, "88d4266", &found, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "it has 524"));
    /* Reading writes nothing. */
    struct ovf_library_edition e = edition_called("fir", "x");
    bool is_new;
    assert_int_not_equal(ovf_library_add(library, &e, ovf_bytes_from_text("x"), "", &is_new, &err),
                         OVF_OK);
    ovf_buffer_deinit(&areas);
    ovf_library_close(library);
}

static void another_file_is_no_library(void **state)
{
    (void)state;
    struct ovf_library *library = NULL;
    struct ovf_error err;
    assert_int_equal(ovf_library_open(__FILE__[0] == '/' ? __FILE__ : "/bin/true", OVF_LIBRARY_READ,
                                      &library, &err),
                     OVF_E_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edition_is_kept_and_found_by_name_or_hash),
        cmocka_unit_test(another_file_is_no_library),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
