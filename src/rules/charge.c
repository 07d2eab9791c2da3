/* SPDX-License-Identifier: Apache-2.0 */
/* A formula is found for each crossing; then the stays of a flight under one formula are looked at
 * together, for what re-entering costs is the formula's to say. */
#include "rules/charge.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "geo/geodesic.h"
#include "rules/aircraft_group.h"
#include "rules/matter.h"

/* Products of three decimals come out up to four roundings of 1.1e-16 off: what is half a unit in decimals
 * is to be rounded up all the same. */
static const double rounding_slack = 1e-15;

enum { N_STEPS = 64 }; /* on the way that an end may lie on */

#define UNKNOWN                                                                                    \
    {                                                                                              \
        (double)NAN, (double)NAN                                                                   \
    }
static const struct ovf_charge unreckoned = {.distance_km = UNKNOWN,
                                             .distance_factor = UNKNOWN,
                                             .mtow_t = UNKNOWN,
                                             .weight_factor = UNKNOWN,
                                             .amount = UNKNOWN};

const char *ovf_charge_outcome_name(enum ovf_charge_outcome outcome)
{
    static const char *const names[OVF_CHARGE_OUTCOME_N] = {
        [OVF_CHARGE_ESTIMATED] = "estimated",       [OVF_CHARGE_EXEMPT] = "exempt",
        [OVF_CHARGE_INCLUDED] = "included",         [OVF_CHARGE_NO_TIME] = "no_time",
        [OVF_CHARGE_NO_PLACE] = "no_place",         [OVF_CHARGE_NO_MASS] = "no_mass",
        [OVF_CHARGE_NO_FORMULA] = "no_formula",     [OVF_CHARGE_OTHER_EDITION] = "other_edition",
        [OVF_CHARGE_NOT_BY_STATE] = "not_by_state", [OVF_CHARGE_NOT_ENTERED] = "not_entered",
    };
    assert((unsigned)outcome < OVF_CHARGE_OUTCOME_N);
    return names[outcome];
}

const char *ovf_charge_outcome_words(enum ovf_charge_outcome outcome)
{
    static const char *const words[OVF_CHARGE_OUTCOME_N] = {
        [OVF_CHARGE_ESTIMATED] = "an estimate, no invoice",
        [OVF_CHARGE_EXEMPT] = "exempt by the formula",
        [OVF_CHARGE_INCLUDED] = "in the estimate of an earlier stay of the same flight",
        [OVF_CHARGE_NO_TIME] = "the time of entry is not known well enough for one formula",
        [OVF_CHARGE_NO_PLACE] = "where it entered or left is not known",
        [OVF_CHARGE_NO_MASS] = "its maximum take-off mass is not known",
        [OVF_CHARGE_NO_FORMULA] = "no formula is about this airspace and day",
        [OVF_CHARGE_OTHER_EDITION] = "the formula is about another edition of this airspace",
        [OVF_CHARGE_NOT_BY_STATE] = "a state's airspace: charges are owed by region or zone",
        [OVF_CHARGE_NOT_ENTERED] = "it was not entered, or not for certain",
    };
    assert((unsigned)outcome < OVF_CHARGE_OUTCOME_N);
    return words[outcome];
}

struct ovf_charge_input ovf_charge_input_of(const struct ovf_subject *subject)
{
    const struct ovf_charge_place entry = {subject->entry_lat_deg, subject->entry_lon_deg};
    const struct ovf_charge_place exit = {subject->exit_lat_deg, subject->exit_lon_deg};
    return (struct ovf_charge_input){.subject = subject,
                                     .entered = ovf_subject_stay_entered(subject),
                                     .entry = {{entry, entry}},
                                     .exit = {{exit, exit}}};
}

/* ---- which formula ---- */

/** "ORBB" is also ORBBFIR and ORBBUIR, as maps call them; a zone's code is "zone:" and its name. */
static bool is_about(const struct ovf_formula *f, const struct ovf_subject *subject)
{
    const bool is_fir = f->airspace == OVF_FORMULA_FIR;
    const char *airspace = subject->airspace;
    if (strcmp(subject->kind, is_fir ? "fir" : "zone") != 0)
        return false;
    if (!is_fir && strncmp(airspace, "zone:", 5) == 0)
        airspace += 5;
    for (size_t i = 0; i < f->codes.n; i++) {
        const char *const code = ((const char *const *)f->codes.items)[i];
        const size_t len = strlen(code);
        if (strncmp(airspace, code, len) == 0 &&
            (airspace[len] == '\0' || (is_fir && (strcmp(airspace + len, "FIR") == 0 ||
                                                  strcmp(airspace + len, "UIR") == 0))))
            return true;
    }
    return false;
}

