/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a trace: a member is used with counts that add up, or rejected with nothing left; and
 * the general reader alone says the same, and so does what older processors run. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "read/field.h"
#include "read/trace.h"
#include "trace_equal.h"

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
    const struct ovf_bytes text = {data, size};
    struct ovf_trace trace = {0};
    struct ovf_trace narrow = {0};
    struct ovf_trace plain = {0};
    enum ovf_reject reject;
    enum ovf_reject reject_narrow;
    enum ovf_reject reject_plain;
    struct ovf_error err = {0};
    struct ovf_error err_narrow = {0};
    struct ovf_error err_plain = {0};
    if (ovf_trace_read(text, 1, &trace, &reject, &err) == OVF_OK &&
        ovf_trace_read_narrow(text, 1, &narrow, &reject_narrow, &err_narrow) == OVF_OK &&
        ovf_trace_read_plain(text, 1, &plain, &reject_plain, &err_plain) == OVF_OK) {
        check(&trace, reject);
        if (reject != reject_plain || strcmp(err.text, err_plain.text) != 0 ||
            !traces_equal(&trace, &plain) || reject_narrow != reject_plain ||
            strcmp(err_narrow.text, err_plain.text) != 0 || !traces_equal(&narrow, &plain))
            abort();
    }
    ovf_trace_deinit(&trace);
    ovf_trace_deinit(&narrow);
    ovf_trace_deinit(&plain);
    return 0;
}
