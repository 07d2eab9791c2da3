/* SPDX-License-Identifier: Apache-2.0 */
#include "run/input_clocks.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

/* SBS lines have five decimals: so positions are compared, a metre. */
enum { UNIT_E7 = 100 };

/* Of an aircraft with many positions those are looked at whose place says so: the same ones in all inputs. */
enum { ENOUGH = 512 };

enum { FEWEST_OF_ONE = 5, FEWEST = 20 };
static const int64_t worth_a_word_ns = OVF_NS_PER_S;
static const int64_t same_ns = OVF_NS_PER_S / 4;
/* The widest that two clocks of the world are apart is 26 h, but who flies the same way a day later is not one. */
static const int64_t most_ns = 15 * 3600 * OVF_NS_PER_S;

struct place {
    int32_t lat;
    int32_t lon;
    uint32_t input;
    int64_t t_ns;
};

void ovf_input_clocks_deinit(struct ovf_input_clocks *clocks)
{
    free(clocks->says);
    *clocks = (struct ovf_input_clocks){0};
}

static enum ovf_status say(struct ovf_input_clocks *clocks, const struct ovf_clock_say *what)
{
    struct ovf_clock_say *const grown =
        ovf_array_reserve(clocks->says, &clocks->capacity, clocks->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    clocks->says = grown;
    clocks->says[clocks->n++] = *what;
    return OVF_OK;
}

static int compare_says(const void *a, const void *b)
{
    const struct ovf_clock_say *const x = a;
    const struct ovf_clock_say *const y = b;
    if (x->input != y->input)
        return x->input < y->input ? -1 : 1;
    if (x->other != y->other)
        return x->other < y->other ? -1 : 1;
    return (x->ahead_ns > y->ahead_ns) - (x->ahead_ns < y->ahead_ns);
}

/** Those of the same two inputs stand from \p i to before the one that is returned. */
static size_t end_of_pair(const struct ovf_input_clocks *clocks, size_t i)
{
    size_t end = i;
    while (end < clocks->n && clocks->says[end].input == clocks->says[i].input &&
           clocks->says[end].other == clocks->says[i].other)
        end++;
    return end;
}

/** What most of [\p begin, \p end), sorted, say of their two inputs: the middle one, and how many are near it.
 * \p all: how many there are. */
static struct ovf_clock_say middle_of(const struct ovf_clock_say *begin,
                                      const struct ovf_clock_say *end, uint64_t *all)
{
    uint64_t n = 0;
    *all = 0;
    for (const struct ovf_clock_say *s = begin; s < end; s++)
        *all += s->n;
    const struct ovf_clock_say *middle = begin;
    while ((n += middle->n) * 2 < *all)
        middle++;
    struct ovf_clock_say out = *middle;
    out.n = 0;
    for (const struct ovf_clock_say *s = begin; s < end; s++) {
        const int64_t off_ns = s->ahead_ns - out.ahead_ns;
        out.n += off_ns <= same_ns && off_ns >= -same_ns ? s->n : 0;
    }
    return out;
}

/* ---- one aircraft ---- */

static int compare_places(const void *a, const void *b)
{
    const struct place *const x = a;
    const struct place *const y = b;
    if (x->lat != y->lat)
        return x->lat < y->lat ? -1 : 1;
    if (x->lon != y->lon)
        return x->lon < y->lon ? -1 : 1;
    if (x->input != y->input)
        return x->input < y->input ? -1 : 1;
    return (x->t_ns > y->t_ns) - (x->t_ns < y->t_ns);
}

/** From a corner that nothing is before. */
static int32_t rounded(int32_t at_e7)
{
    return (int32_t)(((int64_t)at_e7 + INT64_C(2000000000) + UNIT_E7 / 2) / UNIT_E7);
}

/** Whether a place is among one of \p step. */
static bool is_looked_at(const struct place *place, uint32_t step)
{
    const uint32_t mixed = (uint32_t)place->lat * UINT32_C(31) + (uint32_t)place->lon;
    return (mixed * UINT32_C(2654435769) >> 12) % step == 0; /* 2^32 / golden ratio */
}

static uint32_t input_of(const struct ovf_gather *gather, const struct ovf_fix *fix)
{
    return (uint32_t)ovf_catalog_item(gather->catalog, gather->items[fix->record.item])->input;
}

/** Who stands still is at one place at any time. Returns how many there are in \p out. */
static size_t take_places(const struct ovf_gather *gather, uint32_t step, struct place *out)
{
    size_t n = 0;
    for (size_t i = 0; i < gather->n_parts; i++) {
        for (size_t k = 0; k < gather->parts[i].n; k++) {
            const struct ovf_fix *const fix = &gather->parts[i].items[k];
            struct place place = {rounded(fix->at.lat_e7), rounded(fix->at.lon_e7), 0, fix->t_ns};
            if ((fix->flags & (OVF_FIX_ON_GROUND | OVF_FIX_HEARING)) != 0 ||
                !is_looked_at(&place, step))
                continue;
            place.input = input_of(gather, fix);
            out[n++] = place;
        }
    }
    if (n > 0)
        qsort(out, n, sizeof *out, compare_places);
    return n;
}

static bool is_at(const struct place *a, const struct place *b)
{
    return a->lat == b->lat && a->lon == b->lon;
}

/** Whether \p i is the only one of its input at its place. */
static bool is_alone(const struct place *places, size_t n, size_t i)
{
    const struct place *const p = &places[i];
    return (i == 0 || !is_at(p, p - 1) || p[-1].input != p->input) &&
           (i + 1 == n || !is_at(p, p + 1) || p[1].input != p->input);
}

/** What each place says of the inputs that have it. */
static enum ovf_status compare_times(const struct place *places, size_t n,
                                     struct ovf_input_clocks *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i + 1 < n && st == OVF_OK; i++) {
        const struct place *const p = &places[i];
        if (!is_at(p, p + 1) || !is_alone(places, n, i) || !is_alone(places, n, i + 1) ||
            p->t_ns / 2 - p[1].t_ns / 2 > most_ns / 2 || p[1].t_ns / 2 - p->t_ns / 2 > most_ns / 2)
            continue;
        const struct ovf_clock_say what = {p->input, p[1].input, p->t_ns - p[1].t_ns, 1};
        st = say(out, &what);
    }
    if (out->n > 0)
        qsort(out->says, out->n, sizeof *out->says, compare_says);
    return st;
}

