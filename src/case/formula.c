/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of formulas, and the checks that look at several keys. */
#include "case/formula.h"

#include <assert.h>
#include <math.h>

#include "base/time.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { N_TABLES = 4 };

static const char *const kind_names[OVF_FORMULA_N] = {"flat", "mtow_band", "gcd_rate",
                                                      "gcd_sqrt_mtow"};

const char *ovf_formula_kind_name(enum ovf_formula_kind kind)
{
    assert((unsigned)kind < OVF_FORMULA_N);
    return kind_names[kind];
}

/* ---- tables ---- */

enum { BAND_TO, BAND_AMOUNT };

#define AT(member) offsetof(struct ovf_formula_band, member)
static const struct ovf_key band_keys[] = {
    [BAND_TO] = {.name = "to_t",
                 .type = OVF_KEY_NUMBER,
                 .unit = "t",
                 .min = 0.1,
                 .max = 1000,
                 .offset = AT(to_t),
                 .help = "up to and with this mass; absent in the last band"},
    [BAND_AMOUNT] = {.name = "amount",
                     .type = OVF_KEY_NUMBER,
                     .flags = OVF_KEY_REQUIRED,
                     .min = 0,
                     .max = 1e9,
                     .offset = AT(amount),
                     .help = "in the currency"},
};
#undef AT
static const struct ovf_table band_table = {"a band", band_keys, COUNT(band_keys),
                                            sizeof(struct ovf_formula_band)};

enum {
    EXEMPTION_NAME,
    EXEMPTION_SOURCE,
    EXEMPTION_MTOW,
    EXEMPTION_STATE,
    EXEMPTION_CIRCULAR,
    EXEMPTION_CALLSIGNS,
    EXEMPTION_REGISTRATIONS,
    EXEMPTION_OPERATORS,
    EXEMPTION_TYPES,
    EXEMPTION_FROM,
    EXEMPTION_TO,
};

#define AT(member) offsetof(struct ovf_formula_exemption, member)
static const struct ovf_key exemption_keys[] = {
    [EXEMPTION_NAME] = {.name = "name",
                        .type = OVF_KEY_TEXT,
                        .flags = OVF_KEY_REQUIRED,
                        .offset = AT(name),
                        .help = "printed"},
    [EXEMPTION_SOURCE] = {.name = "source",
                          .type = OVF_KEY_TEXT,
                          .flags = OVF_KEY_REQUIRED,
                          .offset = AT(source),
                          .help = "document and paragraph"},
    [EXEMPTION_MTOW] = {.name = "mtow_below_t",
                        .type = OVF_KEY_NUMBER,
                        .unit = "t",
                        .min = 0.1,
                        .max = 1000,
                        .offset = AT(mtow_below_t),
                        .help = "lighter than this"},
    [EXEMPTION_STATE] = {.name = "state_aircraft",
                         .type = OVF_KEY_BOOL,
                         .fallback = "false",
                         .offset = AT(state_aircraft),
                         .help = "as the fleet says"},
    [EXEMPTION_CIRCULAR] = {.name = "circular",
                            .type = OVF_KEY_BOOL,
                            .fallback = "false",
                            .offset = AT(circular),
                            .help = "it lands where it took off"},
    [EXEMPTION_CALLSIGNS] = {.name = "callsigns",
                             .type = OVF_KEY_TEXT,
                             .flags = OVF_KEY_LIST,
                             .offset = AT(callsigns),
                             .help = "of search and rescue, say"},
    [EXEMPTION_REGISTRATIONS] = {.name = "registrations",
                                 .type = OVF_KEY_TEXT,
                                 .flags = OVF_KEY_LIST,
                                 .offset = AT(registrations),
                                 .help = "`YI-*` are all that begin so"},
    [EXEMPTION_OPERATORS] = {.name = "operators",
                             .type = OVF_KEY_TEXT,
                             .flags = OVF_KEY_LIST,
                             .offset = AT(operators),
                             .help = "ICAO designators"},
    [EXEMPTION_TYPES] = {.name = "types",
                         .type = OVF_KEY_TEXT,
                         .flags = OVF_KEY_LIST,
                         .offset = AT(types),
                         .help = "ICAO type designators"},
    [EXEMPTION_FROM] = {.name = "valid_from",
                        .type = OVF_KEY_DATE,
                        .offset = AT(from_ns),
                        .help = "else ever since"},
    [EXEMPTION_TO] = {.name = "valid_to",
                      .type = OVF_KEY_DATE,
                      .offset = AT(to_ns),
                      .help = "the first day on which it no longer holds; else it does"},
};
#undef AT
static const struct ovf_table exemption_table = {
    "an exemption", exemption_keys, COUNT(exemption_keys), sizeof(struct ovf_formula_exemption)};

