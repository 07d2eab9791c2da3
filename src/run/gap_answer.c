/* SPDX-License-Identifier: Apache-2.0 */
/* Saying what a gap allows: a sentence, and the numbers that it rests on. They are printed so that a bound stays
 * one: what would have been needed at the least, and when it was in at the earliest, is rounded down, the latest up. */
#include <math.h>

#include "base/json_writer.h"
#include "base/number.h"
#include "base/time.h"
#include "geo/geodesic.h"
#include "run/gap_question.h"

static const double kmh_per_kt = 1.852;

/** Airports are told up to here; a shorter gap's length in seconds. */
enum { STOPS_TOLD = 20, SECONDS_TOLD = 120 };

struct telling {
    const struct ovf_gap_question *request;
    const struct ovf_question *question;
    struct ovf_buffer out;
    enum ovf_status st;
};

static void say(struct telling *t, enum ovf_status st)
{
    if (t->st == OVF_OK)
        t->st = st;
}

#define SAY(t, ...) say((t), ovf_buffer_printf(&(t)->out, __VA_ARGS__))

static double tenths_down(double value)
{
    return floor(value * 10) / 10;
}

static double duration_s(const struct ovf_gap_question *r)
{
    return ovf_time_seconds(r->last.t_ns, r->next.t_ns);
}

static double distance_m(const struct ovf_gap_question *r)
{
    return ovf_geodesic_length_m(
        ovf_deg_from_e7(r->last.at.lat_e7), ovf_deg_from_e7(r->last.at.lon_e7),
        ovf_deg_from_e7(r->next.at.lat_e7), ovf_deg_from_e7(r->next.at.lon_e7));
}

/* ---- sentences ---- */

static void say_speed(struct telling *t, double kt)
{
    SAY(t, "%lld km/h (%lld kt)", (long long)floor(kt * kmh_per_kt), (long long)floor(kt));
}

static void say_duration(struct telling *t)
{
    const double s = duration_s(t->request);
    if (s < SECONDS_TOLD)
        SAY(t, "%.6g s", s);
    else
        SAY(t, "%lld minutes", (long long)llround(s / 60));
}

/** The next whole multiple of \p unit_ns, or itself. */
static int64_t up_to(int64_t t_ns, int64_t unit_ns)
{
    return -ovf_time_floor(-t_ns, unit_ns);
}

/** Of what may be passed above or below the verdict is that of its sides. */
static void say_avoidance(struct telling *t, const struct ovf_verdict *v, bool may_be_passed)
{
    if (v->avoidance_kt <= v->direct_kt) {
        SAY(t, "The straight way, at ");
        say_speed(t, v->direct_kt);
        SAY(t, ", need not lead through it, by what the places and the map are worth; ");
        return;
    }
    if (isinf(v->avoidance_kt)) {
        const char *const inside = may_be_passed ? "One of the two places lies within its sides."
                                                 : "One of the two places lies in it.";
        SAY(t, "%s", v->is_inside ? inside : "There is no way around it.");
        return;
    }
    SAY(t, "To %s in this gap it would have had to average %s ",
        may_be_passed ? "pass beside it" : "stay out of it", v->is_open ? "more than" : "at least");
    say_speed(t, v->avoidance_kt);
    SAY(t, " over ");
    say_duration(t);
    SAY(t, "; ");
}

static void say_bounds(struct telling *t, const struct ovf_verdict *v, bool is_sure)
{
    char entry[OVF_TIME_SIZE];
    char exit[OVF_TIME_SIZE];
    ovf_time_format(ovf_time_floor(v->entry_ns, OVF_NS_PER_S), 0, entry);
    ovf_time_format(up_to(v->exit_ns, OVF_NS_PER_S), 0, exit);
    SAY(t, " %s from %s at the earliest to %s at the latest.",
        is_sure ? "In it" : "If it was, then", entry, exit);
}

static void say_limits(struct telling *t, const struct ovf_verdict *v)
{
    if (isinf(v->avoidance_kt))
        return;
    if (v->avoidance_kt > v->usual_kt)
        SAY(t, "the usual limit is %lld kt, the hard one %lld kt.", llround(v->usual_kt),
            llround(v->hard_kt));
    else
        SAY(t, "the usual limit is %lld kt.", llround(v->usual_kt));
}

