/* SPDX-License-Identifier: Apache-2.0 */
/* Legs of a track.
 *
 * What is known of a landing differs by input. Traces flag ground reports; tables often have no flag,
 * and then slow and level stands for the ground. Where coverage ends before the runway only a
 * descent, a silence and a climb are left, or a silence that is longer than the way needs.
 * The numbers are those of readsb's rules for legs where it has them; the archive's own hint of a leg is one sign
 * among others, never enough alone.
 */
#include "track/legs.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/local.h"

#define MIN_S 60.0
#define HOUR_S 3600.0
#define MPS_PER_KT (1852.0 / 3600.0)

#define GROUND_GAP_S (25 * MIN_S)
#define TAXI_IN_S (30 * MIN_S)
#define TAXI_OUT_S (60 * MIN_S)
/* A touch-and-go rolls for under a minute; turning round on the runway and taking off again takes a
 * few. Whoever is slow on the ground for five minutes has landed. */
#define STOP_S (5 * MIN_S)
#define STOP_NEW_CALLSIGN_S (1 * MIN_S)
#define STOP_KT 50.0F

#define GAP_NS (5 * OVF_NS_PER_MIN)
#define UNSEEN_STOP_S (12 * MIN_S)
#define UNSEEN_STOP_ONE_SIDE_S (45 * MIN_S)
#define UNSEEN_STOP_BELOW_FT 20000.0
#define UNSEEN_STOP_OTHER_BELOW_FT 30000.0
#define UNSEEN_STOP_RATE_FPM 2500.0 /* up and down, on the average of a flight */
#define UNSEEN_STOP_GROUND_S (5 * MIN_S)

/* What is left of a silence after the direct way, for a landing to be the better explanation. A
 * turn-round takes half an hour at the least; without another callsign only hours say so. */
#define SPARE_CALLSIGN_S (30 * MIN_S)
#define SPARE_HINT_S (1 * HOUR_S)
#define SPARE_UNKNOWN_S (2 * HOUR_S)
#define SPARE_SAME_S (2 * HOUR_S)
/* Longer unheard than airliners fly (the longest scheduled flights last 19 h, most of it heard). */
#define SILENCE_S (16 * HOUR_S)
/* A silence that ends on the ground was the rest of the flight when no more than this is left. */
#define SPARE_LANDED_S (45 * MIN_S)

/* Over half an hour and more nothing is believed to have flown faster, of the weakest source: 750 kt, times 1.4, and 50
 * (track/plausible.c). */
#define FASTEST_MPS (1100 * MPS_PER_KT)

#define CLIMB_WINDOW_S (5 * MIN_S)
#define CLIMB_FT 500.0
#define CLIMB_RATE_FPM 250
#define CALLSIGN_AHEAD_S (10 * MIN_S)

/* Without a ground flag: slow and level is the ground, and it stays so until it is fast or higher.
 * Balloons drift as slowly, but tables of them without a source are rare. */
#define GROUND_KT 30.0F
#define GROUND_RATE_FPM 100
#define GROUND_BELOW_FT 15000.0
#define TAXI_KT 80.0F
#define TAXI_RISE_FT 200.0

/* A parked aircraft whose air/ground switch flickers: no flight. */
#define FLICKER_S 30.0
#define FLICKER_M 1000.0

struct splitter {
    const struct ovf_track *track;
    struct ovf_legs *legs;
    bool *on_ground; /* of each believed fix up to the one at hand */
    bool down;       /* the last one of which nothing is said was on the ground, at */
    double down_ft;
    bool open; /* leg is being built */
    struct ovf_leg leg;
    size_t ground_first;    /* in an open leg, after a landing: where it began */
    bool ground;            /* the believed fix before was on the ground */
    bool slow;              /* ... and slow at some time since ground_first */
    double max_gs_kt;       /* of the open leg */
    size_t spell;           /* of the believed fix before */
    enum ovf_split pending; /* why the last leg ended */
    size_t free_from;       /* fixes before this one belong to earlier legs */
};

void ovf_legs_deinit(struct ovf_legs *legs)
{
    free(legs->items);
    *legs = (struct ovf_legs){0};
}

bool ovf_fix_altitude_ft(const struct ovf_fix *fix, double *altitude_ft)
{
    if ((fix->has & OVF_FIX_ALT_BARO) != 0)
        *altitude_ft = fix->alt_baro_ft;
    else if ((fix->has & OVF_FIX_ALT_GEOM) != 0)
        *altitude_ft = fix->alt_geom_ft;
    else
        return false;
    return true;
}

