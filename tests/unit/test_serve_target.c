/* SPDX-License-Identifier: Apache-2.0 */
/* Targets and headers of requests. What a target may be: docs/api.md; escapes: RFC 3986, 2.1; weights and entity
 * tags: RFC 9110, 12.4.2 and 8.8.3. */
#include "test.h"

#include <string.h>

#include "serve/listen.h"
#include "serve/target.h"

static struct ovf_serve_target read_good(const char *text)
{
    struct ovf_serve_target target;
    struct ovf_serve_error error;
    if (!ovf_serve_target_read(text, &target, &error))
        fail_msg("%s: %s", text, error.message);
    return target;
}

static void assert_refused(const char *text, unsigned status, const char *code)
{
    struct ovf_serve_target target;
    struct ovf_serve_error error;
    if (ovf_serve_target_read(text, &target, &error))
        fail_msg("%s is taken", text);
    assert_int_equal(error.status, status);
    assert_string_equal(error.code, code);
}

static void each_thing_has_one_address(void **state)
{
    (void)state;
    assert_int_equal(read_good("/").file, OVF_SERVE_HTML);
    assert_int_equal(read_good("/worker.js").file, OVF_SERVE_WORKER);
    assert_int_equal(read_good("/api/v1/live").what, OVF_SERVE_LIVE);
    assert_int_equal(read_good("/api/v1/events").what, OVF_SERVE_EVENTS);
    assert_int_equal(read_good("/api/v1/tracks").document, OVF_VIEW_TRACKS);
    const struct ovf_serve_target target = read_good("/api/v1/crossings/eab05e38ffa1");
    assert_int_equal(target.what, OVF_SERVE_CROSSING);
    assert_string_equal(target.id, "eab05e38ffa1");
}

static void what_is_not_an_address_is_nothing(void **state)
{
    static const char *const nothing[] = {
        "",
        "*",
        "//",
        "/.",
        "/../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/page%2ejs",
        "/page.js/",
        "/PAGE.JS",
        "/page.js%00",
        "/\xc0\xaf..",
        "http://h/page.js",
        "/api/v1",
        "/api/v2/index",
        "/page.html",
    };
    (void)state;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_refused(nothing[i], 404, "not_found");
    assert_refused("/api/v1/", 404, "no_such_document");
    assert_refused("/api/v1/index/", 404, "no_such_document");
    assert_refused("/api/v1/..%2findex", 404, "no_such_document");
    assert_refused("/api/v1/crossings/", 404, "no_such_crossing");
    assert_refused("/api/v1/crossings/'; DROP TABLE x", 404, "no_such_crossing");
    assert_refused("/api/v1/crossings/a%00", 404, "no_such_crossing");
    assert_refused("/api/v1/crossings/a/b", 404, "no_such_crossing");
}

static void parameters_are_unescaped_and_checked(void **state)
{
    (void)state;
    const struct ovf_serve_target target =
        read_good("/api/v1/crossings?airspace=zone%3Anoon&&limit=7&watch=a+b%C3%A9&");
    assert_string_equal(target.query.filters[OVF_VIEW_AIRSPACE], "zone:noon");
    assert_string_equal(target.query.filters[OVF_VIEW_WATCH], "a b\xc3\xa9");
    assert_int_equal(target.query.limit, 7);
    assert_refused("/api/v1/crossings?limit=10001", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?limit=0", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?no=1", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?watch=%", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?watch=%0", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?watch=%zz", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?watch=a%00b", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?watch=%c0%af", 400, "bad_parameter");
    assert_refused("/api/v1/crossings?=1", 400, "bad_parameter");
    assert_refused("/api/v1/events?x", 400, "bad_parameter");
    assert_refused("/api/v1/crossings/ab?limit=1", 400, "bad_parameter");
}

static void parameters_of_the_page_are_the_scripts_but_for_the_token(void **state)
{
    (void)state;
    assert_string_equal(read_good("/?icao=a1b2c3&showTrace=2025-07-01&x=%zz").token, "");
    assert_string_equal(read_good("/?icao=a1b2c3&token=abc").token, "abc");
    assert_string_equal(read_good("/page.js?token=abc").token, "");
}

static void a_token_that_is_too_long_is_none(void **state)
{
    char text[400] = "/?token=";
    (void)state;
    memset(text + 8, 'a', 256);
    assert_int_equal(strlen(read_good(text).token), 256);
    text[8 + 256] = 'a';
    assert_string_equal(read_good(text).token, "");
}

static void a_host_is_its_name_and_any_port(void **state)
{
    static const char *const names[] = {"localhost", "[::1]", "map.example"};
    static const char *const good[] = {"localhost", "LOCALHOST:80", "[::1]:8790",
                                       "map.example:", "Map.Example"};
    static const char *const bad[] = {"",
                                      "evil.example",
                                      "localhost.evil.example",
                                      "localhost:80@evil",
                                      "xlocalhost",
                                      "map.example:80.evil",
                                      "[::1"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ovf_serve_host_is(good[i], names, 3));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ovf_serve_host_is(bad[i], names, 3));
}

