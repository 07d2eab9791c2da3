/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers to and from text. Expectations are decimal arithmetic done by hand; doubles are C's own
 * literals, which the compiler rounds correctly. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static const char *const refused[] = {
    "",
    "+",
    "-",
    ".5",
    "1.",
    "1e",
    "1e+",
    "e5",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "0x10",
    "45,5",
    "1 ",
    " 1",
    "1_0",
    "--1",
    "+-1",
    "1.2.3",
    "1e5.",
    "1e1e1",
    "١٢",
    "½",
    "1e99999",
    "Infinity",
    "1.e5",
    "1d5",
    "123456789012345678901234567890123", /* 33 characters */
};

static void what_is_no_number_is_refused_by_every_parser(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        const struct ovf_bytes text = ovf_bytes_from_text(refused[i]);
        double d = 7;
        int64_t n = 7;
        if (ovf_number_parse_double(text, &d) || ovf_number_parse_int(text, &n) ||
            ovf_number_parse_scaled(text, 7, &n))
            fail_msg("taken for a number: \"%s\"", refused[i]);
        assert_true(n == 7);
        assert_near(d, 7, 0);
    }
}

static void doubles_are_correctly_rounded_and_never_infinite(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double want;
    } rows[] = {
        {"0", 0},
        {"-0", 0},
        {"+45", 45},
        {"045.50", 45.5},
        {"1e3", 1000},
        {"1E-3", 0.001},
        {"34.812345", 34.812345},
        {"2.2250738585072014e-308", 2.2250738585072014e-308},
        {"1.7976931348623157e308", 1.7976931348623157e308},
        {"9007199254740993", 9007199254740992.0},
        {"1e-400", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double got = -1;
        assert_true(ovf_number_parse_double(ovf_bytes_from_text(rows[i].text), &got));
        assert_near(got, rows[i].want, 0);
    }
    double got = 7;
    assert_false(ovf_number_parse_double(ovf_bytes_from_text("1e309"), &got));
    assert_false(ovf_number_parse_double(ovf_bytes_from_text("-1e400"), &got));
    assert_near(got, 7, 0);
}

/* The C library rounds correctly; seeded, with few and many digits and small and large exponents. */
static void doubles_are_those_of_the_c_library(void **state)
{
    (void)state;
    uint64_t x = 20250701;
    for (int i = 0; i < 200000; i++) {
        char text[48];
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        const int n_digits = 1 + (int)(x % 19);
        const int n_fraction = (int)(x >> 8 & 15) % n_digits;
        const int exponent = (int)(x >> 16 & 63) - 32;
        char digits[40];
        (void)snprintf(digits, sizeof digits, "%019llu", (unsigned long long)(x >> 1));
        const int len = snprintf(text, sizeof text, "%s%.*s%s%.*s", (x & 1) != 0 ? "-" : "",
                                 n_digits - n_fraction, digits, n_fraction > 0 ? "." : "",
                                 n_fraction, digits + n_digits - n_fraction);
        if ((x >> 24 & 1) != 0)
            (void)snprintf(text + len, sizeof text - (size_t)len, "e%d", exponent);
        double got;
        assert_true(ovf_number_parse_double(ovf_bytes_from_text(text), &got));
        const double want = strtod(text, NULL);
        if (got < want || got > want || signbit(got) != signbit(want))
            fail_msg("%s: %a, not %a", text, got, want);
    }
}

static void integers_have_no_fraction_and_reach_both_ends(void **state)
{
    (void)state;
    int64_t got = 0;
    assert_true(ovf_number_parse_int(ovf_bytes_from_text("9223372036854775807"), &got));
    assert_true(got == INT64_MAX);
    assert_true(ovf_number_parse_int(ovf_bytes_from_text("-9223372036854775808"), &got));
    assert_true(got == INT64_MIN);
    assert_true(ovf_number_parse_int(ovf_bytes_from_text("+007"), &got));
    assert_true(got == 7);
    assert_false(ovf_number_parse_int(ovf_bytes_from_text("9223372036854775808"), &got));
    assert_false(ovf_number_parse_int(ovf_bytes_from_text("-9223372036854775809"), &got));
    assert_false(ovf_number_parse_int(ovf_bytes_from_text("1.0"), &got));
    assert_false(ovf_number_parse_int(ovf_bytes_from_text("1e3"), &got));
}

