/* SPDX-License-Identifier: Apache-2.0 */
/* UTC time. Epoch values are those that GNU date prints (date -u -d TEXT +%s). */
#include "test.h"

#include <string.h>
#include <time.h>

#include "base/time.h"

static void iso_times_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t s;
        int64_t ns;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0, 0},
        {"2025-07-01T10:12:33.412Z", 1751364753, 412000000},
        {"2025-07-01 10:12:33", 1751364753, 0},
        {"2025-07-01t10:12z", 1751364720, 0},
        {"2025-07-01", 1751328000, 0},
        {"2025-07-01T10:12:33+03:30", 1751352153, 0},
        {"2025-07-01T10:12:33-00:01", 1751364813, 0},
        {"2025-07-01T10:12:33.1234567899Z", 1751364753, 123456789},
        {"2038-01-19T03:14:07Z", 2147483647, 0},
        {"2038-01-19T03:14:08Z", INT64_C(2147483648), 0},
        {"2016-12-31T23:59:60Z", 1483228800, 0},
        {"2016-12-31T23:59:60.5Z", 1483228800, 500000000},
        {"2017-01-01T00:00:00Z", 1483228800, 0},
        {"2000-02-29T12:00:00Z", 951825600, 0},
        {"2024-02-29T00:00:00Z", 1709164800, 0},
        {"1969-12-31T23:59:59.5Z", -1, 500000000},
        {"1678-01-01T00:00:00Z", INT64_C(-9214560000), 0},
        {"2261-12-31T23:59:59Z", INT64_C(9214646399), 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t t_ns = 7;
        if (!ovf_time_parse_iso(ovf_bytes_from_text(rows[i].text), &t_ns) ||
            t_ns != rows[i].s * OVF_NS_PER_S + rows[i].ns)
            fail_msg("%s: got %lld", rows[i].text, (long long)t_ns);
    }
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "2025",
        "2025-07",
        "2025/02/30",
        "2025-02-30",
        "2025-02-29T00:00:00Z",
        "1900-02-29",
        "2025-00-01",
        "2025-13-01",
        "2025-07-00",
        "2025-07-01T",
        "2025-07-01T24:00:00",
        "2025-07-01T10",
        "2025-07-01T10:60",
        "2025-07-01T10:12:61",
        "2025-07-01T10:12:3",
        "2025-07-01T10:12:33.",
        "2025-07-01T10:12.5", /* decimal minutes */
        "2025-07-01T10:12:33,5",
        "2025-07-01T10:12:33ZZ",
        "2025-07-01T10:12:33+0330",
        "2025-07-01T10:12:33+24:00",
        "2025-07-01Z",
        "1677-12-31",
        "2262-01-01",
        "+2025-07-01",
        "٢٠٢٥-07-01",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t t_ns = 7;
        if (ovf_time_parse_iso(ovf_bytes_from_text(rows[i]), &t_ns))
            fail_msg("taken for a time: \"%s\"", rows[i]);
        assert_true(t_ns == 7);
    }
}

static void epoch_seconds_are_exact_to_the_nanosecond(void **state)
{
    (void)state;
    int64_t t_ns = 7;
    assert_true(ovf_time_parse_epoch(ovf_bytes_from_text("1738703622.619000001"), &t_ns));
    assert_true(t_ns == INT64_C(1738703622619000001));
    assert_true(ovf_time_parse_epoch(ovf_bytes_from_text("-0.5"), &t_ns));
    assert_true(t_ns == -500000000);
    assert_true(ovf_time_parse_epoch(ovf_bytes_from_text("9214646399.999999999"), &t_ns));
    assert_false(ovf_time_parse_epoch(ovf_bytes_from_text("9214646400"), &t_ns));
    assert_true(ovf_time_parse_epoch(ovf_bytes_from_text("-9214560000"), &t_ns));
    assert_false(ovf_time_parse_epoch(ovf_bytes_from_text("-9214560000.000000001"), &t_ns));
    assert_false(ovf_time_parse_epoch(ovf_bytes_from_text("18446744072021792.0"), &t_ns));
    assert_false(ovf_time_parse_epoch(ovf_bytes_from_text("nan"), &t_ns));
}

