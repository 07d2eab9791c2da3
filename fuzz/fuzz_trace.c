/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a trace: a member is used with counts that add up, or rejected with nothing left. */

#include "fuzz.h"

#include <stdlib.h>

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_trace trace = {0};
    enum ovf_reject reject;
    struct ovf_error err = {0};
    if (ovf_trace_read((struct ovf_bytes){data, size}, 1, &trace, &reject, &err) == OVF_OK)
        check(&trace, reject);
    ovf_trace_deinit(&trace);
    return 0;
}
