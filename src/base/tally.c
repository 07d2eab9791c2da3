/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what became of the input. */
#include "base/tally.h"

#include <assert.h>

static const char *const names[OVF_REJECT_N] = {
    [OVF_REJECT_UNREADABLE] = "unreadable",
    [OVF_REJECT_GZIP_TRUNCATED] = "gzip_truncated",
    [OVF_REJECT_GZIP_CORRUPT] = "gzip_corrupt",
    [OVF_REJECT_GZIP_TRAILING] = "gzip_trailing_bytes",
    [OVF_REJECT_COMPRESSED_TWICE] = "compressed_twice",
    [OVF_REJECT_COMPRESSION_UNSUPPORTED] = "compression_unsupported",
    [OVF_REJECT_BOMB] = "expands_beyond_limit",
    [OVF_REJECT_ARCHIVE_TRUNCATED] = "archive_truncated",
    [OVF_REJECT_ARCHIVE_CORRUPT] = "archive_corrupt",
    [OVF_REJECT_NOT_A_FILE] = "not_a_regular_file",
    [OVF_REJECT_UNSAFE_NAME] = "unsafe_name",
    [OVF_REJECT_DUPLICATE_NAME] = "duplicate_name",
    [OVF_REJECT_TOO_LARGE] = "too_large",
    [OVF_REJECT_EMPTY] = "empty",
    [OVF_REJECT_NOT_JSON] = "not_json",
    [OVF_REJECT_JSON_TRUNCATED] = "json_truncated",
    [OVF_REJECT_JSON_TRAILING] = "json_trailing_bytes",
    [OVF_REJECT_JSON_TOO_DEEP] = "json_too_deep",
    [OVF_REJECT_NOT_A_TRACE] = "not_a_trace",
    [OVF_REJECT_NOT_A_TABLE] = "not_a_table",
    [OVF_REJECT_NOT_STATES] = "not_states",
    [OVF_REJECT_DUPLICATE_KEY] = "duplicate_key",
    [OVF_REJECT_BAD_ADDRESS] = "bad_address",
    [OVF_REJECT_BAD_TEXT] = "bad_text",
    [OVF_REJECT_BAD_BASE_TIME] = "bad_base_time",
    [OVF_REJECT_HEADER_REPEATED] = "header_repeated",
    [OVF_REJECT_ROW_SHORT] = "row_short",
    [OVF_REJECT_ROW_LONG] = "row_long",
    [OVF_REJECT_WRONG_TYPE] = "wrong_type",
    [OVF_REJECT_BAD_NUMBER] = "bad_number",
    [OVF_REJECT_BAD_TIME] = "bad_time",
    [OVF_REJECT_BAD_POSITION] = "bad_position",
    [OVF_REJECT_NO_POSITION] = "no_position",
    [OVF_REJECT_NULL_ISLAND] = "null_island",
    [OVF_REJECT_TOO_MANY_ROWS] = "too_many_rows",
};

const char *ovf_reject_name(enum ovf_reject reason)
{
    assert((unsigned)reason < OVF_REJECT_N);
    return names[reason];
}

void ovf_tally_add(struct ovf_tally *sum, const struct ovf_tally *more)
{
    sum->n_read += more->n_read;
    sum->n_used += more->n_used;
    sum->n_repeated += more->n_repeated;
    for (int i = 0; i < OVF_REJECT_N; i++)
        sum->n_rejected[i] += more->n_rejected[i];
}

uint64_t ovf_tally_rejected(const struct ovf_tally *tally)
{
    uint64_t sum = 0;
    for (int i = 0; i < OVF_REJECT_N; i++)
        sum += tally->n_rejected[i];
    return sum;
}
