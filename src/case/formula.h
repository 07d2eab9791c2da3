/* SPDX-License-Identifier: Apache-2.0 */
/* Formulas of route charges: dated data, read by a table of keys (case/schema.h).
 *
 * A formula names the airspace that it charges for, a flight information region or a charging zone, and
 * where that matters its edition; a state's airspace is none: charges are owed for a service, and that
 * is given by region. Formulas of a file are looked at in its order; the first that applies counts.
 */
#ifndef OVF_CASE_FORMULA_H
#define OVF_CASE_FORMULA_H

#include "case/schema.h"

enum ovf_formula_kind {
    OVF_FORMULA_FLAT,          /* amount */
    OVF_FORMULA_MTOW_BAND,     /* the band's amount */
    OVF_FORMULA_GCD_RATE,      /* distance factor x rate */
    OVF_FORMULA_GCD_SQRT_MTOW, /* distance factor x sqrt(MTOW in t / 50) x rate */
};

/** What of a flight that enters several times is charged. */
enum ovf_formula_reentry {
    OVF_REENTRY_SUM,  /* each stay */
    OVF_REENTRY_SPAN, /* from the first entry to the last exit */
    OVF_REENTRY_ONCE, /* the first stay */
};

enum ovf_formula_airspace { OVF_FORMULA_FIR, OVF_FORMULA_ZONE };
enum ovf_formula_unit { OVF_FORMULA_PER_100_KM, OVF_FORMULA_PER_100_NMI };

struct ovf_formula_band {
    struct ovf_case_head head;
    double to_t; /* up to and with; INFINITY: the rest */
    double amount;
};

/** All that is written must hold. */
struct ovf_formula_exemption {
    struct ovf_case_head head;
    const char *name;
    const char *source;
    double mtow_below_t;
    bool state_aircraft;
    bool circular;                      /* it lands where it took off */
    struct ovf_case_list callsigns;     /* const char *, likewise below; any of these four lists */
    struct ovf_case_list registrations; /* e.g. of search and rescue */
    struct ovf_case_list operators;
    struct ovf_case_list types;
    int64_t valid_from_ns;
    int64_t valid_to_ns; /* the day's 00:00; the day is included */
};

struct ovf_formula {
    struct ovf_case_head head;
    const char *name;
    const char *source;
    int64_t kind;               /* enum ovf_formula_kind */
    int64_t airspace;           /* enum ovf_formula_airspace */
    struct ovf_case_list codes; /* const char *: of regions or names of zones */
    const char *edition;        /* of the airspaces: NAME or NAME@HASH; "" any */
    int64_t valid_from_ns;      /* of the day of entry */
    int64_t valid_to_ns;        /* the day's 00:00; the day is included; INT64_MAX: not ended */
    const char *currency;
    double amount;              /* of FLAT */
    struct ovf_case_list bands; /* struct ovf_formula_band, rising */
    double rate;
    int64_t per;               /* enum ovf_formula_unit */
    double deduct_km;          /* for each take-off and landing inside */
    int64_t distance_decimals; /* of the distance factor */
    int64_t weight_decimals;   /* of the weight factor */
    int64_t amount_decimals;
    int64_t reentry;                 /* enum ovf_formula_reentry */
    struct ovf_case_list types;      /* const char *: only these; none: all */
    struct ovf_case_list exemptions; /* struct ovf_formula_exemption */
};

struct ovf_formulas {
    struct ovf_case_head head;
    struct ovf_case_list items; /* struct ovf_formula */
};

/** Of the document, of a formula, of a band, of an exemption. */
extern const struct ovf_table ovf_formulas_table;
extern const struct ovf_table ovf_formula_table;
extern const struct ovf_table ovf_formula_band_table;
extern const struct ovf_table ovf_formula_exemption_table;

/**
 * As ovf_case_read, and what goes beyond the tables' own checks: a formula has what its kind needs and
 * nothing that another kind needs, bands rise, valid_to is not before valid_from.
 * \param[out] store  owns what \p out points to; deinit it whatever the result
 */
OVF_NODISCARD enum ovf_status ovf_formulas_read(struct ovf_bytes text, struct ovf_case_store *store,
                                                struct ovf_formulas *out, struct ovf_error *err);

/** The name of a choice, for the inputs that are printed. */
const char *ovf_formula_kind_name(int64_t kind);

#endif
