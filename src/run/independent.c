/* SPDX-License-Identifier: Apache-2.0 */
/* Each crossing is entered with its groups under whatever a finding may be about: itself, its flight, its journey,
 * its watches. A finding then counts what stands under its own subject, or under the crossings that it rests on. */
#include "run/independent.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "rules/watched.h"
#include "store/members.h"

/** An input, and its group by number. */
struct grouped {
    int64_t fid;
    const char *group; /* NULL: it stands for itself */
    size_t number;
};

/** A subject, to be found by its id. */
struct known {
    const struct ovf_subject *subject;
};

struct entry {
    enum ovf_about about;
    const char *id; /* of a subject, or the case's */
    size_t group;
    int64_t t_ns; /* under a watch: when it entered */
};

struct counting {
    struct ovf_open_case *open;
    const struct ovf_matter *matter;
    struct grouped *inputs;
    size_t n_inputs;
    size_t inputs_capacity;
    size_t n_groups;
    struct known *by_id; /* in order of id */
    struct entry *entries;
    size_t n;
    size_t capacity;
    bool *is_marked; /* by group: it carries the finding at hand */
};

/* ---- inputs ---- */

static const char *group_of(struct counting *c, const char *path)
{
    const struct ovf_case_input *const inputs = c->open->the_case.inputs.items;
    for (size_t i = 0; i < c->open->the_case.inputs.n; i++) {
        const char *const own = ovf_open_case_path(c->open, inputs[i].path);
        if (own != NULL && (strcmp(own, path) == 0 || strcmp(inputs[i].path, path) == 0))
            return inputs[i].group;
    }
    return NULL;
}

static enum ovf_status take_input(void *context, int64_t fid, const char *path)
{
    struct counting *const c = context;
    struct grouped *const grown =
        ovf_array_reserve(c->inputs, &c->inputs_capacity, c->n_inputs + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->inputs = grown;
    struct grouped input = {.fid = fid, .group = group_of(c, path), .number = c->n_groups};
    for (size_t i = 0; i < c->n_inputs && input.group != NULL; i++) {
        if (c->inputs[i].group != NULL && strcmp(c->inputs[i].group, input.group) == 0)
            input.number = c->inputs[i].number;
    }
    c->n_groups += input.number == c->n_groups ? 1 : 0;
    c->inputs[c->n_inputs++] = input;
    return OVF_OK;
}

static const struct grouped *find_input(const struct counting *c, int64_t fid)
{
    for (size_t i = 0; i < c->n_inputs; i++) {
        if (c->inputs[i].fid == fid)
            return &c->inputs[i];
    }
    return NULL;
}

/* ---- crossings ---- */

static int compare_subjects(const void *x, const void *y)
{
    return strcmp(((const struct known *)x)->subject->id, ((const struct known *)y)->subject->id);
}

static enum ovf_status order_subjects(struct counting *c)
{
    const size_t n = c->matter->n_subjects;
    c->by_id = malloc((n + 1) * sizeof *c->by_id);
    if (c->by_id == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        c->by_id[i].subject = &c->matter->subjects[i];
    qsort(c->by_id, n, sizeof *c->by_id, compare_subjects);
    return OVF_OK;
}

static enum ovf_status enter(struct counting *c, enum ovf_about about, const char *id, size_t group,
                             int64_t t_ns)
{
    struct entry *const grown =
        ovf_array_reserve(c->entries, &c->capacity, c->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    c->entries = grown;
    c->entries[c->n++] = (struct entry){about, id, group, t_ns};
    return OVF_OK;
}

static enum ovf_status enter_under_watches(struct counting *c, const struct ovf_subject *s,
                                           size_t group)
{
    const struct ovf_case_watch *const watches = c->matter->the_case->watches.items;
    const int64_t t_ns = s->entry.is_known ? s->entry.min_ns : s->flight_start_ns;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->matter->the_case->watches.n && st == OVF_OK; i++) {
        if (ovf_subject_meets(s, watches[i].name.text))
            st = enter(c, OVF_ABOUT_WATCH, watches[i].name.text, group, t_ns);
    }
    return st;
}

static enum ovf_status enter_subject(struct counting *c, const struct ovf_subject *s, size_t group)
{
    enum ovf_status st = enter(c, OVF_ABOUT_CROSSING, s->id, group, 0);
    if (st == OVF_OK)
        st = enter(c, OVF_ABOUT_FLIGHT, s->flight_id, group, 0);
    if (st == OVF_OK)
        st = enter(c, OVF_ABOUT_JOURNEY, s->journey_id, group, 0);
    return st == OVF_OK ? enter_under_watches(c, s, group) : st;
}

static enum ovf_status take_rests_on(void *context, const char *crossing, int64_t fid)
{
    struct counting *const c = context;
    const struct ovf_subject named = {.id = crossing};
    const struct known key = {&named};
    const struct grouped *const input = find_input(c, fid);
    const struct known *const found =
        bsearch(&key, c->by_id, c->matter->n_subjects, sizeof key, compare_subjects);
    if (input == NULL || found == NULL)
        return OVF_OK;
    return enter_subject(c, found->subject, input->number);
}

/** Where one group has all inputs, they need not be asked: what rests on any crossing rests on it. */
static enum ovf_status enter_all(struct counting *c)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < c->matter->n_subjects && st == OVF_OK; i++)
        st = enter_under_watches(c, &c->matter->subjects[i], 0);
    return st;
}

