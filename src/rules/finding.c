/* SPDX-License-Identifier: Apache-2.0 */
/* A list of findings over one run of text. */
#include "rules/finding.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/sha256.h"

struct ovf_finding_part {
    enum ovf_finding_part_kind kind;
    size_t text; /* where it begins in the text */
};

const char *ovf_about_name(enum ovf_about about)
{
    static const char *const names[OVF_ABOUT_N] = {
        [OVF_ABOUT_CROSSING] = "crossing",     [OVF_ABOUT_FLIGHT] = "flight",
        [OVF_ABOUT_JOURNEY] = "journey",       [OVF_ABOUT_WATCH] = "watch",
        [OVF_ABOUT_CLAIM] = "claim",           [OVF_ABOUT_ORDER] = "order",
        [OVF_ABOUT_INSPECTION] = "inspection", [OVF_ABOUT_REQUEST] = "request",
    };
    return names[about];
}

bool ovf_about_is_entry(enum ovf_about about)
{
    return about >= OVF_ABOUT_CLAIM;
}

void ovf_findings_deinit(struct ovf_findings *findings)
{
    free(findings->items);
    free(findings->parts);
    ovf_buffer_deinit(&findings->text);
    ovf_texts_deinit(&findings->kept);
    ovf_sha256_free(findings->hash);
    *findings = (struct ovf_findings){0};
}

static void fail(struct ovf_findings *findings, enum ovf_status status)
{
    if (findings->status == OVF_OK)
        findings->status = status;
}

/** Room for all that \p from has. */
static enum ovf_status make_room(struct ovf_findings *findings, const struct ovf_findings *from)
{
    struct ovf_finding *const items = ovf_array_reserve(findings->items, &findings->capacity,
                                                        findings->n + from->n, sizeof *items);
    if (items == NULL)
        return OVF_E_NOMEM;
    findings->items = items;
    struct ovf_finding_part *const parts =
        ovf_array_reserve(findings->parts, &findings->parts_capacity,
                          findings->n_parts + from->n_parts, sizeof *parts);
    if (parts == NULL)
        return OVF_E_NOMEM;
    findings->parts = parts;
    return ovf_buffer_reserve(&findings->text, from->text.len);
}

void ovf_findings_take(struct ovf_findings *findings, struct ovf_findings *from)
{
    if (findings->status == OVF_OK)
        fail(findings, from->status != OVF_OK ? from->status : make_room(findings, from));
    const size_t n_bytes = findings->text.len;
    for (size_t i = 0; i < from->n && findings->status == OVF_OK; i++) {
        struct ovf_finding *const finding = &findings->items[findings->n++];
        *finding = from->items[i];
        finding->first_part += findings->n_parts; /* theirs follow */
    }
    for (size_t i = 0; i < from->n_parts && findings->status == OVF_OK; i++)
        findings->parts[findings->n_parts++] =
            (struct ovf_finding_part){from->parts[i].kind, n_bytes + from->parts[i].text};
    if (findings->status == OVF_OK)
        fail(findings, ovf_buffer_append(&findings->text, from->text.data, from->text.len));
    ovf_texts_take(&findings->kept, &from->kept);
    ovf_findings_deinit(from);
}

const char *ovf_findings_keep(struct ovf_findings *findings, const char *text)
{
    const char *const kept = ovf_texts_keep(&findings->kept, ovf_bytes_from_text(text));
    if (kept == NULL)
        fail(findings, OVF_E_NOMEM);
    return kept != NULL ? kept : "";
}

static enum ovf_status make_id(struct ovf_findings *findings, const struct ovf_finding_head *head,
                               char id[OVF_ID_SIZE])
{
    /* A line end parts them: it stands in none. */
    const char *const texts[] = {
        head->rule, "\n", head->key, "\n", ovf_about_name(head->about), "\n", head->about_id};
    struct ovf_digest digest;
    enum ovf_status st = findings->hash != NULL ? OVF_OK : ovf_sha256_new(&findings->hash);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && st == OVF_OK; i++)
        st = ovf_sha256_update(findings->hash, ovf_bytes_from_text(texts[i]));
    if (st == OVF_OK)
        st = ovf_sha256_finish(findings->hash, &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, (OVF_ID_SIZE - 1) / 2, id);
    return st;
}