static void gzip_is_admitted_by_who_says_so(void **state)
{
    static const char *const good[] = {"gzip", "deflate, GZIP", "br , gzip ; q=0.5", "gzip;q=0.001",
                                       "gzip;q=1"};
    static const char *const bad[] = {"",      "br",    "gzip;q=0", "gzip; q=0.000",
                                      "xgzip", "gzipx", ",,"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ovf_serve_admits_gzip(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ovf_serve_admits_gzip(bad[i]));
    assert_false(ovf_serve_admits_gzip(NULL));
}

static void a_tag_is_known_weak_or_strong_packed_or_not(void **state)
{
    static const char tag[] = "\"abc\"";
    (void)state;
    assert_true(ovf_serve_is_known("\"abc\"", tag));
    assert_true(ovf_serve_is_known("\"x\", W/\"abc\"", tag));
    assert_true(ovf_serve_is_known("\"abc-gzip\"", tag));
    assert_true(ovf_serve_is_known("*", tag));
    assert_false(ovf_serve_is_known("\"abcd\"", tag));
    assert_false(ovf_serve_is_known("abc", tag));
    assert_false(ovf_serve_is_known("\"ab", tag));
    assert_false(ovf_serve_is_known(NULL, tag));
}

static void a_place_to_listen_is_an_address_and_a_port(void **state)
{
    static const char *const bad[] = {"",
                                      "127.0.0.1",
                                      "127.0.0.1:",
                                      "127.0.0.1:65536",
                                      ":80",
                                      "::1:80",
                                      "[::1]80",
                                      "[127.0.0.1]:80",
                                      "map.example:80",
                                      "[::1:80",
                                      "127.0.0.1:-1",
                                      "127.0.0.1:80x"};
    struct ovf_listen_place place;
    (void)state;
    assert_int_equal(ovf_listen_parse("127.1.2.3:80", &place, NULL), OVF_OK);
    assert_true(place.is_loopback);
    assert_int_equal(ovf_listen_parse("[::1]:65535", &place, NULL), OVF_OK);
    assert_true(place.is_loopback);
    assert_string_equal(place.host, "[::1]");
    assert_int_equal(ovf_listen_parse("localhost:0", &place, NULL), OVF_OK);
    assert_true(place.is_loopback);
    assert_int_equal(ovf_listen_parse("0.0.0.0:80", &place, NULL), OVF_OK);
    assert_false(place.is_loopback);
    assert_int_equal(ovf_listen_parse("[::]:80", &place, NULL), OVF_OK);
    assert_false(place.is_loopback);
    assert_int_equal(ovf_listen_parse("[::ffff:192.0.2.1]:80", &place, NULL), OVF_OK);
    assert_false(place.is_loopback);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ovf_listen_parse(bad[i], &place, NULL), OVF_E_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_thing_has_one_address),
        cmocka_unit_test(what_is_not_an_address_is_nothing),
        cmocka_unit_test(parameters_are_unescaped_and_checked),
        cmocka_unit_test(parameters_of_the_page_are_the_scripts_but_for_the_token),
        cmocka_unit_test(a_token_that_is_too_long_is_none),
        cmocka_unit_test(a_host_is_its_name_and_any_port),
        cmocka_unit_test(gzip_is_admitted_by_who_says_so),
        cmocka_unit_test(a_tag_is_known_weak_or_strong_packed_or_not),
        cmocka_unit_test(a_place_to_listen_is_an_address_and_a_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