/** How many positions there are, when they are of several inputs; else 0. */
static size_t n_to_compare(const struct ovf_gather *gather)
{
    size_t n = 0;
    bool are_several = false;
    for (size_t i = 1; i < gather->n_members; i++)
        are_several = are_several || ovf_catalog_item(gather->catalog, gather->items[i])->input !=
                                         ovf_catalog_item(gather->catalog, gather->items[0])->input;
    for (size_t i = 0; i < gather->n_parts && are_several; i++)
        n += gather->parts[i].n;
    return n;
}

enum ovf_status ovf_input_clocks_note(struct ovf_input_clocks *clocks,
                                      const struct ovf_gather *gather)
{
    const size_t n = n_to_compare(gather);
    struct ovf_input_clocks own = {0};
    if (n == 0)
        return OVF_OK;
    struct place *const places = malloc(n * sizeof *places);
    if (places == NULL)
        return OVF_E_NOMEM;
    const size_t n_places = take_places(gather, n > ENOUGH ? (uint32_t)(n / ENOUGH) : 1, places);
    enum ovf_status st = compare_times(places, n_places, &own);
    free(places);
    for (size_t i = 0, end; i < own.n && st == OVF_OK; i = end) {
        uint64_t all;
        end = end_of_pair(&own, i);
        const struct ovf_clock_say most = middle_of(&own.says[i], &own.says[end], &all);
        if (most.n >= FEWEST_OF_ONE && most.n * 5 >= all * 4)
            st = say(clocks, &most);
    }
    ovf_input_clocks_deinit(&own);
    return st;
}

/* ---- all ---- */

enum ovf_status ovf_input_clocks_add(struct ovf_input_clocks *sum,
                                     const struct ovf_input_clocks *more)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < more->n && st == OVF_OK; i++)
        st = say(sum, &more->says[i]);
    return st;
}

enum ovf_status ovf_input_clocks_each(struct ovf_input_clocks *clocks, ovf_clocks_differ_fn *visit,
                                      void *context)
{
    enum ovf_status st = OVF_OK;
    if (clocks->n > 0)
        qsort(clocks->says, clocks->n, sizeof *clocks->says, compare_says);
    for (size_t i = 0, end; i < clocks->n && st == OVF_OK; i = end) {
        uint64_t all;
        end = end_of_pair(clocks, i);
        const struct ovf_clock_say most = middle_of(&clocks->says[i], &clocks->says[end], &all);
        if (most.n >= FEWEST && most.n * 2 > all &&
            (most.ahead_ns >= worth_a_word_ns || most.ahead_ns <= -worth_a_word_ns))
            st = visit(context, most.input, most.other, most.ahead_ns);
    }
    return st;
}
