/* SPDX-License-Identifier: Apache-2.0 */
/* Charges as rows: what an amount was made of stands beside it. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "rules/aircraft_group.h"
#include "run/charges.h"

enum { KM_DECIMALS = 3, T_DECIMALS = 3 };

static const struct ovf_rows_column charge_columns[] = {
    {"crossing", NULL, 0, false},
    {"flight", NULL, 0, false},
    {"icao24", "ICAO24", 6, false},
    {"callsign", "CALLSIGN", 8, false},
    {"operator_icao", NULL, 0, false},
    {"registration", "REG", 8, false},
    {"type_code", "TYPE", 4, false},
    {"airspace", "AIRSPACE", 9, false},
    {"kind", NULL, 0, false},
    {"edition", NULL, 0, false},
    {"role", NULL, 0, false},
    {"class", NULL, 0, false},
    {"entry_time_min", "ENTRY", 20, false},
    {"entry_time_max", NULL, 0, false},
    {"outcome", "OUTCOME", 12, false},
    {"estimate_min", "FROM", 9, true},
    {"estimate_max", "TO", 9, true},
    {"currency", "CURRENCY", 0, false},
    {"formula", NULL, 0, false},
    {"formula_kind", NULL, 0, false},
    {"formula_source", NULL, 0, false},
    {"distance_km_min", NULL, 0, true},
    {"distance_km_max", NULL, 0, true},
    {"n_landings", NULL, 0, true},
    {"distance_factor_min", NULL, 0, true},
    {"distance_factor_max", NULL, 0, true},
    {"mtow_t_min", NULL, 0, true},
    {"mtow_t_max", NULL, 0, true},
    {"weight_factor_min", NULL, 0, true},
    {"weight_factor_max", NULL, 0, true},
    {"rate", NULL, 0, true},
    {"exemption", NULL, 0, false},
    {"with", NULL, 0, false},
    {"reason", NULL, 0, false},
    {"simulated", NULL, 0, true},
};

enum { N_NUMBERS = 14 };

/** A row being filled from left to right. */
struct filling {
    const char *values[sizeof charge_columns / sizeof *charge_columns];
    size_t n;
    char numbers[N_NUMBERS][OVF_NUMBER_SIZE];
    size_t n_numbers;
};

static void put(struct filling *row, const char *text)
{
    row->values[row->n++] = text;
}

static void put_number(struct filling *row, double value, int64_t n_decimals)
{
    char *const text = row->numbers[row->n_numbers++];
    text[0] = '\0';
    if (!isnan(value))
        ovf_number_format(value, (int)n_decimals, text);
    put(row, text);
}

static void put_range(struct filling *row, struct ovf_range range, int64_t n_decimals)
{
    put_number(row, range.min, n_decimals);
    put_number(row, range.max, n_decimals);
}

/** Rates have as many decimals as they need. */
static void put_rate(struct filling *row, const struct ovf_charge *charge)
{
    const bool has_rate = charge->formula != NULL && charge->formula->kind >= OVF_FORMULA_GCD_RATE;
    put_number(row, has_rate ? charge->formula->rate : (double)NAN, 6);
}

static void put_inputs(struct filling *row, const struct ovf_charge *charge)
{
    const struct ovf_formula *const f = charge->formula;
    const int64_t factor = f != NULL ? f->distance_decimals : 0;
    const int64_t weight = f != NULL ? f->weight_decimals : 0;
    put_range(row, charge->distance_km, KM_DECIMALS);
    put_number(row, f != NULL ? (double)charge->n_landings : (double)NAN, 0);
    put_range(row, charge->distance_factor, factor);
    put_range(row, charge->mtow_t, T_DECIMALS);
    put_range(row, charge->weight_factor, weight);
    put_rate(row, charge);
}

