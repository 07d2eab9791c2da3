/* SPDX-License-Identifier: Apache-2.0 */
/* A predicate's text, word by word: names, numbers, dates; signs stand alone. */
#include "case/claim.h"

#include <string.h>

#include "base/number.h"
#include "base/time.h"

struct reading {
    const char *next;
    char word[OVF_PREDICATE_WORD_SIZE]; /* the one at hand; "" at the end */
    struct ovf_error *err;
};

static bool is_sign(char c)
{
    return c == '(' || c == ')' || c == ',';
}

static bool is_comparison(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>';
}

/** How long the word at \p p is. */
static size_t word_length(const char *p)
{
    size_t n = 0;
    if (is_sign(*p))
        return 1;
    const bool compares = is_comparison(*p);
    while (p[n] != '\0' && p[n] != ' ' && p[n] != '\n' && p[n] != '\t' && !is_sign(p[n]) &&
           is_comparison(p[n]) == compares)
        n++;
    return n;
}

static void advance(struct reading *r)
{
    r->next += strspn(r->next, " \n\t");
    const size_t n = word_length(r->next);
    const size_t kept = n < sizeof r->word - 1 ? n : sizeof r->word - 1;
    memcpy(r->word, r->next, kept);
    r->word[kept] = '\0';
    r->next += n;
}

static enum ovf_status due(const struct reading *r, const char *what)
{
    if (r->word[0] == '\0')
        return ovf_error_set(r->err, OVF_E_FORMAT, "%s is due at its end", what);
    return ovf_error_set(r->err, OVF_E_FORMAT, "%s is due where \"%s\" stands", what, r->word);
}

static bool takes(struct reading *r, const char *word)
{
    if (strcmp(r->word, word) != 0)
        return false;
    advance(r);
    return true;
}

static enum ovf_status expect(struct reading *r, const char *word)
{
    return takes(r, word) ? OVF_OK : due(r, word);
}

/** The word at hand, which is none of the signs, goes to \p out. */
static enum ovf_status take_name(struct reading *r, const char *what, char *out)
{
    if (r->word[0] == '\0' || is_sign(r->word[0]) || is_comparison(r->word[0]))
        return due(r, what);
    memcpy(out, r->word, sizeof r->word);
    advance(r);
    return OVF_OK;
}

static enum ovf_status take_date(struct reading *r, int64_t *t_ns)
{
    const struct ovf_bytes text = ovf_bytes_from_text(r->word);
    if (text.len != 10 || !ovf_time_parse_iso(text, t_ns))
        return due(r, "a date such as 2012-10-02");
    advance(r);
    return OVF_OK;
}

static enum ovf_status take_days(struct reading *r, struct ovf_predicate *out)
{
    enum ovf_status st = OVF_OK;
    if (r->word[0] == '\0')
        return OVF_OK;
    if (takes(r, "on")) {
        st = take_date(r, &out->from_ns);
        out->until_ns = out->from_ns;
    } else {
        st = takes(r, "between") ? take_date(r, &out->from_ns) : due(r, "\"on\" or \"between\"");
        if (st == OVF_OK)
            st = expect(r, "and");
        if (st == OVF_OK)
            st = take_date(r, &out->until_ns);
    }
    if (st != OVF_OK)
        return st;
    if (out->from_ns > out->until_ns)
        return ovf_error_set(r->err, OVF_E_FORMAT, "its first day is after its last");
    out->until_ns += OVF_NS_PER_DAY;
    return r->word[0] == '\0' ? OVF_OK : due(r, "its end");
}

static enum ovf_status take_comparison(struct reading *r, enum ovf_compare *out)
{
    static const char *const signs[] = {
        [OVF_COMPARE_EQUAL] = "==",   [OVF_COMPARE_NOT_EQUAL] = "!=", [OVF_COMPARE_LESS] = "<",
        [OVF_COMPARE_AT_MOST] = "<=", [OVF_COMPARE_MORE] = ">",       [OVF_COMPARE_AT_LEAST] = ">=",
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (takes(r, signs[i])) {
            *out = (enum ovf_compare)i;
            return OVF_OK;
        }
    }
    return due(r, "one of == != < <= > >=");
}

static enum ovf_status take_number(struct reading *r, int64_t *n)
{
    if (!ovf_number_parse_int(ovf_bytes_from_text(r->word), n) || *n < 0)
        return due(r, "a number of flights");
    advance(r);
    return OVF_OK;
}

static enum ovf_status take_count(struct reading *r, struct ovf_predicate *out)
{
    enum ovf_status st = expect(r, "(");
    if (st == OVF_OK)
        st = take_name(r, "a watch", out->watch);
    if (st == OVF_OK)
        st = expect(r, ")");
    if (st == OVF_OK)
        st = take_comparison(r, &out->compare);
    return st == OVF_OK ? take_number(r, &out->n) : st;
}

static enum ovf_status take_landing(struct reading *r, struct ovf_predicate *out)
{
    enum ovf_status st = expect(r, "(");
    if (st == OVF_OK)
        st = take_name(r, "a watch", out->watch);
    if (st == OVF_OK)
        st = expect(r, ",");
    if (st == OVF_OK)
        st = take_name(r, "an airport", out->airport);
    return st == OVF_OK ? expect(r, ")") : st;
}

enum ovf_status ovf_predicate_read(const char *text, struct ovf_predicate *out,
                                   struct ovf_error *err)
{
    struct reading r = {.next = text, .err = err};
    struct ovf_predicate read = {.from_ns = INT64_MIN, .until_ns = INT64_MAX};
    enum ovf_status st;
    advance(&r);
    if (takes(&r, "count")) {
        read.kind = OVF_PREDICATE_COUNT;
        st = take_count(&r, &read);
    } else {
        read.kind = OVF_PREDICATE_LANDS;
        read.is_negated = takes(&r, "not");
        st = takes(&r, "lands") ? take_landing(&r, &read) : due(&r, "count, lands or not lands");
    }
    if (st == OVF_OK)
        st = take_days(&r, &read);
    if (st == OVF_OK)
        *out = read;
    return st;
}

bool ovf_compare_holds(enum ovf_compare compare, int64_t n, int64_t with)
{
    switch (compare) {
    case OVF_COMPARE_EQUAL:
        return n == with;
    case OVF_COMPARE_NOT_EQUAL:
        return n != with;
    case OVF_COMPARE_LESS:
        return n < with;
    case OVF_COMPARE_AT_MOST:
        return n <= with;
    case OVF_COMPARE_MORE:
        return n > with;
    case OVF_COMPARE_AT_LEAST:
        break;
    }
    return n >= with;
}
