/* SPDX-License-Identifier: Apache-2.0 */
/* Merging the reports of one aircraft from several members. */
#include "track/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"

/* An aircraft sends an airborne position every 0.4 to 0.6 s (DO-260B 2.2.3.3.2), so two different
 * reports are never this near in time; archives write times to 10 ms and round them. */
#define SAME_REPORT_NS (50 * OVF_NS_PER_MS)

/* 50 ms of flight at 600 kt are 15 m; CPR rounds to 5 m; a table with four decimals of a degree
 * rounds to 8 m in each axis, and two such roundings may add up. */
#define SAME_REPORT_M 50.0

/* How many fixes before are looked at. Only a member with more rows than this in 50 ms could hide
 * a twin from us; it then counts twice, which grading sees. */
#define LOOK_BACK 16

void ovf_track_deinit(struct ovf_track *track)
{
    ovf_fixes_deinit(&track->fixes);
    ovf_fixes_deinit(&track->hearings);
    free(track->aliases);
    ovf_spells_deinit(&track->spells);
    ovf_detections_deinit(&track->detections);
    *track = (struct ovf_track){0};
}

/* A member's row that says what an earlier one of it said; an altitude that only one of the two has
 * (it may come from a twin) is no difference. */
static bool same_statement(const struct ovf_fix *a, const struct ovf_fix *b)
{
    const unsigned both = a->has & b->has;
    return a->t_ns == b->t_ns && ovf_point_equal(a->at, b->at) &&
           ((both & OVF_FIX_ALT_BARO) == 0 || a->alt_baro_ft == b->alt_baro_ft) &&
           ((both & OVF_FIX_ALT_GEOM) == 0 || a->alt_geom_ft == b->alt_geom_ft);
}

static bool same_report(const struct ovf_fix *a, const struct ovf_fix *b)
{
    return a->t_ns >= b->t_ns - SAME_REPORT_NS &&
           (ovf_point_chord_bound_m(a->at, b->at) <= SAME_REPORT_M ||
            ovf_point_chord_m(a->at, b->at) <= SAME_REPORT_M);
}

/* What only the twin states. Both are one report, so nothing is invented. */
static void take_motion(struct ovf_fix *fix, const struct ovf_fix *twin, unsigned absent)
{
    if ((absent & OVF_FIX_ALT_BARO) != 0)
        fix->alt_baro_ft = twin->alt_baro_ft;
    if ((absent & OVF_FIX_ALT_GEOM) != 0)
        fix->alt_geom_ft = twin->alt_geom_ft;
    if ((absent & OVF_FIX_GS) != 0)
        fix->gs_kt = twin->gs_kt;
    if ((absent & OVF_FIX_TRACK) != 0)
        fix->track_deg = twin->track_deg;
    if ((absent & OVF_FIX_HEADING) != 0)
        fix->heading_deg = twin->heading_deg;
    if ((absent & OVF_FIX_ROLL) != 0)
        fix->roll_cdeg = twin->roll_cdeg;
    if ((absent & OVF_FIX_VERT_RATE) != 0) {
        fix->vert_rate_fpm = twin->vert_rate_fpm;
        fix->flags |= twin->flags & OVF_FIX_GEOM_RATE;
    }
}

static void take_quality(struct ovf_fix *fix, const struct ovf_fix *twin, unsigned absent)
{
    if ((absent & OVF_FIX_CALLSIGN) != 0)
        memcpy(fix->callsign, twin->callsign, sizeof fix->callsign);
    if ((absent & OVF_FIX_SQUAWK) != 0)
        fix->squawk = twin->squawk;
    if ((absent & OVF_FIX_NIC) != 0)
        fix->nic = twin->nic;
    if ((absent & OVF_FIX_RC) != 0)
        fix->rc_m = twin->rc_m;
    if ((absent & OVF_FIX_NAC_P) != 0)
        fix->nac_p = twin->nac_p;
    if ((absent & OVF_FIX_NAC_V) != 0)
        ovf_fix_set_nac_v(fix, ovf_fix_nac_v(twin));
    if ((absent & OVF_FIX_SIL) != 0) {
        fix->sil = twin->sil;
        fix->sil_type = twin->sil_type;
    } else if (fix->sil_type == OVF_SIL_UNKNOWN && fix->sil == twin->sil) {
        fix->sil_type = twin->sil_type;
    }
    if ((absent & OVF_FIX_VERSION) != 0)
        fix->version = twin->version;
    if ((absent & OVF_FIX_ACCURACY) != 0)
        fix->accuracy_m = twin->accuracy_m;
}

