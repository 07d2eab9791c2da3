/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/watched.h"

#include <stdlib.h>
#include <string.h>

#include "base/text_order.h"

void ovf_watched_deinit(struct ovf_watched *watched)
{
    free(watched->items);
    free(watched->crossings);
    *watched = (struct ovf_watched){0};
}

static bool has_name(const char *names, const char *name)
{
    const size_t len = strlen(name);
    for (const char *p = names; *p != '\0';) {
        const size_t n = strcspn(p, ",");
        if (n == len && memcmp(p, name, n) == 0)
            return true;
        p += n + (p[n] == ',' ? 1 : 0);
    }
    return false;
}

bool ovf_subject_meets(const struct ovf_subject *subject, const char *name)
{
    return has_name(subject->watches, name);
}

static bool is_sure(const struct ovf_subject *subject, const char *watch)
{
    return !has_name(subject->watches_by_states, watch) && ovf_subject_is_sure(subject);
}

bool ovf_subject_meets_for_sure(const struct ovf_subject *subject, const char *name)
{
    return ovf_subject_meets(subject, name) && is_sure(subject, name);
}

static int compare_journeys(const void *x, const void *y)
{
    const struct ovf_watched_journey *const a = x;
    const struct ovf_watched_journey *const b = y;
    if (a->entry.min_ns != b->entry.min_ns)
        return a->entry.min_ns < b->entry.min_ns ? -1 : 1;
    return strcmp(a->journey_id, b->journey_id);
}

static struct ovf_when entry_of(const struct ovf_subject *subject)
{
    if (subject->entry.is_known)
        return subject->entry;
    return (struct ovf_when){true, subject->flight_start_ns, subject->flight_start_ns};
}

/** Members, a subject's number by its journey in their order, to journeys: subjects are in order of entry. */
static void make_journeys(const struct ovf_subject *subjects, const struct ovf_text_item *members,
                          size_t n, const char *watch, struct ovf_watched *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct ovf_subject *const subject = &subjects[members[i].value];
        if (i == 0 || strcmp(members[i - 1].text, members[i].text) != 0)
            out->items[out->n++] = (struct ovf_watched_journey){
                .journey_id = subject->journey_id, .first = i, .entry = entry_of(subject)};
        struct ovf_watched_journey *const last = &out->items[out->n - 1];
        out->crossings[i] = members[i].value;
        last->n++;
        last->is_sure = last->is_sure || is_sure(subject, watch);
    }
    out->n_crossings = n;
}

enum ovf_status ovf_watched_find(const struct ovf_subject *subjects, size_t n_subjects,
                                 const char *name, struct ovf_watched *out)
{
    size_t n = 0;
    struct ovf_text_item *const members = malloc((n_subjects + 1) * sizeof *members);
    out->items = malloc((n_subjects + 1) * sizeof *out->items);
    out->crossings = malloc((n_subjects + 1) * sizeof *out->crossings);
    if (members == NULL || out->items == NULL || out->crossings == NULL) {
        free(members);
        return OVF_E_NOMEM;
    }
    for (size_t i = 0; i < n_subjects; i++) {
        if (ovf_subject_meets(&subjects[i], name))
            members[n++] = (struct ovf_text_item){subjects[i].journey_id, i};
    }
    const enum ovf_status st = ovf_text_order(members, n);
    if (st == OVF_OK) {
        make_journeys(subjects, members, n, name, out);
        qsort(out->items, out->n, sizeof *out->items, compare_journeys);
    }
    free(members);
    return st;
}

void ovf_watched_rests_on(const struct ovf_watched *watched, size_t i,
                          const struct ovf_subject *subjects, struct ovf_findings *findings)
{
    const struct ovf_watched_journey *const journey = &watched->items[i];
    for (size_t k = 0; k < journey->n; k++)
        ovf_finding_rests_on(findings, subjects[watched->crossings[journey->first + k]].id);
}
