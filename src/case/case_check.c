/* SPDX-License-Identifier: Apache-2.0 */
/* Names that must exist and stand once, spans that must not end before they begin. */
#include "case/case_check.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "case/scalar.h"

struct checking {
    struct ovf_case *the_case;
    struct ovf_error *err;
};

/* ---- names ---- */

/** A list of structs that begin with head and name, as most of a case are. */
struct named {
    struct ovf_case_head head;
    struct ovf_case_name name;
};

struct names {
    const char *what; /* "a watch" */
    const struct ovf_case_list *list;
    size_t size; /* of one */
};

static const struct named *named_at(const struct names *names, size_t i)
{
    return (const void *)((const unsigned char *)names->list->items + i * names->size);
}

static const char *name_at(const void *context, size_t i)
{
    return named_at(context, i)->name.text;
}

static enum ovf_status check_once(const struct checking *c, const struct names *names)
{
    for (size_t i = 0; i < names->list->n; i++) {
        const struct ovf_case_name *const name = &named_at(names, i)->name;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(name->text, named_at(names, k)->name.text) == 0)
                return ovf_case_fail(c->err, name->place, "%s \"%s\" stands twice", names->what,
                                     name->text);
        }
    }
    return OVF_OK;
}

static struct names watches_of(const struct checking *c)
{
    return (struct names){"a watch", &c->the_case->watches, sizeof(struct ovf_case_watch)};
}

static enum ovf_status fail_missing(const struct checking *c, struct ovf_yaml_place place,
                                    const char *what, const char *name, const char *nearest)
{
    return ovf_case_fail(c->err, place, "there is no %s \"%.60s\"%s%s%s", what, name,
                         nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                         nearest != NULL ? "\"?" : "");
}

static enum ovf_status check_watch_name(const struct checking *c, struct ovf_yaml_place place,
                                        const char *name)
{
    const struct names names = watches_of(c);
    if (ovf_case_watch_find(c->the_case, name) != NULL)
        return OVF_OK;
    return fail_missing(c, place, "watch", name,
                        ovf_case_nearest(name, name_at, &names, names.list->n));
}

static const char *list_name(const void *context, size_t i)
{
    const struct ovf_case *const the_case = context;
    return ((const struct ovf_case_list_file *)the_case->lists.items)[i].name;
}

static enum ovf_status check_list_name(const struct checking *c, struct ovf_yaml_place place,
                                       const char *name)
{
    const size_t n = c->the_case->lists.n;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list_name(c->the_case, i), name) == 0)
            return OVF_OK;
    }
    return fail_missing(c, place, "list", name, ovf_case_nearest(name, list_name, c->the_case, n));
}

static enum ovf_status check_all_once(const struct checking *c)
{
    const struct ovf_case *const k = c->the_case;
    const struct names all[] = {
        {"a zone", &k->zones, sizeof(struct ovf_case_zone)},
        {"a watch", &k->watches, sizeof(struct ovf_case_watch)},
        {"a rule of no permit", &k->not_required, sizeof(struct ovf_case_not_required)},
        {"a closure", &k->closures, sizeof(struct ovf_case_closure)},
        {"an order", &k->orders, sizeof(struct ovf_case_order)},
        {"an embargo", &k->embargoes, sizeof(struct ovf_case_embargo)},
        {"an inspection", &k->inspections, sizeof(struct ovf_case_inspection)},
        {"a request", &k->requests, sizeof(struct ovf_case_request)},
        {"a claim", &k->claims, sizeof(struct ovf_case_claim)},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && st == OVF_OK; i++)
        st = check_once(c, &all[i]);
    return st;
}

/* ---- values that a table does not know ---- */

