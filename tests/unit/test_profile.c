/* SPDX-License-Identifier: Apache-2.0 */
/* Altitudes along a flight: what is written comes back, and what is not known stays so. */
#include "test.h"

#include "base/time.h"
#include "store/profile.h"

static const int64_t start_ns = INT64_C(1328063643470) * OVF_NS_PER_MS;

/** At \p ms behind the start; altitude INT32_MIN: not known. */
static void add(struct ovf_profile *profile, int64_t ms, int32_t alt_ft)
{
    const bool is_known = alt_ft != INT32_MIN;
    const struct ovf_profile_item item = {start_ns + ms * OVF_NS_PER_MS, is_known ? alt_ft : 0,
                                          is_known};
    assert_int_equal(ovf_profile_add(profile, item), OVF_OK);
}

static void assert_text(const struct ovf_profile *profile, const char *want)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_profile_write(profile, start_ns, &text), OVF_OK);
    assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
    assert_string_equal((const char *)text.data, want);
    ovf_buffer_deinit(&text);
}

/** INT32_MIN: not known. */
static int32_t at(const struct ovf_profile *profile, int64_t ms)
{
    int32_t alt_ft;
    return ovf_profile_at(profile, start_ns + ms * OVF_NS_PER_MS, &alt_ft) ? alt_ft : INT32_MIN;
}

static enum ovf_status read_text(const char *text, struct ovf_profile *out)
{
    return ovf_profile_read(ovf_bytes_from_text(text), start_ns, out);
}

static void test_what_is_between_three_alike_is_left_out(void **state)
{
    (void)state;
    struct ovf_profile profile = {0};
    add(&profile, 0, INT32_MIN);
    add(&profile, 500, INT32_MIN);
    add(&profile, 10000, 34000);
    add(&profile, 20125, 34000);
    add(&profile, 30050, 34000);
    add(&profile, 40000, 33975);
    add(&profile, 50000, INT32_MIN);
    add(&profile, 60000, -125);
    assert_text(&profile, "0:,10:34000,30.05:34000,40:33975,50:,60:-125");
    ovf_profile_deinit(&profile);
}

static void test_without_any_altitude_there_is_no_text(void **state)
{
    (void)state;
    struct ovf_profile profile = {0};
    assert_text(&profile, "");
    add(&profile, 0, INT32_MIN);
    assert_text(&profile, "");
    ovf_profile_deinit(&profile);
}

static void test_between_two_known_it_changes_evenly_and_beside_unknown_it_is_not_known(
    void **state)
{
    (void)state;
    struct ovf_profile profile = {0};
    assert_int_equal(read_text("0:,10:1000,20:2000,30.5:,40:0,50:", &profile), OVF_OK);
    assert_int_equal(at(&profile, -1), INT32_MIN);
    assert_int_equal(at(&profile, 0), INT32_MIN);
    assert_int_equal(at(&profile, 9999), INT32_MIN);
    assert_int_equal(at(&profile, 10000), 1000);
    assert_int_equal(at(&profile, 12500), 1250);
    assert_int_equal(at(&profile, 20000), 2000);
    assert_int_equal(at(&profile, 20001), INT32_MIN);
    assert_int_equal(at(&profile, 30500), INT32_MIN);
    assert_int_equal(at(&profile, 40000), 0); /* known, and 0 */
    assert_int_equal(at(&profile, 40001), INT32_MIN);
    assert_int_equal(at(&profile, 60000), INT32_MIN);
    ovf_profile_deinit(&profile);
}

static void test_what_is_no_such_text_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "1", "1:2:3", "x:1", ":1", "1:x", "1:1,", ",1:1", "2:1,1:1", "1:1;2:2", "1e300:1",
        "1:9999999", "nan:100", "1:nan,2:3", "1:1,,2:2",
        /* further off than any flight is long, or than int64_t has */
        "86400001:1", "50000000000:1", "-9223372036854775.808:1", "1:-9223372036854775808"};
    struct ovf_profile profile = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (read_text(bad[i], &profile) != OVF_E_FORMAT)
            fail_msg("taken: %s", bad[i]);
    }
    assert_int_equal(read_text("86400000:1", &profile), OVF_OK); /* a thousand days */
    assert_int_equal(ovf_profile_read(ovf_bytes_from_text("1:1"), INT64_MAX, &profile),
                     OVF_E_FORMAT);
    assert_int_equal(ovf_profile_read(ovf_bytes_from_text("-1:1"), INT64_MIN, &profile),
                     OVF_E_FORMAT);
    assert_int_equal(read_text("", &profile), OVF_OK);
    assert_int_equal(profile.n, 0);
    ovf_profile_deinit(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_between_three_alike_is_left_out),
        cmocka_unit_test(test_without_any_altitude_there_is_no_text),
        cmocka_unit_test(
            test_between_two_known_it_changes_evenly_and_beside_unknown_it_is_not_known),
        cmocka_unit_test(test_what_is_no_such_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