enum {
    KEY_NAME,
    KEY_SOURCE,
    KEY_KIND,
    KEY_AIRSPACE,
    KEY_CODES,
    KEY_EDITION,
    KEY_FROM,
    KEY_TO,
    KEY_CURRENCY,
    KEY_AMOUNT,
    KEY_BANDS,
    KEY_RATE,
    KEY_PER,
    KEY_DEDUCT,
    KEY_DISTANCE_DECIMALS,
    KEY_WEIGHT_DECIMALS,
    KEY_AMOUNT_DECIMALS,
    KEY_REENTRY,
    KEY_ROLES,
    KEY_TYPES,
    KEY_EXEMPTIONS,
};

#define AT(member) offsetof(struct ovf_formula, member)
static const struct ovf_key formula_keys[] = {
    [KEY_NAME] = {.name = "name",
                  .type = OVF_KEY_TEXT,
                  .flags = OVF_KEY_REQUIRED,
                  .offset = AT(name),
                  .help = "printed"},
    [KEY_SOURCE] = {.name = "source",
                    .type = OVF_KEY_TEXT,
                    .flags = OVF_KEY_REQUIRED,
                    .offset = AT(source),
                    .help = "document and paragraph"},
    [KEY_KIND] = {.name = "kind",
                  .type = OVF_KEY_CHOICE,
                  .flags = OVF_KEY_REQUIRED,
                  .choices = "flat|mtow_band|gcd_rate|gcd_sqrt_mtow",
                  .offset = AT(kind),
                  .help = "how it is made"},
    [KEY_AIRSPACE] = {.name = "airspace",
                      .type = OVF_KEY_CHOICE,
                      .flags = OVF_KEY_REQUIRED,
                      .choices = "fir|zone",
                      .offset = AT(airspace),
                      .help = "what is charged for"},
    [KEY_CODES] = {.name = "codes",
                   .type = OVF_KEY_TEXT,
                   .flags = OVF_KEY_REQUIRED | OVF_KEY_LIST,
                   .offset = AT(codes),
                   .help = "of regions (ORBB is also ORBBFIR, ORBBUIR), or names of zones"},
    [KEY_EDITION] = {.name = "edition",
                     .type = OVF_KEY_TEXT,
                     .offset = AT(edition),
                     .help = "of the airspaces: NAME or NAME@HASH; else any"},
    [KEY_FROM] = {.name = "valid_from",
                  .type = OVF_KEY_DATE,
                  .flags = OVF_KEY_REQUIRED,
                  .offset = AT(from_ns),
                  .help = "the first day of entries"},
    [KEY_TO] = {.name = "valid_to",
                .type = OVF_KEY_DATE,
                .offset = AT(to_ns),
                .help = "the first day on which it no longer holds; else it does"},
    [KEY_CURRENCY] = {.name = "currency",
                      .type = OVF_KEY_TEXT,
                      .flags = OVF_KEY_REQUIRED,
                      .offset = AT(currency),
                      .help = "of amounts and rates"},
    [KEY_AMOUNT] = {.name = "amount",
                    .type = OVF_KEY_NUMBER,
                    .min = 0,
                    .max = 1e9,
                    .offset = AT(amount),
                    .help = "of flat"},
    [KEY_BANDS] = {.name = "bands",
                   .type = OVF_KEY_MAP,
                   .flags = OVF_KEY_LIST,
                   .of = &band_table,
                   .offset = AT(bands),
                   .help = "of mtow_band, rising"},
    [KEY_RATE] = {.name = "rate",
                  .type = OVF_KEY_NUMBER,
                  .min = 0,
                  .max = 1e9,
                  .offset = AT(rate),
                  .help = "of gcd_rate and gcd_sqrt_mtow"},
    [KEY_PER] = {.name = "per",
                 .type = OVF_KEY_CHOICE,
                 .choices = "100km|100nmi",
                 .fallback = "100km",
                 .offset = AT(per),
                 .help = "what the distance factor counts"},
    [KEY_DEDUCT] = {.name = "deduct_km",
                    .type = OVF_KEY_NUMBER,
                    .unit = "km",
                    .min = 0,
                    .max = 500,
                    .fallback = "0",
                    .offset = AT(deduct_km),
                    .help = "for each take-off and each landing inside"},
    [KEY_DISTANCE_DECIMALS] = {.name = "distance_decimals",
                               .type = OVF_KEY_INTEGER,
                               .min = 0,
                               .max = 6,
                               .fallback = "2",
                               .offset = AT(distance_decimals),
                               .help = "of the distance factor"},
    [KEY_WEIGHT_DECIMALS] = {.name = "weight_decimals",
                             .type = OVF_KEY_INTEGER,
                             .min = 0,
                             .max = 6,
                             .fallback = "2",
                             .offset = AT(weight_decimals),
                             .help = "of the weight factor"},
    [KEY_AMOUNT_DECIMALS] = {.name = "amount_decimals",
                             .type = OVF_KEY_INTEGER,
                             .min = 0,
                             .max = 6,
                             .fallback = "2",
                             .offset = AT(amount_decimals),
                             .help = "of the amount"},
    [KEY_REENTRY] = {.name = "reentry",
                     .type = OVF_KEY_CHOICE,
                     .choices = "sum|span|once",
                     .fallback = "sum",
                     .offset = AT(reentry),
                     .help = "of a flight that enters several times: each stay, from the first "
                             "entry to the last exit, or the first stay"},
    [KEY_ROLES] = {.name = "roles",
                   .type = OVF_KEY_CHOICE,
                   .flags = OVF_KEY_LIST,
                   .choices = "overflight|arrival|departure|domestic|incomplete",
                   .offset = AT(roles),
                   .help = "of crossings with these roles alone; else all"},
    [KEY_TYPES] = {.name = "types",
                   .type = OVF_KEY_TEXT,
                   .flags = OVF_KEY_LIST,
                   .offset = AT(types),
                   .help = "of these ICAO type designators alone; else all"},
    [KEY_EXEMPTIONS] = {.name = "exemptions",
                        .type = OVF_KEY_MAP,
                        .flags = OVF_KEY_LIST,
                        .of = &exemption_table,
                        .offset = AT(exemptions),
                        .help = "who owes nothing"},
};
#undef AT
static const struct ovf_table formula_table = {"a formula", formula_keys, COUNT(formula_keys),
                                               sizeof(struct ovf_formula)};

