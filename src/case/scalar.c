/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars: strict, so that nobody is surprised. 0123 is no number (octal elsewhere), yes is no truth,
 * NO is Norway, a number in quotes is a text. */
#include "case/scalar.h"

#include <stdio.h>
#include <string.h>

#include "base/likeness.h"
#include "base/number.h"
#include "base/time.h"
#include "base/utf8.h"

enum { MAX_NAME = 60 };

static bool say(char why[OVF_SCALAR_WHY_SIZE], const char *what)
{
    (void)snprintf(why, OVF_SCALAR_WHY_SIZE, "%s", what);
    return false;
}

static bool is_null_word(struct ovf_bytes text)
{
    return text.len == 0 || ovf_bytes_equal_text(text, "~") || ovf_bytes_equal_text(text, "null") ||
           ovf_bytes_equal_text(text, "Null") || ovf_bytes_equal_text(text, "NULL");
}

/** A bound, with a decimal where it has one. */
static void format_bound(double value, char text[OVF_NUMBER_SIZE])
{
    const double whole = (double)(int64_t)value;
    ovf_number_format(value, value < whole || value > whole ? 1 : 0, text);
}

/** "a number in kt from 1 to 900 is due" */
static bool say_number(const struct ovf_key *key, const char *what, char why[OVF_SCALAR_WHY_SIZE])
{
    char low[OVF_NUMBER_SIZE];
    char high[OVF_NUMBER_SIZE];
    format_bound(key->min, low);
    format_bound(key->max, high);
    if (key->min < key->max)
        (void)snprintf(why, OVF_SCALAR_WHY_SIZE, "%s%s%s from %s to %s is due", what,
                       key->unit != NULL ? " in " : "", key->unit != NULL ? key->unit : "", low,
                       high);
    else
        (void)snprintf(why, OVF_SCALAR_WHY_SIZE, "%s%s%s is due", what,
                       key->unit != NULL ? " in " : "", key->unit != NULL ? key->unit : "");
    return false;
}

static bool in_range(const struct ovf_key *key, double value)
{
    return !(key->min < key->max) || (value >= key->min && value <= key->max);
}

static bool has_leading_zero(struct ovf_bytes text)
{
    const size_t sign = text.len > 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    return text.len > sign + 1 && text.data[sign] == '0' && text.data[sign + 1] >= '0' &&
           text.data[sign + 1] <= '9';
}

static bool read_number(const struct ovf_key *key, struct ovf_bytes text, bool quoted, void *out,
                        char why[OVF_SCALAR_WHY_SIZE])
{
    double value = 0.0;
    if (quoted)
        return say(why, "a number is due, without quotes");
    if (has_leading_zero(text))
        return say(why, "a number with a leading zero (octal elsewhere); write it without");
    if (!ovf_number_parse_double(text, &value) || !in_range(key, value))
        return say_number(key, "a number", why);
    *(double *)out = value;
    return true;
}

static bool read_integer(const struct ovf_key *key, struct ovf_bytes text, bool quoted, void *out,
                         char why[OVF_SCALAR_WHY_SIZE])
{
    int64_t value = 0;
    if (quoted)
        return say(why, "a whole number is due, without quotes");
    if (has_leading_zero(text))
        return say(why, "a number with a leading zero (octal elsewhere); write it without");
    if (!ovf_number_parse_int(text, &value) || !in_range(key, (double)value))
        return say_number(key, "a whole number", why);
    *(int64_t *)out = value;
    return true;
}

static bool read_bool(struct ovf_bytes text, bool quoted, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    const bool is_true = ovf_bytes_equal_text(text, "true");
    if (quoted || (!is_true && !ovf_bytes_equal_text(text, "false")))
        return say(why, "true or false is due");
    *(bool *)out = is_true;
    return true;
}

static bool read_date(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    int64_t t_ns = 0;
    if (text.len != 10 || !ovf_time_parse_iso(text, &t_ns))
        return say(why, "a date that is in the calendar is due: 2012-10-27");
    *(int64_t *)out = t_ns;
    return true;
}

static bool read_time(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    int64_t t_ns = 0;
    if (text.len < 16 || !ovf_time_parse_iso(text, &t_ns))
        return say(why, "a time is due: 2012-10-27T08:30:00Z");
    *(int64_t *)out = t_ns;
    return true;
}

static bool two_digits(const unsigned char *p, int64_t below, int64_t *value)
{
    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
        return false;
    *value = (p[0] - '0') * 10 + (p[1] - '0');
    return *value < below;
}

static bool read_clock(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    int64_t hour = 0;
    int64_t minute = 0;
    if (text.len != 5 || text.data[2] != ':' || !two_digits(text.data, 24, &hour) ||
        !two_digits(text.data + 3, 60, &minute))
        return say(why, "a time of day (UTC) is due: \"07:30\"");
    *(int64_t *)out = (hour * 60 + minute) * 60 * OVF_NS_PER_S;
    return true;
}

static bool read_code(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    bool good = text.len == 2 || text.len == 3;
    for (size_t i = 0; i < text.len && good; i++)
        good = text.data[i] >= 'A' && text.data[i] <= 'Z';
    if (!good)
        return say(why, "a country code in capitals is due: IQ or IRQ");
    *(const char **)out = (const char *)text.data;
    return true;
}

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_address(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    int64_t value = 0;
    bool good = text.len == 6;
    for (size_t i = 0; i < text.len && good; i++) {
        const int digit = hex_digit(text.data[i]);
        good = digit >= 0;
        value = value * 16 + digit;
    }
    if (!good)
        return say(why, "six hexadecimal digits are due: f10001");
    *(int64_t *)out = value;
    return true;
}

