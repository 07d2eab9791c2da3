/* SPDX-License-Identifier: Apache-2.0 */
#include "report/finding_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

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

/** Texts of the case and of lists make no lines of their own. */
static enum ovf_status put_line(const char *text, struct ovf_buffer *out)
{
    enum ovf_status st = ovf_buffer_append_text(out, "    ");
    if (st == OVF_OK)
        st = ovf_utf8_append_line(ovf_bytes_from_text(text), out);
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
        if (ovf_finding_part(findings, finding, i, &text) == OVF_FINDING_REASON)
            st = put_line(text, out);
    }
    return st;
}

enum ovf_status ovf_report_findings_table(const struct ovf_findings *findings,
                                          struct ovf_buffer *out)
{
    enum ovf_status st = put_counts(findings, out);
    for (size_t i = 0; i < findings->n && st == OVF_OK; i++) {
        const enum ovf_about about = findings->items[i].head.about;
        if (about == OVF_ABOUT_WATCH || ovf_about_is_entry(about))
            st = put_finding(findings, &findings->items[i], out);
    }
    return st;
}