static bool is_capitals(const char *text, size_t min, size_t max, const char *others)
{
    size_t n = 0;
    for (; text[n] != '\0'; n++) {
        const char ch = text[n];
        const bool good =
            (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || strchr(others, ch) != NULL;
        if (!good || n == max)
            return false;
    }
    return n >= min;
}

static enum ovf_status check_words(const struct checking *c, const struct ovf_case_head *head,
                                   const struct ovf_case_list *list, size_t min, size_t max,
                                   const char *others, const char *due)
{
    const char *const *const words = list->items;
    for (size_t i = 0; i < list->n; i++) {
        if (!is_capitals(words[i], min, max, others))
            return ovf_case_fail(c->err, head->place, "\"%.40s\": %s is due", words[i], due);
    }
    return OVF_OK;
}

static enum ovf_status check_operators(const struct checking *c, const struct ovf_case_head *head,
                                       const struct ovf_case_list *list)
{
    return check_words(c, head, list, 3, 3, "", "an ICAO designator such as IRA");
}

static enum ovf_status check_registrations(const struct checking *c,
                                           const struct ovf_case_head *head,
                                           const struct ovf_case_list *list, const char *others)
{
    return check_words(c, head, list, 2, 12, others, "a registration in capitals");
}

static enum ovf_status check_airport(const struct checking *c, struct ovf_yaml_place place,
                                     const char *code)
{
    if (is_capitals(code, 3, 8, "-"))
        return OVF_OK;
    return ovf_case_fail(c->err, place, "\"%.40s\": an airport's code such as ORBI is due", code);
}

/** An end that is not written is none; one that is must be behind the beginning. */
static enum ovf_status fill_span(const struct checking *c, const struct ovf_case_head *head,
                                 const struct ovf_table *table, int64_t *from_ns, int64_t *to_ns)
{
    if (!ovf_case_has(head, table, "valid_from"))
        *from_ns = INT64_MIN;
    if (!ovf_case_has(head, table, "valid_to"))
        *to_ns = INT64_MAX;
    if (*from_ns < *to_ns)
        return OVF_OK;
    return ovf_case_fail(c->err, head->place, "valid_to is not after valid_from");
}

static enum ovf_status fill_limits(const struct checking *c, const struct ovf_case_head *head,
                                   const struct ovf_table *table, double *floor_ft,
                                   double *ceiling_ft)
{
    if (!ovf_case_has(head, table, "floor_ft"))
        *floor_ft = (double)-INFINITY;
    if (!ovf_case_has(head, table, "ceiling_ft"))
        *ceiling_ft = (double)INFINITY;
    if (*floor_ft < *ceiling_ft)
        return OVF_OK;
    return ovf_case_fail(c->err, head->place, "ceiling_ft is not above floor_ft");
}

/* ---- entry by entry ---- */

/** A circle with its three keys, a polygon, or an airspace of a file. */
static enum ovf_status check_outline(const struct checking *c, const struct ovf_case_zone *zone)
{
    static const char *const keys[] = {"lat_deg", "lon_deg", "radius_nmi"};
    const struct ovf_case_place *const points = zone->points.items;
    size_t n = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        n += ovf_case_has(&zone->head, &ovf_case_zone_table, keys[i]) ? 1 : 0;
    const bool is_circle = n == sizeof keys / sizeof *keys;
    const bool is_of_file = zone->file != NULL && zone->airspace != NULL;
    const bool is_half = n != 0 && !is_circle;
    const bool is_half_of_file = (zone->file != NULL) != (zone->airspace != NULL);
    if (is_half || is_half_of_file || is_circle + is_of_file + (zone->points.n > 0) != 1)
        return ovf_case_fail(c->err, zone->head.place,
                             "a zone has lat_deg, lon_deg and radius_nmi, or points, or file and "
                             "airspace");
    for (size_t i = 0; i < zone->points.n; i++) {
        if (points[i].name != NULL)
            return ovf_case_fail(c->err, points[i].place, "points: \"%.40s\": [lat, lon] is due",
                                 points[i].name);
    }
    return OVF_OK;
}

static enum ovf_status check_zone(const struct checking *c, struct ovf_case_zone *zone)
{
    const enum ovf_status st = check_outline(c, zone);
    if (st != OVF_OK)
        return st;
    if (ovf_case_has(&zone->head, &ovf_case_zone_table, "floor_ft") &&
        !ovf_case_has(&zone->head, &ovf_case_zone_table, "ceiling_ft"))
        return ovf_case_fail(c->err, zone->head.place, "a floor is written with a ceiling");
    return fill_limits(c, &zone->head, &ovf_case_zone_table, &zone->floor_ft, &zone->ceiling_ft);
}

static enum ovf_status check_watch(const struct checking *c, struct ovf_case_watch *watch)
{
    const char *const *const lists = watch->lists.items;
    const struct ovf_case_head *const head = &watch->head;
    enum ovf_status st = OVF_OK;
    if (watch->over.n == 0)
        st = ovf_case_fail(c->err, head->place, "over: one airspace or more is due");
    if (st == OVF_OK)
        st = check_registrations(c, head, &watch->registrations, "-");
    if (st == OVF_OK)
        st = check_operators(c, head, &watch->operators);
    if (st == OVF_OK)
        st = check_words(c, head, &watch->types, 2, 4, "", "an ICAO type designator such as B742");
    for (size_t i = 0; i < watch->lists.n && st == OVF_OK; i++)
        st = check_list_name(c, head->place, lists[i]);
    return st != OVF_OK
               ? st
               : fill_span(c, head, &ovf_case_watch_table, &watch->from_ns, &watch->until_ns);
}

static enum ovf_status check_list(const struct checking *c, const struct ovf_case_list_file *list)
{
    const bool has_date = ovf_case_has(&list->head, &ovf_case_list_table, "date");
    if (list->file == NULL && (has_date || list->comments != NULL))
        return ovf_case_fail(c->err, list->head.place, "date and comments go with a file");
    return OVF_OK;
}

static enum ovf_status check_operator(const struct checking *c, const struct ovf_case_operator *one)
{
    if (!is_capitals(one->icao, 3, 3, ""))
        return ovf_case_fail(c->err, one->head.place,
                             "\"%.40s\": an ICAO designator such as IRA is due", one->icao);
    return check_list_name(c, one->head.place, one->list);
}

static enum ovf_status check_permits(const struct checking *c, struct ovf_case_permits *permits)
{
    const struct ovf_table *const table = &ovf_case_permits_table;
    const bool covers = ovf_case_has(&permits->head, table, "covers_from") &&
                        ovf_case_has(&permits->head, table, "covers_to");
    if (covers != (permits->file != NULL))
        return ovf_case_fail(c->err, permits->head.place,
                             "covers_from and covers_to are written with a file, and only then");
    if (covers && permits->covers_from_ns > permits->covers_until_ns)
        return ovf_case_fail(c->err, permits->head.place, "covers_to is before covers_from");
    permits->covers_until_ns += OVF_NS_PER_DAY;
    return OVF_OK;
}

static enum ovf_status check_not_required(const struct checking *c,
                                          struct ovf_case_not_required *rule)
{
    enum ovf_status st = check_operators(c, &rule->head, &rule->operators);
    if (st == OVF_OK)
        st = check_registrations(c, &rule->head, &rule->registrations, "-*");
    if (st == OVF_OK && rule->operators.n + rule->registrations.n + rule->roles.n == 0 &&
        !rule->state_aircraft)
        st = ovf_case_fail(c->err, rule->head.place,
                           "operators, registrations, roles or state_aircraft are due: it is no "
                           "rule for all");
    return st != OVF_OK ? st
                        : fill_span(c, &rule->head, &ovf_case_not_required_table,
                                    &rule->valid_from_ns, &rule->valid_to_ns);
}

static enum ovf_status check_state_aircraft(const struct checking *c)
{
    const struct ovf_case_state_aircraft *const group = &c->the_case->state_aircraft;
    enum ovf_status st = check_operators(c, &group->head, &group->operators);
    if (st == OVF_OK)
        st = check_registrations(c, &group->head, &group->registrations, "-*");
    if (st == OVF_OK)
        st = check_words(c, &group->head, &group->callsigns, 2, 8, "", "a callsign in capitals");
    return st;
}

static enum ovf_status check_closure(const struct checking *c, struct ovf_case_closure *closure)
{
    const struct ovf_case_exemption *const exemptions = closure->exemptions.items;
    enum ovf_status st = fill_limits(c, &closure->head, &ovf_case_closure_table, &closure->floor_ft,
                                     &closure->ceiling_ft);
    for (size_t i = 0; i < closure->exemptions.n && st == OVF_OK; i++) {
        const struct ovf_case_exemption *const one = &exemptions[i];
        st = check_operators(c, &one->head, &one->operators);
        if (st == OVF_OK)
            st = check_registrations(c, &one->head, &one->registrations, "-");
        if (st == OVF_OK &&
            one->operators.n + one->registrations.n + one->aircraft.n + one->roles.n == 0)
            st = ovf_case_fail(c->err, one->head.place, "who is exempt is missing");
    }
    return st != OVF_OK ? st
                        : fill_span(c, &closure->head, &ovf_case_closure_table,
                                    &closure->valid_from_ns, &closure->valid_to_ns);
}

static enum ovf_status check_order(const struct checking *c, struct ovf_case_order *order)
{
    enum ovf_status st = check_watch_name(c, order->watch.place, order->watch.text);
    if (st == OVF_OK)
        st = check_registrations(c, &order->head, &order->registrations, "-");
    if (st == OVF_OK)
        st = check_airport(c, ovf_case_place_of(&order->head, "land_at"), order->land_at);
    return st != OVF_OK ? st
                        : fill_span(c, &order->head, &ovf_case_order_table, &order->valid_from_ns,
                                    &order->valid_to_ns);
}

static enum ovf_status check_embargo(const struct checking *c, struct ovf_case_embargo *embargo)
{
    const struct ovf_case_name *const watches = embargo->watches.items;
    enum ovf_status st = fill_span(c, &embargo->head, &ovf_case_embargo_table,
                                   &embargo->valid_from_ns, &embargo->valid_to_ns);
    for (size_t i = 0; i < embargo->watches.n && st == OVF_OK; i++)
        st = check_watch_name(c, watches[i].place, watches[i].text);
    return st;
}

static enum ovf_status check_inspection(const struct checking *c,
                                        const struct ovf_case_inspection *inspection)
{
    const enum ovf_status st = check_watch_name(c, inspection->watch.place, inspection->watch.text);
    return st == OVF_OK
               ? check_airport(c, ovf_case_place_of(&inspection->head, "at"), inspection->at)
               : st;
}

static enum ovf_status check_claim(const struct checking *c, struct ovf_case_claim *claim)
{
    const struct ovf_yaml_place place = ovf_case_place_of(&claim->head, "predicate");
    struct ovf_error why = {""};
    if (claim->predicate == NULL)
        return OVF_OK;
    if (ovf_predicate_read(claim->predicate, &claim->parsed, &why) != OVF_OK)
        return ovf_case_fail(c->err, place, "predicate: %s", why.text);
    const enum ovf_status st = check_watch_name(c, place, claim->parsed.watch);
    return st == OVF_OK && claim->parsed.kind == OVF_PREDICATE_LANDS
               ? check_airport(c, place, claim->parsed.airport)
               : st;
}

/** A note answers one that stands before it. */
static enum ovf_status check_note(const struct checking *c, size_t i)
{
    const struct ovf_case_note *const notes = c->the_case->notes.items;
    const struct ovf_case_note *const note = &notes[i];
    bool is_answer = ovf_case_has(&note->head, &ovf_case_note_table, "answer_to");
    for (size_t k = 0; k < i; k++) {
        if (notes[k].number == note->number)
            return ovf_case_fail(c->err, ovf_case_place_of(&note->head, "number"),
                                 "a note %d stands twice", (int)note->number);
        is_answer = is_answer && notes[k].number != note->answer_to;
    }
    if (is_answer)
        return ovf_case_fail(c->err, ovf_case_place_of(&note->head, "answer_to"),
                             "it answers note %d, which does not stand before it",
                             (int)note->answer_to);
    return OVF_OK;
}

/* ---- all of it ---- */

static enum ovf_status check_asked(const struct checking *c)
{
    struct ovf_case *const k = c->the_case;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < k->zones.n && st == OVF_OK; i++)
        st = check_zone(c, (struct ovf_case_zone *)k->zones.items + i);
    for (size_t i = 0; i < k->lists.n && st == OVF_OK; i++)
        st = check_list(c, (const struct ovf_case_list_file *)k->lists.items + i);
    for (size_t i = 0; i < k->watches.n && st == OVF_OK; i++)
        st = check_watch(c, (struct ovf_case_watch *)k->watches.items + i);
    for (size_t i = 0; i < k->operators.n && st == OVF_OK; i++)
        st = check_operator(c, (const struct ovf_case_operator *)k->operators.items + i);
    for (size_t i = 0; i < k->permits.n && st == OVF_OK; i++)
        st = check_permits(c, (struct ovf_case_permits *)k->permits.items + i);
    for (size_t i = 0; i < k->not_required.n && st == OVF_OK; i++)
        st = check_not_required(c, (struct ovf_case_not_required *)k->not_required.items + i);
    return st == OVF_OK ? check_state_aircraft(c) : st;
}