static bool believed(const struct ovf_fix *fix)
{
    return fix->grade != OVF_GRADE_X;
}

static double seconds_between(const struct ovf_track *track, size_t from, size_t to)
{
    return ovf_time_seconds(track->fixes.items[from].t_ns, track->fixes.items[to].t_ns);
}

/* Higher at \p b than at \p a by more than noise: +1; lower: -1. Same datum only. */
static int compare_height(const struct ovf_fix *a, const struct ovf_fix *b)
{
    const unsigned both = a->has & b->has;
    double rise_ft = 0;
    if ((both & OVF_FIX_ALT_BARO) != 0)
        rise_ft = (double)b->alt_baro_ft - a->alt_baro_ft;
    else if ((both & OVF_FIX_ALT_GEOM) != 0)
        rise_ft = (double)b->alt_geom_ft - a->alt_geom_ft;
    return (rise_ft >= CLIMB_FT) - (rise_ft <= -CLIMB_FT);
}

int ovf_track_climb(const struct ovf_track *track, size_t fix, size_t first, size_t last,
                    bool forward)
{
    const struct ovf_fix *items = track->fixes.items;
    size_t far = fix;
    for (size_t i = fix; i != (forward ? last : first);) {
        i = forward ? i + 1 : i - 1;
        const double dt_s = ovf_time_seconds(items[fix].t_ns, items[i].t_ns);
        if (dt_s > CLIMB_WINDOW_S || dt_s < -CLIMB_WINDOW_S)
            break;
        if (believed(&items[i]))
            far = i;
    }
    const int rise = forward ? compare_height(&items[fix], &items[far])
                             : compare_height(&items[far], &items[fix]);
    if (rise != 0 || (items[fix].has & OVF_FIX_VERT_RATE) == 0)
        return rise;
    const int rate_fpm = items[fix].vert_rate_fpm;
    return (rate_fpm >= CLIMB_RATE_FPM) - (rate_fpm <= -CLIMB_RATE_FPM);
}

static bool is_slow_and_level(const struct ovf_fix *fix, float limit_kt)
{
    double altitude_ft = 0;
    if (fix->source != OVF_SOURCE_UNKNOWN || (fix->has & OVF_FIX_GS) == 0 ||
        fix->gs_kt > limit_kt || !ovf_fix_altitude_ft(fix, &altitude_ft))
        return false;
    const int rate_fpm = (fix->has & OVF_FIX_VERT_RATE) != 0 ? fix->vert_rate_fpm : 0;
    return altitude_ft < GROUND_BELOW_FT && rate_fpm >= -GROUND_RATE_FPM &&
           rate_fpm <= GROUND_RATE_FPM;
}

/* Whether a believed fix is on the ground: by what its member says, or where it says nothing, by speed and by
 * the fix before of which nothing is said. What other days say of the aircraft changes nothing. */
static bool find_ground(struct splitter *s, const struct ovf_fix *fix)
{
    double altitude_ft = 0;
    if ((fix->flags & (OVF_FIX_ON_GROUND | OVF_FIX_IN_AIR)) != 0)
        return (fix->flags & OVF_FIX_ON_GROUND) != 0;
    s->down = is_slow_and_level(fix, s->down ? TAXI_KT : GROUND_KT) &&
              ovf_fix_altitude_ft(fix, &altitude_ft) &&
              (!s->down || altitude_ft < s->down_ft + TAXI_RISE_FT);
    s->down_ft = altitude_ft;
    return s->down;
}

/* Seconds between two fixes that the direct way, at the speed the aircraft is known to fly, leaves
 * over. Negative when it had to fly faster than that. */
static double spare_s(const struct splitter *s, size_t from, size_t to)
{
    const struct ovf_fix *a = &s->track->fixes.items[from];
    const struct ovf_fix *b = &s->track->fixes.items[to];
    double speed_kt = s->open ? s->max_gs_kt : 0;
    if ((a->has & OVF_FIX_GS) != 0 && (double)a->gs_kt > speed_kt)
        speed_kt = (double)a->gs_kt;
    if ((b->has & OVF_FIX_GS) != 0 && (double)b->gs_kt > speed_kt)
        speed_kt = (double)b->gs_kt;
    if (!(speed_kt > 80)) /* not known in flight: an airliner's */
        speed_kt = 400;
    if (speed_kt > 600)
        speed_kt = 600;
    return seconds_between(s->track, from, to) -
           ovf_point_chord_m(a->at, b->at) / (speed_kt * MPS_PER_KT);
}

