/* SPDX-License-Identifier: Apache-2.0 */
/* Number syntax is checked and scaled integers are made here, digit by digit; only a general double
 * is left to strtod, as digits and an exponent, which mean the same in every locale. */
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct scan {
    bool negative;
    const unsigned char *digits; /* integer digits, then perhaps '.', then fraction digits */
    size_t n_integer;
    size_t n_fraction;
    int exponent;
};

static size_t count_digits(const unsigned char *p, size_t len)
{
    size_t n = 0;
    while (n < len && p[n] >= '0' && p[n] <= '9')
        n++;
    return n;
}

static bool scan_exponent(const unsigned char *p, size_t len, int *exponent)
{
    size_t at = 0;
    const bool negative = len > 0 && p[0] == '-';
    if (len > 0 && (p[0] == '-' || p[0] == '+'))
        at = 1;
    const size_t n = count_digits(p + at, len - at);
    if (n == 0 || at + n != len || n > 4)
        return false;
    int value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (p[at + i] - '0');
    *exponent = negative ? -value : value;
    return true;
}

static bool scan_number(struct ovf_bytes text, struct scan *out)
{
    if (text.len == 0 || text.len > OVF_NUMBER_MAX_CHARS)
        return false;
    const unsigned char *p = text.data;
    size_t len = text.len;
    *out = (struct scan){.negative = p[0] == '-'};
    if (p[0] == '-' || p[0] == '+') {
        p++;
        len--;
    }
    out->digits = p;
    out->n_integer = count_digits(p, len);
    if (out->n_integer == 0)
        return false;
    p += out->n_integer;
    len -= out->n_integer;
    if (len > 0 && *p == '.') {
        out->n_fraction = count_digits(p + 1, len - 1);
        if (out->n_fraction == 0)
            return false;
        p += 1 + out->n_fraction;
        len -= 1 + out->n_fraction;
    }
    if (len > 0 && (*p == 'e' || *p == 'E'))
        return scan_exponent(p + 1, len - 1, &out->exponent);
    return len == 0;
}

/** All digits as an integer, the point jumped over; false when they need more than 53 bits. */
static bool small_mantissa(const struct scan *scan, uint64_t *mantissa)
{
    const size_t n = scan->n_integer + scan->n_fraction;
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        value = value * 10 + (uint64_t)(scan->digits[i < scan->n_integer ? i : i + 1] - '0');
        if (value > UINT64_C(1) << 53)
            return false;
    }
    *mantissa = value;
    return true;
}

/** An integer and a power of ten that are both exact: their product or quotient is rounded once. */
static bool parse_small(const struct scan *scan, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const int exponent = scan->exponent - (int)scan->n_fraction;
    uint64_t mantissa;
    if (exponent < -22 || exponent > 22 || !small_mantissa(scan, &mantissa))
        return false;
    const double size =
        exponent < 0 ? (double)mantissa / powers[-exponent] : (double)mantissa * powers[exponent];
    *value = scan->negative ? -size : size;
    return true;
}

/** Without a decimal point, which strtod looks for in the locale: 12.5e3 is read as 125e2. */
static double parse_general(const struct scan *scan)
{
    char text[OVF_NUMBER_MAX_CHARS + 16];
    const size_t n = scan->n_integer + scan->n_fraction;
    size_t len = 0;
    if (scan->negative)
        text[len++] = '-';
    for (size_t i = 0; i < n; i++)
        text[len++] = (char)scan->digits[i < scan->n_integer ? i : i + 1];
    (void)snprintf(text + len, sizeof text - len, "e%d", scan->exponent - (int)scan->n_fraction);
    return strtod(text, NULL);
}

bool ovf_number_parse_double(struct ovf_bytes text, double *value)
{
    struct scan scan;
    double v;
    if (!scan_number(text, &scan))
        return false;
    if (!parse_small(&scan, &v))
        v = parse_general(&scan);
    if (!isfinite(v))
        return false;
    *value = v;
    return true;
}

bool ovf_number_parse_int(struct ovf_bytes text, int64_t *value)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '.' || text.data[i] == 'e' || text.data[i] == 'E')
            return false;
    }
    return ovf_number_parse_scaled(text, 0, value);
}

/** The i-th digit of the number, the decimal point jumped over; 0 past the end. */
static int digit_at(const struct scan *scan, int64_t i)
{
    const int64_t n_integer = (int64_t)scan->n_integer;
    if (i < 0 || i >= n_integer + (int64_t)scan->n_fraction)
        return 0;
    return scan->digits[i < n_integer ? i : i + 1] - '0';
}

bool ovf_number_parse_scaled(struct ovf_bytes text, int n_decimals, int64_t *value)
{
    struct scan scan;
    if (!scan_number(text, &scan))
        return false;
    const int64_t n_kept = (int64_t)scan.n_integer + scan.exponent + n_decimals;
    const uint64_t limit = (uint64_t)INT64_MAX + (scan.negative ? 1 : 0);
    uint64_t magnitude = 0;
    for (int64_t i = 0; i < n_kept; i++) {
        const uint64_t digit = (uint64_t)digit_at(&scan, i);
        if (magnitude > (limit - digit) / 10)
            return false;
        magnitude = magnitude * 10 + digit;
    }
    if (n_kept >= 0 && digit_at(&scan, n_kept) >= 5) {
        if (magnitude == limit)
            return false;
        magnitude++;
    }
    /* Negated before it is signed: the least integer has no positive twin. */
    *value = (int64_t)(scan.negative ? 0 - magnitude : magnitude);
    return true;
}

/** \p n_least digits or more, and a NUL. \return where that stands */
static char *put_digits(char *text, uint64_t value, int n_least)
{
    char digits[20];
    int n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || n < n_least);
    while (n > 0)
        *text++ = digits[--n];
    *text = '\0';
    return text;
}

/** \p whole before the point, and behind it \p part in so many digits. */
static void put_number(bool negative, uint64_t whole, uint64_t part, int n_decimals,
                       char text[OVF_NUMBER_SIZE])
{
    if (negative)
        *text++ = '-';
    text = put_digits(text, whole, 1);
    if (n_decimals == 0)
        return;
    *text++ = '.';
    (void)put_digits(text, part, n_decimals);
}

void ovf_number_format_scaled(int64_t value, int n_decimals, char text[OVF_NUMBER_SIZE])
{
    assert(n_decimals >= 0 && n_decimals <= 9);
    uint64_t unit = 1;
    for (int i = 0; i < n_decimals; i++)
        unit *= 10;
    const uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    put_number(value < 0, magnitude / unit, magnitude % unit, n_decimals, text);
}

void ovf_number_format(double value, int n_decimals, char text[OVF_NUMBER_SIZE])
{
    assert(n_decimals >= 0 && n_decimals <= 6);
    const double size = fabs(value);
    assert(size < 1e15);
    double unit = 1;
    for (int i = 0; i < n_decimals; i++)
        unit *= 10;
    /* Whole and fraction apart, for their product with the unit would not fit an integer. The fraction
     * is exact; fma gives what the rounding of its product lost, so that only true halves go up. */
    double whole = floor(size);
    const double scaled = (size - whole) * unit;
    const double lost = fma(size - whole, unit, -scaled);
    double part = floor(scaled);
    const double rest = scaled - part;
    if (rest > 0.5 || (rest >= 0.5 && lost >= 0))
        part += 1;
    if (part >= unit) {
        part -= unit;
        whole += 1;
    }
    const bool negative = value < 0 && (whole > 0 || part > 0);
    put_number(negative, (uint64_t)whole, (uint64_t)part, n_decimals, text);
}