/** An edition NAME@HASH is called by its name, or by both with as much of the hash as one likes. */
static bool is_edition(const struct ovf_formula *f, const struct ovf_subject *subject)
{
    if (f->edition == NULL)
        return true;
    const size_t len = strlen(f->edition);
    if (strncmp(subject->edition, f->edition, len) != 0)
        return false;
    return subject->edition[len] == '\0' || subject->edition[len] == '@' ||
           strchr(f->edition, '@') != NULL;
}

static bool has_role(const struct ovf_formula *f, enum ovf_role role)
{
    const int64_t *const roles = f->roles.items;
    bool found = f->roles.n == 0;
    for (size_t i = 0; i < f->roles.n && !found; i++)
        found = roles[i] == (int64_t)role;
    return found;
}

/** Whether the formula is about such a crossing, whenever it was. */
static bool is_of_kind(const struct ovf_formula *f, const struct ovf_subject *s)
{
    return is_about(f, s) && has_role(f, s->role) &&
           (f->types.n == 0 || ovf_names_have(ovf_names_of(&f->types), s->aircraft.type_code));
}

/** The formula that applies, and the outcome while nothing is reckoned yet. */
static void find_formula(const struct ovf_formulas *formulas, const struct ovf_charge_input *input,
                         struct ovf_charge *out)
{
    const struct ovf_formula *const items = formulas->items.items;
    const struct ovf_subject *const s = input->subject;
    out->outcome = OVF_CHARGE_NO_FORMULA;
    if (strcmp(s->kind, "country") == 0)
        out->outcome = OVF_CHARGE_NOT_BY_STATE;
    if (s->role == OVF_ROLE_NONE || !ovf_subject_is_sure(s))
        out->outcome = OVF_CHARGE_NOT_ENTERED;
    for (size_t i = 0; i < formulas->items.n && (out->outcome == OVF_CHARGE_NO_FORMULA ||
                                                 out->outcome == OVF_CHARGE_OTHER_EDITION);
         i++) {
        const struct ovf_formula *const f = &items[i];
        const enum ovf_holds holds = ovf_holds_at(f->from_ns, f->to_ns, input->entered);
        if (!is_of_kind(f, s) || holds == OVF_HOLDS_NOT)
            continue;
        if (!is_edition(f, s)) {
            out->outcome = OVF_CHARGE_OTHER_EDITION;
            continue;
        }
        out->outcome = holds == OVF_HOLDS ? OVF_CHARGE_ESTIMATED : OVF_CHARGE_NO_TIME;
        out->formula = f;
    }
}

/* ---- exemptions ---- */

static bool is_circular(const struct ovf_subject *s)
{
    return s->from.airport[0] != '\0' && strcmp(s->from.airport, s->to.airport) == 0;
}

static bool is_meant(const struct ovf_formula_exemption *e, const struct ovf_charge_input *input)
{
    const struct ovf_aircraft_group group = {ovf_names_of(&e->registrations),
                                             ovf_names_of(&e->callsigns),
                                             ovf_names_of(&e->operators), ovf_names_of(&e->types)};
    const bool has_names =
        group.registrations.n + group.callsigns.n + group.operators.n + group.types.n > 0;
    return (!e->state_aircraft || input->is_state_aircraft) &&
           (!e->circular || is_circular(input->subject)) &&
           (!has_names || ovf_aircraft_group_has(&group, &input->subject->aircraft)) &&
           ovf_holds_at(e->from_ns, e->to_ns, input->entered) == OVF_HOLDS;
}

static enum ovf_holds holds_of_mass(const struct ovf_formula_exemption *e,
                                    const struct ovf_mass *mass)
{
    if (isinf(e->mtow_below_t))
        return OVF_HOLDS;
    if (!mass->is_known)
        return OVF_HOLDS_PERHAPS;
    if (mass->min_kg >= e->mtow_below_t * 1000.0)
        return OVF_HOLDS_NOT;
    return mass->max_kg < e->mtow_below_t * 1000.0 ? OVF_HOLDS : OVF_HOLDS_PERHAPS;
}