static enum ovf_status put_charge(const struct ovf_rows *rows, const struct ovf_charges *charges,
                                  size_t i, struct ovf_buffer *out)
{
    const struct ovf_charge *const charge = &charges->items[i];
    const struct ovf_charge_input *const input = &charges->inputs[i];
    const struct ovf_subject *const s = input->subject;
    const struct ovf_formula *const f = charge->formula;
    struct filling row = {.n = 0};
    char designator[4];
    char times[2][OVF_TIME_SIZE];
    (void)ovf_callsign_operator(s->aircraft.callsign, designator);
    ovf_time_format(input->entered.min_ns, 0, times[0]);
    ovf_time_format(input->entered.max_ns, 0, times[1]);
    const char *const who[] = {s->id,
                               s->flight_id,
                               s->aircraft.icao24,
                               s->aircraft.callsign,
                               designator,
                               s->aircraft.registration,
                               s->aircraft.type_code,
                               s->airspace,
                               s->kind,
                               s->edition,
                               ovf_role_name(s->role),
                               ovf_class_name(s->class),
                               times[0],
                               times[1],
                               ovf_charge_outcome_name(charge->outcome)};
    for (size_t k = 0; k < sizeof who / sizeof *who; k++)
        put(&row, who[k]);
    put_range(&row, charge->amount, f != NULL ? f->amount_decimals : 0);
    put(&row, f != NULL ? f->currency : "");
    put(&row, f != NULL ? f->name : "");
    put(&row, f != NULL ? ovf_formula_kind_name((enum ovf_formula_kind)f->kind) : "");
    put(&row, f != NULL ? f->source : "");
    put_inputs(&row, charge);
    put(&row, charge->exemption != NULL ? charge->exemption->name : "");
    put(&row,
        charge->outcome == OVF_CHARGE_INCLUDED ? charges->inputs[charge->with].subject->id : "");
    put(&row,
        charge->outcome == OVF_CHARGE_ESTIMATED ? "" : ovf_charge_outcome_words(charge->outcome));
    put(&row, s->simulated ? "true" : "");
    return ovf_rows_put(rows, row.values, out);
}

enum ovf_status ovf_charges_print(const struct ovf_charges *charges, enum ovf_listing_format format,
                                  const struct ovf_sink *sink)
{
    const struct ovf_rows rows = {"charge", charge_columns,
                                  sizeof charge_columns / sizeof *charge_columns, format};
    struct ovf_buffer out = {0};
    enum ovf_status st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < charges->subjects.n && st == OVF_OK; i++)
        st = put_charge(&rows, charges, i, &out);
    return ovf_rows_flush(&out, st, sink);
}

/* ---- sums ---- */

static const struct ovf_rows_column sum_columns[] = {
    {"currency", "CURRENCY", 13, false}, {"operator_icao", "OPERATOR", 8, false},
    {"month", "MONTH", 7, false},        {"n_estimated", "ESTIMATED", 9, true},
    {"n_exempt", "EXEMPT", 6, true},     {"n_unknown", "UNKNOWN", 7, true},
    {"estimate_min", "FROM", 12, true},  {"estimate_max", "TO", 12, true},
};

static enum ovf_status put_sum(const struct ovf_rows *rows, const struct ovf_charge_sum *sum,
                               struct ovf_buffer *out)
{
    char counts[3][16];
    char amounts[2][OVF_NUMBER_SIZE];
    char month[OVF_TIME_SIZE] = "";
    if (sum->month_ns != INT64_MIN)
        ovf_time_format(sum->month_ns, 0, month);
    month[month[0] != '\0' ? 7 : 0] = '\0';
    (void)snprintf(counts[0], sizeof counts[0], "%" PRIu32, sum->n_estimated);
    (void)snprintf(counts[1], sizeof counts[1], "%" PRIu32, sum->n_exempt);
    (void)snprintf(counts[2], sizeof counts[2], "%" PRIu32, sum->n_unknown);
    ovf_number_format(sum->amount.min, (int)sum->decimals, amounts[0]);
    ovf_number_format(sum->amount.max, (int)sum->decimals, amounts[1]);
    const char *const values[] = {sum->currency, sum->operator_icao, month,      counts[0],
                                  counts[1],     counts[2],          amounts[0], amounts[1]};
    return ovf_rows_put(rows, values, out);
}

enum ovf_status ovf_charges_print_sums(const struct ovf_charges *charges, unsigned by,
                                       enum ovf_listing_format format, const struct ovf_sink *sink)
{
    const struct ovf_rows rows = {"charge_sum", sum_columns,
                                  sizeof sum_columns / sizeof *sum_columns, format};
    struct ovf_buffer out = {0};
    struct ovf_charge_sum *sums = NULL;
    size_t n = 0;
    enum ovf_status st =
        ovf_charges_sum(charges->inputs, charges->items, charges->subjects.n, by, &sums, &n);
    if (st == OVF_OK)
        st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = put_sum(&rows, &sums[i], &out);
    free(sums);
    return ovf_rows_flush(&out, st, sink);
}
