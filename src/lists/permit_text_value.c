/* SPDX-License-Identifier: Apache-2.0 */
#include "lists/permit_text_value.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"

/** What is left to be read. */
struct scan {
    const char *at;
    const char *end;
};

static struct scan scan_of(struct ovf_bytes text)
{
    const char *const first = (const char *)text.data;
    return (struct scan){first, first + text.len};
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_blanks(struct scan *s)
{
    while (s->at < s->end && is_blank(*s->at))
        s->at++;
}

static bool is_over(struct scan *s)
{
    skip_blanks(s);
    return s->at == s->end;
}

/** Takes \p word when it comes next, as a whole. */
static bool take_word(struct scan *s, const char *word)
{
    const size_t len = strlen(word);
    skip_blanks(s);
    if ((size_t)(s->end - s->at) < len || memcmp(s->at, word, len) != 0)
        return false;
    if (is_letter(word[0]) && s->at + len < s->end && is_letter(s->at[len]))
        return false;
    s->at += len;
    return true;
}

static bool take_any(struct scan *s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (take_word(s, words[i]))
            return true;
    }
    return false;
}

/** Takes \p min to \p max digits, all that are there. */
static bool take_digits(struct scan *s, size_t min, size_t max, unsigned *value)
{
    size_t n = 0;
    *value = 0;
    while (s->at + n < s->end && is_digit(s->at[n]) && n <= max)
        *value = *value * 10 + (unsigned)(s->at[n++] - '0');
    if (n < min || n > max)
        return false;
    s->at += n;
    return true;
}

/* ---- words ---- */

bool ovf_permit_text_number(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    bool has_digit = false;
    if (text.len < 2 || text.len > 40)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = (char)text.data[i];
        if (!is_letter(c) && !is_digit(c) && strchr("-/._()", c) == NULL)
            return false;
        has_digit = has_digit || is_digit(c);
    }
    memcpy(out, text.data, text.len);
    out[text.len] = '\0';
    return has_digit;
}

/** Four to eight letters, digits and hyphens, not letters alone: those may be a word. */
static bool is_registration(struct ovf_bytes word)
{
    bool has_mark = false;
    for (size_t i = 0; i < word.len; i++) {
        const char c = (char)word.data[i];
        if (!is_letter(c) && !is_digit(c) && (c != '-' || i == 0 || i + 1 == word.len))
            return false;
        has_mark = has_mark || c == '-' || is_digit(c);
    }
    return word.len >= 4 && word.len <= 8 && has_mark;
}

static bool is_type(struct ovf_bytes word)
{
    bool has_digit = false;
    for (size_t i = 0; i < word.len; i++) {
        const char c = (char)word.data[i];
        if (!is_letter(c) && !is_digit(c))
            return false;
        has_digit = has_digit || is_digit(c);
    }
    return word.len >= 3 && word.len <= 4 && is_letter((char)word.data[0]) && has_digit;
}

static bool is_between(char c)
{
    return is_blank(c) || c == ',' || c == '/' || c == ';';
}

/** All words are \p good; written with one blank between. */
static bool read_words(struct ovf_bytes text, bool (*good)(struct ovf_bytes),
                       char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    struct scan s = scan_of(text);
    size_t len = 0;
    while (s.at < s.end) {
        const char *const begin = s.at;
        while (s.at < s.end && !is_between(*s.at))
            s.at++;
        const struct ovf_bytes word = {(const unsigned char *)begin, (size_t)(s.at - begin)};
        if (!good(word) || len + word.len + 2 > OVF_PERMIT_TEXT_VALUE_SIZE)
            return false;
        if (len > 0)
            out[len++] = ' ';
        memcpy(out + len, word.data, word.len);
        len += word.len;
        while (s.at < s.end && is_between(*s.at))
            s.at++;
    }
    out[len] = '\0';
    return len > 0;
}

bool ovf_permit_text_registrations(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    return read_words(text, is_registration, out);
}

bool ovf_permit_text_types(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    return read_words(text, is_type, out);
}

bool ovf_permit_text_point(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    if (text.len < 2 || text.len > 15)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_letter((char)text.data[i]) && !is_digit((char)text.data[i]))
            return false;
    }
    memcpy(out, text.data, text.len);
    out[text.len] = '\0';
    return true;
}

bool ovf_permit_text_route(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    size_t len = 0;
    if (text.len == 0 || text.len >= OVF_PERMIT_TEXT_VALUE_SIZE)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = (char)text.data[i];
        if (!is_blank(c))
            out[len++] = c;
        else if (out[len - 1] != ' ')
            out[len++] = ' ';
    }
    out[len] = '\0';
    return true;
}

/* ---- mass ---- */

/** "186,880" to "186880": commas between groups of three. False: they stand elsewhere, or with a point. */
static bool take_figure(struct scan *s, char figure[16], bool *is_grouped, bool *has_point)
{
    size_t len = 0;
    size_t since_comma = 0;
    *is_grouped = false;
    *has_point = false;
    for (; s->at < s->end && len < 15; s->at++) {
        if (*s->at == ',') {
            if (since_comma == 0 || since_comma > 3 || (*is_grouped && since_comma != 3))
                return false;
            *is_grouped = true;
            since_comma = 0;
            continue;
        }
        if (!is_digit(*s->at) && *s->at != '.')
            break;
        *has_point = *has_point || *s->at == '.';
        figure[len++] = *s->at;
        since_comma++;
    }
    figure[len] = '\0';
    return len > 0 && (!*is_grouped || (since_comma == 3 && !*has_point));
}