/** \p name is what it was in: a state, or several. */
static void say_verdict(struct telling *t, const char *name, const struct ovf_verdict *v,
                        bool may_be_passed)
{
    switch (v->class) {
    case OVF_CLASS_NECESSARY:
        SAY(t, "It must have been in %s. ", name);
        say_avoidance(t, v, false);
        if (!isinf(v->avoidance_kt))
            SAY(t, "the hard limit is %lld kt.", llround(v->hard_kt));
        say_bounds(t, v, true);
        return;
    case OVF_CLASS_NEAR_CERTAIN:
        SAY(t, "It was almost certainly in %s. ", name);
        say_avoidance(t, v, false);
        say_limits(t, v);
        say_bounds(t, v, false);
        return;
    case OVF_CLASS_IMPOSSIBLE:
        SAY(t,
            "It cannot have been in %s: no way that can be flown in the time at %lld kt touches "
            "it.",
            name, llround(v->hard_kt));
        return;
    case OVF_CLASS_INCONSISTENT:
        SAY(t, "Nothing is inferred of %s: the straight way alone takes ", name);
        say_speed(t, v->direct_kt);
        SAY(t, " over ");
        say_duration(t);
        SAY(t, ", more than the hard limit of %lld kt. One of the places or times is wrong.",
            llround(v->hard_kt));
        return;
    default:
        SAY(t, "It may have been in %s or not. ", name);
        say_avoidance(t, v, may_be_passed);
        say_limits(t, v);
        if (may_be_passed)
            SAY(t, " It has limits of altitude, and may have been passed above or below.");
        say_bounds(t, v, false);
        return;
    }
}

static const struct ovf_airspace *airspace_of(const struct telling *t, size_t layer, uint32_t i)
{
    return &t->question->editions[layer].airspaces[i];
}

static const char *name_of(const struct telling *t, const struct ovf_gap_row *row)
{
    const struct ovf_airspace *a = airspace_of(t, row->layer, row->airspace);
    return t->question->editions[row->layer].kind == OVF_KIND_ZONE || a->name[0] == '\0' ? a->code
                                                                                         : a->name;
}

/** "Iraq or Syria or Turkey". */
static enum ovf_status union_name(const struct telling *t, const struct ovf_union *u,
                                  struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < u->n && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "%s%s", i > 0 ? " or " : "",
                               airspace_of(t, 0, u->owners[i])->name);
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

static void say_union(struct telling *t, const struct ovf_union *u)
{
    struct ovf_buffer name = {0};
    say(t, union_name(t, u, &name));
    if (t->st == OVF_OK)
        say_verdict(t, (const char *)name.data, &u->verdict, false);
    ovf_buffer_deinit(&name);
}

static void say_stop_line(struct telling *t, const struct ovf_gap_stop *stop)
{
    const struct ovf_airport a = ovf_airports_get(&t->question->airports, stop->airport);
    SAY(t, "  %-8s %-2s  up to %lld min  %.*s\n", a.code, a.country,
        (long long)floor(stop->stop_s / 60), (int)a.name.len, (const char *)a.name.data);
}

static void tell_table(struct telling *t, const struct ovf_gap_answer *answer)
{
    const struct ovf_gap_question *r = t->request;
    SAY(t, "%lld km in ", (long long)llround(distance_m(r) / 1000));
    say_duration(t);
    SAY(t, ", places known to %lld m", llround(r->last.radius_m));
    if (llround(r->next.radius_m) != llround(r->last.radius_m))
        SAY(t, " and %lld m", llround(r->next.radius_m));
    SAY(t, "\n\n");
    for (size_t i = 0; i < answer->n_rows; i++) {
        const struct ovf_gap_row *row = &answer->rows[i];
        SAY(t, "%-4s %-12s  ", airspace_of(t, row->layer, row->airspace)->code,
            ovf_class_name(row->verdict.class));
        say_verdict(t, name_of(t, row), &row->verdict, row->may_be_passed);
        SAY(t, "\n");
    }
    if (answer->n_rows == 0)
        SAY(t,
            "It can have been over no state: no way that can be flown in the time touches one.\n");
    for (size_t i = 0; i < answer->unions.n; i++) {
        SAY(t, "     %-12s  ", ovf_class_name(answer->unions.items[i].verdict.class));
        say_union(t, &answer->unions.items[i]);
        SAY(t, "\n");
    }
    if (r->with_landings)
        SAY(t, "\nAirports that it could have landed at, and the longest stop (%zu%s):\n",
            answer->n_stops, answer->n_stops > STOPS_TOLD ? ", the first 20" : "");
    for (size_t i = 0; i < answer->n_stops && i < STOPS_TOLD; i++)
        say_stop_line(t, &answer->stops[i]);
}

/* ---- NDJSON ---- */

static void put_place(struct ovf_json_writer *json, const char *key, const struct ovf_anchor *place)
{
    ovf_json_open(json, key, '{');
    ovf_json_time(json, "time", place->t_ns);
    ovf_json_number(json, "lat_deg", ovf_deg_from_e7(place->at.lat_e7), 6);
    ovf_json_number(json, "lon_deg", ovf_deg_from_e7(place->at.lon_e7), 6);
    ovf_json_number(json, "radius_m", place->radius_m, 0);
    ovf_json_close(json, '}');
}

