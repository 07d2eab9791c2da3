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
    [OVF_REJECT_NOT_AIRCRAFT] = "not_aircraft",
    [OVF_REJECT_NO_FRAMES] = "no_frames",
    [OVF_REJECT_NO_START] = "no_start",
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
    [OVF_REJECT_BAD_PARITY] = "bad_parity",
    [OVF_REJECT_UNKNOWN_SENDER] = "unknown_sender",
    [OVF_REJECT_FORMAT_NOT_READ] = "format_not_read",
    [OVF_REJECT_OUT_OF_REACH] = "out_of_reach",
    [OVF_REJECT_UNCONFIRMED] = "unconfirmed",
    [OVF_REJECT_MEMBER_REJECTED] = "member_rejected",
};

static const char *const words[OVF_REJECT_N] = {
    [OVF_REJECT_UNREADABLE] = "cannot be read",
    [OVF_REJECT_GZIP_TRUNCATED] = "the compressed bytes end early",
    [OVF_REJECT_GZIP_CORRUPT] = "the compressed bytes are damaged",
    [OVF_REJECT_GZIP_TRAILING] = "something follows the compressed bytes",
    [OVF_REJECT_COMPRESSED_TWICE] = "compressed twice: one level is read",
    [OVF_REJECT_COMPRESSION_UNSUPPORTED] = "compressed, but not with gzip",
    [OVF_REJECT_BOMB] = "expands beyond all measure",
    [OVF_REJECT_ARCHIVE_TRUNCATED] = "the archive is cut short",
    [OVF_REJECT_ARCHIVE_CORRUPT] = "the archive is damaged",
    [OVF_REJECT_NOT_A_FILE] = "a link, device or pipe, no file",
    [OVF_REJECT_UNSAFE_NAME] = "a name that leads out of the archive",
    [OVF_REJECT_DUPLICATE_NAME] = "the name stands twice in the archive",
    [OVF_REJECT_TOO_LARGE] = "longer than is read",
    [OVF_REJECT_EMPTY] = "empty",
    [OVF_REJECT_NOT_JSON] = "this is no JSON",
    [OVF_REJECT_JSON_TRUNCATED] = "the JSON ends early",
    [OVF_REJECT_JSON_TRAILING] = "something follows the JSON",
    [OVF_REJECT_JSON_TOO_DEEP] = "the JSON is nested too deep",
    [OVF_REJECT_NOT_A_TRACE] = "JSON, but no trace",
    [OVF_REJECT_NOT_A_TABLE] = "no header line that names the columns needed",
    [OVF_REJECT_NOT_STATES] = "JSON, but no OpenSky state vectors",
    [OVF_REJECT_NOT_AIRCRAFT] = "JSON, but no list of aircraft",
    [OVF_REJECT_NO_FRAMES] = "no frame in it",
    [OVF_REJECT_NO_START] = "when it was recorded is not known",
    [OVF_REJECT_DUPLICATE_KEY] = "a key stands twice",
    [OVF_REJECT_BAD_ADDRESS] = "no address of six hex digits",
    [OVF_REJECT_BAD_TEXT] = "no good text (UTF-8, quotes that close, no NUL)",
    [OVF_REJECT_BAD_BASE_TIME] = "no timestamp from 1990 to 2200",
    [OVF_REJECT_HEADER_REPEATED] = "the header line stands again",
    [OVF_REJECT_ROW_SHORT] = "fewer fields than are needed",
    [OVF_REJECT_ROW_LONG] = "more fields than the header has",
    [OVF_REJECT_WRONG_TYPE] = "a value of another type than is due",
    [OVF_REJECT_BAD_NUMBER] = "no number, or one out of all bounds",
    [OVF_REJECT_BAD_TIME] = "no time from 1990 to 2200",
    [OVF_REJECT_BAD_POSITION] = "a latitude beyond 90 or a longitude beyond 180 degrees",
    [OVF_REJECT_NO_POSITION] = "no position",
    [OVF_REJECT_NULL_ISLAND] = "within 0.01 degrees of 0, 0: a receiver's empty value",
    [OVF_REJECT_TOO_MANY_ROWS] = "beyond the most rows that are read",
    [OVF_REJECT_BAD_PARITY] = "the parity is wrong",
    [OVF_REJECT_UNKNOWN_SENDER] = "of no aircraft that was heard in the last minute",
    [OVF_REJECT_FORMAT_NOT_READ] = "of a format that is not read",
    [OVF_REJECT_OUT_OF_REACH] = "a place that the aircraft cannot have reached",
    [OVF_REJECT_UNCONFIRMED] = "a first position that nothing agrees with yet",
    [OVF_REJECT_MEMBER_REJECTED] = "the file that it stands in is rejected",
};

const char *ovf_reject_name(enum ovf_reject reason)
{
    assert((unsigned)reason < OVF_REJECT_N);
    return names[reason];
}

const char *ovf_reject_words(enum ovf_reject reason)
{
    assert((unsigned)reason < OVF_REJECT_N);
    return words[reason];
}

void ovf_tally_add(struct ovf_tally *sum, const struct ovf_tally *more)
{
    sum->n_read += more->n_read;
    sum->n_used += more->n_used;
    sum->n_repeated += more->n_repeated;
    for (int i = 0; i < OVF_REJECT_N; i++)
        sum->n_rejected[i] += more->n_rejected[i];
}

void ovf_tally_reject_all(struct ovf_tally *tally)
{
    tally->n_rejected[OVF_REJECT_MEMBER_REJECTED] += tally->n_used + tally->n_repeated;
    tally->n_used = 0;
    tally->n_repeated = 0;
}

uint64_t ovf_tally_rejected(const struct ovf_tally *tally)
{
    uint64_t sum = 0;
    for (int i = 0; i < OVF_REJECT_N; i++)
        sum += tally->n_rejected[i];
    return sum;
}
