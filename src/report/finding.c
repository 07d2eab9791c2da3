/* SPDX-License-Identifier: Apache-2.0 */
/* A finding's line. What it was asked of, not when, is its revision. */
#include "report/finding.h"

#include "report/ndjson_parts.h"

/** All parts of one kind: members of an object (details), or an array of texts. */
static void put_parts(struct ovf_json_writer *json, const struct ovf_findings *findings,
                      const struct ovf_finding *finding, enum ovf_finding_part_kind kind)
{
    for (size_t i = 0; i < finding->n_parts; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) != kind)
            continue;
        if (kind == OVF_FINDING_DETAIL)
            ovf_json_members(json, text);
        else
            ovf_json_text(json, NULL, text);
    }
}

static void put_said(struct ovf_json_writer *json, const struct ovf_findings *findings,
                     const struct ovf_finding *finding)
{
    const struct ovf_finding_head *const head = &finding->head;
    if (head->simulated)
        ovf_json_bool(json, "simulated", true);
    ovf_json_open(json, "about", '{');
    ovf_json_text(json, ovf_about_name(head->about), head->about_id);
    ovf_json_close(json, '}');
    ovf_json_text(json, "rule", head->rule);
    if (head->key[0] != '\0')
        ovf_json_text(json, "against", head->key);
    ovf_json_text(json, "verdict", head->verdict);
    put_parts(json, findings, finding, OVF_FINDING_DETAIL);
    if (finding->knows_force) {
        ovf_json_bool(json, "in_force_on_flight_date", finding->in_force_on_flight_date);
        ovf_json_bool(json, "in_force_today", finding->in_force_today);
    }
    if (finding->n_inputs > 0)
        ovf_json_int(json, "n_independent_inputs", (int64_t)finding->n_inputs);
    ovf_json_open(json, "reasons", '[');
    put_parts(json, findings, finding, OVF_FINDING_REASON);
    ovf_json_close(json, ']');
    ovf_json_open(json, "sources", '[');
    put_parts(json, findings, finding, OVF_FINDING_SOURCE);
    ovf_json_close(json, ']');
}

enum ovf_status ovf_report_finding(const struct ovf_findings *findings,
                                   const struct ovf_finding *finding, int64_t as_of_ns,
                                   struct ovf_buffer *out, char rev[OVF_ID_SIZE])
{
    struct ovf_buffer said = {0};
    struct ovf_buffer beside = {0};
    struct ovf_json_writer json = ovf_json_begin(&said);
    json.comma = true;
    put_said(&json, findings, finding);
    enum ovf_status st = json.status;
    json = ovf_json_begin(&beside);
    json.comma = true;
    ovf_json_time(&json, "as_of", as_of_ns);
    st = st == OVF_OK ? json.status : st;
    if (st == OVF_OK)
        st = ovf_ndjson_rev(&said, rev);
    if (st == OVF_OK)
        st = ovf_ndjson_object("finding", finding->id, &said, &beside, out);
    ovf_buffer_deinit(&beside);
    ovf_buffer_deinit(&said);
    return st;
}
