/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of tiles: what is taken, what origin it has (RFC 6454), and that nothing else gets into a policy. */
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

static void test_a_policy_admits_that_origin_and_else_what_it_did(void **state)
{
    (void)state;
    struct ovf_answer_policy without = {.in_use = NULL};
    struct ovf_answer_policy with = {.in_use = NULL};
    assert_int_equal(ovf_answer_policy_init(&without, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_answer_policy_init(&with, NULL, "https://t.example"), OVF_OK);
    assert_non_null(strstr(without.csp, "img-src 'self' data: blob:; connect-src 'self'; "));
    assert_non_null(strstr(with.csp, "img-src 'self' data: blob: https://t.example; "
                                     "connect-src 'self' https://t.example; "));
    assert_int_equal(strlen(with.csp), strlen(without.csp) + 2 * strlen(" https://t.example"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_origin_is_scheme_host_and_port),
        cmocka_unit_test(test_what_is_no_address_of_tiles_is_refused),
        cmocka_unit_test(test_a_long_address_is_refused_whole),
        cmocka_unit_test(test_a_policy_admits_that_origin_and_else_what_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
