/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as one of the formats in which aircraft are mixed, at once and byte by byte: both must say the same. */
#ifndef OVF_FUZZ_FUZZ_ROWS_H
#define OVF_FUZZ_FUZZ_ROWS_H

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "read/mixed.h"

struct fuzz_rows {
    uint64_t n;
    uint64_t hash;
    enum ovf_status status;
    enum ovf_reject reject;
    struct ovf_tally rows;
};

static enum ovf_status fuzz_add_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                    const struct ovf_identity *identity)
{
    struct fuzz_rows *sum = context;
    const uint64_t parts[] = {
        address,  (uint64_t)fix->t_ns, (uint64_t)fix->at.lat_e7, (uint64_t)fix->at.lon_e7,
        fix->has, fix->record.row,     identity != NULL};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        sum->hash = (sum->hash ^ parts[i]) * UINT64_C(1099511628211);
    sum->n++;
    return OVF_OK;
}

static struct fuzz_rows fuzz_read(enum ovf_mixed_format format, const uint8_t *data, size_t size,
                                  size_t piece)
{
    struct fuzz_rows sum = {.reject = OVF_REJECT_N};
    const struct ovf_read_options options = {.sbs_ahead_ns = OVF_NS_PER_MIN};
    static const int64_t live_ns = INT64_C(1751328000000000000);
    const int64_t *const now = size % 2 == 0 ? &live_ns : NULL;
    struct ovf_mixed *table = NULL;
    struct ovf_error err = {""};
    sum.status = ovf_mixed_new(format, 1, &options, fuzz_add_row, &sum, &table);
    if (sum.status != OVF_OK)
        return sum;
    for (size_t at = 0; at < size && sum.status == OVF_OK; at += piece) {
        const size_t len = size - at < piece ? size - at : piece;
        sum.status =
            ovf_mixed_feed(table, (struct ovf_bytes){data + at, len}, now, &sum.reject, &err);
    }
    if (sum.status == OVF_OK)
        sum.status = ovf_mixed_finish(table, &sum.reject, &err);
    if ((sum.status == OVF_E_FORMAT) != (sum.reject != OVF_REJECT_N))
        abort();
    sum.rows = *ovf_mixed_rows(table);
    ovf_mixed_free(table);
    return sum;
}

static void fuzz_rows(enum ovf_mixed_format format, const uint8_t *data, size_t size)
{
    const struct fuzz_rows whole = fuzz_read(format, data, size, size > 0 ? size : 1);
    const struct fuzz_rows bytewise = fuzz_read(format, data, size, 1);
    if (whole.status == OVF_E_NOMEM || bytewise.status == OVF_E_NOMEM)
        return;
    if (whole.status != bytewise.status || whole.reject != bytewise.reject ||
        whole.n != bytewise.n || whole.hash != bytewise.hash ||
        memcmp(&whole.rows, &bytewise.rows, sizeof whole.rows) != 0 ||
        whole.rows.n_used < whole.n ||
        whole.rows.n_read !=
            whole.rows.n_used + whole.rows.n_repeated + ovf_tally_rejected(&whole.rows))
        abort();
}

#endif
