/* SPDX-License-Identifier: Apache-2.0 */
#include "report/gap.h"

#include "base/time.h"
#include "geo/geodesic.h"
#include "report/ndjson_parts.h"
#include "track/address.h"

static void put_fix(struct ovf_json_writer *json, const char *key,
                    const struct ovf_report_line *line, size_t number)
{
    const struct ovf_fix *fix = &line->result->track->fixes.items[number];
    ovf_json_open(json, key, '{');
    ovf_json_time(json, "time", fix->t_ns);
    ovf_json_number(json, "lat_deg", ovf_deg_from_e7(fix->at.lat_e7), 6);
    ovf_json_number(json, "lon_deg", ovf_deg_from_e7(fix->at.lon_e7), 6);
    if ((fix->has & OVF_FIX_ALT_BARO) != 0)
        ovf_json_int(json, "alt_baro_ft", fix->alt_baro_ft);
    if ((fix->has & OVF_FIX_ALT_GEOM) != 0)
        ovf_json_int(json, "alt_geom_ft", fix->alt_geom_ft);
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
        ovf_json_bool(json, "on_ground", true);
    ovf_json_open(json, "records", '[');
    ovf_ndjson_records(json, line, number);
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
}

enum ovf_status ovf_ndjson_gap_known(const struct ovf_report_line *line,
                                     const struct ovf_flight_gap *gap, struct ovf_buffer *out)
{
    const struct ovf_flight *flight = &line->result->flights[gap->flight];
    const struct ovf_fix *fixes = line->result->track->fixes.items;
    const struct ovf_fix *before = &fixes[gap->before];
    const struct ovf_fix *after = &fixes[gap->after];
    const double length_m = ovf_geodesic_between(before->at, after->at).length_m;
    struct ovf_json_writer json = ovf_json_begin(out);
    json.comma = true;
    ovf_ndjson_aircraft(&json, line, flight);
    ovf_json_open(&json, "flight", '{');
    ovf_json_text(&json, "id", flight->id);
    ovf_json_time(&json, "start", flight->start_ns);
    ovf_json_time(&json, "end", flight->end_ns);
    ovf_json_close(&json, '}');
    put_fix(&json, "from", line, gap->before);
    put_fix(&json, "to", line, gap->after);
    ovf_json_number(&json, "duration_s", ovf_time_seconds(before->t_ns, after->t_ns), 3);
    ovf_json_number(&json, "distance_m", length_m, 0);
    if (gap->after - gap->before > 1)
        ovf_json_int(&json, "n_not_believed", (int64_t)(gap->after - gap->before - 1));
    return json.status;
}

static void put_evidence(struct ovf_json_writer *json, const struct ovf_gap *gap,
                         const struct ovf_gap_evidence *evidence,
                         const struct ovf_detect_config *config)
{
    const enum ovf_gap_cause cause = ovf_gap_judge(gap, evidence, config);
    char words[OVF_GAP_WORDS_SIZE];
    ovf_json_text(json, "alt_band", ovf_band_name(gap->band));
    ovf_json_text(json, "kind", ovf_gap_kind_name(gap->kind));
    ovf_json_text(json, "cause", ovf_gap_cause_name(cause));
    ovf_gap_words(gap, cause, evidence, words);
    if (words[0] != '\0')
        ovf_json_text(json, "words", words);
    if (cause == OVF_CAUSE_OUTAGE)
        ovf_json_text(json, "outage_against", ovf_outage_name(evidence->outage));
    if (evidence->known_s > 0) {
        ovf_json_number(json, "expected_reports", evidence->expected_reports, 1);
        ovf_json_number(json, "received_share", evidence->received_share, 2);
        ovf_json_int(json, "known_s", evidence->known_s);
    }
    ovf_json_int(json, "others_heard", evidence->n_heard);
    ovf_json_int(json, "others_heard_meanwhile", evidence->n_heard_then);
    ovf_json_int(json, "others_silent_meanwhile", evidence->n_silent_then);
    if (evidence->disturbed_s > 0) {
        ovf_json_int(json, "disturbed_s", evidence->disturbed_s);
        ovf_json_int(json, "flights_there", evidence->disturbed.n_all);
        ovf_json_int(json, "flights_disturbed", evidence->disturbed.n_disturbed);
    }
    ovf_json_open(json, "witnesses", '[');
    for (size_t i = 0; i < evidence->n_witnesses; i++) {
        char icao24[OVF_ADDRESS_SIZE];
        ovf_address_format(evidence->witnesses[i], icao24);
        ovf_json_text(json, NULL, icao24);
    }
    ovf_json_close(json, ']');
}

enum ovf_status ovf_ndjson_gap(const char *id, struct ovf_bytes known, const struct ovf_gap *gap,
                               const struct ovf_gap_evidence *evidence,
                               const struct ovf_detect_config *config, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    const size_t said_at = ovf_ndjson_open(&json, "gap", id);
    if (json.status == OVF_OK)
        json.status = ovf_buffer_append(out, known.data, known.len);
    put_evidence(&json, gap, evidence, config);
    ovf_ndjson_set_rev(&json, said_at, NULL);
    return ovf_ndjson_close(&json);
}