static void scaled_numbers_are_exact_and_round_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int n_decimals;
        int64_t want;
    } rows[] = {
        {"34.812345", 7, 348123450},
        {"-179.9999999", 7, -1799999999},
        {"0.00000005", 7, 1},
        {"-0.00000005", 7, -1},
        {"0.00000004999", 7, 0},
        {"1738703622.619", 9, INT64_C(1738703622619000000)},
        {"62046.40", 9, INT64_C(62046400000000)},
        {"2.5", 0, 3},
        {"-2.5", 0, -3},
        {"0.4999999999999999999999", 0, 0},
        {"1e2", 2, 10000},
        {"12345e-3", 1, 123},
        {"0e9999", 9, 0},
        {"1e-9999", 9, 0},
        {"5e-1", 0, 1},
        {"4e-1", 0, 0},
        {"5e-2", 0, 0},
        {"-0", 7, 0},
        {"9.223372036854775807", 9, INT64_C(9223372037)},
        {"-9223372036854775807.9", 0, INT64_MIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t got = 7;
        if (!ovf_number_parse_scaled(ovf_bytes_from_text(rows[i].text), rows[i].n_decimals, &got) ||
            got != rows[i].want)
            fail_msg("%s: got %lld", rows[i].text, (long long)got);
    }
    int64_t got = 7;
    assert_false(ovf_number_parse_scaled(ovf_bytes_from_text("9223372036854775807.5"), 0, &got));
    assert_false(ovf_number_parse_scaled(ovf_bytes_from_text("1e9999"), 0, &got));
    assert_false(ovf_number_parse_scaled(ovf_bytes_from_text("18446744072021792.0"), 9, &got));
    assert_true(got == 7);
}

static void scaled_integers_print_all_their_decimals(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int n_decimals;
        const char *want;
    } rows[] = {
        {348123450, 7, "34.8123450"},
        {-5, 1, "-0.5"},
        {0, 3, "0.000"},
        {-12, 0, "-12"},
        {7, 9, "0.000000007"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 9, "-9223372036.854775808"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[OVF_NUMBER_SIZE];
        ovf_number_format_scaled(rows[i].value, rows[i].n_decimals, text);
        assert_string_equal(text, rows[i].want);
    }
}

static void doubles_print_rounded_and_never_as_minus_zero(void **state)
{
    (void)state;
    /* 0.145 and 1.115 are a little below what is written, 0.285 too: no half to go up. */
    static const struct {
        double value;
        int n_decimals;
        const char *want;
    } rows[] = {
        {0, 0, "0"},
        {-0.0, 2, "0.00"},
        {-0.004, 2, "0.00"},
        {0.5, 0, "1"},
        {-0.5, 0, "-1"},
        {2.5, 0, "3"},
        {0.125, 2, "0.13"},
        {-0.125, 2, "-0.13"},
        {0.145, 2, "0.14"},
        {1.115, 2, "1.11"},
        {0.285, 2, "0.28"},
        {9.999, 2, "10.00"},
        {-9.9999, 2, "-10.00"},
        {0.49999999999999994, 0, "0"},
        {612345.25, 1, "612345.3"},
        {2894.2, 1, "2894.2"},
        {999999999999999.0, 6, "999999999999999.000000"},
        {123456789012345.67, 2, "123456789012345.67"},
        {4503599627370497.0 / 8, 0, "562949953421312"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[OVF_NUMBER_SIZE];
        ovf_number_format(rows[i].value, rows[i].n_decimals, text);
        assert_string_equal(text, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_number_is_refused_by_every_parser),
        cmocka_unit_test(doubles_are_correctly_rounded_and_never_infinite),
        cmocka_unit_test(doubles_are_those_of_the_c_library),
        cmocka_unit_test(integers_have_no_fraction_and_reach_both_ends),
        cmocka_unit_test(scaled_numbers_are_exact_and_round_half_away_from_zero),
        cmocka_unit_test(scaled_integers_print_all_their_decimals),
        cmocka_unit_test(doubles_print_rounded_and_never_as_minus_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
