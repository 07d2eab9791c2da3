/* SPDX-License-Identifier: Apache-2.0 */
/* Which watches a cell belongs to is a bit each; a cell is of an airspace when its middle is. */
#include "run/control.h"

#include <stdlib.h>

#include "base/time.h"
#include "geo/cell.h"
#include "rules/watched.h"
#include "series/series.h"
#include "store/heard.h"

/** An aircraft, and whose journeys it flew. */
struct flier {
    uint32_t address;
    uint64_t watches;
};

struct counting {
    struct ovf_control *control;
    const struct ovf_question *question;
    uint64_t *cells;      /* by cell */
    struct flier *fliers; /* in order of address */
    size_t n_fliers;
};

void ovf_control_deinit(struct ovf_control *control)
{
    free(control->has_data);
    free(control->flights);
    *control = (struct ovf_control){0};
}

/* ---- days ---- */

static enum ovf_status take_days(const struct ovf_subjects *subjects, size_t n_watches,
                                 struct ovf_control *out, struct ovf_error *err)
{
    const int64_t *const days = subjects->days_with_data;
    const size_t n = subjects->n_days_with_data;
    const int64_t span_ns = n > 0 ? days[n - 1] - days[0] : -OVF_NS_PER_DAY;
    out->n_days = (size_t)(span_ns / OVF_NS_PER_DAY + 1);
    out->first_day_ns = n > 0 ? days[0] : 0;
    if (out->n_days > OVF_SERIES_MAX_DAYS)
        return ovf_error_set(err, OVF_E_LIMIT, "the store's days are spread over more than %d days",
                             OVF_SERIES_MAX_DAYS);
    out->has_data = calloc(out->n_days + 1, sizeof *out->has_data);
    out->flights = calloc(n_watches * out->n_days + 1, sizeof *out->flights);
    if (out->has_data == NULL || out->flights == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        out->has_data[(days[i] - out->first_day_ns) / OVF_NS_PER_DAY] = true;
    return OVF_OK;
}

/* ---- cells ---- */

/** The watches that the cell at \p at belongs to. */
static uint64_t watches_at(const struct ovf_question *q, struct ovf_point at)
{
    uint64_t watches = 0;
    for (size_t layer = 0; layer < q->config.n_layers; layer++) {
        struct ovf_members here;
        if (ovf_members_empty(&q->layers[layer].wanted))
            continue;
        ovf_index_locate(&q->editions[layer].index, at, &here);
        for (size_t i = 0; i < q->watches.n; i++) {
            if (ovf_members_meet(&q->watches.items[i].over[layer], &here))
                watches |= UINT64_C(1) << i;
        }
    }
    return watches;
}

void ovf_control_mark_cells(const struct ovf_question *question, uint64_t *cells)
{
    for (uint32_t row = 0; row < OVF_COUNT_ROWS; row++) {
        const uint32_t n = ovf_count_row_columns(row);
        for (uint32_t column = 0; column < n; column++) {
            const uint32_t cell = row * 1000 + column;
            cells[cell] = watches_at(question, ovf_count_cell_centre(cell));
        }
    }
}

/* ---- fliers ---- */

static int compare_fliers(const void *x, const void *y)
{
    const struct flier *const a = x;
    const struct flier *const b = y;
    return (a->address > b->address) - (a->address < b->address);
}

static void find_fliers(const struct ovf_subjects *subjects, struct counting *c)
{
    const struct ovf_watches *const watches = &c->question->watches;
    for (size_t i = 0; i < subjects->n; i++) {
        struct flier flier = {.address = subjects->items[i].aircraft.address};
        for (size_t k = 0; k < watches->n; k++) {
            if (ovf_subject_meets(&subjects->items[i], watches->names[k]))
                flier.watches |= UINT64_C(1) << k;
        }
        c->fliers[c->n_fliers++] = flier;
    }
    qsort(c->fliers, c->n_fliers, sizeof *c->fliers, compare_fliers);
    size_t n = 0;
    for (size_t i = 0; i < c->n_fliers; i++) {
        if (n > 0 && c->fliers[n - 1].address == c->fliers[i].address)
            c->fliers[n - 1].watches |= c->fliers[i].watches;
        else
            c->fliers[n++] = c->fliers[i];
    }
    c->n_fliers = n;
}

/* ---- flights ---- */

static enum ovf_status count_flight(void *context, int64_t day_ns, uint32_t address,
                                    struct ovf_heard_reader *reader)
{
    const struct counting *const c = context;
    const struct flier key = {.address = address};
    const struct flier *const own =
        bsearch(&key, c->fliers, c->n_fliers, sizeof key, compare_fliers);
    const int64_t day = (day_ns - c->control->first_day_ns) / OVF_NS_PER_DAY;
    struct ovf_heard_run run;
    uint64_t heard = 0;
    if (day_ns < c->control->first_day_ns || (size_t)day >= c->control->n_days)
        return OVF_OK;
    while (ovf_heard_next(reader, &run))
        heard |= !run.is_silent && run.cell < OVF_CONTROL_N_CELLS ? c->cells[run.cell] : 0;
    heard &= ~(own != NULL ? own->watches : 0);
    for (size_t i = 0; i < c->question->watches.n; i++)
        c->control->flights[i * c->control->n_days + (size_t)day] += (heard >> i & 1) != 0 ? 1 : 0;
    return OVF_OK;
}

enum ovf_status ovf_control_count(sqlite3 *db, const struct ovf_question *question,
                                  const struct ovf_subjects *subjects, struct ovf_control *out,
                                  struct ovf_error *err)
{
    struct counting c = {.control = out, .question = question};
    enum ovf_status st = take_days(subjects, question->watches.n, out, err);
    c.cells = calloc(OVF_CONTROL_N_CELLS, sizeof *c.cells);
    c.fliers = calloc(subjects->n + 1, sizeof *c.fliers);
    if (st == OVF_OK && (c.cells == NULL || c.fliers == NULL))
        st = OVF_E_NOMEM;
    if (st == OVF_OK) {
        ovf_control_mark_cells(question, c.cells);
        find_fliers(subjects, &c);
        st = ovf_store_heard_visit(db, count_flight, &c, err);
    }
    free(c.cells);
    free(c.fliers);
    return st;
}