static const struct ovf_key file_keys[] = {
    {.name = "formulas",
     .type = OVF_KEY_MAP,
     .flags = OVF_KEY_REQUIRED | OVF_KEY_LIST,
     .of = &formula_table,
     .offset = offsetof(struct ovf_formulas, items),
     .help = "the first that applies counts"},
};
static const struct ovf_table file_table = {"a file of formulas", file_keys, COUNT(file_keys),
                                            sizeof(struct ovf_formulas)};

const struct ovf_table *ovf_formula_table(size_t i)
{
    static const struct ovf_table *const tables[N_TABLES] = {&file_table, &formula_table,
                                                             &band_table, &exemption_table};
    return i < N_TABLES ? tables[i] : NULL;
}

/* ---- checks ---- */

static bool has(const struct ovf_case_head *head, unsigned key)
{
    return (head->has >> key & 1) != 0;
}

/** Days to the span that they are; INT64_MIN and INT64_MAX where none is written. */
static enum ovf_status settle_days(const struct ovf_case_head *head, unsigned from, unsigned to,
                                   int64_t *from_ns, int64_t *to_ns, struct ovf_error *err)
{
    if (!has(head, from))
        *from_ns = INT64_MIN;
    if (!has(head, to))
        *to_ns = INT64_MAX;
    else if (*to_ns <= *from_ns)
        return ovf_case_fail(err, head->place, "valid_to is not after valid_from");
    return OVF_OK;
}

#define BIT(kind) (1U << OVF_FORMULA_##kind)

