/* SPDX-License-Identifier: Apache-2.0 */
/* Inputs of charges from a store, a fleet and permits. */
#include "run/charges.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rules/permit.h"
#include "source/file.h"
#include "store/gap_ends.h"

/* A fleet of a hundred thousand has a few megabytes. */
enum { MAX_BYTES = 1 << 26 };

void ovf_charges_deinit(struct ovf_charges *charges)
{
    ovf_subjects_deinit(&charges->subjects);
    free(charges->inputs);
    free(charges->items);
    *charges = (struct ovf_charges){0};
}

enum ovf_status ovf_formulas_file_read(const char *path, struct ovf_case_store *store,
                                       struct ovf_formulas *out, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, &text, err);
    if (st == OVF_OK) {
        st = ovf_formulas_read(ovf_buffer_bytes(&text), store, out, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, path);
    }
    ovf_buffer_deinit(&text);
    return st;
}

enum ovf_status ovf_fleet_file_read(const char *path, struct ovf_tally *rows,
                                    struct ovf_fleet **out, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, &text, err);
    if (st == OVF_OK) {
        st = ovf_fleet_new(ovf_buffer_bytes(&text), rows, out, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, path);
    }
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- masses ---- */

static enum ovf_status take_permits(const struct ovf_permit_lists *lists, struct ovf_charges *out)
{
    const struct ovf_permit_question question = {.lists = lists->items, .n_lists = lists->n};
    const size_t n = out->subjects.n;
    struct ovf_permit_answer *const answers = calloc(n + 1, sizeof *answers);
    enum ovf_status st = OVF_E_NOMEM;
    if (answers != NULL)
        st = ovf_permits_judge(&question, out->subjects.items, n, answers);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_permit_answer *const answer = &answers[i];
        if (answer->permit != NULL && answer->names_aircraft && answer->permit->mtow_kg > 0)
            out->inputs[i].mass =
                (struct ovf_mass){true, answer->permit->mtow_kg, answer->permit->mtow_kg};
    }
    free(answers);
    return st;
}

static void take_fleet(const struct ovf_fleet *fleet, struct ovf_charge_input *input)
{
    const struct ovf_subject_aircraft *const aircraft = &input->subject->aircraft;
    if (!input->mass.is_known)
        input->mass = ovf_fleet_mass(fleet, aircraft->registration, aircraft->type_code);
    input->is_state_aircraft = ovf_fleet_is_state_aircraft(fleet, aircraft->registration);
}

/* ---- places ---- */

/** A flight that departs or lands inside is charged from or to its aerodrome. */
static void take_airport(const struct ovf_airports *airports, const struct ovf_subject_end *end,
                         struct ovf_charge_end *out)
{
    uint32_t index;
    if (!ovf_airports_find(airports, ovf_bytes_from_text(end->airport), &index))
        return;
    const struct ovf_point at = ovf_airports_get(airports, index).at;
    const struct ovf_charge_place place = {ovf_deg_from_e7(at.lat_e7), ovf_deg_from_e7(at.lon_e7)};
    *out = (struct ovf_charge_end){{place, place}};
}

static void take_airports(const struct ovf_airports *airports, struct ovf_charge_input *input)
{
    const struct ovf_subject *const s = input->subject;
    if (ovf_subject_departs(s))
        take_airport(airports, &s->from, &input->entry);
    if (ovf_subject_arrives(s))
        take_airport(airports, &s->to, &input->exit);
}

struct by_id {
    const char *id;
    struct ovf_charge_input *input;
};

struct by_ids {
    struct by_id *items;
    size_t n;
};

static int compare_ids(const void *a, const void *b)
{
    const struct by_id *x = a;
    const struct by_id *y = b;
    return strcmp(x->id, y->id);
}

static enum ovf_status take_gap_end(void *context, const struct ovf_gap_end *end)
{
    const struct by_ids *const ids = context;
    const struct by_id wanted = {end->crossing_id, NULL};
    const struct by_id *const found =
        ids->n > 0 ? bsearch(&wanted, ids->items, ids->n, sizeof wanted, compare_ids) : NULL;
    if (found != NULL)
        *(end->is_entry ? &found->input->entry : &found->input->exit) = (struct ovf_charge_end){
            {{end->before_lat_deg, end->before_lon_deg}, {end->after_lat_deg, end->after_lon_deg}}};
    return OVF_OK;
}

static enum ovf_status take_gap_ends(const char *path, struct ovf_charges *out,
                                     struct ovf_error *err)
{
    struct by_ids ids = {calloc(out->subjects.n + 1, sizeof *ids.items), out->subjects.n};
    if (ids.items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < ids.n; i++)
        ids.items[i] = (struct by_id){out->subjects.items[i].id, &out->inputs[i]};
    if (ids.n > 0)
        qsort(ids.items, ids.n, sizeof *ids.items, compare_ids);
    const enum ovf_status st = ovf_gap_ends_read_file(path, take_gap_end, &ids, err);
    free(ids.items);
    return st;
}

/* ---- all ---- */

static enum ovf_status fill(const struct ovf_charges_request *request, struct ovf_charges *out,
                            struct ovf_error *err)
{
    const size_t n = out->subjects.n;
    out->inputs = calloc(n + 1, sizeof *out->inputs);
    out->items = calloc(n + 1, sizeof *out->items);
    if (out->inputs == NULL || out->items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        out->inputs[i] = ovf_charge_input_of(&out->subjects.items[i]);
    enum ovf_status st = take_gap_ends(request->store_path, out, err);
    if (st == OVF_OK && request->permits != NULL)
        st = take_permits(request->permits, out);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (request->airports != NULL)
            take_airports(request->airports, &out->inputs[i]);
        if (request->fleet != NULL)
            take_fleet(request->fleet, &out->inputs[i]);
    }
    return st == OVF_OK ? ovf_charges_estimate(request->formulas, out->inputs, n, out->items) : st;
}

enum ovf_status ovf_charges_of_store(const struct ovf_charges_request *request,
                                     struct ovf_charges *out, struct ovf_error *err)
{
    struct ovf_charges charges = {0};
    enum ovf_status st = ovf_subjects_read_file(request->store_path, &charges.subjects, err);
    if (st == OVF_OK)
        st = fill(request, &charges, err);
    if (st == OVF_OK)
        *out = charges;
    else
        ovf_charges_deinit(&charges);
    return st;
}
