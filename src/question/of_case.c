/* SPDX-License-Identifier: Apache-2.0 */
#include "question/of_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "question/areas.h"
#include "question/case_lists.h"
#include "question/files.h"
#include "question/watch.h"

/* ---- the request ---- */

/** A case says what is asked: two that do could contradict each other. */
static enum ovf_status check_given(const struct ovf_question_request *given, struct ovf_error *err)
{
    const struct {
        const char *option;
        bool is_given;
    } options[] = {
        {"--airspace", given->airspace != NULL},
        {"--kind", given->kind != NULL},
        {"--zone", given->n_zones > 0},
        {"--boundaries", given->boundaries != NULL},
        {"--compare-boundaries", given->compare_boundaries != NULL},
        {"--from", given->from != NULL},
        {"--to", given->to != NULL},
        {"--role", given->roles != NULL},
        {"--class", given->classes != NULL},
        {"--since", given->since != NULL},
        {"--until", given->until != NULL},
        {"--aircraft", given->aircraft != NULL},
        {"--aircraft-list", given->aircraft_list != NULL},
        {"--register", given->register_path != NULL},
        {"--detectors", given->detectors != NULL},
        {"--include-unknown", given->include_unknown},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].is_given)
            return ovf_error_set(err, OVF_E_RANGE,
                                 "%s does not go with --case: the case says what is asked",
                                 options[i].option);
    }
    return OVF_OK;
}

/** What is in \p buffer, kept with the case; NULL when it is empty, or without memory. */
static const char *keep(struct ovf_open_case *open, struct ovf_buffer *buffer)
{
    const char *const kept =
        buffer->len > 0 ? ovf_texts_keep(&open->texts, ovf_buffer_bytes(buffer)) : NULL;
    buffer->len = 0;
    return kept;
}

static enum ovf_status add_word(struct ovf_buffer *list, const char *word)
{
    return ovf_buffer_printf(list, "%s%s", list->len > 0 ? "," : "", word);
}

static enum ovf_status take_airspaces(struct ovf_open_case *open, struct ovf_question_request *out)
{
    const struct ovf_case_watch *const watches = open->the_case.watches.items;
    const char *const *const editions = open->the_case.boundaries.items;
    struct ovf_buffer list = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < open->the_case.watches.n; i++) {
        const char *const *const over = watches[i].over.items;
        for (size_t k = 0; k < watches[i].over.n && st == OVF_OK; k++)
            st = add_word(&list, over[k]);
    }
    out->airspace = keep(open, &list);
    for (size_t i = 0; i < open->the_case.boundaries.n && st == OVF_OK; i++)
        st = add_word(&list, editions[i]);
    if (open->the_case.boundaries.n > 0)
        out->boundaries = keep(open, &list);
    ovf_buffer_deinit(&list);
    return out->airspace != NULL ? st : OVF_E_NOMEM;
}

/** A limit as --zone has it: nothing where there is none. */
static enum ovf_status add_limit(struct ovf_buffer *text, double limit_ft)
{
    char number[OVF_NUMBER_SIZE] = "";
    if (isfinite(limit_ft))
        ovf_number_format(limit_ft, 0, number);
    return ovf_buffer_printf(text, ",%s", number);
}

static enum ovf_status put_circle(const struct ovf_case_zone *zone, struct ovf_buffer *text)
{
    char lat[OVF_NUMBER_SIZE];
    char lon[OVF_NUMBER_SIZE];
    char radius[OVF_NUMBER_SIZE];
    ovf_number_format(zone->lat_deg, 6, lat);
    ovf_number_format(zone->lon_deg, 6, lon);
    ovf_number_format(zone->radius_nmi, 6, radius);
    return ovf_buffer_printf(text, "circle:%s,%s,%s", lat, lon, radius);
}

