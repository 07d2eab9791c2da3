/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of airspaces, and names to members of them. */
#include "question/areas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "question/files.h"
#include "question/words.h"
#include "shape/polygon_check.h"

enum ovf_status ovf_question_open_pack(const struct ovf_question_request *request,
                                       struct ovf_question *q, struct ovf_error *err)
{
    enum ovf_status st = ovf_pack_file_open(request->pack_path, &q->pack, err);
    if (st == OVF_OK) {
        st = ovf_pack_check(&q->pack.pack, err); /* a wrong boundary would be a wrong crossing */
        if (st != OVF_OK)
            ovf_error_prefix(err, request->pack_path);
    }
    if (st == OVF_OK)
        st = ovf_edition_from_pack(&q->pack.pack, &q->editions[0]);
    if (st == OVF_OK && q->pack.pack.airports.len > 0) {
        st = ovf_airports_view(q->pack.pack.airports, &q->airports, err);
        if (st == OVF_OK)
            q->config.airports = &q->airports;
        else
            ovf_error_prefix(err, request->pack_path);
    }
    q->layers[0].edition = &q->editions[0];
    q->config.layers = q->layers;
    q->config.n_layers = 1;
    return ovf_question_file_status(st);
}

/** What is inside of a polygon whose lines cross, nobody can say. */
static enum ovf_status check_polygon(const struct ovf_zone *zone, const char *text,
                                     struct ovf_error *err)
{
    const struct ovf_geojson_limits limits = {OVF_ZONE_POINTS_MAX, 1};
    struct ovf_shape shape = {0};
    struct ovf_polygon_report report;
    const char *why = NULL;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < zone->n_points && st == OVF_OK; i++)
        st = ovf_points_push(&shape.points, zone->ring[i]);
    if (st == OVF_OK) {
        st = ovf_shape_end_ring(&shape, 0, 0, false, &limits, &why);
        if (st != OVF_OK && why != NULL)
            st = ovf_error_set(err, OVF_E_RANGE, "%s", why);
    }
    if (st == OVF_OK)
        st = ovf_polygon_check(&shape, &report, err);
    ovf_shape_deinit(&shape);
    if (st == OVF_OK || st == OVF_E_NOMEM)
        return st;
    char name[96];
    (void)snprintf(name, sizeof name, "zone \"%.80s\"", text);
    ovf_error_prefix(err, name);
    return OVF_E_RANGE;
}

enum ovf_status ovf_question_make_zones(const struct ovf_question_request *request,
                                        struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_zone *zones = calloc(request->n_zones, sizeof *zones);
    enum ovf_status st = zones == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < request->n_zones && st == OVF_OK; i++) {
        st = ovf_zone_parse(request->zones[i], &zones[i], err);
        if (st == OVF_OK && zones[i].n_points > 0)
            st = check_polygon(&zones[i], request->zones[i], err);
    }
    if (st == OVF_OK)
        st = ovf_edition_from_zones(zones, request->n_zones, &q->editions[1], err);
    if (st == OVF_OK) {
        q->layers[1].edition = &q->editions[1];
        q->config.n_layers = 2;
        q->is_asked_for[1] = true;
    }
    free(zones);
    return st;
}

static const char *kind_name(unsigned number)
{
    return ovf_kind_name((enum ovf_airspace_kind)number);
}

static void want_all(struct ovf_engine_layer *layer)
{
    layer->wanted = (struct ovf_members){{0}};
    for (uint32_t i = 0; i < layer->edition->n_airspaces; i++)
        ovf_members_toggle(&layer->wanted, i);
}

enum ovf_status ovf_question_find_airspace(const struct ovf_question *q, const char *name,
                                           struct ovf_airspace_ref *ref, struct ovf_error *err)
{
    const struct ovf_edition *editions[OVF_MAX_LAYERS];
    for (size_t i = 0; i < q->config.n_layers; i++)
        editions[i] = &q->editions[i];
    return ovf_airspace_find(editions, q->config.n_layers, name, ref, err);
}

static void want(struct ovf_question *q, size_t layer, uint32_t airspace)
{
    if (!ovf_members_has(&q->layers[layer].wanted, airspace))
        ovf_members_toggle(&q->layers[layer].wanted, airspace);
}

/** An airspace of editions that are compared is wanted of each that has it. */
static enum ovf_status want_compared(struct ovf_question *q, const char *name,
                                     struct ovf_error *err)
{
    struct ovf_error own[2] = {{""}, {""}};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        const struct ovf_edition *const edition = &q->editions[q->compared[i]];
        struct ovf_airspace_ref ref;
        if (ovf_airspace_find(&edition, 1, name, &ref, &own[i]) != OVF_OK)
            continue;
        want(q, q->compared[i], ref.airspace);
        found = true;
    }
    if (!found && err != NULL)
        *err = own[0];
    return found ? OVF_OK : OVF_E_RANGE;
}