bool ovf_permit_text_mass(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    static const char *const kilograms[] = {"KGS", "KG"};
    static const char *const tonnes[] = {"TONNES", "T"};
    static const char *const pounds[] = {"LBS", "LB"};
    struct scan s = scan_of(text);
    char figure[16];
    bool is_grouped;
    bool has_point; /* half the world writes 186.880 KG for 186,880: of tonnes it is the same */
    double mass;
    if (!take_figure(&s, figure, &is_grouped, &has_point) ||
        !ovf_number_parse_double(ovf_bytes_from_text(figure), &mass))
        return false;
    if (!is_grouped && take_any(&s, tonnes, 2))
        mass *= 1000;
    else if (!has_point && take_any(&s, pounds, 2))
        mass *= 0.45359237; /* kg in a pound: exact by definition */
    else if (has_point || !take_any(&s, kilograms, 2))
        return false;
    if (!is_over(&s) || !(mass >= 100 && mass <= 1e6))
        return false;
    (void)snprintf(out, OVF_PERMIT_TEXT_VALUE_SIZE, "%ld", (long)(mass + 0.5));
    return true;
}

/* ---- times ---- */

enum { DAY_LEN = 10 }; /* a date alone: to its end */

struct clock {
    unsigned hour;
    unsigned minute;
};

static bool take_clock(struct scan *s, struct clock *out)
{
    static const char *const utc[] = {"UTC", "GMT", "Z"};
    struct scan next = *s;
    unsigned digits;
    skip_blanks(&next);
    if (take_digits(&next, 4, 4, &digits)) {
        *out = (struct clock){digits / 100, digits % 100};
    } else {
        if (!take_digits(&next, 2, 2, &out->hour) || next.at == next.end || *next.at++ != ':' ||
            !take_digits(&next, 2, 2, &out->minute))
            return false;
    }
    (void)take_any(&next, utc, 3);
    if (out->hour > 23 || out->minute > 59)
        return false;
    *s = next;
    return true;
}

bool ovf_permit_text_clock(struct ovf_bytes text, char out[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    struct scan s = scan_of(text);
    struct clock clock;
    if (!take_clock(&s, &clock) || !is_over(&s))
        return false;
    (void)snprintf(out, OVF_PERMIT_TEXT_VALUE_SIZE, "%02u%02u", clock.hour, clock.minute);
    return true;
}

static bool take_month(struct scan *s, unsigned *month)
{
    static const char *const names[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    for (unsigned i = 0; i < 12; i++) {
        if (take_word(s, names[i])) {
            *month = i + 1;
            return true;
        }
    }
    return false;
}

struct date {
    unsigned year;
    unsigned month;
    unsigned day;
};

/** 2012-10-02 */
static bool take_iso_date(struct scan *s, struct date *out)
{
    return take_digits(s, 4, 4, &out->year) && s->at < s->end && *s->at++ == '-' &&
           take_digits(s, 2, 2, &out->month) && s->at < s->end && *s->at++ == '-' &&
           take_digits(s, 2, 2, &out->day);
}

/** 02OCT12, 2 OCT 2012 */
static bool take_named_date(struct scan *s, struct date *out)
{
    if (!take_digits(s, 1, 2, &out->day) || !take_month(s, &out->month))
        return false;
    skip_blanks(s);
    struct scan four = *s;
    if (take_digits(&four, 4, 4, &out->year)) {
        *s = four;
        return true;
    }
    const bool has_two = take_digits(s, 2, 2, &out->year);
    out->year += 2000;
    return has_two;
}

/** A date and, when one comes, a time, as ISO 8601. */
static bool take_time(struct scan *s, char out[OVF_PERMIT_TEXT_VALUE_SIZE], int64_t *t_ns)
{
    struct date date;
    struct clock clock;
    skip_blanks(s);
    struct scan next = *s;
    if (!take_iso_date(&next, &date)) {
        next = *s;
        if (!take_named_date(&next, &date))
            return false;
    }
    *s = next;
    const int len = snprintf(out, OVF_PERMIT_TEXT_VALUE_SIZE, "%04u-%02u-%02u", date.year,
                             date.month, date.day);
    if (take_word(&next, "/") || take_word(&next, "AT"))
        *s = next;
    if (take_clock(s, &clock))
        (void)snprintf(out + len, (size_t)(OVF_PERMIT_TEXT_VALUE_SIZE - len), "T%02u:%02uZ",
                       clock.hour, clock.minute);
    return ovf_time_parse_iso(ovf_bytes_from_text(out), t_ns);
}

bool ovf_permit_text_span(struct ovf_bytes text, char from[OVF_PERMIT_TEXT_VALUE_SIZE],
                          char to[OVF_PERMIT_TEXT_VALUE_SIZE])
{
    static const char *const until[] = {"TO", "UNTIL", "TILL", "-"};
    struct scan s = scan_of(text);
    int64_t from_ns;
    int64_t to_ns;
    (void)take_word(&s, "FROM");
    return take_time(&s, from, &from_ns) && take_any(&s, until, 4) && take_time(&s, to, &to_ns) &&
           is_over(&s) && from_ns <= to_ns + (strlen(to) == DAY_LEN ? OVF_NS_PER_DAY - 1 : 0);
}
