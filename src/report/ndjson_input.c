/* SPDX-License-Identifier: Apache-2.0 */
/* NDJSON of what was read: inputs, and editions of boundaries. */
#include "report/ndjson.h"
#include "report/ndjson_parts.h"

static void put_tally(struct ovf_json_writer *json, const char *key, const struct ovf_tally *tally)
{
    ovf_json_open(json, key, '{');
    ovf_json_int(json, "read", (int64_t)tally->n_read);
    ovf_json_int(json, "used", (int64_t)tally->n_used);
    if (tally->n_repeated > 0)
        ovf_json_int(json, "repeated", (int64_t)tally->n_repeated);
    ovf_json_open(json, "rejected", '{');
    for (int i = 0; i < OVF_REJECT_N; i++) {
        if (tally->n_rejected[i] > 0)
            ovf_json_int(json, ovf_reject_name((enum ovf_reject)i), (int64_t)tally->n_rejected[i]);
    }
    ovf_json_close(json, '}');
    ovf_json_close(json, '}');
}

enum ovf_status ovf_ndjson_input(const struct ovf_report_input *input, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "input");
    ovf_json_text(&json, "path", input->path);
    if (input->digest != NULL) {
        char digest[OVF_NDJSON_DIGEST_SIZE];
        ovf_ndjson_digest(input->digest, digest);
        ovf_json_text(&json, "digest", digest);
        ovf_json_int(&json, "bytes", (int64_t)input->n_bytes);
    }
    if (input->members_digest != NULL) {
        char digest[OVF_NDJSON_DIGEST_SIZE];
        ovf_ndjson_digest(input->members_digest, digest);
        ovf_json_text(&json, "members_digest", digest);
    }
    put_tally(&json, "members", input->members);
    if (input->n_not_used > 0)
        ovf_json_int(&json, "members_not_used", (int64_t)input->n_not_used);
    if (input->n_date_disagrees > 0)
        ovf_json_int(&json, "members_dated_otherwise", (int64_t)input->n_date_disagrees);
    put_tally(&json, "rows", input->rows);
    if (input->decimation_s > 0) {
        ovf_json_open(&json, "decimation", '{');
        ovf_json_text(&json, "rule", "trace_flags");
        ovf_json_int(&json, "max_gap_s", input->decimation_s);
        ovf_json_close(&json, '}');
    }
    if (input->first_ns <= input->last_ns) {
        ovf_json_time(&json, "first", input->first_ns);
        ovf_json_time(&json, "last", input->last_ns);
    }
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

static bool has_amsl_limits(const struct ovf_edition *edition)
{
    bool has = false;
    for (size_t i = 0; i < edition->n_limits; i++)
        has = has || ovf_limits_have_amsl(&edition->limits[i]);
    return has;
}

/** \p geoid may be NULL. */
static void put_edition(struct ovf_json_writer *json, const struct ovf_edition *edition,
                        const struct ovf_geoid *geoid)
{
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "type", "edition");
    ovf_json_text(json, "kind", ovf_kind_name(edition->kind));
    ovf_ndjson_text_if_any(json, "name", edition->name);
    ovf_ndjson_text_if_any(json, "edition", edition->edition);
    ovf_ndjson_text_if_any(json, "source", edition->source);
    ovf_ndjson_text_if_any(json, "licence", edition->licence);
    ovf_ndjson_text_if_any(json, "attribution", edition->attribution);
    if (geoid != NULL && has_amsl_limits(edition))
        ovf_json_text(json, "geoid", geoid->source);
    ovf_json_close(json, '}');
}

static enum ovf_status put_thresholds(struct ovf_bytes thresholds, struct ovf_buffer *out)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "thresholds");
    ovf_json_bytes(&json, "changed", thresholds);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

enum ovf_status ovf_ndjson_footer(const struct ovf_report *report, struct ovf_buffer *out)
{
    enum ovf_status st =
        report->thresholds.len > 0 ? put_thresholds(report->thresholds, out) : OVF_OK;
    for (size_t i = 0; i < report->config->n_layers && st == OVF_OK; i++) {
        struct ovf_json_writer json = ovf_json_begin(out);
        put_edition(&json, report->config->layers[i].edition, report->config->geoid);
        st = json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
    }
    return st;
}
