/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing editions. See compare.h. */
#include "run/compare.h"

#include <string.h>

#include "base/json_writer.h"
#include "base/number.h"
#include "base/time.h"
#include "track/address.h"

static const struct ovf_airspace *airspace_of(const struct ovf_question *q,
                                              const struct ovf_crossing *c)
{
    return &q->editions[c->layer].airspaces[c->passage.owner];
}

static bool same_airspace(const struct ovf_question *q, const struct ovf_crossing *a,
                          const struct ovf_crossing *b)
{
    const char *const x = airspace_of(q, a)->code;
    const char *const y = airspace_of(q, b)->code;
    return strcmp(x, y) == 0 ||
           (q->editions[a->layer].kind == OVF_KIND_FIR && strlen(x) >= 4 && strncmp(x, y, 4) == 0);
}

/** Seconds that two crossings have in common; negative when they have none. */
static double overlap_s(const struct ovf_crossing *a, const struct ovf_crossing *b)
{
    const int64_t begin_ns = a->passage.entry.t_ns > b->passage.entry.t_ns ? a->passage.entry.t_ns
                                                                           : b->passage.entry.t_ns;
    const int64_t end_ns =
        a->passage.exit.t_ns < b->passage.exit.t_ns ? a->passage.exit.t_ns : b->passage.exit.t_ns;
    return ovf_time_seconds(begin_ns, end_ns);
}

static bool is_paired(const struct ovf_compared *pairs, size_t n, const struct ovf_crossing *b)
{
    for (size_t i = 0; i < n; i++) {
        if (pairs[i].of[1] == b)
            return true;
    }
    return false;
}

/** The crossing of B that overlaps \p a the longest, of those without a partner; NULL: none does. */
static const struct ovf_crossing *partner_of(const struct ovf_question *q,
                                             const struct ovf_result *result,
                                             const struct ovf_crossing *a,
                                             const struct ovf_compared *pairs, size_t n)
{
    const struct ovf_crossing *best = NULL;
    double longest_s = 0;
    for (size_t i = 0; i < result->n_crossings; i++) {
        const struct ovf_crossing *const b = &result->crossings[i];
        if (b->layer != q->compared[1] || b->flight != a->flight || !same_airspace(q, a, b))
            continue;
        const double common_s = overlap_s(a, b);
        if (common_s < 0 || (best != NULL && common_s <= longest_s) || is_paired(pairs, n, b))
            continue;
        best = b;
        longest_s = common_s;
    }
    return best;
}

size_t ovf_compare_pairs(const struct ovf_question *question, const struct ovf_result *result,
                         const bool *is_met, struct ovf_compared *pairs)
{
    size_t n = 0;
    size_t kept = 0;
    for (size_t i = 0; i < result->n_crossings; i++) {
        const struct ovf_crossing *const a = &result->crossings[i];
        if (a->layer != question->compared[0])
            continue;
        const struct ovf_crossing *const b = partner_of(question, result, a, pairs, n);
        pairs[n++] = (struct ovf_compared){{a, b}};
    }
    for (size_t i = 0; i < result->n_crossings; i++) {
        const struct ovf_crossing *const b = &result->crossings[i];
        if (b->layer == question->compared[1] && !is_paired(pairs, n, b))
            pairs[n++] = (struct ovf_compared){{NULL, b}};
    }
    for (size_t i = 0; i < n; i++) {
        const struct ovf_crossing *const a = pairs[i].of[0];
        const struct ovf_crossing *const b = pairs[i].of[1];
        if ((a != NULL && is_met[a - result->crossings]) ||
            (b != NULL && is_met[b - result->crossings]))
            pairs[kept++] = pairs[i];
    }
    return kept;
}

/* ---- printing ---- */

static const struct ovf_passage_end *end_of(const struct ovf_crossing *c, bool is_exit)
{
    return is_exit ? &c->passage.exit : &c->passage.entry;
}

/** The seconds by which B is later at one end; false when either is not solved. */
static bool difference_s(const struct ovf_compared *pair, bool is_exit, double *seconds)
{
    if (pair->of[0] == NULL || pair->of[1] == NULL)
        return false;
    const struct ovf_passage_end *const a = end_of(pair->of[0], is_exit);
    const struct ovf_passage_end *const b = end_of(pair->of[1], is_exit);
    *seconds = ovf_time_seconds(a->t_ns, b->t_ns);
    return a->kind == OVF_PASSAGE_CROSSED && b->kind == OVF_PASSAGE_CROSSED;
}

static void put_side(struct ovf_json_writer *json, const struct ovf_question *q, const char *key,
                     const struct ovf_crossing *c)
{
    if (c == NULL)
        return;
    ovf_json_open(json, key, '{');
    ovf_json_text(json, "airspace", airspace_of(q, c)->code);
    ovf_json_text(json, "edition", q->editions[c->layer].edition);
    ovf_json_text(json, "class", ovf_class_name(c->passage.class));
    ovf_json_text(json, "role", ovf_role_name(c->role));
    if (c->passage.entry.kind == OVF_PASSAGE_CROSSED)
        ovf_json_time(json, "entry", c->passage.entry.t_ns);
    if (c->passage.exit.kind == OVF_PASSAGE_CROSSED)
        ovf_json_time(json, "exit", c->passage.exit.t_ns);
    ovf_json_close(json, '}');
}

