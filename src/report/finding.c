/* SPDX-License-Identifier: Apache-2.0 */
/* A finding's line. What it was asked of, not when, is its revision. */
#include "report/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"

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

/* More would be a list of its own: the store has it. */
enum { MAX_EVIDENCE = 100 };

/** The crossings that show what is said of an entry of the case; nothing where none are named. */
static void put_evidence(struct ovf_json_writer *json, const struct ovf_findings *findings,
                         const struct ovf_finding *finding)
{
    int64_t n = 0;
    for (size_t i = 0; i < finding->n_parts; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) != OVF_FINDING_RESTS)
            continue;
        if (n == 0)
            ovf_json_open(json, "evidence", '[');
        if (n++ < MAX_EVIDENCE)
            ovf_json_text(json, NULL, text);
    }
    if (n == 0)
        return;
    ovf_json_close(json, ']');
    ovf_json_int(json, "n_evidence", n);
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
    put_evidence(json, findings, finding);
    ovf_json_open(json, "reasons", '[');
    put_parts(json, findings, finding, OVF_FINDING_REASON);
    ovf_json_close(json, ']');
    ovf_json_open(json, "sources", '[');
    put_parts(json, findings, finding, OVF_FINDING_SOURCE);
    ovf_json_close(json, ']');
}

/** Written with this in its revision's place, which is known when all is said. */
static const char no_rev[OVF_ID_SIZE] = "00000000000000000000000000000000";

static enum ovf_status put_line(const struct ovf_findings *findings,
                                const struct ovf_finding *finding, const char *as_of,
                                struct ovf_sha256 *hash, struct ovf_buffer *out,
                                char rev[OVF_ID_SIZE])
{
    struct ovf_digest digest;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "finding");
    ovf_json_text(&json, "id", finding->id);
    ovf_json_text(&json, "rev", no_rev);
    const size_t said = out->len;
    put_said(&json, findings, finding);
    if (json.status == OVF_OK)
        json.status =
            ovf_sha256_update(hash, (struct ovf_bytes){out->data + said, out->len - said});
    if (json.status == OVF_OK)
        json.status = ovf_sha256_finish(hash, &digest);
    if (json.status != OVF_OK)
        return json.status;
    ovf_digest_format(&digest, (OVF_ID_SIZE - 1) / 2, rev);
    memcpy(out->data + said - OVF_ID_SIZE, rev, OVF_ID_SIZE - 1); /* its quote stays */
    ovf_json_members(&json, as_of);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append(out, "", 1) : json.status;
}

static enum ovf_status put_lines(const struct ovf_findings *findings, size_t n, const char *as_of,
                                 struct ovf_sha256 *hash, struct ovf_finding_lines *out)
{
    const struct ovf_finding *const items = findings->items + out->first;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        struct ovf_finding_line *const line = &out->items[out->n++];
        line->begin = out->text.len;
        st = put_line(findings, &items[i], as_of, hash, &out->text, line->rev);
        line->len = out->text.len - line->begin - 1;
    }
    return st;
}

enum ovf_status ovf_finding_lines_make(const struct ovf_findings *findings, size_t first, size_t n,
                                       int64_t as_of_ns, struct ovf_finding_lines *out)
{
    struct ovf_buffer as_of = {0};
    struct ovf_sha256 *hash = NULL;
    struct ovf_json_writer json = ovf_json_begin(&as_of);
    ovf_json_time(&json, "as_of", as_of_ns);
    enum ovf_status st = json.status == OVF_OK ? ovf_buffer_append(&as_of, "", 1) : json.status;
    out->first = first;
    out->items = malloc((n + 1) * sizeof *out->items);
    if (out->items == NULL)
        st = OVF_E_NOMEM;
    if (st == OVF_OK)
        st = ovf_sha256_new(&hash);
    if (st == OVF_OK)
        st = put_lines(findings, n, (const char *)as_of.data, hash, out);
    ovf_sha256_free(hash);
    ovf_buffer_deinit(&as_of);
    return st;
}

const char *ovf_finding_line(const struct ovf_finding_lines *lines, size_t i)
{
    return (const char *)lines->text.data + lines->items[i].begin;
}

void ovf_finding_lines_deinit(struct ovf_finding_lines *lines)
{
    ovf_buffer_deinit(&lines->text);
    free(lines->items);
    *lines = (struct ovf_finding_lines){0};
}
