/* SPDX-License-Identifier: Apache-2.0 */
/* Tiles: what addresses are taken, what origin it has (RFC 6454), and that nothing else gets into a policy. */
#include "test.h"

#include <string.h>

#include "serve/answer.h"
#include "view/tiles.h"

#define PLACES "/{z}/{x}/{y}.png"

static void test_an_origin_is_scheme_host_and_port(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        const char *origin;
    } cases[] = {
        {"https://tiles.example" PLACES, "https://tiles.example"},
        {"http://127.0.0.1:8080" PLACES, "http://127.0.0.1:8080"},
        {"http://[::1]:8080/a/{z}/{y}/{x}?key=a%20b&v=1", "http://[::1]:8080"},
        {"https://T-1.example.org/@2x/{z}/{x}/{y}", "https://T-1.example.org"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_view_tiles tiles;
        struct ovf_error err = {""};
        if (ovf_view_tiles_parse(cases[i].url, &tiles, &err) != OVF_OK)
            fail_msg("%s", err.text);
        assert_string_equal(tiles.url, cases[i].url);
        assert_string_equal(tiles.origin, cases[i].origin);
    }
}

static void test_what_is_no_address_of_tiles_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "tiles.example" PLACES,
        "ftp://tiles.example" PLACES,
        "https://" PLACES,
        "https://tiles.example",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{s}.png",
        "https://*" PLACES,
        "https://a;script-src *" PLACES,
        "https://a b" PLACES,
        "https://a'" PLACES,
        "https://user@a" PLACES,
        "https://a:b" PLACES,
        "https://a:123456" PLACES,
        "https://[::1" PLACES,
        "https://a" PLACES " https://b",
        "https://a" PLACES "\"><script>",
        "https://a" PLACES "\r\nX: y",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_view_tiles tiles;
        if (ovf_view_tiles_parse(bad[i], &tiles, NULL) != OVF_E_RANGE)
            fail_msg("taken: %s", bad[i]);
    }
}

static void test_a_long_address_is_refused_whole(void **state)
{
    (void)state;
    char url[2 * OVF_TILES_URL_SIZE];
    struct ovf_view_tiles tiles;
    snprintf(url, sizeof url, "https://%0*d" PLACES, OVF_TILES_ORIGIN_SIZE, 0);
    assert_int_equal(ovf_view_tiles_parse(url, &tiles, NULL), OVF_E_RANGE);
    snprintf(url, sizeof url, "https://a" PLACES "%0*d", OVF_TILES_URL_SIZE, 0);
    assert_int_equal(ovf_view_tiles_parse(url, &tiles, NULL), OVF_E_RANGE);
}

static void test_an_archive_is_told_from_pictures_by_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ovf_view_tiles_kind kind;
        const char *url;
        const char *origin;
    } cases[] = {
        {"https://t.example/a/world.pmtiles", OVF_TILES_PMTILES,
         "https://t.example/a/world.pmtiles", "https://t.example"},
        {"http://[::1]:8080/w.pmtiles?key=a.b", OVF_TILES_PMTILES,
         "http://[::1]:8080/w.pmtiles?key=a.b", "http://[::1]:8080"},
        {"https://t.example/{z}/{x}/{y}.png?of=a.pmtiles", OVF_TILES_XYZ,
         "https://t.example/{z}/{x}/{y}.png?of=a.pmtiles", "https://t.example"},
        {"https://t.example/a.pmtiles/{z}/{x}/{y}.png", OVF_TILES_XYZ,
         "https://t.example/a.pmtiles/{z}/{x}/{y}.png", "https://t.example"},
        {"world.pmtiles", OVF_TILES_FILE, "tiles.pmtiles", ""},
        {"/maps of \"mine\"/world; script-src *.pmtiles", OVF_TILES_FILE, "tiles.pmtiles", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ovf_view_tiles tiles;
        struct ovf_error err = {""};
        if (ovf_view_tiles_parse(cases[i].text, &tiles, &err) != OVF_OK)
            fail_msg("%s", err.text);
        assert_int_equal(tiles.kind, cases[i].kind);
        assert_string_equal(tiles.url, cases[i].url);
        assert_string_equal(tiles.origin, cases[i].origin);
    }
}

static void test_what_is_no_address_of_an_archive_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        ".pmtiles",
        "world.mbtiles",
        "file:///world.pmtiles",
        "pmtiles://https://t.example/world.pmtiles",
        "https://t.example.pmtiles",
        "https://t.example/world.pmtiles/",
        "https://t.example/.pmtiles.gz",
        "https://t.example/world.pmtiles {z}",
        "https://t.example/{z}.pmtiles",
        "https://a;script-src */world.pmtiles",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_view_tiles tiles;
        if (ovf_view_tiles_parse(bad[i], &tiles, NULL) != OVF_E_RANGE)
            fail_msg("taken: %s", bad[i]);
    }
}

/** What the policy says with such tiles. */
static struct ovf_answer_policy policy_with(const char *text)
{
    struct ovf_answer_policy policy = {.in_use = NULL};
    struct ovf_view_tiles tiles;
    assert_int_equal(ovf_view_tiles_parse(text, &tiles, NULL), OVF_OK);
    assert_int_equal(ovf_answer_policy_init(&policy, NULL, &tiles), OVF_OK);
    return policy;
}

static void test_a_policy_admits_that_origin_and_else_what_it_did(void **state)
{
    (void)state;
    struct ovf_answer_policy without = {.in_use = NULL};
    const struct ovf_answer_policy with = policy_with("https://t.example" PLACES);
    assert_int_equal(ovf_answer_policy_init(&without, NULL, NULL), OVF_OK);
    assert_non_null(strstr(without.csp, "img-src 'self' data: blob:; connect-src 'self'; "));
    assert_non_null(strstr(with.csp, "img-src 'self' data: blob: https://t.example; "
                                     "connect-src 'self' https://t.example; "));
    assert_int_equal(strlen(with.csp), strlen(without.csp) + 2 * strlen(" https://t.example"));
}

static void test_an_archive_is_read_by_scripts_alone_and_an_own_one_needs_no_leave(void **state)
{
    (void)state;
    struct ovf_answer_policy without = {.in_use = NULL};
    const struct ovf_answer_policy elsewhere = policy_with("https://t.example/world.pmtiles");
    const struct ovf_answer_policy own = policy_with("world.pmtiles");
    assert_int_equal(ovf_answer_policy_init(&without, NULL, NULL), OVF_OK);
    assert_non_null(strstr(elsewhere.csp, "img-src 'self' data: blob:; "
                                          "connect-src 'self' https://t.example; "));
    assert_string_equal(own.csp, without.csp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_origin_is_scheme_host_and_port),
        cmocka_unit_test(test_what_is_no_address_of_tiles_is_refused),
        cmocka_unit_test(test_a_long_address_is_refused_whole),
        cmocka_unit_test(test_an_archive_is_told_from_pictures_by_its_path),
        cmocka_unit_test(test_what_is_no_address_of_an_archive_is_refused),
        cmocka_unit_test(test_an_archive_is_read_by_scripts_alone_and_an_own_one_needs_no_leave),
        cmocka_unit_test(test_a_policy_admits_that_origin_and_else_what_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