static void take_absent(struct ovf_fix *fix, const struct ovf_fix *twin)
{
    const unsigned absent = twin->has & ~(unsigned)fix->has;
    take_motion(fix, twin, absent);
    take_quality(fix, twin, absent);
    fix->has |= twin->has;
    fix->flags |=
        twin->flags & (OVF_FIX_ON_GROUND | OVF_FIX_LEG_HINT | OVF_FIX_HEARD_SINCE | OVF_FIX_IN_AIR);
    if (fix->receiver == twin->receiver)
        fix->flags |= twin->flags & OVF_FIX_DIRECT;
    if ((fix->flags & OVF_FIX_HEARD_SINCE) != 0) /* silent for one archive, heard by another */
        fix->flags &= (uint16_t)~OVF_FIX_AFTER_SILENCE;
    if (fix->source == OVF_SOURCE_UNKNOWN)
        fix->source = twin->source;
}

static bool alias_of_item(const struct ovf_track *track, uint32_t fix, uint32_t item)
{
    for (size_t i = track->n_aliases; i > 0; i--) {
        const struct ovf_track_alias *alias = &track->aliases[i - 1];
        if (alias->fix == fix && alias->record.item == item)
            return true;
        if (alias->fix + LOOK_BACK < fix) /* aliases come nearly in order of their fixes */
            return false;
    }
    return false;
}

