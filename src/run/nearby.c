/* SPDX-License-Identifier: Apache-2.0 */
#include "run/nearby.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "listen/disturbed.h"
#include "report/interference.h"
#include "run/sorter.h"

enum { SORTER_BYTES = 4 << 20 };

struct ovf_nearby_crossings {
    struct ovf_sorter *sorter;
};

/** What is asked of a crossing; the runs of its flight in these hours stand behind it. */
struct asked {
    char id[OVF_ID_SIZE];
    bool is_observed;
    bool holds;
    int64_t from_s; /* since 1970; the crossing */
    int64_t to_s;
};

enum ovf_status ovf_nearby_new(struct ovf_nearby_crossings **out)
{
    struct ovf_nearby_crossings *nearby = calloc(1, sizeof *nearby);
    if (nearby == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_sorter_new(SORTER_BYTES, &nearby->sorter);
    if (st != OVF_OK) {
        free(nearby);
        return st;
    }
    *out = nearby;
    return OVF_OK;
}

void ovf_nearby_free(struct ovf_nearby_crossings *nearby)
{
    if (nearby == NULL)
        return;
    ovf_sorter_free(nearby->sorter);
    free(nearby);
}

/* ---- what is asked ---- */

/** Whether two fixes lie inside by more than twice their radius and what the boundary is worth. */
static bool holds_with_wider_radius(const struct ovf_report *report,
                                    const struct ovf_report_line *line)
{
    const struct ovf_passage *p = &line->crossing->passage;
    const struct ovf_edition *edition = report->config->layers[line->crossing->layer].edition;
    const double accuracy_m = ovf_engine_accuracy_m(edition);
    const size_t n = p->exit.after - p->entry.before + 1;
    unsigned n_deep = 0;
    for (size_t k = 0; k < n && n_deep < 2; k++) { /* the middle first: it is deep, mostly */
        struct ovf_fix fix = line->result->track->fixes.items[p->entry.before + (n / 2 + k) % n];
        fix.radius_m *= 2;
        n_deep += ovf_passage_fix_is_deep(&edition->index, &fix, p->owner, accuracy_m) ? 1 : 0;
    }
    return n_deep == 2;
}

/** The runs of the hours that the crossing lies in. */
static enum ovf_status pack_runs(const struct asked *asked, const struct ovf_heard *heard,
                                 struct ovf_buffer *out)
{
    const int64_t begin_s = ovf_time_floor(asked->from_s, OVF_HOUR_S);
    const int64_t end_s = ovf_time_floor(asked->to_s, OVF_HOUR_S) + OVF_HOUR_S;
    size_t first = 0;
    while (first < heard->n && heard->runs[first].from_s < begin_s)
        first++;
    size_t last = first;
    while (last < heard->n && heard->runs[last].from_s < end_s)
        last++;
    return ovf_heard_pack(&heard->runs[first], last - first, out);
}

enum ovf_status ovf_nearby_add(struct ovf_nearby_crossings *nearby, const struct ovf_report *report,
                               const struct ovf_report_line *line, const struct ovf_heard *heard,
                               struct ovf_buffer *text, struct ovf_error *err)
{
    const struct ovf_passage *p = &line->crossing->passage;
    const struct ovf_sort_key key = {.start_ns =
                                         line->result->flights[line->crossing->flight].start_ns,
                                     .entry_ns = p->entry.t_ns,
                                     .address = line->result->track->address};
    struct asked asked;
    memset(&asked, 0, sizeof asked); /* lines are compared, padding and all */
    memcpy(asked.id, line->crossing->id, sizeof asked.id);
    asked.from_s = ovf_time_floor(p->entry.earliest_ns, OVF_NS_PER_S) / OVF_NS_PER_S;
    asked.to_s = ovf_time_floor(p->exit.latest_ns, OVF_NS_PER_S) / OVF_NS_PER_S;
    asked.is_observed = p->class == OVF_CLASS_OBSERVED;
    asked.holds = asked.is_observed && holds_with_wider_radius(report, line);
    text->len = 0;
    enum ovf_status st = ovf_buffer_append(text, &asked, sizeof asked);
    if (st == OVF_OK)
        st = pack_runs(&asked, heard, text);
    return st == OVF_OK ? ovf_sorter_add(nearby->sorter, key, ovf_buffer_bytes(text), err) : st;
}

/* ---- what others show ---- */

struct printing {
    const struct ovf_detect_config *config;
    struct ovf_disturbed disturbed;
    const struct ovf_sink *out;
    struct ovf_buffer text;
};

static enum ovf_status take_disturbed(void *context, uint32_t address, struct ovf_bytes runs)
{
    struct printing *printing = context;
    return ovf_disturbed_take(&printing->disturbed, address, runs);
}

static enum ovf_status take_all(void *context, uint32_t address, struct ovf_bytes runs)
{
    struct printing *printing = context;
    ovf_disturbed_take_all(&printing->disturbed, address, runs);
    return OVF_OK;
}

/** The others in the cell and hour of \p at: all but the aircraft itself, as \p runs of its own tell. */
static struct ovf_cell_traffic others_of(const struct ovf_disturbed *disturbed,
                                         struct ovf_bytes runs, const struct ovf_heard_run *at)
{
    struct ovf_cell_traffic others = ovf_disturbed_there(disturbed, at->from_s, at->cell);
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    bool counts = false;
    bool is_disturbed = false;
    while (ovf_heard_next(&reader, &run)) {
        if (run.cell != at->cell || run.from_s / OVF_HOUR_S != at->from_s / OVF_HOUR_S)
            continue;
        counts = counts || !run.is_silent || run.is_disturbed;
        is_disturbed = is_disturbed || run.is_disturbed;
    }
    others.n_all -= counts && others.n_all > 0 ? 1 : 0;
    others.n_disturbed -= is_disturbed && others.n_disturbed > 0 ? 1 : 0;
    return others;
}

static bool is_worse(struct ovf_cell_traffic a, struct ovf_cell_traffic b)
{
    return (uint64_t)a.n_disturbed * b.n_all > (uint64_t)b.n_disturbed * a.n_all;
}

/** Of the cells and hours of the crossing that speak, the one with the largest share; the first of such. */
static enum ovf_status tell(void *context, struct ovf_bytes line)
{
    struct printing *printing = context;
    struct asked asked;
    struct ovf_heard_run run;
    memcpy(&asked, line.data, sizeof asked);
    const struct ovf_bytes runs = {line.data + sizeof asked, line.len - sizeof asked};
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_nearby worst = {
        .crossing_id = asked.id, .is_observed = asked.is_observed, .holds = asked.holds};
    while (ovf_heard_next(&reader, &run)) {
        if (run.to_s < asked.from_s || run.from_s > asked.to_s ||
            ovf_disturbed_there(&printing->disturbed, run.from_s, run.cell).n_disturbed == 0)
            continue;
        const struct ovf_cell_traffic others = others_of(&printing->disturbed, runs, &run);
        if (!ovf_cell_speaks(others, printing->config) ||
            (worst.others.n_all > 0 && !is_worse(others, worst.others)))
            continue;
        worst.others = others;
        worst.cell = run.cell;
        worst.hour_s = ovf_time_floor(run.from_s, OVF_HOUR_S);
    }
    if (worst.others.n_all == 0)
        return OVF_OK;
    printing->text.len = 0;
    const enum ovf_status st = ovf_ndjson_nearby(&worst, &printing->text);
    return st == OVF_OK ? ovf_sink_write(printing->out, printing->text.data, printing->text.len)
                        : st;
}

enum ovf_status ovf_nearby_print(struct ovf_nearby_crossings *nearby,
                                 const struct ovf_heard_spool *heard,
                                 const struct ovf_detect_config *config, const struct ovf_sink *out,
                                 struct ovf_error *err)
{
    struct printing printing = {.config = config, .disturbed = {.by_hour = true}, .out = out};
    enum ovf_status st = ovf_heard_spool_show_disturbed(heard, take_disturbed, &printing, err);
    if (st == OVF_OK && printing.disturbed.n > 0) {
        st = ovf_heard_spool_show(heard, take_all, &printing, err);
        if (st == OVF_OK)
            st = ovf_sorter_finish(nearby->sorter, tell, &printing, err);
    }
    ovf_buffer_deinit(&printing.text);
    ovf_disturbed_deinit(&printing.disturbed);
    return st;
}