/* ---- findings ---- */

static int compare_entries(const void *x, const void *y)
{
    const struct entry *const a = x;
    const struct entry *const b = y;
    if (a->about != b->about)
        return a->about < b->about ? -1 : 1;
    const int order = strcmp(a->id, b->id);
    if (order != 0 || a->t_ns != b->t_ns)
        return order != 0 ? order : (a->t_ns > b->t_ns) - (a->t_ns < b->t_ns);
    return (a->group > b->group) - (a->group < b->group);
}

static void sort_entries(struct counting *c)
{
    size_t n = 0;
    if (c->n > 0)
        qsort(c->entries, c->n, sizeof *c->entries, compare_entries);
    for (size_t i = 0; i < c->n; i++) {
        if (n == 0 || compare_entries(&c->entries[n - 1], &c->entries[i]) != 0)
            c->entries[n++] = c->entries[i];
    }
    c->n = n;
}

/** Mark the groups that stand under a subject; under a watch, of days. */
static void mark_groups(struct counting *c, enum ovf_about about, const char *id,
                        struct ovf_finding_days days)
{
    const struct entry key = {about, id, 0, days.from_ns};
    size_t low = 0;
    size_t high = c->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_entries(&c->entries[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < c->n && c->entries[low].about == about && strcmp(c->entries[low].id, id) == 0 &&
           c->entries[low].t_ns < days.until_ns;
         low++)
        c->is_marked[c->entries[low].group] = true;
}

/** That there is no data rests on no input. */
static void count_finding(struct counting *c, const struct ovf_findings *findings,
                          struct ovf_finding *finding)
{
    const struct ovf_finding_head *const head = &finding->head;
    static const struct ovf_finding_days always = {INT64_MIN, INT64_MAX};
    const struct ovf_finding_days days = head->days.until_ns != 0 ? head->days : always;
    const bool is_entry = ovf_about_is_entry(head->about);
    finding->n_inputs = 0;
    if (strcmp(head->verdict, "no_data") == 0)
        return;
    memset(c->is_marked, 0, c->n_groups * sizeof *c->is_marked);
    if (is_entry && head->watch != NULL)
        mark_groups(c, OVF_ABOUT_WATCH, head->watch, days);
    else if (head->about == OVF_ABOUT_WATCH)
        mark_groups(c, OVF_ABOUT_WATCH, head->about_id, days);
    else if (!is_entry && c->n_groups > 1)
        mark_groups(c, head->about, head->about_id, always);
    else if (!is_entry)
        c->is_marked[0] = true;
    for (size_t i = 0; i < finding->n_parts && is_entry; i++) {
        const char *text;
        if (ovf_finding_part(findings, finding, i, &text) != OVF_FINDING_RESTS)
            continue;
        if (c->n_groups > 1)
            mark_groups(c, OVF_ABOUT_CROSSING, text, always);
        else
            c->is_marked[0] = true;
    }
    for (size_t i = 0; i < c->n_groups; i++)
        finding->n_inputs += c->is_marked[i] ? 1 : 0;
}

enum ovf_status ovf_independent_count(struct ovf_store *store, struct ovf_open_case *open,
                                      const struct ovf_matter *matter,
                                      struct ovf_findings *findings, struct ovf_error *err)
{
    struct counting c = {.open = open, .matter = matter};
    enum ovf_status st = ovf_store_each_input(store, take_input, &c, err);
    if (st == OVF_OK && c.n_groups <= 1)
        st = enter_all(&c);
    else if (st == OVF_OK)
        st = order_subjects(&c);
    if (st == OVF_OK && c.n_groups > 1)
        st = ovf_store_each_rests_on(store, take_rests_on, &c, err);
    if (st == OVF_OK)
        sort_entries(&c);
    c.is_marked = malloc((c.n_groups + 1) * sizeof *c.is_marked);
    if (c.is_marked == NULL)
        st = st == OVF_OK ? OVF_E_NOMEM : st;
    for (size_t i = 0; i < findings->n && st == OVF_OK; i++)
        count_finding(&c, findings, &findings->items[i]);
    free(c.is_marked);
    free(c.inputs);
    free(c.by_id);
    free(c.entries);
    return st;
}
