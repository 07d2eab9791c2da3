/* SPDX-License-Identifier: Apache-2.0 */
#include "report/finding_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"

/* Of one rule and verdict; the store and the lines have all. */
enum { MAX_LISTED = 20 };

/* ---- how many ---- */

/** What is counted together. */
struct said {
    const char *rule;
    const char *verdict;
};

static int compare_verdicts(const void *x, const void *y)
{
    const struct said *const a = x;
    const struct said *const b = y;
    const int order = strcmp(a->rule, b->rule);
    return order != 0 ? order : strcmp(a->verdict, b->verdict);
}

static enum ovf_status put_counts(const struct ovf_findings *findings, struct ovf_buffer *out)
{
    struct said *const sorted = malloc((findings->n + 1) * sizeof *sorted);
    if (sorted == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < findings->n; i++)
        sorted[i] = (struct said){findings->items[i].head.rule, findings->items[i].head.verdict};
    qsort(sorted, findings->n, sizeof *sorted, compare_verdicts);
    enum ovf_status st = ovf_buffer_append_text(out, "FINDINGS  RULE            VERDICT\n");
    for (size_t i = 0; i < findings->n && st == OVF_OK;) {
        size_t end = i + 1;
        while (end < findings->n && compare_verdicts(&sorted[i], &sorted[end]) == 0)
            end++;
        st =
            ovf_buffer_printf(out, "%8zu  %-14s  %s\n", end - i, sorted[i].rule, sorted[i].verdict);
        i = end;
    }
    free(sorted);
    return st;
}

/* ---- in words ---- */

/** Texts of the case and of lists make no lines of their own. */
static enum ovf_status put_line(const char *text, struct ovf_buffer *out)
{
    const enum ovf_status st = ovf_utf8_append_line(ovf_bytes_from_text(text), out);
    return st == OVF_OK ? ovf_buffer_append(out, "\n", 1) : st;
}

static enum ovf_status put_finding(const struct ovf_findings *findings,
                                   const struct ovf_finding *finding, struct ovf_buffer *out)
{
    const struct ovf_finding_head *const head = &finding->head;
    enum ovf_status st = ovf_buffer_printf(out, "\n%s %s, %s: %s\n", ovf_about_name(head->about),
                                           head->about_id, head->rule, head->verdict);
    for (size_t i = 0; i < finding->n_parts && st == OVF_OK; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) != OVF_FINDING_REASON)
            continue;
        st = ovf_buffer_append_text(out, "    ");
        if (st == OVF_OK)
            st = put_line(text, out);
    }
    return st;
}

/* ---- what flew ---- */

/** A crossing, a flight or a journey, to be found by its id. */
struct flown {
    enum ovf_about about;
    const char *id;
    const struct ovf_subject_aircraft *aircraft;
    int64_t t_ns;
};

/** A finding about one of them. */
struct row {
    const struct ovf_finding *finding;
    const struct flown *flown;
};

/** Of one kind and id. */
static int compare_ids(const void *x, const void *y)
{
    const struct flown *const a = x;
    const struct flown *const b = y;
    if (a->about != b->about)
        return a->about < b->about ? -1 : 1;
    return strcmp(a->id, b->id);
}

static int compare_flown(const void *x, const void *y)
{
    const struct flown *const a = x;
    const struct flown *const b = y;
    const int order = compare_ids(a, b);
    return order != 0 ? order : (a->t_ns > b->t_ns) - (a->t_ns < b->t_ns);
}

/** In order; of a journey the first crossing only. */
static size_t sort_flown(const struct ovf_matter *matter, struct flown *all)
{
    size_t n = 0;
    size_t n_kept = 0;
    for (size_t i = 0; i < matter->n_subjects; i++) {
        const struct ovf_subject *const s = &matter->subjects[i];
        const int64_t t_ns = s->entry.is_known ? s->entry.min_ns : s->flight_start_ns;
        all[n++] = (struct flown){OVF_ABOUT_CROSSING, s->id, &s->aircraft, t_ns};
        all[n++] = (struct flown){OVF_ABOUT_JOURNEY, s->journey_id, &s->aircraft, t_ns};
    }
    for (size_t i = 0; i < matter->n_flights; i++) {
        const struct ovf_subject_flight *const f = &matter->flights[i];
        all[n++] = (struct flown){OVF_ABOUT_FLIGHT, f->id, &f->aircraft, f->start_ns};
    }
    qsort(all, n, sizeof *all, compare_flown);
    for (size_t i = 0; i < n; i++) {
        if (n_kept == 0 || compare_ids(&all[n_kept - 1], &all[i]) != 0)
            all[n_kept++] = all[i];
    }
    return n_kept;
}

static bool is_among(const char *const *verdicts, size_t n, const char *verdict)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(verdicts[i], verdict) == 0)
            return true;
    }
    return false;
}

/** What asks for no look: it was in order, or says nothing of the one flight. */
static bool is_quiet(const char *verdict)
{
    static const char *const quiet[] = {
        "covered", "not_required", "exempt", "in_force", "in_force_contested", "none_in_force",
    };
    return is_among(quiet, sizeof quiet / sizeof *quiet, verdict);
}