/** Sets the outcome, or only the exemption where it may hold. */
static void exempt(const struct ovf_charge_input *input, struct ovf_charge *charge)
{
    const struct ovf_formula_exemption *const items = charge->formula->exemptions.items;
    for (size_t i = 0; i < charge->formula->exemptions.n; i++) {
        const enum ovf_holds holds = holds_of_mass(&items[i], &input->mass);
        if (holds == OVF_HOLDS_NOT || !is_meant(&items[i], input))
            continue;
        charge->exemption = &items[i];
        if (holds == OVF_HOLDS) {
            charge->outcome = OVF_CHARGE_EXEMPT;
            return;
        }
    }
}

/* ---- distances ---- */

static bool is_known(const struct ovf_charge_end *end)
{
    for (size_t i = 0; i < 2; i++) {
        if (isnan(end->places[i].lat_deg) || isnan(end->places[i].lon_deg))
            return false;
    }
    return true;
}

static double length_m(struct ovf_charge_place a, struct ovf_charge_place b)
{
    return ovf_geodesic_length_m(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg);
}

static struct ovf_point point_at(struct ovf_charge_place place)
{
    return (struct ovf_point){(int32_t)lround(place.lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(place.lon_deg * OVF_E7_PER_DEG))};
}

/** Places on the way of an end, from one to N_STEPS + 1 of them; \p step_m is how far apart they are. */
static size_t spread(const struct ovf_charge_end *end, struct ovf_charge_place out[N_STEPS + 1],
                     double *step_m)
{
    const double whole_m = length_m(end->places[0], end->places[1]);
    const size_t n = whole_m > 0.0 ? N_STEPS + 1 : 1;
    const struct ovf_geodesic way =
        ovf_geodesic_between(point_at(end->places[0]), point_at(end->places[1]));
    out[0] = end->places[0];
    for (size_t i = 1; i < n; i++)
        ovf_geodesic_at(&way, (double)i / N_STEPS, &out[i].lat_deg, &out[i].lon_deg);
    *step_m = whole_m / N_STEPS;
    return n;
}

/** From an entry to an exit. Between two places of an end the distance changes by no more than they are
 * apart, so half a step bounds what lies between them. */
static struct ovf_range distance_m(const struct ovf_charge_end *entry,
                                   const struct ovf_charge_end *exit)
{
    struct ovf_charge_place from[N_STEPS + 1];
    struct ovf_charge_place to[N_STEPS + 1];
    double step_m[2];
    struct ovf_range range = {(double)INFINITY, 0.0};
    const size_t n_from = spread(entry, from, &step_m[0]);
    const size_t n_to = spread(exit, to, &step_m[1]);
    for (size_t i = 0; i < n_from; i++) {
        for (size_t k = 0; k < n_to; k++) {
            const double m = length_m(from[i], to[k]);
            range.min = m < range.min ? m : range.min;
            range.max = m > range.max ? m : range.max;
        }
    }
    const double slack_m = (step_m[0] + step_m[1]) / 2.0;
    range.min = range.min > slack_m ? range.min - slack_m : 0.0;
    range.max += slack_m;
    return range;
}

/* ---- amounts ---- */

/** Half away from zero. */
static double round_to(double value, int64_t n_decimals)
{
    double scale = 1.0;
    for (int64_t i = 0; i < n_decimals; i++)
        scale *= 10.0;
    return round(value * scale * (1.0 + rounding_slack)) / scale;
}

static struct ovf_range round_range(struct ovf_range range, int64_t n_decimals)
{
    return (struct ovf_range){round_to(range.min, n_decimals), round_to(range.max, n_decimals)};
}

static struct ovf_range times(struct ovf_range x, struct ovf_range y)
{
    return (struct ovf_range){x.min * y.min, x.max * y.max};
}

static bool set_distance(const struct ovf_charge_input *first, const struct ovf_charge_input *last,
                         struct ovf_charge *charge)
{
    static const double km_per_unit[] = {100.0, 185.2};
    const struct ovf_formula *const f = charge->formula;
    if (!is_known(&first->entry) || !is_known(&last->exit))
        return false;
    const struct ovf_range whole_m = distance_m(&first->entry, &last->exit);
    const double deducted_km = f->deduct_km * charge->n_landings;
    charge->distance_km.min = fmax(whole_m.min / 1000.0 - deducted_km, 0.0);
    charge->distance_km.max = fmax(whole_m.max / 1000.0 - deducted_km, 0.0);
    charge->distance_factor =
        round_range((struct ovf_range){charge->distance_km.min / km_per_unit[f->per],
                                       charge->distance_km.max / km_per_unit[f->per]},
                    f->distance_decimals);
    return true;
}

