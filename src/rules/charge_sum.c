/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of estimates by operator and month. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/aircraft_group.h"
#include "rules/charge.h"

/** 00:00 of the first day of the month. */
static int64_t month_of(int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    int64_t month_ns = 0;
    ovf_time_format(ovf_time_day(t_ns), 0, text);
    memcpy(text + 8, "01", 2);
    text[10] = '\0';
    return ovf_time_parse_iso(ovf_bytes_from_text(text), &month_ns) ? month_ns : INT64_MIN;
}

/** The sum that one charge is; false: no formula applies to it, or it is a part of another. */
static bool sum_of(const struct ovf_charge_input *input, const struct ovf_charge *charge,
                   unsigned by, struct ovf_charge_sum *out)
{
    const bool is_known = charge->outcome == OVF_CHARGE_ESTIMATED;
    const bool is_exempt = charge->outcome == OVF_CHARGE_EXEMPT;
    if (charge->formula == NULL || charge->outcome == OVF_CHARGE_INCLUDED)
        return false;
    *out = (struct ovf_charge_sum){.currency = charge->formula->currency,
                                   .month_ns = INT64_MIN,
                                   .decimals = charge->formula->amount_decimals,
                                   .n_estimated = is_known,
                                   .n_exempt = is_exempt,
                                   .n_unknown = !is_known && !is_exempt};
    if (is_known)
        out->amount = charge->amount;
    if ((by & OVF_CHARGES_BY_OPERATOR) != 0)
        (void)ovf_callsign_operator(input->subject->aircraft.callsign, out->operator_icao);
    if ((by & OVF_CHARGES_BY_MONTH) != 0)
        out->month_ns = month_of(input->entered.min_ns);
    return true;
}

static int compare_sums(const void *a, const void *b)
{
    const struct ovf_charge_sum *x = a;
    const struct ovf_charge_sum *y = b;
    int order = strcmp(x->currency, y->currency);
    if (order == 0)
        order = strcmp(x->operator_icao, y->operator_icao);
    return order != 0 ? order : (x->month_ns > y->month_ns) - (x->month_ns < y->month_ns);
}

static size_t merge(struct ovf_charge_sum *sums, size_t n)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (n_kept == 0 || compare_sums(&sums[n_kept - 1], &sums[i]) != 0) {
            sums[n_kept++] = sums[i];
            continue;
        }
        struct ovf_charge_sum *const sum = &sums[n_kept - 1];
        sum->n_estimated += sums[i].n_estimated;
        sum->n_exempt += sums[i].n_exempt;
        sum->n_unknown += sums[i].n_unknown;
        sum->amount.min += sums[i].amount.min;
        sum->amount.max += sums[i].amount.max;
        sum->decimals = sum->decimals > sums[i].decimals ? sum->decimals : sums[i].decimals;
    }
    return n_kept;
}

enum ovf_status ovf_charges_sum(const struct ovf_charge_input *inputs,
                                const struct ovf_charge *charges, size_t n, unsigned by,
                                struct ovf_charge_sum **out, size_t *n_out)
{
    struct ovf_charge_sum *const sums = calloc(n > 0 ? n : 1, sizeof *sums);
    size_t n_sums = 0;
    if (sums == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        n_sums += sum_of(&inputs[i], &charges[i], by, &sums[n_sums]);
    if (n_sums > 0)
        qsort(sums, n_sums, sizeof *sums, compare_sums);
    *n_out = merge(sums, n_sums);
    *out = sums;
    return OVF_OK;
}