static void put_verdict(struct telling *t, struct ovf_json_writer *json,
                        const struct ovf_verdict *v)
{
    const struct ovf_gap_question *r = t->request;
    ovf_json_text(json, "class", ovf_class_name(v->class));
    if (!isinf(v->avoidance_kt) && v->class <= OVF_CLASS_POSSIBLE)
        ovf_json_number(json, "avoidance_speed_kt", tenths_down(v->avoidance_kt), 1);
    ovf_json_number(json, "direct_speed_kt", tenths_down(v->direct_kt), 1);
    ovf_json_number(json, "hard_speed_kt", v->hard_kt, 1);
    ovf_json_number(json, "usual_speed_kt", v->usual_kt, 1);
    if (v->class <= OVF_CLASS_POSSIBLE) {
        ovf_json_time(json, "entry_time_min", ovf_time_floor(v->entry_ns, OVF_NS_PER_MS));
        ovf_json_time(json, "exit_time_max", up_to(v->exit_ns, OVF_NS_PER_MS));
    }
    ovf_json_number(json, "duration_s", duration_s(r), 3);
    ovf_json_number(json, "distance_m", distance_m(r), 0);
    put_place(json, "last", &r->last);
    put_place(json, "next", &r->next);
    if (r->n_discs > 0) {
        ovf_json_open(json, "via", '[');
        for (size_t i = 0; i < r->n_discs; i++)
            put_place(json, NULL, &r->discs[i]);
        ovf_json_close(json, ']');
    }
}

/** The sentence that the table has, as a value. */
static void put_sentence(struct telling *t, struct ovf_json_writer *json, const char *name,
                         const struct ovf_verdict *v, bool may_be_passed)
{
    struct telling words = {.request = t->request, .question = t->question};
    say_verdict(&words, name, v, may_be_passed);
    say(t, words.st);
    ovf_json_bytes(json, "sentence", ovf_buffer_bytes(&words.out));
    ovf_buffer_deinit(&words.out);
}

static void put_row(struct telling *t, const struct ovf_gap_row *row)
{
    const struct ovf_edition *edition = &t->question->editions[row->layer];
    const struct ovf_airspace *a = &edition->airspaces[row->airspace];
    struct ovf_json_writer json = ovf_json_begin(&t->out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "gap_verdict");
    ovf_json_text(&json, "airspace", a->code);
    ovf_json_text(&json, "name", a->name);
    ovf_json_text(&json, "kind", ovf_kind_name(edition->kind));
    ovf_json_text(&json, "edition", edition->edition);
    put_verdict(t, &json, &row->verdict);
    if (row->may_be_passed && row->verdict.class <= OVF_CLASS_POSSIBLE)
        ovf_json_text(&json, "vertical", "undetermined");
    put_sentence(t, &json, name_of(t, row), &row->verdict, row->may_be_passed);
    ovf_json_close(&json, '}');
    say(t, json.status);
    SAY(t, "\n");
}

static void put_union(struct telling *t, const struct ovf_union *u)
{
    struct ovf_buffer name = {0};
    struct ovf_json_writer json = ovf_json_begin(&t->out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "gap_union");
    ovf_json_open(&json, "airspaces", '[');
    for (size_t i = 0; i < u->n; i++)
        ovf_json_text(&json, NULL, airspace_of(t, 0, u->owners[i])->code);
    ovf_json_close(&json, ']');
    put_verdict(t, &json, &u->verdict);
    say(t, union_name(t, u, &name));
    if (t->st == OVF_OK)
        put_sentence(t, &json, (const char *)name.data, &u->verdict, false);
    ovf_json_close(&json, '}');
    say(t, json.status);
    SAY(t, "\n");
    ovf_buffer_deinit(&name);
}

static void put_stop(struct telling *t, const struct ovf_gap_stop *stop)
{
    const struct ovf_airport a = ovf_airports_get(&t->question->airports, stop->airport);
    struct ovf_json_writer json = ovf_json_begin(&t->out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "gap_landing");
    ovf_json_text(&json, "airport", a.code);
    ovf_json_text(&json, "country", a.country);
    ovf_json_bytes(&json, "name", a.name);
    ovf_json_number(&json, "lat_deg", ovf_deg_from_e7(a.at.lat_e7), 6);
    ovf_json_number(&json, "lon_deg", ovf_deg_from_e7(a.at.lon_e7), 6);
    ovf_json_number(&json, "stop_max_s", floor(stop->stop_s), 0);
    ovf_json_close(&json, '}');
    say(t, json.status);
    SAY(t, "\n");
}

enum ovf_status ovf_gap_answer_print(const struct ovf_gap_question *request,
                                     const struct ovf_question *question,
                                     const struct ovf_gap_answer *answer,
                                     const struct ovf_sink *sink)
{
    struct telling t = {.request = request, .question = question};
    if (request->as_table)
        tell_table(&t, answer);
    for (size_t i = 0; !request->as_table && i < answer->n_rows; i++)
        put_row(&t, &answer->rows[i]);
    for (size_t i = 0; !request->as_table && i < answer->unions.n; i++)
        put_union(&t, &answer->unions.items[i]);
    for (size_t i = 0; !request->as_table && i < answer->n_stops; i++)
        put_stop(&t, &answer->stops[i]);
    if (t.st == OVF_OK)
        t.st = ovf_sink_write(sink, t.out.data, t.out.len);
    ovf_buffer_deinit(&t.out);
    return t.st;
}