static bool read_choice(const struct ovf_key *key, struct ovf_bytes text, void *out,
                        char why[OVF_SCALAR_WHY_SIZE])
{
    const char *word = key->choices;
    for (int64_t i = 0;; i++) {
        const size_t len = strcspn(word, "|");
        if (text.len == len && memcmp(word, text.data, len) == 0) {
            *(int64_t *)out = i;
            return true;
        }
        if (word[len] == '\0')
            break;
        word += len + 1;
    }
    (void)snprintf(why, OVF_SCALAR_WHY_SIZE, "one of %s is due", key->choices);
    return false;
}

/** Nothing that a terminal would obey but tabs and line ends, which templates have. */
static bool is_harmless(struct ovf_bytes text)
{
    size_t begin = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.data[i] != '\n' && text.data[i] != '\t')
            continue;
        if (!ovf_utf8_is_harmless((struct ovf_bytes){text.data + begin, i - begin}))
            return false;
        begin = i + 1;
    }
    return true;
}

static bool read_text(struct ovf_bytes text, bool quoted, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    if (text.len == 0 || (!quoted && is_null_word(text)))
        return say(why, "a text is due");
    if (!ovf_utf8_valid(text))
        return say(why, "a text in UTF-8 is due");
    if (!is_harmless(text))
        return say(why, "a text without control characters or marks of direction is due");
    *(const char **)out = (const char *)text.data;
    return true;
}

static bool is_name(struct ovf_bytes text)
{
    bool good = text.len > 0 && text.len <= MAX_NAME;
    for (size_t i = 0; i < text.len && good; i++) {
        const unsigned char c = text.data[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    }
    return good;
}

static bool read_name(struct ovf_bytes text, void *out, char why[OVF_SCALAR_WHY_SIZE])
{
    if (!is_name(text))
        return say(why, "a name of small letters, digits, '-', '_' and '.' is due");
    ((struct ovf_case_name *)out)->text = (const char *)text.data;
    return true;
}

bool ovf_scalar_read(const struct ovf_key *key, struct ovf_bytes text, bool quoted, void *out,
                     char why[OVF_SCALAR_WHY_SIZE])
{
    switch (key->type) {
    case OVF_KEY_TEXT:
        return read_text(text, quoted, out, why);
    case OVF_KEY_NAME:
        return read_name(text, out, why);
    case OVF_KEY_NUMBER:
        return read_number(key, text, quoted, out, why);
    case OVF_KEY_INTEGER:
        return read_integer(key, text, quoted, out, why);
    case OVF_KEY_BOOL:
        return read_bool(text, quoted, out, why);
    case OVF_KEY_DATE:
        return read_date(text, out, why);
    case OVF_KEY_TIME:
        return read_time(text, out, why);
    case OVF_KEY_CLOCK:
        return read_clock(text, out, why);
    case OVF_KEY_CODE:
        return read_code(text, out, why);
    case OVF_KEY_ADDRESS:
        return read_address(text, out, why);
    case OVF_KEY_CHOICE:
        return read_choice(key, text, out, why);
    case OVF_KEY_PLACE: {
        struct ovf_case_place *place = out;
        return read_text(text, quoted, &place->name, why);
    }
    case OVF_KEY_SPAN: {
        struct ovf_case_span *span = out;
        if (!read_number(key, text, quoted, &span->from, why))
            return false;
        span->to = span->from;
        return true;
    }
    case OVF_KEY_MAP:
        break;
    }
    return say(why, "keys and values are due");
}

size_t ovf_scalar_size(const struct ovf_key *key)
{
    switch (key->type) {
    case OVF_KEY_TEXT:
    case OVF_KEY_CODE:
        return sizeof(const char *);
    case OVF_KEY_NAME:
        return sizeof(struct ovf_case_name);
    case OVF_KEY_NUMBER:
        return sizeof(double);
    case OVF_KEY_BOOL:
        return sizeof(bool);
    case OVF_KEY_PLACE:
        return sizeof(struct ovf_case_place);
    case OVF_KEY_SPAN:
        return sizeof(struct ovf_case_span);
    case OVF_KEY_MAP:
        return key->of->size;
    default:
        return sizeof(int64_t);
    }
}

const char *ovf_case_nearest(const char *wanted, const char *(*name)(const void *context, size_t i),
                             const void *context, size_t n)
{
    const char *best = NULL;
    size_t fewest = 0;
    const size_t len = strlen(wanted);
    for (size_t i = 0; i < n; i++) {
        const char *const known = name(context, i);
        /* "speed" is meant for "speed_kt": a forgotten unit is one slip, not three letters. */
        const bool begins = len >= 3 && strncmp(known, wanted, len) == 0;
        const size_t edits =
            begins ? 1 : ovf_edits_between(ovf_bytes_from_text(wanted), ovf_bytes_from_text(known));
        if (edits <= len / 2 && (best == NULL || edits < fewest)) {
            best = known;
            fewest = edits;
        }
    }
    return best;
}
