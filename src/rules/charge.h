/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates of route charges: a formula applied to a crossing, with the inputs that it was made from.
 *
 * Distances are WGS84 geodesics (PROJ, Karney 2013); authorities' great circles on a sphere differ by up
 * to 0.5 %. An amount is a range wherever an input is: an end that lies in a gap is somewhere between the
 * fixes around it, on the straight way, and a mass may be known by the type alone. What is not known
 * gives no amount.
 */
#ifndef OVF_RULES_CHARGE_H
#define OVF_RULES_CHARGE_H

#include "case/formula.h"
#include "lists/fleet.h"
#include "rules/aircraft_group.h"

enum ovf_charge_outcome {
    OVF_CHARGE_ESTIMATED,
    OVF_CHARGE_EXEMPT,
    OVF_CHARGE_INCLUDED,     /* in that of an earlier stay of the same flight */
    OVF_CHARGE_NOT_BY_STATE, /* a crossing of kind country is charged for by nobody */
    OVF_CHARGE_NO_FORMULA,   /* none is about that airspace and day */
    OVF_CHARGE_OTHER_EDITION,
    OVF_CHARGE_NOT_ENTERED, /* or not for certain */
    OVF_CHARGE_NO_TIME,     /* the entry straddles the limit of a formula, or is not known */
    OVF_CHARGE_NO_PLACE,    /* where it entered or left is not known */
    OVF_CHARGE_NO_MASS,
    OVF_CHARGE_OUTCOME_N
};

/** In snake case, and as a sentence for people. */
const char *ovf_charge_outcome_name(enum ovf_charge_outcome outcome);
const char *ovf_charge_outcome_words(enum ovf_charge_outcome outcome);

struct ovf_range {
    double min; /* NAN: not known, or not asked for */
    double max;
};

struct ovf_charge_place {
    double lat_deg; /* NAN: not known */
    double lon_deg;
};

/** An end of a crossing that lies between two places; both the same where it is solved. */
struct ovf_charge_end {
    struct ovf_charge_place places[2];
};

/** A crossing, and what is known beside it. */
struct ovf_charge_input {
    const struct ovf_subject *subject;
    struct ovf_charge_end entry;
    struct ovf_charge_end exit;
    struct ovf_mass mass;
    bool is_state_aircraft;
};

struct ovf_charge {
    enum ovf_charge_outcome outcome;
    const struct ovf_formula *formula;             /* NULL: none applied */
    const struct ovf_formula_exemption *exemption; /* of EXEMPT */
    size_t with;                                   /* of INCLUDED: the index of the input */
    unsigned n_landings;                           /* take-offs and landings inside */
    struct ovf_range distance_km;                  /* after what is deducted */
    struct ovf_range distance_factor;
    struct ovf_range mtow_t;
    struct ovf_range weight_factor;
    struct ovf_range amount;
};

/** The ends as the crossing itself has them, mass unknown. */
struct ovf_charge_input ovf_charge_input_of(const struct ovf_subject *subject);

/**
 * \param[in]  inputs   in order of entry
 * \param[out] charges  one an input
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_charges_estimate(const struct ovf_formulas *formulas,
                                                   const struct ovf_charge_input *inputs, size_t n,
                                                   struct ovf_charge *charges);

/** The sum of the estimates of an operator, a month, or both. */
struct ovf_charge_sum {
    char operator_icao[4]; /* "": not by operator, or the callsign has none */
    int64_t month_ns;      /* 00:00 of its first day; INT64_MIN: not by month */
    const char *currency;  /* borrowed from the formulas */
    int64_t decimals;
    uint32_t n_estimated;
    uint32_t n_without_amount; /* crossings a formula applies to, of which an input is not known */
    uint32_t n_exempt;
    struct ovf_range amount;
};

enum { OVF_CHARGES_BY_OPERATOR = 1 << 0, OVF_CHARGES_BY_MONTH = 1 << 1 };

/**
 * Sums by currency, then operator, then month, in that order.
 * \param[in]  by   bits of OVF_CHARGES_BY
 * \param[out] out  malloc'd
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_charges_sum(const struct ovf_charge_input *inputs,
                                              const struct ovf_charge *charges, size_t n,
                                              unsigned by, struct ovf_charge_sum **out,
                                              size_t *n_out);

#endif