static void times_print_rounded_half_up(void **state)
{
    (void)state;
    static const struct {
        int64_t t_ns;
        int n_decimals;
        const char *want;
    } rows[] = {
        {0, 0, "1970-01-01T00:00:00Z"},
        {INT64_C(1751364753412000000), 3, "2025-07-01T10:12:33.412Z"},
        {INT64_C(1751364753412000000), 0, "2025-07-01T10:12:33Z"},
        {INT64_C(1751364753500000000), 0, "2025-07-01T10:12:34Z"},
        {INT64_C(1735689599999500000), 3, "2025-01-01T00:00:00.000Z"},
        {INT64_C(1735689599999499999), 3, "2024-12-31T23:59:59.999Z"},
        {-1, 9, "1969-12-31T23:59:59.999999999Z"},
        {-1, 3, "1970-01-01T00:00:00.000Z"},
        {INT64_MAX, 9, "2262-04-11T23:47:16.854775807Z"},
        {INT64_MIN, 9, "1677-09-21T00:12:43.145224192Z"},
        {INT64_MIN, 3, "1677-09-21T00:12:43.145Z"},
        {-OVF_NS_PER_DAY, 0, "1969-12-31T00:00:00Z"},
        {-OVF_NS_PER_DAY - 1, 9, "1969-12-30T23:59:59.999999999Z"},
        {-OVF_NS_PER_DAY - 500001, 3, "1969-12-30T23:59:59.999Z"},
        {-OVF_NS_PER_DAY - 500000, 3, "1969-12-31T00:00:00.000Z"},
        {INT64_C(951782399999999999), 9, "2000-02-28T23:59:59.999999999Z"},
        {INT64_C(951782399999999999), 8, "2000-02-29T00:00:00.00000000Z"},
        {INT64_C(4107542399999999999), 3, "2100-03-01T00:00:00.000Z"},
        {INT64_C(-2203891200000000001), 0, "1900-03-01T00:00:00Z"},
        {INT64_C(-2203891200000000001), 9, "1900-02-28T23:59:59.999999999Z"},
        {INT64_MAX, 0, "2262-04-11T23:47:16Z"},
        {INT64_C(-9214560000) * OVF_NS_PER_S, 0, "1678-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[OVF_TIME_SIZE];
        ovf_time_format(rows[i].t_ns, rows[i].n_decimals, text);
        assert_string_equal(text, rows[i].want);
    }
}

static void a_day_begins_at_or_before_its_times(void **state)
{
    (void)state;
    assert_true(ovf_time_day(0) == 0);
    assert_true(ovf_time_day(OVF_NS_PER_DAY - 1) == 0);
    assert_true(ovf_time_day(OVF_NS_PER_DAY) == OVF_NS_PER_DAY);
    assert_true(ovf_time_day(-1) == -OVF_NS_PER_DAY);
    assert_int_equal(ovf_time_weekday(0), 3); /* 1970-01-01 was a Thursday */
    assert_int_equal(ovf_time_weekday(-1), 2);
    assert_int_equal(ovf_time_weekday(4 * OVF_NS_PER_DAY), 0);
    assert_int_equal(ovf_time_weekday(-8 * OVF_NS_PER_DAY), 2);
    assert_true(ovf_time_day(-OVF_NS_PER_DAY) == -OVF_NS_PER_DAY);
}

static void every_day_prints_what_the_c_library_prints_and_reads_back(void **state)
{
    (void)state;
    for (int64_t day = -106650; day < 106650; day++) { /* 1678 to 2261 */
        const time_t t = (time_t)(day * 86400 + 3723);
        struct tm tm;
        char want[OVF_TIME_SIZE];
        char got[OVF_TIME_SIZE];
        int64_t back = 0;
        assert_non_null(gmtime_r(&t, &tm));
        assert_true(strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0);
        ovf_time_format((int64_t)t * OVF_NS_PER_S, 0, got);
        assert_string_equal(got, want);
        assert_true(ovf_time_parse_iso(ovf_bytes_from_text(got), &back));
        assert_true(back == (int64_t)t * OVF_NS_PER_S);
    }
}

static void the_time_zone_of_the_system_changes_nothing(void **state)
{
    (void)state;
    int64_t t_ns = 0;
    char text[OVF_TIME_SIZE];
    assert_int_equal(setenv("TZ", "Europe/Berlin", 1), 0);
    tzset();
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2025-03-30T02:30:00"), &t_ns));
    assert_true(t_ns == INT64_C(1743301800) * OVF_NS_PER_S);
    ovf_time_format(t_ns, 0, text);
    assert_string_equal(text, "2025-03-30T02:30:00Z");
    assert_int_equal(unsetenv("TZ"), 0);
    tzset();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_times_are_read),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(epoch_seconds_are_exact_to_the_nanosecond),
        cmocka_unit_test(times_print_rounded_half_up),
        cmocka_unit_test(a_day_begins_at_or_before_its_times),
        cmocka_unit_test(every_day_prints_what_the_c_library_prints_and_reads_back),
        cmocka_unit_test(the_time_zone_of_the_system_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