void ovf_findings_add(struct ovf_findings *findings, const struct ovf_finding_head *head)
{
    struct ovf_finding finding = {.head = *head, .first_part = findings->n_parts};
    const enum ovf_status st = make_id(findings, head, finding.id);
    struct ovf_finding *grown =
        ovf_array_reserve(findings->items, &findings->capacity, findings->n + 1, sizeof *grown);
    if (grown != NULL)
        findings->items = grown;
    if (st != OVF_OK || grown == NULL) {
        fail(findings, st != OVF_OK ? st : OVF_E_NOMEM);
        return;
    }
    findings->items[findings->n++] = finding;
}

void ovf_finding_force(struct ovf_findings *findings, bool on_flight_date, bool today)
{
    if (findings->status != OVF_OK)
        return;
    struct ovf_finding *const finding = &findings->items[findings->n - 1];
    finding->knows_force = true;
    finding->in_force_on_flight_date = on_flight_date;
    finding->in_force_today = today;
}

/** What was written to the text from \p begin on is a part of the last finding. */
static void end_part(struct ovf_findings *findings, enum ovf_finding_part_kind kind, size_t begin,
                     enum ovf_status written)
{
    struct ovf_finding_part *grown = NULL;
    if (written == OVF_OK)
        written = ovf_buffer_append(&findings->text, "", 1);
    if (written == OVF_OK) {
        grown = ovf_array_reserve(findings->parts, &findings->parts_capacity, findings->n_parts + 1,
                                  sizeof *grown);
        written = grown != NULL ? OVF_OK : OVF_E_NOMEM;
    }
    if (written != OVF_OK) {
        fail(findings, written);
        return;
    }
    findings->parts = grown;
    findings->parts[findings->n_parts++] = (struct ovf_finding_part){kind, begin};
    findings->items[findings->n - 1].n_parts++;
}

void ovf_finding_reason(struct ovf_findings *findings, const char *format, ...)
{
    if (findings->status != OVF_OK)
        return;
    const size_t begin = findings->text.len;
    va_list args;
    va_start(args, format);
    const enum ovf_status st = ovf_buffer_vprintf(&findings->text, format, args);
    va_end(args);
    end_part(findings, OVF_FINDING_REASON, begin, st);
}

static void put_text(struct ovf_findings *findings, enum ovf_finding_part_kind kind,
                     const char *text)
{
    if (findings->status != OVF_OK)
        return;
    const size_t begin = findings->text.len;
    end_part(findings, kind, begin, ovf_buffer_append_text(&findings->text, text));
}

void ovf_finding_source(struct ovf_findings *findings, const char *source)
{
    put_text(findings, OVF_FINDING_SOURCE, source);
}

void ovf_finding_rests_on(struct ovf_findings *findings, const char *id)
{
    put_text(findings, OVF_FINDING_RESTS, id);
}

struct ovf_json_writer ovf_finding_details(struct ovf_findings *findings)
{
    struct ovf_json_writer json = ovf_json_begin(&findings->text);
    json.status = findings->status; /* what failed before writes no more */
    findings->details = findings->text.len;
    return json;
}

void ovf_finding_details_end(struct ovf_findings *findings, const struct ovf_json_writer *json)
{
    if (findings->status == OVF_OK)
        end_part(findings, OVF_FINDING_DETAIL, findings->details, json->status);
}

enum ovf_finding_part_kind ovf_finding_part(const struct ovf_findings *findings,
                                            const struct ovf_finding *finding, size_t i,
                                            const char **text)
{
    assert(i < finding->n_parts);
    const struct ovf_finding_part *const part = &findings->parts[finding->first_part + i];
    *text = (const char *)findings->text.data + part->text;
    return part->kind;
}
