/* SPDX-License-Identifier: Apache-2.0 */
#include "report/share.h"

#include "base/json_writer.h"
#include "series/share.h"

enum ovf_status ovf_historical_share_words(const struct ovf_historical_share *share,
                                           struct ovf_buffer *out)
{
    const struct ovf_share interval = ovf_share_interval(share->count.n_crossed, share->count.n);
    return ovf_buffer_printf(
        out,
        "historical share: %u of %u flights%s%s from %s to %s whose positions tell crossed %s (95 "
        "%% "
        "interval %.1f to %.1f %%); it ranks what is possible and tells nothing of this flight",
        (unsigned)share->count.n_crossed, (unsigned)share->count.n,
        share->operator_icao[0] != '\0' ? " of " : "", share->operator_icao, share->from, share->to,
        share->airspace, 100 * interval.low, 100 * interval.high);
}

static enum ovf_status put_words(const struct ovf_historical_share *share,
                                 struct ovf_json_writer *json)
{
    struct ovf_buffer words = {0};
    enum ovf_status st = ovf_historical_share_words(share, &words);
    if (st == OVF_OK)
        st = ovf_buffer_append(&words, "", 1);
    if (st == OVF_OK)
        ovf_json_text(json, "words", (const char *)words.data);
    ovf_buffer_deinit(&words);
    return st;
}

enum ovf_status ovf_ndjson_share(const struct ovf_historical_share *share, struct ovf_buffer *out)
{
    const struct ovf_past_count count = share->count;
    const struct ovf_share interval = ovf_share_interval(count.n_crossed, count.n);
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "historical_share");
    ovf_json_text(&json, "crossing_id", share->crossing_id);
    ovf_json_text(&json, "airspace", share->airspace);
    ovf_json_text(&json, "from", share->from);
    ovf_json_text(&json, "to", share->to);
    if (share->operator_icao[0] != '\0')
        ovf_json_text(&json, "operator", share->operator_icao);
    ovf_json_int(&json, "flights", count.n);
    ovf_json_int(&json, "flights_crossed", count.n_crossed);
    ovf_json_number(&json, "share", (double)count.n_crossed / count.n, 4);
    ovf_json_number(&json, "share_low", interval.low, 4);
    ovf_json_number(&json, "share_high", interval.high, 4);
    const enum ovf_status st = put_words(share, &json);
    ovf_json_close(&json, '}');
    if (st != OVF_OK || json.status != OVF_OK)
        return st != OVF_OK ? st : json.status;
    return ovf_buffer_append_text(out, "\n");
}