/** For the weight factor, masses count in tonnes with one decimal (Regulation (EU) 2019/317, Annex VIII). */
static void set_mass(const struct ovf_charge_input *input, struct ovf_charge *charge)
{
    const struct ovf_range mtow_t = {input->mass.min_kg / 1000.0, input->mass.max_kg / 1000.0};
    const bool is_factor = charge->formula->kind == OVF_FORMULA_GCD_SQRT_MTOW;
    if (input->mass.is_known)
        charge->mtow_t = is_factor ? round_range(mtow_t, 1) : mtow_t;
}

static double band_amount(const struct ovf_formula *f, double mtow_t)
{
    const struct ovf_formula_band *const bands = f->bands.items;
    for (size_t i = 0; i < f->bands.n; i++) {
        if (mtow_t <= bands[i].to_t)
            return bands[i].amount;
    }
    return (double)NAN; /* heavier than all bands */
}

static struct ovf_range amount_of(const struct ovf_formula *f, const struct ovf_charge *charge)
{
    const struct ovf_range rate = {f->rate, f->rate};
    switch ((enum ovf_formula_kind)f->kind) {
    case OVF_FORMULA_FLAT:
        return (struct ovf_range){f->amount, f->amount};
    case OVF_FORMULA_MTOW_BAND:
        return (struct ovf_range){band_amount(f, charge->mtow_t.min),
                                  band_amount(f, charge->mtow_t.max)};
    case OVF_FORMULA_GCD_RATE:
        return times(charge->distance_factor, rate);
    default:
        return times(times(charge->distance_factor, charge->weight_factor), rate);
    }
}

/** One charge of the stays \p first to \p last, whose formula and landings are set. */
static void reckon(const struct ovf_charge_input *first, const struct ovf_charge_input *last,
                   struct ovf_charge *charge)
{
    const struct ovf_formula *const f = charge->formula;
    const bool by_distance =
        f->kind == OVF_FORMULA_GCD_RATE || f->kind == OVF_FORMULA_GCD_SQRT_MTOW;
    const bool by_mass = f->kind == OVF_FORMULA_MTOW_BAND || f->kind == OVF_FORMULA_GCD_SQRT_MTOW;
    exempt(first, charge);
    if (charge->outcome == OVF_CHARGE_EXEMPT)
        return;
    set_mass(first, charge);
    if (by_distance && !set_distance(first, last, charge)) {
        charge->outcome = OVF_CHARGE_NO_PLACE;
        return;
    }
    if (by_mass && !first->mass.is_known) {
        charge->outcome = OVF_CHARGE_NO_MASS;
        return;
    }
    if (f->kind == OVF_FORMULA_GCD_SQRT_MTOW)
        charge->weight_factor = round_range(
            (struct ovf_range){sqrt(charge->mtow_t.min / 50.0), sqrt(charge->mtow_t.max / 50.0)},
            f->weight_decimals);
    charge->amount = round_range(amount_of(f, charge), f->amount_decimals);
    if (isnan(charge->amount.min) || isnan(charge->amount.max))
        charge->outcome = OVF_CHARGE_NO_MASS;
    else if (charge->exemption != NULL)
        charge->amount.min = 0.0;
}

/* ---- the stays of a flight ----
 *
 * Where it perhaps stayed inside through a gap, both are reckoned: one stay, and two. */

static unsigned landings_of(const struct ovf_subject *s)
{
    return (ovf_subject_departs(s) ? 1 : 0) + (ovf_subject_arrives(s) ? 1 : 0);
}

/** A crossing that a formula applies to. */
struct stay {
    const struct ovf_formula *formula;
    const char *flight_id;
    size_t item;
};

static int compare_stays(const void *a, const void *b)
{
    const struct stay *x = a;
    const struct stay *y = b;
    const int order = strcmp(x->flight_id, y->flight_id);
    if (order != 0)
        return order;
    if (x->formula != y->formula)
        return x->formula < y->formula ? -1 : 1; /* of one array */
    return (x->item > y->item) - (x->item < y->item);
}

static bool is_same(const struct stay *x, const struct stay *y)
{
    return x->formula == y->formula && strcmp(x->flight_id, y->flight_id) == 0;
}

