/* SPDX-License-Identifier: Apache-2.0 */
#include "run/gaps.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "listen/reception.h"
#include "report/gap.h"
#include "run/sorter.h"

/* Of the sorter, and of the lines of a batch. */
enum { SORTER_BYTES = 8 << 20, BATCH_BYTES = 16 << 20 };

/** What is known of a gap; what its line says follows. */
struct known {
    char id[OVF_ID_SIZE];
    struct ovf_gap gap;
};

struct ovf_gaps {
    struct ovf_sorter *sorter;
    struct ovf_heard_spool *heard;
};

enum ovf_status ovf_gaps_new(struct ovf_gaps **out)
{
    struct ovf_gaps *gaps = calloc(1, sizeof *gaps);
    if (gaps == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_sorter_new(SORTER_BYTES, &gaps->sorter);
    if (st == OVF_OK)
        st = ovf_heard_spool_new(&gaps->heard);
    if (st != OVF_OK) {
        ovf_gaps_free(gaps);
        return st;
    }
    *out = gaps;
    return OVF_OK;
}

void ovf_gaps_free(struct ovf_gaps *gaps)
{
    if (gaps == NULL)
        return;
    ovf_sorter_free(gaps->sorter);
    ovf_heard_spool_free(gaps->heard);
    free(gaps);
}

struct ovf_heard_spool *ovf_gaps_heard(struct ovf_gaps *gaps)
{
    return gaps->heard;
}

static enum ovf_status add_gap(struct ovf_gaps *gaps, const struct ovf_walk_options *walk,
                               const struct ovf_report_line *line, const struct ovf_flight_gap *gap,
                               struct ovf_buffer *text, struct ovf_error *err)
{
    const struct ovf_track *track = line->result->track;
    const struct ovf_sort_key key = {.start_ns = line->result->flights[gap->flight].start_ns,
                                     .entry_ns = track->fixes.items[gap->before].t_ns,
                                     .address = track->address};
    struct known known;
    memset(&known, 0, sizeof known);
    memcpy(known.id, gap->id, sizeof known.id);
    known.gap = ovf_gap_between(walk, track, gap->before, gap->after);
    text->len = 0;
    enum ovf_status st = ovf_buffer_append(text, &known, sizeof known);
    if (st == OVF_OK)
        st = ovf_ndjson_gap_known(line, gap, text);
    return st == OVF_OK ? ovf_sorter_add(gaps->sorter, key, ovf_buffer_bytes(text), err) : st;
}

enum ovf_status ovf_gaps_add(struct ovf_gaps *gaps, const struct ovf_walk_options *walk,
                             const struct ovf_report_line *line, struct ovf_buffer *text,
                             struct ovf_error *err)
{
    const struct ovf_result *result = line->result;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < result->n_gaps && st == OVF_OK; i++) {
        if (result->gaps[i].flight == line->crossing->flight)
            st = add_gap(gaps, walk, line, &result->gaps[i], text, err);
    }
    return st;
}

/* ---- printing ---- */

struct printing {
    const struct ovf_gaps *gaps;
    const struct ovf_detect_config *config;
    const struct ovf_sink *out;
    struct ovf_error *err;
    struct ovf_reception *reception;
    struct ovf_minutes minutes;
    struct ovf_buffer batch; /* the lines of its gaps, as they were sorted */
    size_t *ends;            /* of each of these */
    size_t n_lines;
    size_t ends_capacity;
    struct ovf_buffer text;
};

static enum ovf_status print_gap(struct printing *p, size_t i)
{
    const size_t begin = i > 0 ? p->ends[i - 1] : 0;
    const unsigned char *line = p->batch.data + begin;
    struct known known;
    struct ovf_gap_evidence evidence;
    memcpy(&known, line, sizeof known);
    ovf_reception_ask(p->reception, i, &evidence);
    evidence.outage = ovf_minutes_outage(&p->minutes, p->config, known.gap.from_s, known.gap.to_s);
    const struct ovf_bytes words = {line + sizeof known, p->ends[i] - begin - sizeof known};
    p->text.len = 0;
    const enum ovf_status st =
        ovf_ndjson_gap(known.id, words, &known.gap, &evidence, p->config, &p->text);
    return st == OVF_OK ? ovf_sink_write(p->out, p->text.data, p->text.len) : st;
}

static enum ovf_status show_reception(void *reception, uint32_t address, struct ovf_bytes runs)
{
    return ovf_reception_take(reception, address, runs);
}

static enum ovf_status show_minutes(void *minutes, uint32_t address, struct ovf_bytes runs)
{
    (void)address;
    return ovf_minutes_take(minutes, runs);
}

static enum ovf_status print_batch(struct printing *p)
{
    enum ovf_status st = ovf_reception_prepare(p->reception);
    if (st == OVF_OK)
        st = ovf_heard_spool_show(p->gaps->heard, show_reception, p->reception, p->err);
    for (size_t i = 0; i < p->n_lines && st == OVF_OK; i++)
        st = print_gap(p, i);
    ovf_reception_clear(p->reception);
    p->batch.len = 0;
    p->n_lines = 0;
    return st;
}

static enum ovf_status take_line(void *context, struct ovf_bytes line)
{
    struct printing *p = context;
    struct known known;
    size_t *grown = ovf_array_reserve(p->ends, &p->ends_capacity, p->n_lines + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    p->ends = grown;
    memcpy(&known, line.data, sizeof known);
    enum ovf_status st = ovf_buffer_append(&p->batch, line.data, line.len);
    if (st == OVF_OK)
        st = ovf_reception_add(p->reception, &known.gap);
    if (st != OVF_OK)
        return st;
    p->ends[p->n_lines++] = p->batch.len;
    if (ovf_reception_is_full(p->reception) || p->batch.len >= BATCH_BYTES)
        st = print_batch(p);
    return st;
}

enum ovf_status ovf_gaps_print(struct ovf_gaps *gaps, const struct ovf_detect_config *config,
                               const struct ovf_sink *out, struct ovf_error *err)
{
    struct printing p = {.gaps = gaps, .config = config, .out = out, .err = err};
    if (ovf_sorter_is_empty(gaps->sorter))
        return OVF_OK;
    enum ovf_status st = ovf_reception_new(config, &p.reception);
    if (st == OVF_OK)
        st = ovf_heard_spool_show(gaps->heard, show_minutes, &p.minutes, err);
    if (st == OVF_OK)
        st = ovf_sorter_finish(gaps->sorter, take_line, &p, err);
    if (st == OVF_OK && p.n_lines > 0)
        st = print_batch(&p);
    ovf_reception_free(p.reception);
    ovf_minutes_deinit(&p.minutes);
    ovf_buffer_deinit(&p.batch);
    ovf_buffer_deinit(&p.text);
    free(p.ends);
    return st;
}