static enum ovf_status put_polygon(const struct ovf_case_zone *zone, struct ovf_buffer *text)
{
    const struct ovf_case_place *const points = zone->points.items;
    enum ovf_status st = ovf_buffer_append_text(text, "polygon:");
    for (size_t i = 0; i < zone->points.n && st == OVF_OK; i++) {
        char lat[OVF_NUMBER_SIZE];
        char lon[OVF_NUMBER_SIZE];
        ovf_number_format(points[i].lat_deg, 6, lat);
        ovf_number_format(points[i].lon_deg, 6, lon);
        st = ovf_buffer_printf(text, "%s%s,%s", i > 0 ? "/" : "", lat, lon);
    }
    return st;
}

static enum ovf_status put_zone(const struct ovf_case_zone *zone, struct ovf_buffer *text)
{
    enum ovf_status st = ovf_buffer_printf(text, "%s=", zone->name.text);
    if (st == OVF_OK)
        st = zone->points.n > 0 ? put_polygon(zone, text) : put_circle(zone, text);
    if (st == OVF_OK && (isfinite(zone->floor_ft) || isfinite(zone->ceiling_ft))) {
        st = add_limit(text, zone->floor_ft);
        if (st == OVF_OK)
            st = add_limit(text, zone->ceiling_ft);
    }
    return st;
}

static enum ovf_status take_zone_file(struct ovf_open_case *open, const struct ovf_case_zone *zone,
                                      struct ovf_zone_file *out)
{
    *out = (struct ovf_zone_file){.name = zone->name.text,
                                  .path = ovf_open_case_path(open, zone->file),
                                  .airspace = zone->airspace,
                                  .place = ovf_case_place_of(&zone->head, "airspace"),
                                  .floor_ft = zone->floor_ft,
                                  .ceiling_ft = zone->ceiling_ft};
    return out->path != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status take_zones(struct ovf_open_case *open, struct ovf_question_request *out)
{
    const struct ovf_case_zone *const zones = open->the_case.zones.items;
    const size_t n = open->the_case.zones.n;
    struct ovf_buffer text = {0};
    const char **texts = ovf_case_store_take(&open->store, n, sizeof *texts);
    struct ovf_zone_file *const files = ovf_case_store_take(&open->store, n, sizeof *files);
    enum ovf_status st = texts != NULL && files != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (zones[i].file != NULL) {
            st = take_zone_file(open, &zones[i], &files[out->n_zone_files++]);
            continue;
        }
        st = put_zone(&zones[i], &text);
        texts[out->n_zones] = keep(open, &text);
        if (texts[out->n_zones++] == NULL)
            st = OVF_E_NOMEM;
    }
    ovf_buffer_deinit(&text);
    out->zones = texts;
    out->zone_files = files;
    return st;
}

static enum ovf_status take_inputs(struct ovf_open_case *open, struct ovf_question_request *out)
{
    const struct ovf_case_input *const inputs = open->the_case.inputs.items;
    const size_t n = open->the_case.inputs.n;
    if (out->n_paths > 0)
        return OVF_OK;
    const char **paths = ovf_case_store_take(&open->store, n, sizeof *paths);
    if (paths == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        paths[i] = ovf_open_case_path(open, inputs[i].path);
        if (paths[i] == NULL)
            return OVF_E_NOMEM;
    }
    out->paths = paths;
    out->n_paths = n;
    return OVF_OK;
}

/** A path of the case where none was given. */
static enum ovf_status take_path(struct ovf_open_case *open, const char *path, const char **out)
{
    if (*out != NULL || path == NULL)
        return OVF_OK;
    *out = ovf_open_case_path(open, path);
    return *out != NULL ? OVF_OK : OVF_E_NOMEM;
}

