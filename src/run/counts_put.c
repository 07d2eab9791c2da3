/* SPDX-License-Identifier: Apache-2.0 */
#include "run/counts_put.h"

#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "report/day.h"

/* ---- through the sorter ---- */

static uint64_t row_of(uint64_t key)
{
    return key / (1U << OVF_TRAFFIC_HOUR_BITS);
}

enum ovf_status ovf_counts_sort(struct ovf_sorter *sorter, const struct ovf_traffic_count *counts,
                                size_t n, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < n && st == OVF_OK; begin = end) {
        for (end = begin; end < n && row_of(counts[end].key) == row_of(counts[begin].key);)
            end++;
        const struct ovf_sort_key key = {.start_ns = (int64_t)row_of(counts[begin].key)};
        const struct ovf_bytes line = {(const unsigned char *)(counts + begin),
                                       (end - begin) * sizeof *counts};
        st = ovf_sorter_add(sorter, key, line, err);
    }
    return st;
}

/* ---- traffic ---- */

struct putting {
    struct ovf_store *store;
    const char *const *ids;
    struct ovf_error *err;
    bool has_row;
    uint64_t row;
    int64_t input_fid;
    struct ovf_traffic_place place; /* of the row */
    uint64_t n_fixes[OVF_TRAFFIC_DAY + 1];
    uint64_t n_aircraft[OVF_TRAFFIC_DAY + 1];
};

static struct ovf_store_int int_if_any(uint64_t n)
{
    return (struct ovf_store_int){n > 0, (int64_t)n};
}

static enum ovf_status put_row(struct putting *p)
{
    const struct ovf_point centre = ovf_count_cell_centre(p->place.cell);
    struct ovf_store_traffic row = {
        .input_fid = {true, p->input_fid},
        .day = {true, p->place.day_ns},
        .cell = {true, p->place.cell},
        .alt_band = ovf_band_name(p->place.band),
        .lat_deg = {true, centre.lat_e7 / 1e7},
        .lon_deg = {true, centre.lon_e7 / 1e7},
        .fixes = int_if_any(p->n_fixes[OVF_TRAFFIC_DAY]),
        .aircraft = int_if_any(p->n_aircraft[OVF_TRAFFIC_DAY]),
    };
    for (unsigned h = 0; h < OVF_STORE_HOURS; h++) {
        row.fixes_of_hour[h] = int_if_any(p->n_fixes[h]);
        row.aircraft_of_hour[h] = int_if_any(p->n_aircraft[h]);
    }
    return ovf_store_put_traffic(p->store, &row, p->err);
}

static bool same_day(const struct ovf_traffic_place *a, const struct ovf_traffic_place *b)
{
    return a->input == b->input && a->day_ns == b->day_ns;
}

/** Puts the row at hand; \p next is where the next one is, NULL: there is none. */
static enum ovf_status end_row(struct putting *p, const struct ovf_traffic_place *next)
{
    const bool ends_day = p->has_row && (next == NULL || !same_day(&p->place, next));
    const bool begins_day = next != NULL && (!p->has_row || ends_day);
    enum ovf_status st = p->has_row ? put_row(p) : OVF_OK;
    if (st == OVF_OK && ends_day)
        st = ovf_store_end_traffic(p->store, p->input_fid, p->place.day_ns, p->err);
    if (st == OVF_OK && begins_day)
        st = ovf_store_find(p->store, OVF_STORE_INPUT, p->ids[next->input], &p->input_fid, p->err);
    if (st == OVF_OK && begins_day)
        st = ovf_store_begin_traffic(p->store, p->input_fid, next->day_ns, p->err);
    return st;
}

static enum ovf_status take_line(void *context, struct ovf_bytes line)
{
    struct putting *p = context;
    struct ovf_traffic_count count;
    memcpy(&count, line.data, sizeof count);
    if (!p->has_row || p->row != row_of(count.key)) {
        const struct ovf_traffic_place place = ovf_traffic_place_of(count.key);
        const enum ovf_status st = end_row(p, &place);
        if (st != OVF_OK)
            return st;
        p->has_row = true;
        p->row = row_of(count.key);
        p->place = place;
        memset(p->n_fixes, 0, sizeof p->n_fixes);
        memset(p->n_aircraft, 0, sizeof p->n_aircraft);
    }
    for (size_t i = 0; i < line.len / sizeof count; i++) {
        memcpy(&count, line.data + i * sizeof count, sizeof count);
        const uint32_t hour = ovf_traffic_place_of(count.key).hour;
        p->n_fixes[hour] += count.n_fixes;
        p->n_aircraft[hour] += count.n_aircraft;
    }
    return OVF_OK;
}

enum ovf_status ovf_counts_put_traffic(struct ovf_sorter *sorter, const char *const *ids,
                                       struct ovf_store *store, struct ovf_error *err)
{
    struct putting p = {.store = store, .ids = ids, .err = err};
    const enum ovf_status st = ovf_sorter_finish(sorter, take_line, &p, err);
    return st == OVF_OK ? end_row(&p, NULL) : st;
}

/* ---- completeness ---- */

static int64_t n_hours(uint32_t hours)
{
    int64_t n = 0;
    for (; hours != 0; hours >>= 1)
        n += hours & 1;
    return n;
}

enum ovf_status ovf_counts_put_day(struct ovf_store *store, const char *input_id,
                                   const struct ovf_completeness_day *day,
                                   const uint64_t *n_not_used, struct ovf_error *err)
{
    char date[OVF_TIME_SIZE];
    struct ovf_buffer text = {0}; /* id, hours, folders: each ended by a NUL */
    ovf_time_format(day->day_ns, 0, date);
    enum ovf_status st = ovf_buffer_printf(&text, "%s %.10s", input_id, date);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "", 1);
    const size_t hours_at = text.len;
    if (st == OVF_OK)
        st = ovf_report_hours(ovf_completeness_silent_hours(day), &text);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "", 1);
    const size_t folders_at = text.len;
    if (st == OVF_OK)
        st = ovf_report_folders_missing(day, &text);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "", 1);
    if (st == OVF_OK) {
        const struct ovf_store_completeness row = {
            .id = (const char *)text.data,
            .input = input_id,
            .day = {true, day->day_ns},
            .kind = ovf_members_kind_name(day->kinds),
            .members = int_if_any(day->n_members),
            .members_not_used = {n_not_used != NULL, n_not_used != NULL ? (int64_t)*n_not_used : 0},
            .fixes = {true, (int64_t)day->n_fixes},
            .aircraft = {true, (int64_t)day->n_aircraft},
            .hours_with_data = {true, n_hours(day->hours)},
            .hours_without_data = (const char *)text.data + hours_at,
            .folders = {day->n_folders > 0, day->n_folders},
            .folders_missing = (const char *)text.data + folders_at,
        };
        st = ovf_store_put_completeness(store, &row, err);
    }
    ovf_buffer_deinit(&text);
    return st;
}
