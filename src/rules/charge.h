/* SPDX-License-Identifier: Apache-2.0 */
/* Estimates of route charges: formulas applied to crossings, with the inputs that they were made from.
 *
 * Distances are WGS84 geodesics (PROJ; Karney 2013); a great circle on a sphere differs by up to 0.5 %. What
 * is not known well is a range: an end that lies in a gap is taken to be on the straight way between the
 * fixes around it, and a mass may be known by the type alone. What is not known gives no amount.
 */
#ifndef OVF_RULES_CHARGE_H
#define OVF_RULES_CHARGE_H

#include "case/formula.h"
#include "lists/fleet.h"
#include "rules/subject.h"

enum ovf_charge_outcome {
    OVF_CHARGE_ESTIMATED,
    OVF_CHARGE_EXEMPT,
    OVF_CHARGE_INCLUDED, /* in that of an earlier stay of the same flight */
    OVF_CHARGE_NO_TIME,  /* the entry straddles a limit of the formula's days */
    OVF_CHARGE_NO_PLACE, /* where it entered or left is not known */
    OVF_CHARGE_NO_MASS,
    OVF_CHARGE_NO_FORMULA, /* none is about that airspace and day */
    OVF_CHARGE_OTHER_EDITION,
    OVF_CHARGE_NOT_BY_STATE, /* a crossing of a state's airspace: charges are owed by region or zone */
    OVF_CHARGE_NOT_ENTERED, /* or not for certain */
    OVF_CHARGE_OUTCOME_N
};

/** In snake case, and in words. */
const char *ovf_charge_outcome_name(enum ovf_charge_outcome outcome);
const char *ovf_charge_outcome_words(enum ovf_charge_outcome outcome);

/** NAN: not known, or not asked for. */
struct ovf_range {
    double min;
    double max;
};

struct ovf_charge_place {
    double lat_deg; /* NAN: not known */
    double lon_deg;
};

/** Where it entered or left: somewhere on the straight way between two places, the same twice where it is
 * known. */
struct ovf_charge_end {
    struct ovf_charge_place places[2];
};

/** A crossing, and what is known beside it. */
struct ovf_charge_input {
    const struct ovf_subject *subject;
    struct ovf_when entered; /* as a permit's rule has it; it picks the formula */
    struct ovf_charge_end entry;
    struct ovf_charge_end exit;
    struct ovf_mass mass;
    bool is_state_aircraft;
};

struct ovf_charge {
    enum ovf_charge_outcome outcome;
    const struct ovf_formula *formula; /* NULL: none applies */
    const struct ovf_formula_exemption
        *exemption;               /* of EXEMPT, and of a mass that may be below its limit */
    size_t with;                  /* of INCLUDED: the index of that stay */
    unsigned n_landings;          /* take-offs and landings inside */
    struct ovf_range distance_km; /* less what is deducted */
    struct ovf_range distance_factor;
    struct ovf_range mtow_t;
    struct ovf_range weight_factor;
    struct ovf_range amount; /* in the formula's currency */
};

/** What the crossing itself tells; its mass is unknown. */
struct ovf_charge_input ovf_charge_input_of(const struct ovf_subject *subject);

/**
 * \param[in]  inputs   in order of entry
 * \param[out] charges  one an input
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_charges_estimate(const struct ovf_formulas *formulas,
                                                   const struct ovf_charge_input *inputs, size_t n,
                                                   struct ovf_charge *charges);

/** The estimates of an operator, a month, or both, of one currency. */
struct ovf_charge_sum {
    const char *currency;  /* borrowed from the formulas */
    char operator_icao[4]; /* "": not by operator, or no designator stands in the callsign */
    int64_t month_ns;      /* 00:00 of its first day; INT64_MIN: not by month */
    int64_t decimals;
    uint32_t n_estimated;
    uint32_t n_exempt;
    uint32_t n_unknown; /* a formula applies, and an input is not known: no part of the amount */
    struct ovf_range amount;
};

enum { OVF_CHARGES_BY_OPERATOR = 1 << 0, OVF_CHARGES_BY_MONTH = 1 << 1 };

/**
 * Sums by currency, operator, month, in that order.
 * \param[in]  by   bits of OVF_CHARGES_BY_...
 * \param[out] out  malloc'd, also when it is empty
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_charges_sum(const struct ovf_charge_input *inputs,
                                              const struct ovf_charge *charges, size_t n,
                                              unsigned by, struct ovf_charge_sum **out,
                                              size_t *n_out);

#endif