static enum ovf_status take_register(struct ovf_open_case *open, struct ovf_question_request *out)
{
    const struct ovf_case_register *const from = &open->the_case.register_;
    char date[OVF_TIME_SIZE];
    if (!ovf_case_has_register(&open->the_case))
        return OVF_OK;
    if (ovf_case_has(&from->head, &ovf_case_register_table, "date")) {
        ovf_time_format(from->date_ns, 0, date);
        out->register_date = ovf_texts_keep(&open->texts, ovf_bytes_from_text(date));
        if (out->register_date == NULL)
            return OVF_E_NOMEM;
    }
    return take_path(open, from->file, &out->register_path);
}

enum ovf_status ovf_case_request(struct ovf_open_case *open,
                                 const struct ovf_question_request *given,
                                 struct ovf_question_request *out, struct ovf_error *err)
{
    enum ovf_status st = check_given(given, err);
    if (st == OVF_OK && open->the_case.watches.n > OVF_WATCHES_MAX)
        st = ovf_error_set(err, OVF_E_RANGE, "%s: more than %d watches", open->path,
                           OVF_WATCHES_MAX);
    *out = *given;
    if (st == OVF_OK)
        st = take_airspaces(open, out);
    if (st == OVF_OK)
        st = take_zones(open, out);
    if (st == OVF_OK)
        st = take_inputs(open, out);
    if (st == OVF_OK)
        st = take_register(open, out);
    if (st == OVF_OK)
        st = take_path(open, open->the_case.library, &out->library_path);
    if (st == OVF_OK)
        st = take_path(open, open->the_case.store, &out->store_path);
    if (st == OVF_OK && out->store_path != NULL && strcmp(out->format, "table") != 0 &&
        strcmp(out->format, "ndjson") != 0)
        st = ovf_error_set(err, OVF_E_RANGE, "--format %s: findings are printed as table or ndjson",
                           out->format);
    return st;
}

/* ---- the question ---- */

void ovf_case_question_free(struct ovf_case_question *of_case)
{
    if (of_case == NULL)
        return;
    free(of_case->watches);
    free((void *)of_case->names);
    free(of_case->over);
    free(of_case->closures);
    ovf_listings_free(of_case->listings);
    ovf_case_store_deinit(&of_case->blocks);
    free(of_case);
}

static unsigned bits_of(const struct ovf_case_list *list, unsigned else_bits)
{
    const int64_t *const numbers = list->items;
    unsigned bits = 0;
    for (size_t i = 0; i < list->n; i++)
        bits |= 1U << numbers[i];
    return list->n > 0 ? bits : else_bits;
}

enum ovf_status ovf_question_check_case_airspaces(const struct ovf_case *the_case,
                                                  const struct ovf_question *q,
                                                  struct ovf_error *err)
{
    const struct ovf_case_watch *const watches = the_case->watches.items;
    struct ovf_airspace_ref ref;
    for (size_t i = 0; i < the_case->watches.n; i++) {
        const char *const *const names = watches[i].over.items;
        for (size_t k = 0; k < watches[i].over.n; k++) {
            if (ovf_question_find_airspace(q, names[k], &ref, err) != OVF_OK) {
                ovf_case_error_at(err, ovf_case_place_of(&watches[i].head, "over"));
                return OVF_E_RANGE;
            }
        }
    }
    return OVF_OK;
}

/** The airspaces that \p from is over, and, for all of them or in order, the states as a chain. */
static enum ovf_status take_over(struct ovf_question *q, const struct ovf_case_watch *from,
                                 struct ovf_members *over, struct ovf_watch *watch,
                                 struct ovf_error *err)
{
    const char *const *const names = from->over.items;
    uint32_t *const chain = ovf_case_store_take(&q->of_case->blocks, from->over.n, sizeof *chain);
    if (chain == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < from->over.n; i++) {
        struct ovf_airspace_ref ref;
        if (ovf_question_find_airspace(q, names[i], &ref, err) != OVF_OK)
            return OVF_E_RANGE;
        if (!ovf_members_has(&over[ref.edition], ref.airspace))
            ovf_members_toggle(&over[ref.edition], ref.airspace);
        chain[i] = ref.airspace;
        if (from->how != OVF_OVER_ANY && ref.edition != 0)
            return ovf_error_set(err, OVF_E_RANGE, "watch %s: all and in_order are for states",
                                 from->name.text);
    }
    watch->over = over;
    watch->chain = chain;
    watch->n_chain = from->how != OVF_OVER_ANY ? from->over.n : 0;
    watch->in_order = from->how == OVF_OVER_IN_ORDER;
    return OVF_OK;
}

