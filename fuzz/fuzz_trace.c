/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a trace: a member is used with counts that add up, or rejected with nothing left; and
 * the general reader alone says the same. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "read/field.h"
#include "read/trace.h"

static void check(const struct ovf_trace *trace, enum ovf_reject reject)
{
    const struct ovf_tally *rows = &trace->rows;
    if (rows->n_used != trace->fixes.n || rows->n_read != rows->n_used + ovf_tally_rejected(rows))
        abort();
    if (reject != OVF_REJECT_N && rows->n_read != 0)
        abort();
    for (size_t i = 0; i < trace->fixes.n; i++) {
        const struct ovf_fix *fix = &trace->fixes.items[i];
        if (abs(fix->at.lat_e7) > 900000000 || fix->at.lon_e7 < -1800000000 ||
            fix->at.lon_e7 >= 1800000000 || fix->record.row >= rows->n_read)
            abort();
    }
}

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void check_same(const struct ovf_trace *a, const struct ovf_trace *b)
{
    if (a->fixes.n != b->fixes.n || memcmp(&a->rows, &b->rows, sizeof a->rows) != 0 ||
        strcmp(a->first_rejected, b->first_rejected) != 0)
        abort();
    for (size_t i = 0; i < a->fixes.n; i++) {
        const struct ovf_fix *x = &a->fixes.items[i];
        const struct ovf_fix *y = &b->fixes.items[i];
        if (x->t_ns != y->t_ns || !ovf_point_equal(x->at, y->at) || x->has != y->has ||
            x->alt_baro_ft != y->alt_baro_ft || x->alt_geom_ft != y->alt_geom_ft ||
            bits_of(x->gs_kt) != bits_of(y->gs_kt) ||
            bits_of(x->track_deg) != bits_of(y->track_deg) ||
            bits_of(x->rc_m) != bits_of(y->rc_m) || x->vert_rate_fpm != y->vert_rate_fpm ||
            x->squawk != y->squawk || x->flags != y->flags || x->source != y->source ||
            x->nic != y->nic || x->nac_p != y->nac_p || x->sil != y->sil ||
            x->version != y->version || memcmp(x->callsign, y->callsign, sizeof x->callsign) != 0 ||
            x->record.row != y->record.row)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ovf_bytes text = {data, size};
    struct ovf_trace trace = {0};
    struct ovf_trace plain = {0};
    enum ovf_reject reject;
    enum ovf_reject reject_plain;
    struct ovf_error err = {0};
    struct ovf_error err_plain = {0};
    if (ovf_trace_read(text, 1, &trace, &reject, &err) == OVF_OK &&
        ovf_trace_read_plain(text, 1, &plain, &reject_plain, &err_plain) == OVF_OK) {
        check(&trace, reject);
        check_same(&trace, &plain);
        if (reject != reject_plain || strcmp(err.text, err_plain.text) != 0)
            abort();
    }
    ovf_trace_deinit(&trace);
    ovf_trace_deinit(&plain);
    return 0;
}