/** The first of those that it is perhaps one stay with; itself, where there is none. */
static size_t first_of_stay(const struct ovf_charge_input *inputs, const struct stay *stays,
                            size_t i)
{
    const char *const id = inputs[stays[i].item].subject->stay_id;
    for (size_t k = 0; k < i && id != NULL; k++) {
        const char *const other = inputs[stays[k].item].subject->stay_id;
        if (other != NULL && strcmp(other, id) == 0)
            return k;
    }
    return i;
}

/** Which of the stays of a flight each is charged with: the whole way is one with SPAN. */
static size_t charged_with(const struct ovf_charge_input *inputs, const struct stay *stays,
                           size_t i)
{
    return stays[i].formula->reentry == OVF_REENTRY_SUM ? first_of_stay(inputs, stays, i) : 0;
}

/** What stays \p i to \p last, which are perhaps one, come to if they are not. */
static struct ovf_range reckon_apart(const struct ovf_charge_input *inputs,
                                     const struct stay *stays, size_t i, size_t last)
{
    const struct ovf_formula *const f = stays[i].formula;
    struct ovf_range sum = {0, 0};
    for (size_t k = i; k <= last && (k == i || f->reentry == OVF_REENTRY_SUM); k++) {
        const struct ovf_charge_input *const input = &inputs[stays[k].item];
        struct ovf_charge part = unreckoned;
        if (first_of_stay(inputs, stays, k) != i)
            continue;
        part.outcome = OVF_CHARGE_ESTIMATED;
        part.formula = f;
        part.n_landings = landings_of(input->subject);
        reckon(input, input, &part);
        sum.min += part.amount.min;
        sum.max += part.amount.max;
    }
    return sum;
}

/** The charge of the stay that \p i is the first of, or of all from it to the last with SPAN. */
static void reckon_stay(const struct ovf_charge_input *inputs, const struct stay *stays, size_t n,
                        size_t i, struct ovf_charge *charge)
{
    const bool is_span = stays[i].formula->reentry == OVF_REENTRY_SPAN;
    size_t last = i;
    for (size_t k = i; k < n; k++) {
        if (is_span || first_of_stay(inputs, stays, k) == i) {
            charge->n_landings += landings_of(inputs[stays[k].item].subject);
            last = k;
        }
    }
    reckon(&inputs[stays[i].item], &inputs[stays[last].item], charge);
    if (is_span || last == i || charge->outcome != OVF_CHARGE_ESTIMATED)
        return;
    const struct ovf_range apart = reckon_apart(inputs, stays, i, last);
    charge->amount.min = fmin(charge->amount.min, apart.min); /* NAN: not known apart */
    charge->amount.max = fmax(charge->amount.max, apart.max);
}

/** The \p n stays of one flight under one formula. */
static void reckon_flight(const struct ovf_charge_input *inputs, const struct stay *stays, size_t n,
                          struct ovf_charge *charges)
{
    for (size_t i = 0; i < n; i++) {
        struct ovf_charge *const charge = &charges[stays[i].item];
        const size_t with = charged_with(inputs, stays, i);
        if (with == i) {
            reckon_stay(inputs, stays, n, i, charge);
            continue;
        }
        charge->n_landings = landings_of(inputs[stays[i].item].subject);
        charge->outcome = OVF_CHARGE_INCLUDED;
        charge->with = stays[with].item;
    }
}

enum ovf_status ovf_charges_estimate(const struct ovf_formulas *formulas,
                                     const struct ovf_charge_input *inputs, size_t n,
                                     struct ovf_charge *charges)
{
    struct stay *const stays = calloc(n > 0 ? n : 1, sizeof *stays);
    size_t n_stays = 0;
    if (stays == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        charges[i] = unreckoned;
        find_formula(formulas, &inputs[i], &charges[i]);
        if (charges[i].outcome == OVF_CHARGE_ESTIMATED)
            stays[n_stays++] = (struct stay){charges[i].formula, inputs[i].subject->flight_id, i};
    }
    if (n_stays > 0)
        qsort(stays, n_stays, sizeof *stays, compare_stays);
    for (size_t i = 0; i < n_stays;) {
        size_t end = i + 1;
        while (end < n_stays && is_same(&stays[i], &stays[end]))
            end++;
        reckon_flight(inputs, &stays[i], end - i, charges);
        i = end;
    }
    free(stays);
    return OVF_OK;
}