static enum ovf_status take_aircraft(struct ovf_question *q, const struct ovf_case_watch *from,
                                     struct ovf_watch *watch)
{
    const int64_t *const addresses = from->aircraft.items;
    const char **const registrations = from->registrations.items;
    uint32_t *const sorted =
        ovf_case_store_take(&q->of_case->blocks, from->aircraft.n, sizeof *sorted);
    if (sorted == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < from->aircraft.n; i++)
        sorted[i] = (uint32_t)addresses[i];
    if (from->aircraft.n > 0)
        qsort(sorted, from->aircraft.n, sizeof *sorted, ovf_watch_compare_addresses);
    if (from->registrations.n > 0) /* the case's own order means nothing */
        qsort((void *)registrations, from->registrations.n, sizeof *registrations,
              ovf_watch_compare_registrations);
    watch->addresses = sorted;
    watch->n_addresses = from->aircraft.n;
    watch->registrations = registrations;
    watch->n_registrations = from->registrations.n;
    watch->operators = from->operators.items;
    watch->n_operators = from->operators.n;
    watch->types = from->types.items;
    watch->n_types = from->types.n;
    watch->listings = q->of_case->listings;
    watch->lists = from->lists.items;
    watch->n_lists = from->lists.n;
    watch->register_ = q->register_;
    return OVF_OK;
}

static enum ovf_status take_watch(struct ovf_question *q, const struct ovf_case_watch *from,
                                  struct ovf_members *over, struct ovf_watch *watch,
                                  struct ovf_error *err)
{
    *watch = (struct ovf_watch){.roles = bits_of(&from->roles, 0),
                                .classes = bits_of(&from->classes, OVF_WATCH_CLASSES),
                                .since_ns = from->from_ns,
                                .until_ns = from->until_ns};
    const char *key = "from";
    enum ovf_status st = ovf_question_take_place(q, key, from->from, &watch->from, err);
    if (st == OVF_OK) {
        key = "to";
        st = ovf_question_take_place(q, key, from->to, &watch->to, err);
    }
    if (st == OVF_OK) {
        key = "over";
        st = take_over(q, from, over, watch, err);
    }
    if (st == OVF_E_RANGE)
        ovf_case_error_at(err, ovf_case_place_of(&from->head, key));
    if (st == OVF_OK)
        st = take_aircraft(q, from, watch);
    q->config.wants_possible |= (watch->classes & 1U << OVF_CLASS_POSSIBLE) != 0;
    q->config.wants_impossible |= (watch->classes & 1U << OVF_CLASS_IMPOSSIBLE) != 0;
    return st;
}

static enum ovf_status take_closures(const struct ovf_case *the_case, struct ovf_question *q,
                                     struct ovf_error *err)
{
    const struct ovf_case_closure *const closures = the_case->closures.items;
    for (size_t i = 0; i < the_case->closures.n; i++) {
        struct ovf_airspace_ref ref;
        bool is_asked = false;
        if (ovf_question_find_airspace(q, closures[i].airspace, &ref, err) == OVF_OK) {
            is_asked = ovf_members_has(&q->layers[ref.edition].wanted, ref.airspace);
            if (!is_asked)
                (void)ovf_error_set(err, OVF_E_RANGE, "closure %s: no watch is over %s",
                                    closures[i].name.text, closures[i].airspace);
        }
        if (!is_asked) {
            ovf_case_error_at(err, ovf_case_place_of(&closures[i].head, "airspace"));
            return OVF_E_RANGE;
        }
        const struct ovf_edition *const edition = &q->editions[ref.edition];
        q->of_case->closures[i] = (struct ovf_matter_area){ovf_kind_name(edition->kind),
                                                           edition->airspaces[ref.airspace].code};
    }
    return OVF_OK;
}

