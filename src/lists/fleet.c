/* SPDX-License-Identifier: Apache-2.0 */
/* A fleet: rows by name, a registration's before its type's; of each name the least and the greatest mass. */
#include "lists/fleet.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/number.h"
#include "lists/columns.h"
#include "lists/lines.h"
#include "track/identity.h"

enum { COLUMN_REGISTRATION, COLUMN_TYPE, COLUMN_MTOW, COLUMN_STATE };

/* The heaviest there was had 640,000 kg. */
static const double max_mtow_kg = 1000000;

struct entry {
    char name[20]; /* "r" and a registration, or "t" and a type */
    bool is_state_aircraft;
    double min_kg;
    double max_kg;
};

struct ovf_fleet {
    struct entry *items; /* by name, each once */
    size_t n;
    size_t capacity;
};

static const struct ovf_column_name names[] = {{"registration", COLUMN_REGISTRATION},
                                               {"type_code", COLUMN_TYPE},
                                               {"type", COLUMN_TYPE},
                                               {"mtow_kg", COLUMN_MTOW},
                                               {"state_aircraft", COLUMN_STATE}};

static bool read_header(struct ovf_bytes line, struct ovf_fields *fields,
                        struct ovf_columns *columns)
{
    return ovf_columns_read(line, names, sizeof names / sizeof *names, fields, columns) &&
           ovf_columns_have(columns, COLUMN_MTOW) &&
           (ovf_columns_have(columns, COLUMN_REGISTRATION) ||
            ovf_columns_have(columns, COLUMN_TYPE));
}

/** What aircraft a row is of: "r" or "t" and its name, without hyphens; "" when it is none. */
static void make_name(char kind, const char *text, char name[20])
{
    size_t len = 0;
    for (; *text != '\0' && len + 2 < 20; text++) {
        if (*text != '-' && *text != ' ')
            name[++len] = *text;
    }
    name[0] = len > 0 ? kind : '\0';
    name[len > 0 ? len + 1 : 0] = '\0';
}

static enum ovf_reject read_row(const struct ovf_columns *columns, const struct ovf_fields *fields,
                                struct entry *out)
{
    struct ovf_identity identity = {0};
    const struct ovf_bytes registration = ovf_columns_field(columns, fields, COLUMN_REGISTRATION);
    const struct ovf_bytes state = ovf_columns_field(columns, fields, COLUMN_STATE);
    out->is_state_aircraft = ovf_bytes_equal_nocase(state, "true");
    if (state.len > 0 && !out->is_state_aircraft && !ovf_bytes_equal_nocase(state, "false"))
        return OVF_REJECT_WRONG_TYPE;
    if (!ovf_number_parse_double(ovf_columns_field(columns, fields, COLUMN_MTOW), &out->min_kg) ||
        out->min_kg <= 0 || out->min_kg > max_mtow_kg)
        return OVF_REJECT_BAD_NUMBER;
    out->max_kg = out->min_kg;
    ovf_identity_set_registration(&identity, registration);
    ovf_identity_set_type_code(&identity, ovf_columns_field(columns, fields, COLUMN_TYPE));
    if (registration.len > 0)
        make_name('r', identity.registration, out->name);
    else
        make_name('t', identity.type_code, out->name);
    return out->name[0] != '\0' ? OVF_REJECT_N : OVF_REJECT_BAD_TEXT;
}

static enum ovf_status read_rows(struct ovf_bytes text, const struct ovf_columns *columns,
                                 struct ovf_fields *fields, struct ovf_fleet *fleet,
                                 struct ovf_tally *rows)
{
    struct ovf_bytes line;
    while (ovf_lines_next(&text, &line)) {
        struct entry entry = {.name = ""};
        enum ovf_reject reason = OVF_REJECT_BAD_TEXT;
        if (ovf_fields_split(line, columns->separator, fields))
            reason = read_row(columns, fields, &entry);
        if (reason != OVF_REJECT_N) {
            ovf_tally_reject(rows, reason);
            continue;
        }
        struct entry *const grown =
            ovf_array_reserve(fleet->items, &fleet->capacity, fleet->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        fleet->items = grown;
        fleet->items[fleet->n++] = entry;
        ovf_tally_use(rows);
    }
    return OVF_OK;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return strcmp(x->name, y->name);
}

/** Sort, and make one of those with the same name. */
static void settle(struct ovf_fleet *fleet)
{
    size_t n_kept = 0;
    if (fleet->n > 0)
        qsort(fleet->items, fleet->n, sizeof fleet->items[0], compare_entries);
    for (size_t i = 0; i < fleet->n; i++) {
        const struct entry *const e = &fleet->items[i];
        struct entry *const last = n_kept > 0 ? &fleet->items[n_kept - 1] : NULL;
        if (last == NULL || strcmp(last->name, e->name) != 0) {
            fleet->items[n_kept++] = *e;
            continue;
        }
        last->min_kg = e->min_kg < last->min_kg ? e->min_kg : last->min_kg;
        last->max_kg = e->max_kg > last->max_kg ? e->max_kg : last->max_kg;
        last->is_state_aircraft = last->is_state_aircraft || e->is_state_aircraft;
    }
    fleet->n = n_kept;
}

enum ovf_status ovf_fleet_new(struct ovf_bytes text, struct ovf_tally *rows, struct ovf_fleet **out,
                              struct ovf_error *err)
{
    struct ovf_fields fields;
    struct ovf_columns columns;
    struct ovf_tally counts = {0};
    struct ovf_bytes line;
    struct ovf_bytes rest = ovf_lines_begin(text);
    if (!ovf_lines_next(&rest, &line) || !read_header(line, &fields, &columns))
        return ovf_error_set(
            err, OVF_E_FORMAT,
            "no fleet: a header with mtow_kg and registration or type_code is due");
    struct ovf_fleet *const fleet = calloc(1, sizeof *fleet);
    const enum ovf_status st =
        fleet == NULL ? OVF_E_NOMEM : read_rows(rest, &columns, &fields, fleet, &counts);
    if (st != OVF_OK) {
        ovf_fleet_free(fleet);
        return ovf_error_set(err, st, "out of memory for the fleet");
    }
    settle(fleet);
    *rows = counts;
    *out = fleet;
    return OVF_OK;
}

void ovf_fleet_free(struct ovf_fleet *fleet)
{
    if (fleet == NULL)
        return;
    free(fleet->items);
    free(fleet);
}

static const struct entry *find(const struct ovf_fleet *fleet, char kind, const char *text)
{
    struct entry wanted = {.name = ""};
    make_name(kind, text, wanted.name);
    if (wanted.name[0] == '\0' || fleet->n == 0)
        return NULL;
    return bsearch(&wanted, fleet->items, fleet->n, sizeof wanted, compare_entries);
}

struct ovf_mass ovf_fleet_mass(const struct ovf_fleet *fleet, const char *registration,
                               const char *type_code)
{
    const struct entry *e = find(fleet, 'r', registration);
    if (e == NULL)
        e = find(fleet, 't', type_code);
    return e != NULL ? (struct ovf_mass){true, e->min_kg, e->max_kg}
                     : (struct ovf_mass){false, 0.0, 0.0};
}

bool ovf_fleet_is_state_aircraft(const struct ovf_fleet *fleet, const char *registration)
{
    const struct entry *const e = find(fleet, 'r', registration);
    return e != NULL && e->is_state_aircraft;
}
