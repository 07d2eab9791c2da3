/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as CSV, in one piece and byte by byte: both must say the same. */

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "read/csv.h"

struct sum {
    uint64_t n;
    uint64_t hash;
};

static enum ovf_status add_row(void *context, uint32_t address, const struct ovf_fix *fix,
                               const struct ovf_identity *identity)
{
    struct sum *sum = context;
    const uint64_t parts[] = {
        address,  (uint64_t)fix->t_ns, (uint64_t)fix->at.lat_e7, (uint64_t)fix->at.lon_e7,
        fix->has, fix->record.row,     identity != NULL};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        sum->hash = (sum->hash ^ parts[i]) * UINT64_C(1099511628211);
    sum->n++;
    return OVF_OK;
}

static enum ovf_status read_in_pieces(const uint8_t *data, size_t size, size_t piece,
                                      struct sum *sum, struct ovf_tally *rows)
{
    struct ovf_csv *csv = NULL;
    struct ovf_error err = {0};
    enum ovf_status st = ovf_csv_new(1, add_row, sum, &csv);
    if (st != OVF_OK)
        return st;
    for (size_t at = 0; at < size && st == OVF_OK; at += piece) {
        const size_t len = size - at < piece ? size - at : piece;
        st = ovf_csv_feed(csv, (struct ovf_bytes){data + at, len}, &err);
    }
    if (st == OVF_OK)
        st = ovf_csv_finish(csv, &err);
    *rows = *ovf_csv_rows(csv);
    ovf_csv_free(csv);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sum whole = {0};
    struct sum bytewise = {0};
    struct ovf_tally rows = {0};
    struct ovf_tally rows_bytewise = {0};
    const enum ovf_status st = read_in_pieces(data, size, SIZE_MAX, &whole, &rows);
    const enum ovf_status st_bytewise = read_in_pieces(data, size, 1, &bytewise, &rows_bytewise);
    if (st == OVF_E_NOMEM || st_bytewise == OVF_E_NOMEM)
        return 0;
    if (st != st_bytewise || whole.n != bytewise.n || whole.hash != bytewise.hash ||
        memcmp(&rows, &rows_bytewise, sizeof rows) != 0 || rows.n_used != whole.n ||
        rows.n_read != rows.n_used + rows.n_repeated + ovf_tally_rejected(&rows))
        abort();
    return 0;
}
