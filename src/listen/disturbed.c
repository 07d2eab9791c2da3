/* SPDX-License-Identifier: Apache-2.0 */
/* An open table of days and cells; a slot without aircraft is free. */
#include "listen/disturbed.h"

#include <stdlib.h>

#include "base/time.h"

const char *ovf_cell_level_name(enum ovf_cell_level level)
{
    static const char *const names[] = {
        [OVF_CELL_LOW] = "low", [OVF_CELL_MEDIUM] = "medium", [OVF_CELL_HIGH] = "high"};
    return names[level];
}

enum ovf_cell_level ovf_cell_level(struct ovf_cell_traffic traffic,
                                   const struct ovf_detect_config *config)
{
    if (traffic.n_disturbed < 2)
        return OVF_CELL_LOW;
    const double share = (traffic.n_disturbed - 1.0) / traffic.n_all;
    if (share < config->cell_medium_share)
        return OVF_CELL_LOW;
    return share < config->cell_high_share ? OVF_CELL_MEDIUM : OVF_CELL_HIGH;
}

bool ovf_cell_speaks(struct ovf_cell_traffic traffic, const struct ovf_detect_config *config)
{
    return traffic.n_disturbed >= config->cell_aircraft &&
           ovf_cell_level(traffic, config) == OVF_CELL_HIGH;
}

void ovf_disturbed_deinit(struct ovf_disturbed *cells)
{
    free(cells->slots);
    *cells = (struct ovf_disturbed){0};
}

/** The slot of a day and cell, or the free one where it is due. There is always a free one. */
static struct ovf_cell_count *slot_of(const struct ovf_disturbed *cells, int32_t day, uint32_t cell)
{
    const uint64_t key = (uint64_t)(uint32_t)day << 32 | cell;
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (cells->n_slots - 1);
    while (cells->slots[at].traffic.n_disturbed > 0 &&
           (cells->slots[at].day != day || cells->slots[at].cell != cell))
        at = (at + 1) & (cells->n_slots - 1);
    return &cells->slots[at];
}

/** At least half of the slots are free afterwards. */
static enum ovf_status grow(struct ovf_disturbed *cells)
{
    struct ovf_disturbed more = *cells;
    if (2 * (cells->n + 1) <= cells->n_slots)
        return OVF_OK;
    more.n_slots = cells->n_slots > 0 ? 2 * cells->n_slots : 64;
    more.slots = calloc(more.n_slots, sizeof *more.slots);
    if (more.slots == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < cells->n_slots; i++) {
        const struct ovf_cell_count *slot = &cells->slots[i];
        if (slot->traffic.n_disturbed > 0)
            *slot_of(&more, slot->day, slot->cell) = *slot;
    }
    free(cells->slots);
    *cells = more;
    return OVF_OK;
}

/** Of a run, which begins and ends within an hour, its day or hour. */
static int32_t day_of(const struct ovf_disturbed *cells, int64_t t_s)
{
    const int64_t step_s = cells->by_hour ? OVF_HOUR_S : OVF_DAY_S;
    return (int32_t)(ovf_time_floor(t_s, step_s) / step_s);
}

enum ovf_status ovf_disturbed_take(struct ovf_disturbed *cells, uint32_t address,
                                   struct ovf_bytes runs)
{
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    while (ovf_heard_next(&reader, &run)) {
        if (!run.is_disturbed)
            continue;
        if (grow(cells) != OVF_OK)
            return OVF_E_NOMEM;
        struct ovf_cell_count *slot = slot_of(cells, day_of(cells, run.from_s), run.cell);
        if (slot->last == address + 1)
            continue;
        cells->n += slot->traffic.n_disturbed == 0 ? 1 : 0;
        slot->day = day_of(cells, run.from_s);
        slot->cell = run.cell;
        slot->last = address + 1;
        slot->traffic.n_disturbed++;
    }
    return OVF_OK;
}

/** Who counted last in the first round has not in the second. */
static void begin_all(struct ovf_disturbed *cells)
{
    cells->counts_all = true;
    for (size_t i = 0; i < cells->n_slots; i++)
        cells->slots[i].last = 0;
}

void ovf_disturbed_take_all(struct ovf_disturbed *cells, uint32_t address, struct ovf_bytes runs)
{
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    if (!cells->counts_all)
        begin_all(cells);
    while (cells->n > 0 && ovf_heard_next(&reader, &run)) {
        if (run.is_silent && !run.is_disturbed)
            continue;
        struct ovf_cell_count *slot = slot_of(cells, day_of(cells, run.from_s), run.cell);
        if (slot->traffic.n_disturbed == 0 || slot->last == address + 1)
            continue;
        slot->last = address + 1;
        slot->traffic.n_all++;
    }
}

struct ovf_cell_traffic ovf_disturbed_there(const struct ovf_disturbed *cells, int64_t t_s,
                                            uint32_t cell)
{
    if (cells->n == 0)
        return (struct ovf_cell_traffic){0, 0};
    return slot_of(cells, day_of(cells, t_s), cell)->traffic;
}

static int compare_cells(const void *x, const void *y)
{
    const struct ovf_cell_count *a = x;
    const struct ovf_cell_count *b = y;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->cell > b->cell) - (a->cell < b->cell);
}

void ovf_disturbed_settle(struct ovf_disturbed *cells, const struct ovf_detect_config *config,
                          const struct ovf_cell_count **items, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < cells->n_slots; i++) {
        if (ovf_cell_level(cells->slots[i].traffic, config) != OVF_CELL_LOW)
            cells->slots[(*n)++] = cells->slots[i];
    }
    if (*n > 1)
        qsort(cells->slots, *n, sizeof *cells->slots, compare_cells);
    *items = cells->slots;
}