/** An airport that is misspelt would be one where nobody ever lands. */
static enum ovf_status check_airport(const struct ovf_question *q, const struct ovf_case_head *head,
                                     const char *key, const char *code, struct ovf_error *err)
{
    uint32_t index;
    if (q->config.airports == NULL)
        return OVF_OK;
    if (!ovf_airports_find(q->config.airports, ovf_bytes_from_text(code), &index)) {
        (void)ovf_error_set(err, OVF_E_RANGE, "%s: no airport has the code %s", key, code);
    } else {
        const struct ovf_airport airport = ovf_airports_get(q->config.airports, index);
        if (strcmp(airport.code, code) == 0)
            return OVF_OK;
        (void)ovf_error_set(err, OVF_E_RANGE, "%s: the airport %s is called %s here", key, code,
                            airport.code);
    }
    ovf_case_error_at(err, ovf_case_place_of(head, key));
    return OVF_E_RANGE;
}

static enum ovf_status check_airports(const struct ovf_case *the_case, const struct ovf_question *q,
                                      struct ovf_error *err)
{
    const struct ovf_case_order *const orders = the_case->orders.items;
    const struct ovf_case_inspection *const inspections = the_case->inspections.items;
    const struct ovf_case_claim *const claims = the_case->claims.items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < the_case->orders.n && st == OVF_OK; i++)
        st = check_airport(q, &orders[i].head, "land_at", orders[i].land_at, err);
    for (size_t i = 0; i < the_case->inspections.n && st == OVF_OK; i++)
        st = check_airport(q, &inspections[i].head, "at", inspections[i].at, err);
    for (size_t i = 0; i < the_case->claims.n && st == OVF_OK; i++) {
        if (claims[i].predicate != NULL && claims[i].parsed.kind == OVF_PREDICATE_LANDS)
            st = check_airport(q, &claims[i].head, "predicate", claims[i].parsed.airport, err);
    }
    return st;
}

enum ovf_status ovf_question_take_case(struct ovf_open_case *open, const char *library_path,
                                       struct ovf_question *q, struct ovf_error *err)
{
    const struct ovf_case *const the_case = &open->the_case;
    const struct ovf_case_watch *const watches = the_case->watches.items;
    const size_t n = the_case->watches.n;
    struct ovf_case_question *const of = calloc(1, sizeof *of);
    if (of == NULL)
        return OVF_E_NOMEM;
    q->of_case = of;
    of->watches = calloc(n, sizeof *of->watches);
    of->names = calloc(n, sizeof *of->names);
    of->over = calloc(n * q->config.n_layers, sizeof *of->over);
    of->closures = calloc(the_case->closures.n + 1, sizeof *of->closures);
    if (of->watches == NULL || of->names == NULL || of->over == NULL || of->closures == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_case_listings_open(open, library_path, &of->listings, err);
    if (st == OVF_OK)
        st = ovf_case_permits_check(open, library_path, err);
    if (st != OVF_E_RANGE)
        st = ovf_question_file_status(st);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        of->names[i] = watches[i].name.text;
        st = take_watch(q, &watches[i], of->over + i * q->config.n_layers, &of->watches[i], err);
    }
    q->watches = (struct ovf_watches){of->watches, of->names, n};
    if (st == OVF_OK)
        st = take_closures(the_case, q, err);
    if (st == OVF_OK)
        st = check_airports(the_case, q, err);
    if (st != OVF_OK)
        ovf_open_case_blame(open, err);
    return st;
}
