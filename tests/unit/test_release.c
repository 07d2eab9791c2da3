/* SPDX-License-Identifier: Apache-2.0 */
/* lists/release.h. The lists are in the form of adsblol/globe_history_2026's PREFERRED_RELEASES.txt of
 * 8 May 2026, which names a day in parts, one whole, one of the server staging and one with MLAT alone;
 * the descriptions in that of GitHub's REST API, "Get a release by tag name". */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "lists/release.h"

#define DOWNLOAD "https://github.com/adsblol/globe_history_2026/releases/download/"
#define NAME(day, server) "v2026.05." day "-planes-readsb-" server "-0"
#define FILE_OF(day, server, end) DOWNLOAD NAME(day, server) "/" NAME(day, server) ".tar" end

#define PARTS(day, server) FILE_OF(day, server, ".aa") "," FILE_OF(day, server, ".ab")
#define WHOLE(day, server) FILE_OF(day, server, "")

static const char list[] = PARTS("08", "prod") "\n" WHOLE("07", "prod") "\r\n" WHOLE(
    "06", "mlatonly") "\n" PARTS("01", "staging");

static int64_t day_of_may(int day)
{
    char text[OVF_TIME_SIZE];
    int64_t t_ns = 0;
    snprintf(text, sizeof text, "2026-05-%02d", day);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

static enum ovf_status prefer(const char *text, int day, struct ovf_release *release)
{
    struct ovf_error err;
    return ovf_release_prefer(ovf_bytes_from_text(text), day_of_may(day), release, &err);
}

static void a_day_in_parts_has_them_in_order(void **state)
{
    (void)state;
    struct ovf_release release;
    assert_int_equal(prefer(list, 8, &release), OVF_OK);
    assert_string_equal(release.tag, NAME("08", "prod"));
    assert_int_equal(release.n_parts, 2);
    assert_string_equal(release.parts[0].name, NAME("08", "prod") ".tar.aa");
    assert_string_equal(release.parts[1].name, NAME("08", "prod") ".tar.ab");
    assert_false(ovf_release_is_mlat_only(&release));
}

static void a_day_in_one_file_and_the_last_line_without_an_end_are_read(void **state)
{
    (void)state;
    struct ovf_release release;
    assert_int_equal(prefer(list, 7, &release), OVF_OK);
    assert_int_equal(release.n_parts, 1);
    assert_string_equal(release.parts[0].name, NAME("07", "prod") ".tar");
    assert_int_equal(prefer(list, 1, &release), OVF_OK);
    assert_string_equal(release.tag, NAME("01", "staging"));
    assert_int_equal(release.n_parts, 2);
}

static void a_day_of_mlat_positions_alone_is_told(void **state)
{
    (void)state;
    struct ovf_release release;
    struct ovf_release made;
    assert_int_equal(prefer(list, 6, &release), OVF_OK);
    assert_true(ovf_release_is_mlat_only(&release));
    ovf_release_of_server(day_of_may(6), OVF_RELEASE_MLAT_ONLY, &made);
    assert_string_equal(made.tag, release.tag);
    assert_string_equal(made.parts[0].name, release.parts[0].name);
}

static void a_day_that_is_not_named_is_not_found(void **state)
{
    (void)state;
    struct ovf_release release;
    assert_int_equal(prefer(list, 9, &release), OVF_E_NOTFOUND);
    assert_int_equal(prefer("", 9, &release), OVF_E_NOTFOUND);
    assert_int_equal(prefer("\n\n,,\n/\n", 9, &release), OVF_E_NOTFOUND);
}

static void a_day_whose_parts_are_not_all_named_is_refused(void **state)
{
    (void)state;
    struct ovf_release release;
    assert_int_equal(prefer(FILE_OF("08", "prod", ".ab"), 8, &release), OVF_E_FORMAT);
    assert_int_equal(
        prefer(FILE_OF("08", "prod", ".aa") "," FILE_OF("08", "prod", ".ac"), 8, &release),
        OVF_E_FORMAT);
    assert_int_equal(
        prefer(FILE_OF("08", "prod", "") "," FILE_OF("08", "prod", ".aa"), 8, &release),
        OVF_E_FORMAT);
    assert_int_equal(
        prefer(FILE_OF("08", "prod", ".aa") "," FILE_OF("08", "prod", ".aa"), 8, &release),
        OVF_E_FORMAT);
}

static void a_name_that_leads_elsewhere_is_none(void **state)
{
    (void)state;
    static const char *const names[] = {
        "v2026.05.08-../x.tar",
        "v2026.05.08-..\\x.tar",
        "v2026.05.08-x.tar.gz.",
        "v2026.05.08-x.tar.AA",
        "v2026.05.08-x\x01.tar",
        "v2026.05.08-X.tar",
        "v2026.05.08-planes.tar.aaa",
        "v2026.05.08-%2e%2e%2fx.tar",
        "v2026.05.08-.tar/..",
        "v2026.05.08-a-name-that-is-longer-than-any-that-there-is-so-far.tar",
    };
    struct ovf_release release;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_not_equal(prefer(names[i], 8, &release), OVF_OK);
}

static enum ovf_status describe(const char *json, struct ovf_release *release)
{
    struct ovf_error err;
    assert_int_equal(prefer(list, 8, release), OVF_OK);
    return ovf_release_list(ovf_bytes_from_text(json), release, &err);
}

#define DESCRIPTION(assets)                                                                        \
    "{\"tag_name\":\"" NAME("08", "prod") "\",\"assets\":[" assets "],\"body\":\"```\"}"
#define ASSET(end, rest) "{\"name\":\"" NAME("08", "prod") ".tar" end "\"," rest "}"

static void sizes_and_digests_come_from_the_description(void **state)
{
    (void)state;
    struct ovf_release release;
    char hex[OVF_SHA256_HEX_SIZE];
    /* The SHA-256 of "abc" (FIPS 180-4, example 1). */
    assert_int_equal(
        describe(DESCRIPTION("{\"name\":\"README.txt\",\"size\":7}," ASSET(
                     ".ab",
                     "\"size\":1200000001,"
                     "\"digest\":null") "," ASSET(".aa", "\"size\":2000000000,\"digest\":\"sha256:"
                                                         "ba7816bf8f01cfea414140de5dae2223b00361a39"
                                                         "6177a9cb410ff61f20015ad\"")),
                 &release),
        OVF_OK);
    assert_int_equal(release.n_parts, 2);
    assert_int_equal(release.parts[0].size_bytes, 2000000000);
    assert_true(release.parts[0].has_digest);
    ovf_digest_format(&release.parts[0].digest, OVF_SHA256_BYTES, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(release.parts[1].size_bytes, 1200000001);
    assert_false(release.parts[1].has_digest);
}

static void a_description_that_is_none_leaves_the_release_as_it_was(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"message\":\"Not Found\"}",
        "{\"tag_name\":\"v2026.05.07-planes-readsb-prod-0\",\"assets\":[]}",
        DESCRIPTION(""),
        DESCRIPTION(ASSET(".aa", "\"size\":0")),
        DESCRIPTION(ASSET(".aa", "\"size\":-1")),
        DESCRIPTION(ASSET(".aa", "\"size\":1e9")),
        DESCRIPTION(ASSET(".ab", "\"size\":1")),
    };
    struct ovf_release release;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(describe(texts[i], &release), OVF_E_FORMAT);
        assert_int_equal(release.n_parts, 2);
        assert_int_equal(release.parts[0].size_bytes, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_in_parts_has_them_in_order),
        cmocka_unit_test(a_day_in_one_file_and_the_last_line_without_an_end_are_read),
        cmocka_unit_test(a_day_of_mlat_positions_alone_is_told),
        cmocka_unit_test(a_day_that_is_not_named_is_not_found),
        cmocka_unit_test(a_day_whose_parts_are_not_all_named_is_refused),
        cmocka_unit_test(a_name_that_leads_elsewhere_is_none),
        cmocka_unit_test(sizes_and_digests_come_from_the_description),
        cmocka_unit_test(a_description_that_is_none_leaves_the_release_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