/** The same of what is said of a watch or an entry. */
static bool is_settled(const char *verdict)
{
    static const char *const settled[] = {
        "counted",      "flying",
        "consistent",   "landed",
        "no_flight",    "flight_found",
        "no_data",      "too_little_data",
        "undetermined", "coincided_with_nothing",
        "quiet_days",   "not_checkable_from_tracks",
    };
    return is_among(settled, sizeof settled / sizeof *settled, verdict);
}

bool ovf_report_asks_for_look(const struct ovf_finding *finding)
{
    const struct ovf_finding_head *const head = &finding->head;
    return head->about == OVF_ABOUT_WATCH || ovf_about_is_entry(head->about)
               ? !is_settled(head->verdict)
               : !is_quiet(head->verdict);
}

/** By rule and verdict, in each by time. */
static int compare_rows(const void *x, const void *y)
{
    const struct row *const a = x;
    const struct row *const b = y;
    const struct said said[] = {{a->finding->head.rule, a->finding->head.verdict},
                                {b->finding->head.rule, b->finding->head.verdict}};
    const int order = compare_verdicts(&said[0], &said[1]);
    if (order != 0)
        return order;
    if (a->flown->t_ns != b->flown->t_ns)
        return a->flown->t_ns < b->flown->t_ns ? -1 : 1;
    return strcmp(a->finding->id, b->finding->id);
}

static const char *first_reason(const struct ovf_findings *findings,
                                const struct ovf_finding *finding)
{
    for (size_t i = 0; i < finding->n_parts; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) == OVF_FINDING_REASON)
            return text;
    }
    return "";
}

/** "    2012-10-02 05:51 SIM152   no permit ..." */
static enum ovf_status put_row(const struct ovf_findings *findings, const struct row *row,
                               struct ovf_buffer *out)
{
    struct ovf_buffer who = {0};
    char time[OVF_TIME_SIZE];
    ovf_time_format(row->flown->t_ns, 0, time);
    enum ovf_status st =
        ovf_utf8_append_line(ovf_bytes_from_text(ovf_subject_called(row->flown->aircraft)), &who);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "    %.10s %.5s  %-8.*s  ", time, time + 11, (int)who.len,
                               (const char *)who.data);
    ovf_buffer_deinit(&who);
    return st == OVF_OK ? put_line(first_reason(findings, row->finding), out) : st;
}

/** The rows of one rule and verdict. */
static enum ovf_status put_group(const struct ovf_findings *findings, const struct row *rows,
                                 size_t n, struct ovf_buffer *out)
{
    const struct ovf_finding_head *const head = &rows[0].finding->head;
    enum ovf_status st = ovf_buffer_printf(out, "\n%s: %s\n", head->rule, head->verdict);
    for (size_t i = 0; i < n && i < MAX_LISTED && st == OVF_OK; i++)
        st = put_row(findings, &rows[i], out);
    if (st == OVF_OK && n > MAX_LISTED)
        st = ovf_buffer_printf(out, "    and %zu more\n", n - MAX_LISTED);
    return st;
}

static enum ovf_status put_rows(const struct ovf_findings *findings, struct row *rows, size_t n,
                                struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    qsort(rows, n, sizeof *rows, compare_rows);
    for (size_t i = 0, end; i < n && st == OVF_OK; i = end) {
        const struct ovf_finding_head *const head = &rows[i].finding->head;
        for (end = i + 1; end < n; end++) {
            const struct ovf_finding_head *const other = &rows[end].finding->head;
            if (strcmp(head->rule, other->rule) != 0 || strcmp(head->verdict, other->verdict) != 0)
                break;
        }
        st = put_group(findings, &rows[i], end - i, out);
    }
    return st;
}

static enum ovf_status put_flown(const struct ovf_findings *findings,
                                 const struct ovf_matter *matter, struct ovf_buffer *out)
{
    struct flown *const all =
        malloc((2 * matter->n_subjects + matter->n_flights + 1) * sizeof *all);
    struct row *const rows = malloc((findings->n + 1) * sizeof *rows);
    enum ovf_status st = all != NULL && rows != NULL ? OVF_OK : OVF_E_NOMEM;
    const size_t n_flown = st == OVF_OK ? sort_flown(matter, all) : 0;
    size_t n = 0;
    for (size_t i = 0; i < findings->n && st == OVF_OK; i++) {
        const struct ovf_finding *const finding = &findings->items[i];
        const struct flown key = {.about = finding->head.about, .id = finding->head.about_id};
        const struct flown *const found = bsearch(&key, all, n_flown, sizeof key, compare_ids);
        if (found != NULL && !is_quiet(finding->head.verdict))
            rows[n++] = (struct row){finding, found};
    }
    if (st == OVF_OK)
        st = put_rows(findings, rows, n, out);
    free(all);
    free(rows);
    return st;
}

enum ovf_status ovf_report_findings_table(const struct ovf_findings *findings,
                                          const struct ovf_matter *matter, struct ovf_buffer *out)
{
    enum ovf_status st = put_counts(findings, out);
    if (st == OVF_OK)
        st = put_flown(findings, matter, out);
    for (size_t i = 0; i < findings->n && st == OVF_OK; i++) {
        const enum ovf_about about = findings->items[i].head.about;
        if (about == OVF_ABOUT_WATCH || ovf_about_is_entry(about))
            st = put_finding(findings, &findings->items[i], out);
    }
    return st;
}
