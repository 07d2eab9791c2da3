/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two readings of a trace are the same, each fix bit by bit, each count and each reason. */
#ifndef OVF_TRACE_EQUAL_H
#define OVF_TRACE_EQUAL_H

#include <string.h>

#include "read/trace.h"

/** The same bits: zero has a sign. */
static bool floats_equal(float a, float b)
{
    uint32_t x;
    uint32_t y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static bool fixes_equal(const struct ovf_fix *a, const struct ovf_fix *b)
{
    return a->t_ns == b->t_ns && ovf_point_equal(a->at, b->at) &&
           a->alt_baro_ft == b->alt_baro_ft && a->alt_geom_ft == b->alt_geom_ft &&
           floats_equal(a->gs_kt, b->gs_kt) && floats_equal(a->track_deg, b->track_deg) &&
           floats_equal(a->rc_m, b->rc_m) && floats_equal(a->accuracy_m, b->accuracy_m) &&
           floats_equal(a->radius_m, b->radius_m) && floats_equal(a->heading_deg, b->heading_deg) &&
           a->roll_cdeg == b->roll_cdeg && a->vert_rate_fpm == b->vert_rate_fpm &&
           a->has == b->has && a->squawk == b->squawk && a->flags == b->flags &&
           a->source == b->source && a->grade == b->grade && a->nic == b->nic &&
           a->nac_p == b->nac_p && a->sil == b->sil && a->sil_type == b->sil_type &&
           a->receiver == b->receiver && a->version == b->version &&
           memcmp(a->callsign, b->callsign, sizeof a->callsign) == 0 &&
           a->record.item == b->record.item && a->record.row == b->record.row;
}

static bool traces_equal(const struct ovf_trace *a, const struct ovf_trace *b)
{
    bool equal = strcmp(a->first_rejected, b->first_rejected) == 0 &&
                 memcmp(&a->rows, &b->rows, sizeof a->rows) == 0 && a->fixes.n == b->fixes.n &&
                 a->base_t_ns == b->base_t_ns && a->address == b->address;
    for (size_t i = 0; equal && i < a->fixes.n; i++)
        equal = fixes_equal(&a->fixes.items[i], &b->fixes.items[i]);
    return equal;
}

#endif