/* Index of the last believed fix with a callsign at or before \p from, back to \p first; or of the
 * first one within 10 min from \p from on. n when there is none. */
static size_t callsign_before(const struct splitter *s, size_t from, size_t first)
{
    const struct ovf_fix *items = s->track->fixes.items;
    for (size_t i = from + 1; i > first; i--) {
        if (believed(&items[i - 1]) && (items[i - 1].has & OVF_FIX_CALLSIGN) != 0)
            return i - 1;
        if (seconds_between(s->track, i - 1, from) > TAXI_OUT_S)
            break;
    }
    return s->track->fixes.n;
}

static size_t callsign_after(const struct splitter *s, size_t from)
{
    const struct ovf_fix *items = s->track->fixes.items;
    for (size_t i = from; i < s->track->fixes.n; i++) {
        if (seconds_between(s->track, from, i) > CALLSIGN_AHEAD_S)
            break;
        if (believed(&items[i]) && (items[i].has & OVF_FIX_CALLSIGN) != 0)
            return i;
    }
    return s->track->fixes.n;
}

enum callsigns { CALLSIGNS_UNKNOWN, CALLSIGNS_SAME, CALLSIGNS_DIFFER };

static enum callsigns compare_callsigns(const struct splitter *s, size_t before, size_t after)
{
    const struct ovf_fix *items = s->track->fixes.items;
    const size_t a = callsign_before(s, before, s->leg.first);
    const size_t b = callsign_after(s, after);
    if (a == s->track->fixes.n || b == s->track->fixes.n)
        return CALLSIGNS_UNKNOWN;
    return memcmp(items[a].callsign, items[b].callsign, sizeof items[a].callsign) == 0
               ? CALLSIGNS_SAME
               : CALLSIGNS_DIFFER;
}

/* Down, silent, up again: room for a landing between two fixes in the air? */
static bool is_unseen_stop(const struct splitter *s, size_t p, size_t q, double spare)
{
    const struct ovf_track *track = s->track;
    double p_ft = 0;
    double q_ft = 0;
    if (spare < UNSEEN_STOP_S || !ovf_fix_altitude_ft(&track->fixes.items[p], &p_ft) ||
        !ovf_fix_altitude_ft(&track->fixes.items[q], &q_ft))
        return false;
    const double needed_s = (p_ft + q_ft) / UNSEEN_STOP_RATE_FPM * MIN_S + UNSEEN_STOP_GROUND_S;
    if (seconds_between(track, p, q) < needed_s)
        return false;
    const bool down = ovf_track_climb(track, p, s->leg.first, p, false) < 0;
    const bool up = ovf_track_climb(track, q, q, track->fixes.n - 1, true) > 0;
    const double low_ft = p_ft < q_ft ? p_ft : q_ft;
    const double high_ft = p_ft < q_ft ? q_ft : p_ft;
    if (down && up && low_ft < UNSEEN_STOP_BELOW_FT && high_ft < UNSEEN_STOP_OTHER_BELOW_FT)
        return true;
    return spare >= UNSEEN_STOP_ONE_SIDE_S &&
           ((down && p_ft < UNSEEN_STOP_BELOW_FT) || (up && q_ft < UNSEEN_STOP_BELOW_FT));
}

/* Does the silence between two consecutive believed fixes in the air part two legs? */
static enum ovf_split judge_gap(const struct splitter *s, size_t p, size_t q)
{
    const struct ovf_fix *items = s->track->fixes.items;
    if ((uint64_t)items[q].t_ns - (uint64_t)items[p].t_ns <= GAP_NS) /* nearly always */
        return OVF_SPLIT_NONE;
    if (seconds_between(s->track, p, q) > SILENCE_S)
        return OVF_SPLIT_SILENCE;
    const double spare = spare_s(s, p, q);
    if (is_unseen_stop(s, p, q, spare))
        return OVF_SPLIT_UNSEEN_STOP;
    const enum callsigns callsigns = compare_callsigns(s, p, q);
    if (callsigns == CALLSIGNS_DIFFER && spare > SPARE_CALLSIGN_S)
        return OVF_SPLIT_CALLSIGN;
    const bool hint = (items[q].flags & OVF_FIX_LEG_HINT) != 0;
    if ((hint && spare > SPARE_HINT_S) ||
        (callsigns == CALLSIGNS_UNKNOWN && spare > SPARE_UNKNOWN_S) || spare > SPARE_SAME_S)
        return OVF_SPLIT_SILENCE;
    return OVF_SPLIT_NONE;
}