bool ovf_question_needs_library(const struct ovf_question_request *request,
                                const struct ovf_question *q)
{
    char word[OVF_QUESTION_WORD_SIZE];
    if (q->compares)
        return false;
    for (const char *rest = request->kind; ovf_question_next_word(&rest, word);) {
        bool there = strcmp(word, "all") == 0;
        for (size_t i = 0; i < q->config.n_layers; i++)
            there = there || strcmp(ovf_kind_name(q->editions[i].kind), word) == 0;
        if (!there)
            return true;
    }
    for (const char *rest = request->airspace; ovf_question_next_word(&rest, word);) {
        struct ovf_airspace_ref ref;
        if (strcmp(word, "all") != 0 &&
            ovf_question_find_airspace(q, word, &ref, NULL) == OVF_E_NOTFOUND)
            return true;
    }
    return false;
}

static enum ovf_status want_named(struct ovf_question *q, const char *list, struct ovf_error *err)
{
    char word[OVF_QUESTION_WORD_SIZE];
    for (const char *rest = list; ovf_question_next_word(&rest, word);) {
        struct ovf_airspace_ref ref;
        if (ovf_question_check_word("--airspace", list, word, err) != OVF_OK)
            return OVF_E_RANGE;
        if (strcmp(word, "all") == 0) {
            for (size_t i = 0; i < q->config.n_layers; i++)
                want_all(&q->layers[i]);
            continue;
        }
        if (q->compares) {
            if (want_compared(q, word, err) != OVF_OK)
                return OVF_E_RANGE;
            continue;
        }
        if (ovf_question_find_airspace(q, word, &ref, err) != OVF_OK)
            return OVF_E_RANGE;
        want(q, ref.edition, ref.airspace);
    }
    return OVF_OK;
}

/** A kind of which no edition is at hand would be a question without an answer. */
static enum ovf_status check_kinds(const struct ovf_question *q, const char *list, unsigned kinds,
                                   struct ovf_error *err)
{
    unsigned there = 0;
    char known[80] = "";
    for (size_t i = 0; i < q->config.n_layers; i++)
        there |= 1U << q->layers[i].edition->kind;
    if ((kinds & ~there) == 0 || kinds == (1U << OVF_KIND_N) - 1)
        return OVF_OK;
    for (unsigned i = 0; i < OVF_KIND_N; i++) {
        if ((there & 1U << i) != 0)
            (void)snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s",
                           known[0] != '\0' ? ", " : "", kind_name(i));
    }
    return ovf_error_set(err, OVF_E_RANGE, "--kind '%.80s': of the airspaces here all are %s", list,
                         known);
}

/** Whether any layer was asked for by itself. */
static bool asks_for_layers(const struct ovf_question *q)
{
    bool any = false;
    for (size_t i = 0; i < q->config.n_layers; i++)
        any = any || q->is_asked_for[i];
    return any;
}

enum ovf_status ovf_question_choose_airspaces(const struct ovf_question_request *request,
                                              struct ovf_question *q, struct ovf_error *err)
{
    unsigned kinds = (1U << OVF_KIND_N) - 1;
    enum ovf_status st =
        ovf_question_take_names("--kind", request->kind, kind_name, OVF_KIND_N, &kinds, err);
    if (st == OVF_OK)
        st = check_kinds(q, request->kind, kinds, err);
    if (st != OVF_OK)
        return st;
    if (request->airspace != NULL)
        st = want_named(q, request->airspace, err);
    else if (q->compares)
        want_all(&q->layers[q->compared[0]]);
    else if (!asks_for_layers(q) || request->kind != NULL)
        want_all(&q->layers[0]);
    bool any = false;
    for (size_t i = 0; i < q->config.n_layers; i++) {
        const bool is_compared = q->compares && i == q->compared[1];
        const bool is_meant = q->is_asked_for[i] && !q->compares;
        /* A kind that is asked for by name is meant, wherever its edition comes from. */
        if (request->airspace == NULL &&
            (is_compared || is_meant || (request->kind != NULL && i > 0)))
            want_all(&q->layers[i]);
        if ((kinds & 1U << q->layers[i].edition->kind) == 0)
            q->layers[i].wanted = (struct ovf_members){{0}};
        any = any || !ovf_members_empty(&q->layers[i].wanted);
    }
    if (st == OVF_OK && !any)
        return ovf_error_set(err, OVF_E_RANGE, "--kind '%s' leaves no airspace to look at",
                             request->kind);
    return st;
}