static enum ovf_status check_told(const struct checking *c)
{
    struct ovf_case *const k = c->the_case;
    const struct ovf_case_request *const requests = k->requests.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < k->closures.n && st == OVF_OK; i++)
        st = check_closure(c, (struct ovf_case_closure *)k->closures.items + i);
    for (size_t i = 0; i < k->orders.n && st == OVF_OK; i++)
        st = check_order(c, (struct ovf_case_order *)k->orders.items + i);
    for (size_t i = 0; i < k->embargoes.n && st == OVF_OK; i++)
        st = check_embargo(c, (struct ovf_case_embargo *)k->embargoes.items + i);
    for (size_t i = 0; i < k->inspections.n && st == OVF_OK; i++)
        st = check_inspection(c, (const struct ovf_case_inspection *)k->inspections.items + i);
    for (size_t i = 0; i < k->requests.n && st == OVF_OK; i++)
        st = check_watch_name(c, requests[i].watch.place, requests[i].watch.text);
    for (size_t i = 0; i < k->claims.n && st == OVF_OK; i++)
        st = check_claim(c, (struct ovf_case_claim *)k->claims.items + i);
    for (size_t i = 0; i < k->notes.n && st == OVF_OK; i++)
        st = check_note(c, i);
    return st;
}

enum ovf_status ovf_case_check(struct ovf_case *the_case, struct ovf_error *err)
{
    const struct checking c = {the_case, err};
    enum ovf_status st = check_all_once(&c);
    if (st == OVF_OK && the_case->watches.n == 0)
        st = ovf_case_fail(err, the_case->head.place, "watches: one or more is due");
    if (st == OVF_OK)
        st = check_asked(&c);
    if (st == OVF_OK && ovf_case_has_detectors(the_case))
        st = ovf_case_detectors_check(&the_case->detectors, err);
    return st == OVF_OK ? check_told(&c) : st;
}