enum { N_NAMES = 8 };

/* Where \p name stands in the \p n \p names, put behind them when it is new; N_NAMES: they are full. */
static size_t find_name(char names[N_NAMES][8], size_t *n, const char name[8])
{
    size_t k = 0;
    while (k < *n && memcmp(names[k], name, sizeof names[0]) != 0)
        k++;
    if (k == *n && k < N_NAMES)
        memcpy(names[(*n)++], name, sizeof names[0]);
    return k;
}

static bool is_named_alike(const struct ovf_fix *a, const struct ovf_fix *b)
{
    return a->grade == b->grade && ((a->has ^ b->has) & OVF_FIX_CALLSIGN) == 0 &&
           memcmp(a->callsign, b->callsign, sizeof a->callsign) == 0;
}

/* How often each callsign stands in the leg; eight different ones are enough to find the usual. */
static void name_leg(const struct ovf_track *track, struct ovf_leg *leg)
{
    char names[N_NAMES][8];
    size_t counts[N_NAMES] = {0};
    size_t n = 0;
    size_t k = N_NAMES; /* of the fix before, if it is one of them */
    const char *current = NULL;
    size_t best = 0;
    for (size_t i = leg->first, end; i <= leg->last; i = end) {
        const struct ovf_fix *fix = &track->fixes.items[i];
        end = i + 1;
        while (end <= leg->last && is_named_alike(fix, &track->fixes.items[end]))
            end++;
        if (!believed(fix))
            continue;
        leg->n_believed += end - i;
        leg->n_weak += fix->grade == OVF_GRADE_C || fix->grade == OVF_GRADE_D ? end - i : 0;
        if ((fix->has & OVF_FIX_CALLSIGN) == 0)
            continue;
        if (current == NULL || memcmp(current, fix->callsign, sizeof names[0]) != 0) {
            leg->n_callsigns++;
            k = find_name(names, &n, fix->callsign);
        }
        current = fix->callsign;
        if (k < N_NAMES)
            counts[k] += end - i;
    }
    for (k = 1; k < n; k++)
        if (counts[k] > counts[best])
            best = k;
    if (n > 0)
        memcpy(leg->callsign, names[best], sizeof leg->callsign);
}

static bool is_flicker(const struct ovf_track *track, const struct ovf_leg *leg)
{
    if (!leg->starts_on_ground || !leg->ends_on_ground ||
        seconds_between(track, leg->first_airborne, leg->last_airborne) > FLICKER_S)
        return false;
    const struct ovf_fix *items = track->fixes.items;
    const struct ovf_unit home = ovf_unit_from_point(items[leg->first].at);
    for (size_t i = leg->first_airborne; i <= leg->last_airborne; i++) {
        if (!believed(&items[i]))
            continue;
        if ((items[i].has & OVF_FIX_GS) != 0 && items[i].gs_kt > STOP_KT)
            return false;
        if (ovf_chord_m(home, ovf_unit_from_point(items[i].at)) > FLICKER_M)
            return false;
    }
    return true;
}