static enum ovf_status push_alias(struct ovf_track *track, uint32_t fix, const struct ovf_fix *twin)
{
    struct ovf_track_alias *grown = ovf_array_reserve(track->aliases, &track->aliases_capacity,
                                                      track->n_aliases + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    track->aliases = grown;
    track->aliases[track->n_aliases++] =
        (struct ovf_track_alias){fix, twin->record, twin->receiver};
    return OVF_OK;
}

/** Of one member and the same: who else heard it. */
static void repeat(struct ovf_track *track, struct ovf_fix *kept, const struct ovf_fix *fix)
{
    track->n_repeated++;
    if ((kept->flags & OVF_FIX_DIRECT) != 0 || (fix->flags & OVF_FIX_DIRECT) == 0)
        return;
    kept->flags |= OVF_FIX_DIRECT;
    kept->receiver = fix->receiver;
    kept->record = fix->record;
}

/* Put the next fix in order behind the n that are kept, or beside the one that it repeats. */
static enum ovf_status place(struct ovf_track *track, size_t *n, const struct ovf_fix *fix)
{
    const size_t first = *n > LOOK_BACK ? *n - LOOK_BACK : 0;
    for (size_t i = *n; i > first; i--) {
        struct ovf_fix *kept = &track->fixes.items[i - 1];
        if (kept->t_ns < fix->t_ns - SAME_REPORT_NS)
            break;
        if (kept->record.item == fix->record.item) {
            if (!same_statement(kept, fix))
                continue;
            repeat(track, kept, fix);
            return OVF_OK;
        }
        if (!same_report(kept, fix))
            continue;
        if (alias_of_item(track, (uint32_t)(i - 1), fix->record.item)) {
            track->n_repeated++;
            return OVF_OK;
        }
        take_absent(kept, fix);
        return push_alias(track, (uint32_t)(i - 1), fix);
    }
    track->fixes.items[(*n)++] = *fix;
    return OVF_OK;
}

static int alias_compare(const void *a, const void *b)
{
    const struct ovf_track_alias *x = a;
    const struct ovf_track_alias *y = b;
    if (x->fix != y->fix)
        return x->fix < y->fix ? -1 : 1;
    if (x->record.item != y->record.item)
        return x->record.item < y->record.item ? -1 : 1;
    return (x->record.row > y->record.row) - (x->record.row < y->record.row);
}

static enum ovf_status gather(const struct ovf_fixes *parts, size_t n_parts, struct ovf_fixes *all)
{
    uint64_t n_wanted = 0;
    for (size_t i = 0; i < n_parts; i++)
        n_wanted += parts[i].n;
    if (n_wanted >= UINT32_MAX)
        return OVF_E_LIMIT;
    all->items = ovf_array_reserve(NULL, &all->capacity, (size_t)n_wanted, sizeof *all->items);
    if (all->items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n_parts; i++) {
        if (parts[i].n > 0)
            memcpy(all->items + all->n, parts[i].items, parts[i].n * sizeof *all->items);
        all->n += parts[i].n;
    }
    return OVF_OK;
}

/** How many of the first fixes, nearly always all, are no hearings, in order, and too far apart to be each other's
 * twins. */
static size_t count_settled(const struct ovf_fixes *fixes)
{
    const struct ovf_fix *const items = fixes->items;
    size_t n = fixes->n > 0 && !ovf_fix_is_hearing(&items[0]) ? 1 : 0;
    while (n > 0 && n < fixes->n && !ovf_fix_is_hearing(&items[n]) &&
           items[n - 1].t_ns < items[n].t_ns - SAME_REPORT_NS)
        n++;
    return n;
}

/** Hearings leave the fixes for an array of their own. */
static enum ovf_status part_hearings(struct ovf_track *merged)
{
    struct ovf_fix *const items = merged->fixes.items;
    size_t n = 0;
    for (size_t i = 0; i < merged->fixes.n; i++) {
        const struct ovf_fix fix = items[i];
        if (!ovf_fix_is_hearing(&fix)) {
            items[n++] = fix;
            continue;
        }
        const enum ovf_status st = ovf_fixes_push(&merged->hearings, &fix);
        if (st != OVF_OK)
            return st;
    }
    merged->fixes.n = n;
    ovf_fixes_sort(&merged->hearings);
    return OVF_OK;
}

/** Put the fixes of \p merged in order, each report once. */
static enum ovf_status settle(struct ovf_track *merged)
{
    const struct ovf_fix *const items = merged->fixes.items;
    size_t n = count_settled(&merged->fixes);
    if (n == merged->fixes.n)
        return OVF_OK;
    const enum ovf_status parted = part_hearings(merged);
    if (parted != OVF_OK)
        return parted;
    ovf_fixes_sort(&merged->fixes);
    n = count_settled(&merged->fixes);
    for (size_t i = n; i < merged->fixes.n; i++) {
        /* It stands where it belongs, and nothing before it is near enough to be its twin. */
        if (n == i && items[n - 1].t_ns < items[i].t_ns - SAME_REPORT_NS) {
            n++;
            continue;
        }
        const struct ovf_fix fix = items[i]; /* its place may be written to */
        const enum ovf_status st = place(merged, &n, &fix);
        if (st != OVF_OK)
            return st;
    }
    merged->fixes.n = n;
    if (merged->n_aliases > 1)
        qsort(merged->aliases, merged->n_aliases, sizeof *merged->aliases, alias_compare);
    return OVF_OK;
}

enum ovf_status ovf_track_merge(uint32_t address, const struct ovf_fixes *parts, size_t n_parts,
                                struct ovf_track *track)
{
    struct ovf_track merged = {.address = address};
    enum ovf_status st = gather(parts, n_parts, &merged.fixes);
    if (st == OVF_OK)
        st = settle(&merged);
    if (st != OVF_OK) {
        ovf_track_deinit(&merged);
        return st;
    }
    ovf_track_deinit(track);
    *track = merged;
    return OVF_OK;
}

enum ovf_status ovf_track_take(uint32_t address, struct ovf_fixes *part, struct ovf_track *track)
{
    const struct ovf_fixes room = {.items = track->fixes.items, .capacity = track->fixes.capacity};
    struct ovf_track taken = {.address = address, .fixes = *part};
    const enum ovf_status st = part->n < UINT32_MAX ? settle(&taken) : OVF_E_LIMIT;
    *part = (struct ovf_fixes){0};
    if (st != OVF_OK) {
        ovf_track_deinit(&taken);
        return st;
    }
    track->fixes = (struct ovf_fixes){0};
    ovf_track_deinit(track);
    *part = room;
    *track = taken;
    return OVF_OK;
}

const struct ovf_track_alias *ovf_track_aliases_of(const struct ovf_track *track, size_t fix,
                                                   size_t *n)
{
    size_t low = 0;
    size_t high = track->n_aliases;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (track->aliases[middle].fix < fix)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < track->n_aliases && track->aliases[end].fix == fix)
        end++;
    *n = end - low;
    return *n == 0 ? NULL : &track->aliases[low];
}

/** The first hearing that is not before \p t_ns. */
static size_t hearing_from(const struct ovf_fixes *hearings, int64_t t_ns)
{
    size_t low = 0;
    size_t high = hearings->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (hearings->items[middle].t_ns < t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t ovf_track_hearings_between(const struct ovf_track *track, int64_t from_ns, int64_t to_ns,
                                  size_t *first)
{
    *first = hearing_from(&track->hearings, from_ns);
    return to_ns < from_ns ? 0 : hearing_from(&track->hearings, to_ns + 1) - *first;
}