/** What a kind needs, and what no other kind may have. */
static enum ovf_status check_kind(const struct ovf_formula *f, struct ovf_error *err)
{
    static const struct {
        unsigned key;
        unsigned needed; /* by these kinds */
        unsigned allowed;
    } rules[] = {
        {KEY_AMOUNT, BIT(FLAT), BIT(FLAT)},
        {KEY_BANDS, BIT(MTOW_BAND), BIT(MTOW_BAND)},
        {KEY_RATE, BIT(GCD_RATE) | BIT(GCD_SQRT_MTOW), BIT(GCD_RATE) | BIT(GCD_SQRT_MTOW)},
        {KEY_PER, 0, BIT(GCD_RATE) | BIT(GCD_SQRT_MTOW)},
        {KEY_DEDUCT, 0, BIT(GCD_RATE) | BIT(GCD_SQRT_MTOW)},
        {KEY_DISTANCE_DECIMALS, 0, BIT(GCD_RATE) | BIT(GCD_SQRT_MTOW)},
        {KEY_WEIGHT_DECIMALS, 0, BIT(GCD_SQRT_MTOW)},
    };
    const unsigned kind = 1U << f->kind;
    for (size_t i = 0; i < COUNT(rules); i++) {
        const bool there = has(&f->head, rules[i].key);
        if (!there && (rules[i].needed & kind) != 0)
            return ovf_case_fail(err, f->head.place, "a formula of kind %s needs the key \"%s\"",
                                 kind_names[f->kind], formula_keys[rules[i].key].name);
        if (there && (rules[i].allowed & kind) == 0)
            return ovf_case_fail(err, f->head.place, "a formula of kind %s has no key \"%s\"",
                                 kind_names[f->kind], formula_keys[rules[i].key].name);
    }
    return OVF_OK;
}

static enum ovf_status check_bands(const struct ovf_formula *f, struct ovf_error *err)
{
    struct ovf_formula_band *const bands = f->bands.items;
    if (f->kind == OVF_FORMULA_MTOW_BAND && f->bands.n == 0)
        return ovf_case_fail(err, f->head.place, "a list of bands has at least one");
    for (size_t i = 0; i < f->bands.n; i++) {
        if (!has(&bands[i].head, BAND_TO))
            bands[i].to_t = (double)INFINITY;
        if (i > 0 && !(bands[i].to_t > bands[i - 1].to_t))
            return ovf_case_fail(err, bands[i].head.place,
                                 "bands rise, and only the last has no to_t");
    }
    return OVF_OK;
}

static enum ovf_status check_exemption(struct ovf_formula_exemption *e, struct ovf_error *err)
{
    if (!has(&e->head, EXEMPTION_MTOW))
        e->mtow_below_t = (double)INFINITY;
    if (!has(&e->head, EXEMPTION_MTOW) && !e->state_aircraft && !e->circular &&
        e->callsigns.n + e->registrations.n + e->operators.n + e->types.n == 0)
        return ovf_case_fail(err, e->head.place, "the exemption does not say of whom");
    return settle_days(&e->head, EXEMPTION_FROM, EXEMPTION_TO, &e->from_ns, &e->to_ns, err);
}

static enum ovf_status check_formula(struct ovf_formula *f, struct ovf_error *err)
{
    struct ovf_formula_exemption *const exemptions = f->exemptions.items;
    enum ovf_status st = check_kind(f, err);
    if (st == OVF_OK && f->codes.n == 0)
        st = ovf_case_fail(err, f->head.place, "a list of codes has at least one");
    if (st == OVF_OK)
        st = check_bands(f, err);
    if (st == OVF_OK)
        st = settle_days(&f->head, KEY_FROM, KEY_TO, &f->from_ns, &f->to_ns, err);
    for (size_t i = 0; i < f->exemptions.n && st == OVF_OK; i++)
        st = check_exemption(&exemptions[i], err);
    return st;
}

enum ovf_status ovf_formulas_read(struct ovf_bytes text, struct ovf_case_store *store,
                                  struct ovf_formulas *out, struct ovf_error *err)
{
    struct ovf_formulas formulas = {0};
    enum ovf_status st = ovf_case_read(text, &file_table, store, &formulas, err);
    struct ovf_formula *const items = formulas.items.items;
    for (size_t i = 0; i < formulas.items.n && st == OVF_OK; i++)
        st = check_formula(&items[i], err);
    if (st == OVF_OK)
        *out = formulas;
    return st;
}