/* The open leg ends with fix \p last. */
static enum ovf_status close_leg(struct splitter *s, size_t last, enum ovf_split why)
{
    struct ovf_leg leg = s->leg;
    leg.last = last;
    leg.ends_on_ground = leg.last > leg.last_airborne;
    s->open = false;
    if (is_flicker(s->track, &leg))
        return OVF_OK;
    name_leg(s->track, &leg);
    struct ovf_leg *grown =
        ovf_array_reserve(s->legs->items, &s->legs->capacity, s->legs->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    s->legs->items = grown;
    s->legs->items[s->legs->n++] = leg;
    s->pending = why;
    s->free_from = last + 1;
    return OVF_OK;
}

/* The earliest ground fix from which the aircraft that is in the air at \p q taxied out; q if none. */
static size_t find_taxi(const struct splitter *s, size_t q)
{
    const struct ovf_fix *items = s->track->fixes.items;
    size_t first = q;
    for (size_t i = q; i > s->free_from; i--) {
        const struct ovf_fix *fix = &items[i - 1];
        if (!believed(fix))
            continue;
        const double gap_s = seconds_between(s->track, i - 1, first);
        if (!s->on_ground[i - 1])
            break;
        if (gap_s > GROUND_GAP_S && (first != q || spare_s(s, i - 1, q) > GROUND_GAP_S))
            break;
        if (first != q && seconds_between(s->track, i - 1, q) > TAXI_OUT_S)
            break;
        first = i - 1;
    }
    return first;
}

static void open_leg(struct splitter *s, size_t q)
{
    const size_t first = find_taxi(s, q);
    s->open = true;
    s->max_gs_kt = 0;
    s->leg = (struct ovf_leg){.first = first,
                              .last = q,
                              .first_airborne = q,
                              .last_airborne = q,
                              .starts_on_ground =
                                  first<q, .split = s->legs->n> 0 ? s->pending : OVF_SPLIT_NONE};
}

/* It stood between ground_first and the take-off \p q: the last fix of the leg that landed. The cut
 * is the longest silence, so that each leg keeps what was heard near it; where nothing was silent,
 * the middle of the stay. */
static size_t find_cut(const struct splitter *s, size_t q)
{
    size_t before = s->ground_first;
    size_t cut = before;
    size_t middle = before;
    double longest_s = MIN_S;
    const double half_s = seconds_between(s->track, before, q) / 2;
    for (size_t i = s->ground_first + 1; i <= q; i++) {
        if (!believed(&s->track->fixes.items[i]))
            continue;
        const double gap_s = seconds_between(s->track, before, i);
        if (gap_s > longest_s) {
            longest_s = gap_s;
            cut = before;
        }
        if (i < q && seconds_between(s->track, s->ground_first, i) <= half_s)
            middle = i;
        before = i;
    }
    return longest_s > MIN_S ? cut : middle;
}

static enum ovf_status take_ground(struct splitter *s, size_t p, size_t q)
{
    const struct ovf_fix *fix = &s->track->fixes.items[q];
    if (s->open && !s->ground && spare_s(s, p, q) > SPARE_LANDED_S)
        return close_leg(s, p, OVF_SPLIT_SILENCE);
    if (s->open && s->ground && seconds_between(s->track, p, q) > GROUND_GAP_S)
        return close_leg(s, p, OVF_SPLIT_GROUND_GAP);
    if (s->open && s->ground && seconds_between(s->track, s->leg.last_airborne, q) > TAXI_IN_S)
        return close_leg(s, p, OVF_SPLIT_STOP);
    if (!s->open)
        return OVF_OK;
    if (!s->ground) {
        s->ground_first = q;
        s->slow = false;
    }
    if ((fix->has & OVF_FIX_GS) == 0 || fix->gs_kt < STOP_KT)
        s->slow = true;
    return OVF_OK;
}

/* In the air again after ground fixes \p ground_first to \p p. */
static enum ovf_split judge_stay(const struct splitter *s, size_t p, size_t q)
{
    const double stay_s = seconds_between(s->track, s->ground_first, q);
    if (seconds_between(s->track, p, q) > GROUND_GAP_S)
        return OVF_SPLIT_GROUND_GAP;
    if (!s->slow || stay_s < STOP_NEW_CALLSIGN_S)
        return OVF_SPLIT_NONE;
    if (stay_s >= STOP_S || compare_callsigns(s, p, q) == CALLSIGNS_DIFFER)
        return OVF_SPLIT_STOP;
    return OVF_SPLIT_NONE;
}

/** The open leg goes on in the air. */
static void note_flying(struct splitter *s, size_t q)
{
    const struct ovf_fix *fix = &s->track->fixes.items[q];
    s->leg.last_airborne = q;
    if ((fix->has & OVF_FIX_GS) != 0 && (double)fix->gs_kt > s->max_gs_kt)
        s->max_gs_kt = (double)fix->gs_kt;
}

static enum ovf_status take_airborne(struct splitter *s, size_t p, size_t q)
{
    if (s->open) {
        const enum ovf_split why = s->ground ? judge_stay(s, p, q) : judge_gap(s, p, q);
        if (why != OVF_SPLIT_NONE) {
            size_t cut = s->ground ? find_cut(s, q) : p;
            /* Only one silence, before the take-off: the last ground fix is where it left from. */
            if (s->ground && cut == p && p > s->ground_first && spare_s(s, p, q) <= GROUND_GAP_S)
                cut = p - 1;
            while (!believed(&s->track->fixes.items[cut]))
                cut--;
            const enum ovf_status st = close_leg(s, cut, why);
            if (st != OVF_OK)
                return st;
        }
    }
    if (!s->open)
        open_leg(s, q);
    note_flying(s, q);
    return OVF_OK;
}

/** Whether no leg goes on from \p p to \p q, the fix after it that is believed, in \p spell: behind a silence may be
 * another aircraft. Surely where none flies there in that time; where the address has two nobody knows. */
static bool is_parted(const struct splitter *s, size_t p, size_t q, size_t spell)
{
    const struct ovf_fix *items = s->track->fixes.items;
    return spell > s->spell && (ovf_spells_are_shared(&s->track->spells, s->spell, spell) ||
                                ovf_point_chord_m(items[p].at, items[q].at) >
                                    FASTEST_MPS * seconds_between(s->track, p, q));
}

static enum ovf_status part(struct splitter *s, size_t p, size_t q)
{
    const enum ovf_status st = s->open ? close_leg(s, p, OVF_SPLIT_SILENCE) : OVF_OK;
    s->ground = false;
    s->free_from = q;
    return st;
}

/** The spell of fix \p q, which is not before that of the fix before. */
static size_t spell_of(const struct splitter *s, size_t q)
{
    const struct ovf_spells *spells = &s->track->spells;
    size_t spell = s->spell;
    while (spell + 1 < spells->n &&
           spells->items[spell + 1].from_ns <= s->track->fixes.items[q].t_ns)
        spell++;
    return spell;
}

/** Whether find_ground says no, whatever the fix before, and notes nothing but that it is not down. */
static bool is_flying(const struct ovf_fix *fix)
{
    const unsigned said = fix->flags & (OVF_FIX_ON_GROUND | OVF_FIX_IN_AIR);
    return said == OVF_FIX_IN_AIR || (said == 0 && fix->source != OVF_SOURCE_UNKNOWN);
}

/** The last fix that is reached from \p q, in an open leg, by flight alone: what the loop of the track would find as
 * well, only sooner. */
static size_t pass_flying(struct splitter *s, size_t q)
{
    const struct ovf_fix *items = s->track->fixes.items;
    const struct ovf_spells *spells = &s->track->spells;
    const bool is_last = s->spell + 1 >= spells->n;
    const int64_t last_ns = is_last ? INT64_MAX : spells->items[s->spell + 1].from_ns - 1;
    for (size_t i = q + 1; i < s->track->fixes.n && !s->down; i++) {
        if (!believed(&items[i]) || !is_flying(&items[i]) || items[i].t_ns > last_ns ||
            (uint64_t)items[i].t_ns - (uint64_t)items[q].t_ns > GAP_NS)
            break;
        note_flying(s, i);
        q = i;
    }
    return q;
}

static enum ovf_status walk(struct splitter *s)
{
    const struct ovf_fixes *fixes = &s->track->fixes;
    bool any = false;
    size_t p = 0;
    for (size_t q = 0; q < fixes->n; q++) {
        if (!believed(&fixes->items[q]))
            continue;
        if (!any)
            p = q;
        s->on_ground[q] = find_ground(s, &fixes->items[q]);
        const size_t spell = spell_of(s, q);
        enum ovf_status st = is_parted(s, p, q, spell) ? part(s, p, q) : OVF_OK;
        if (st == OVF_OK)
            st = s->on_ground[q] ? take_ground(s, p, q) : take_airborne(s, p, q);
        if (st != OVF_OK)
            return st;
        s->ground = s->on_ground[q];
        s->spell = spell;
        if (!s->ground)
            q = pass_flying(s, q);
        p = q;
        any = true;
    }
    return s->open ? close_leg(s, p, OVF_SPLIT_NONE) : OVF_OK;
}

enum ovf_status ovf_legs_split(const struct ovf_track *track, struct ovf_legs *legs)
{
    struct ovf_legs found = {0};
    enum ovf_status st = OVF_E_NOMEM;
    bool *on_ground = calloc(track->fixes.n + 1, sizeof *on_ground);
    if (on_ground == NULL)
        goto out;
    struct splitter s = {.track = track, .legs = &found, .on_ground = on_ground};
    st = walk(&s);
    if (st != OVF_OK)
        goto out;
    ovf_legs_deinit(legs);
    *legs = found;
    found = (struct ovf_legs){0}; /* now the caller's */
out:
    ovf_legs_deinit(&found);
    free(on_ground);
    return st;
}