static enum ovf_status append_json(const struct ovf_question *q, const struct ovf_result *result,
                                   const struct ovf_compared *pair, struct ovf_buffer *out)
{
    const struct ovf_crossing *const any = pair->of[0] != NULL ? pair->of[0] : pair->of[1];
    const struct ovf_flight *const flight = &result->flights[any->flight];
    char icao24[OVF_ADDRESS_SIZE];
    double seconds;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_address_format(result->track->address, icao24);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "comparison");
    if (ovf_report_is_simulated(result->track->address, flight->callsign))
        ovf_json_bool(&json, "simulated", true);
    ovf_json_text(&json, "icao24", icao24);
    if (flight->callsign[0] != '\0')
        ovf_json_text(&json, "callsign", flight->callsign);
    ovf_json_text(&json, "airspace", airspace_of(q, any)->code);
    ovf_json_text(&json, "kind", ovf_kind_name(q->editions[any->layer].kind));
    if (pair->of[0] == NULL || pair->of[1] == NULL)
        ovf_json_text(&json, "only", pair->of[0] != NULL ? "a" : "b");
    put_side(&json, q, "a", pair->of[0]);
    put_side(&json, q, "b", pair->of[1]);
    if (difference_s(pair, false, &seconds))
        ovf_json_number(&json, "entry_difference_s", seconds, 3);
    if (difference_s(pair, true, &seconds))
        ovf_json_number(&json, "exit_difference_s", seconds, 3);
    ovf_json_close(&json, '}');
    return json.status != OVF_OK ? json.status : ovf_buffer_append_text(out, "\n");
}

static void format_end(const struct ovf_crossing *c, bool is_exit, char text[OVF_TIME_SIZE])
{
    memcpy(text, "-", 2);
    if (c != NULL && end_of(c, is_exit)->kind == OVF_PASSAGE_CROSSED)
        ovf_time_format(end_of(c, is_exit)->t_ns, 0, text);
}

static enum ovf_status append_row(const struct ovf_question *q, const struct ovf_result *result,
                                  const struct ovf_compared *pair, struct ovf_buffer *out)
{
    const struct ovf_crossing *const any = pair->of[0] != NULL ? pair->of[0] : pair->of[1];
    const struct ovf_flight *const flight = &result->flights[any->flight];
    char icao24[OVF_ADDRESS_SIZE];
    enum ovf_status st = OVF_OK;
    ovf_address_format(result->track->address, icao24);
    for (int i = 0; i < 2 && st == OVF_OK; i++) {
        char a[OVF_TIME_SIZE];
        char b[OVF_TIME_SIZE];
        char seconds[OVF_NUMBER_SIZE] = "-";
        double value;
        format_end(pair->of[0], i == 1, a);
        format_end(pair->of[1], i == 1, b);
        if (difference_s(pair, i == 1, &value))
            ovf_number_format(value, 1, seconds);
        st = ovf_buffer_printf(out, "%-20s  %-20s  %8s  ", a, b, seconds);
    }
    if (st == OVF_OK)
        st = ovf_buffer_printf(
            out, "%-10s %-7s %-8s %s%s\n", airspace_of(q, any)->code, icao24,
            flight->callsign[0] != '\0' ? flight->callsign : "-",
            pair->of[1] == NULL   ? "only A"
            : pair->of[0] == NULL ? "only B"
                                  : "both",
            ovf_report_is_simulated(result->track->address, flight->callsign) ? ", simulated" : "");
    return st;
}

enum ovf_status ovf_compare_header(const struct ovf_question *question, struct ovf_buffer *out)
{
    if (question->format != OVF_FORMAT_TABLE)
        return OVF_OK;
    const struct ovf_edition *const a = &question->editions[question->compared[0]];
    const struct ovf_edition *const b = &question->editions[question->compared[1]];
    enum ovf_status st =
        ovf_buffer_printf(out, "A: %s, %s\nB: %s, %s\n", a->name, a->edition, b->name, b->edition);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "%-20s  %-20s  %8s  %-20s  %-20s  %8s  %-10s %-7s %-8s %s\n",
                               "ENTRY A (UTC)", "ENTRY B", "B-A s", "EXIT A", "EXIT B", "B-A s",
                               "AIRSPACE", "ICAO24", "CALLSIGN", "UNDER");
    return st;
}

enum ovf_status ovf_compare_line(const struct ovf_question *question,
                                 const struct ovf_result *result, const struct ovf_compared *pair,
                                 struct ovf_buffer *out)
{
    return question->format == OVF_FORMAT_TABLE ? append_row(question, result, pair, out)
                                                : append_json(question, result, pair, out);
}
