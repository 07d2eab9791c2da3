/* SPDX-License-Identifier: Apache-2.0 */
/* Formulas of route charges: dated data, read by a table of keys (case/schema.h).
 *
 * A formula names the airspaces that it charges for, flight information regions or charging zones, and
 * where that matters their edition. A state's airspace is none: charges are owed for a service, and that is
 * given by region. Formulas are looked at in the order of the file; the first that applies counts.
 */
#ifndef OVF_CASE_FORMULA_H
#define OVF_CASE_FORMULA_H

#include "case/schema.h"

enum ovf_formula_kind {
    OVF_FORMULA_FLAT,          /* amount */
    OVF_FORMULA_MTOW_BAND,     /* the band's amount */
    OVF_FORMULA_GCD_RATE,      /* distance factor x rate */
    OVF_FORMULA_GCD_SQRT_MTOW, /* distance factor x square root of (MTOW in t / 50) x rate */
    OVF_FORMULA_N
};

enum ovf_formula_airspace { OVF_FORMULA_FIR, OVF_FORMULA_ZONE };
enum ovf_formula_unit { OVF_FORMULA_PER_100_KM, OVF_FORMULA_PER_100_NMI };

/** What of a flight that enters several times is charged. */
enum ovf_formula_reentry {
    OVF_REENTRY_SUM,  /* each stay */
    OVF_REENTRY_SPAN, /* from the first entry to the last exit */
    OVF_REENTRY_ONCE, /* the first stay */
};

struct ovf_formula_band {
    struct ovf_case_head head;
    double to_t; /* up to and with this mass; INFINITY: all above */
    double amount;
};

/** All that is written holds; of the four lists one is enough. */
struct ovf_formula_exemption {
    struct ovf_case_head head;
    const char *name;
    const char *source;
    double mtow_below_t; /* INFINITY: not written */
    bool state_aircraft;
    bool circular;                      /* it lands where it took off */
    struct ovf_case_list callsigns;     /* const char *, likewise below */
    struct ovf_case_list registrations; /* "YI-*" are all that begin so */
    struct ovf_case_list operators;     /* ICAO designators */
    struct ovf_case_list types;         /* ICAO type designators */
    int64_t from_ns;                    /* INT64_MIN: ever since */
    int64_t to_ns;                      /* the first instant on which it no longer holds */
};

struct ovf_formula {
    struct ovf_case_head head;
    const char *name;
    const char *source;
    int64_t kind;               /* enum ovf_formula_kind */
    int64_t airspace;           /* enum ovf_formula_airspace */
    struct ovf_case_list codes; /* const char *: of regions, or names of zones */
    const char *edition;        /* NULL: of any */
    int64_t from_ns;            /* of entries */
    int64_t to_ns;              /* the first instant on which it no longer holds; INT64_MAX: none */
    const char *currency;
    double amount;
    struct ovf_case_list bands; /* struct ovf_formula_band, rising */
    double rate;
    int64_t per;      /* enum ovf_formula_unit */
    double deduct_km; /* for each take-off and each landing inside */
    int64_t distance_decimals;
    int64_t weight_decimals;
    int64_t amount_decimals;
    int64_t reentry;                 /* enum ovf_formula_reentry */
    struct ovf_case_list roles;      /* int64_t, enum ovf_role: these alone; none: all */
    struct ovf_case_list types;      /* const char *: these alone; none: all */
    struct ovf_case_list exemptions; /* struct ovf_formula_exemption */
};

struct ovf_formulas {
    struct ovf_case_head head;
    struct ovf_case_list items; /* struct ovf_formula */
};

/** The i-th table of a file of formulas, the file's own first; NULL behind the last. */
const struct ovf_table *ovf_formula_table(size_t i);

/**
 * As ovf_case_read, and what goes beyond single keys: a formula has what its kind needs and nothing that
 * only another kind needs, bands rise, valid_to is after valid_from, an exemption says of whom.
 * \param[out] store  owns what \p out points to; deinit it whatever the result
 */
OVF_NODISCARD enum ovf_status ovf_formulas_read(struct ovf_bytes text, struct ovf_case_store *store,
                                                struct ovf_formulas *out, struct ovf_error *err);

/** "flat", "mtow_band", "gcd_rate", "gcd_sqrt_mtow". */
const char *ovf_formula_kind_name(enum ovf_formula_kind kind);

#endif
