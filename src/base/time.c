/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar arithmetic. Days from a civil date by counting from 1 March, so that the leap day ends
 * the year; eras of 400 years are 146,097 days (the Gregorian rule). */
#include "base/time.h"

#include <string.h>

#include "base/number.h"

enum { MIN_YEAR = 1678, MAX_YEAR = 2261, DAYS_PER_ERA = 146097, EPOCH_DAY = 719468 };

static int64_t days_from_civil(int64_t year, int month, int day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = y / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
           day_of_year - EPOCH_DAY;
}

/** Of the years that 64 bits of nanoseconds reach. C. Neri and L. Schneider, "Euclidean affine functions and their
 * application to calendar algorithms" (2023): what would be divided is multiplied by 2^32 / 1,461 (four years' days)
 * and 2^16 / 30.6 (a month's); the quotient is the upper half of the product, the remainder in the lower. */
static void civil_from_days(int64_t days, unsigned *year, unsigned *month, unsigned *day)
{
    enum { YEAR_FACTOR = 2939745, MONTH_FACTOR = 2141, MARCH = 197913, JANUARY = 306 };
    const uint32_t quarters = 4 * (uint32_t)(days + EPOCH_DAY) + 3;
    const uint32_t century = quarters / DAYS_PER_ERA;
    const uint64_t years = (uint64_t)YEAR_FACTOR * (quarters % DAYS_PER_ERA | 3);
    const uint32_t day_of_year = (uint32_t)years / YEAR_FACTOR / 4; /* from 1 March */
    const uint32_t months = MONTH_FACTOR * day_of_year + MARCH;
    const bool is_next_year = day_of_year >= JANUARY;
    *year = 100 * century + (uint32_t)(years >> 32) + (is_next_year ? 1 : 0);
    *month = (months >> 16) - (is_next_year ? 12 : 0);
    *day = (months & 0xffff) / MONTH_FACTOR + 1;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

int64_t ovf_time_floor(int64_t t_ns, int64_t step_ns)
{
    return floor_div(t_ns, step_ns) * step_ns;
}

int64_t ovf_time_day(int64_t t_ns)
{
    return ovf_time_floor(t_ns, OVF_NS_PER_DAY);
}

unsigned ovf_time_weekday(int64_t t_ns)
{
    enum { EPOCH = 3 }; /* 1970-01-01 was a Thursday */
    return (unsigned)((floor_div(t_ns, OVF_NS_PER_DAY) % 7 + 7 + EPOCH) % 7);
}

static int days_in_month(int64_t year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/** Takes exactly \p n_digits digits, or leaves everything as it was. */
static bool take_digits(struct ovf_bytes *rest, int n_digits, int *value)
{
    if (rest->len < (size_t)n_digits)
        return false;
    int v = 0;
    for (int i = 0; i < n_digits; i++) {
        if (rest->data[i] < '0' || rest->data[i] > '9')
            return false;
        v = v * 10 + (rest->data[i] - '0');
    }
    *rest = (struct ovf_bytes){rest->data + n_digits, rest->len - (size_t)n_digits};
    *value = v;
    return true;
}

static bool take_char(struct ovf_bytes *rest, char c)
{
    if (rest->len == 0 || rest->data[0] != (unsigned char)c)
        return false;
    *rest = (struct ovf_bytes){rest->data + 1, rest->len - 1};
    return true;
}

static bool take_date(struct ovf_bytes *rest, int64_t *days)
{
    int year;
    int month;
    int day;
    if (!take_digits(rest, 4, &year) || !take_char(rest, '-') || !take_digits(rest, 2, &month) ||
        !take_char(rest, '-') || !take_digits(rest, 2, &day))
        return false;
    if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *days = days_from_civil(year, month, day);
    return true;
}

/** The digits after the decimal point as nanoseconds; digits past the ninth are cut. */
static bool take_fraction(struct ovf_bytes *rest, int64_t *ns)
{
    int64_t value = 0;
    size_t n = 0;
    while (n < rest->len && rest->data[n] >= '0' && rest->data[n] <= '9') {
        if (n < 9)
            value = value * 10 + (rest->data[n] - '0');
        n++;
    }
    if (n == 0)
        return false;
    for (size_t i = n; i < 9; i++)
        value *= 10;
    *rest = (struct ovf_bytes){rest->data + n, rest->len - n};
    *ns = value;
    return true;
}

static bool take_clock(struct ovf_bytes *rest, int64_t *ns)
{
    int hour;
    int minute;
    int second = 0;
    int64_t fraction_ns = 0;
    if (!take_digits(rest, 2, &hour) || !take_char(rest, ':') || !take_digits(rest, 2, &minute))
        return false;
    if (take_char(rest, ':')) {
        if (!take_digits(rest, 2, &second))
            return false;
        if (take_char(rest, '.') && !take_fraction(rest, &fraction_ns))
            return false;
    }
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    *ns = (INT64_C(3600) * hour + INT64_C(60) * minute + second) * OVF_NS_PER_S + fraction_ns;
    return true;
}

static bool take_zone(struct ovf_bytes *rest, int64_t *offset_ns)
{
    *offset_ns = 0;
    if (rest->len == 0 || take_char(rest, 'Z') || take_char(rest, 'z'))
        return true;
    const int sign = take_char(rest, '-') ? -1 : take_char(rest, '+') ? 1 : 0;
    int hour;
    int minute;
    if (sign == 0 || !take_digits(rest, 2, &hour) || !take_char(rest, ':') ||
        !take_digits(rest, 2, &minute) || hour > 23 || minute > 59)
        return false;
    *offset_ns = sign * (INT64_C(3600) * hour + INT64_C(60) * minute) * OVF_NS_PER_S;
    return true;
}

bool ovf_time_parse_iso(struct ovf_bytes text, int64_t *t_ns)
{
    int64_t days;
    int64_t clock_ns = 0;
    int64_t offset_ns = 0;
    if (!take_date(&text, &days))
        return false;
    if (text.len > 0) {
        if (!take_char(&text, 'T') && !take_char(&text, 't') && !take_char(&text, ' '))
            return false;
        if (!take_clock(&text, &clock_ns) || !take_zone(&text, &offset_ns) || text.len > 0)
            return false;
    }
    *t_ns = days * OVF_NS_PER_DAY + clock_ns - offset_ns;
    return true;
}

bool ovf_time_parse_epoch(struct ovf_bytes text, int64_t *t_ns)
{
    int64_t value;
    if (!ovf_number_parse_scaled(text, 9, &value) ||
        value < days_from_civil(MIN_YEAR, 1, 1) * OVF_NS_PER_DAY ||
        value >= days_from_civil(MAX_YEAR + 1, 1, 1) * OVF_NS_PER_DAY)
        return false;
    *t_ns = value;
    return true;
}

static const char two_digits[] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

/** Two digits and \p after; returns where they end. */
static char *put_two(char *at, unsigned value, char after)
{
    memcpy(at, two_digits + (size_t)2 * value, 2);
    at[2] = after;
    return at + 3;
}

/** Exactly \p n_digits digits; returns where they end. */
static char *put_digits(char *at, unsigned value, int n_digits)
{
    for (int i = n_digits; i > 0; i--, value /= 10)
        at[i - 1] = (char)('0' + value % 10);
    return at + n_digits;
}

/** YYYY-MM-DDT; years that 64 bits of nanoseconds reach have four digits. */
static char *put_date(char *at, int64_t days)
{
    unsigned year;
    unsigned month;
    unsigned day;
    civil_from_days(days, &year, &month, &day);
    at = put_two(at, year / 100, 0) - 1;
    at = put_two(at, year % 100, '-');
    at = put_two(at, month, '-');
    return put_two(at, day, 'T');
}

static char *put_clock(char *at, uint32_t second_of_day)
{
    at = put_two(at, second_of_day / 3600, ':');
    at = put_two(at, second_of_day / 60 % 60, ':');
    return put_two(at, second_of_day % 60, '.');
}

/* Digit by digit: printf takes ten times as long. */
void ovf_time_format(int64_t t_ns, int n_decimals, char text[OVF_TIME_SIZE])
{
    static const int32_t units_ns[] = {1000000000, 100000000, 10000000, 1000000, 100000,
                                       10000,      1000,      100,      10,      1};
    const int64_t unit_ns = units_ns[n_decimals];
    const int64_t half_ns = unit_ns / 2;
    const int64_t rounded_ns = t_ns > INT64_MAX - half_ns ? t_ns : t_ns + half_ns;
    const int64_t days = floor_div(rounded_ns, OVF_NS_PER_DAY);
    /* Without sign: the first day that 64 bits reach begins before they do. */
    const uint64_t ns_of_day = (uint64_t)rounded_ns - (uint64_t)days * (uint64_t)OVF_NS_PER_DAY;
    const uint32_t fraction_ns = (uint32_t)(ns_of_day % OVF_NS_PER_S);
    char *at = put_date(text, days);
    at = put_clock(at, (uint32_t)(ns_of_day / OVF_NS_PER_S));
    if (n_decimals > 0)
        at = put_digits(at, fraction_ns / (uint32_t)unit_ns, n_decimals);
    else
        at--;
    *at++ = 'Z';
    *at = '\0';
}

void ovf_time_print_ms(struct ovf_time_printer *printer, int64_t t_ns, char text[OVF_TIME_MS_SIZE])
{
    enum { HALF_NS = OVF_NS_PER_MS / 2, MS_PER_S = 1000 };
    /* Without sign: of times far apart, the difference does not fit into 63 bits. */
    const uint64_t after_ns = (uint64_t)t_ns - (uint64_t)printer->day_ns;
    if (!printer->has_day || t_ns < printer->day_ns || after_ns >= OVF_NS_PER_DAY - HALF_NS) {
        ovf_time_format(t_ns, 3, printer->text);
        printer->has_day = t_ns > INT64_MIN / 2 && t_ns < INT64_MAX / 2;
        if (printer->has_day)
            printer->day_ns = ovf_time_day(t_ns + HALF_NS);
        memcpy(text, printer->text, OVF_TIME_MS_SIZE);
        return;
    }
    const uint32_t ms = (uint32_t)((after_ns + HALF_NS) / OVF_NS_PER_MS);
    memcpy(text, printer->text, OVF_TIME_MS_SIZE);
    char *const at = put_clock(text + sizeof "YYYY-MM-DDT" - 1, ms / MS_PER_S);
    (void)put_digits(at, ms % MS_PER_S, 3);
}
