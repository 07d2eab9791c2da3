/* SPDX-License-Identifier: Apache-2.0 */
#include "run/simulate_serve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "run/scarce_files.h"
#include "run/signals.h"
#include "source/outlet.h"
#include "source/running_clock.h"

static const int longest_wait_ms = 1000;
static const int64_t longest_finish_ns = 5 * OVF_NS_PER_S; /* after SIGTERM */

void ovf_served_deinit(struct ovf_served *served)
{
    ovf_buffer_deinit(&served->bytes);
    free(served->marks);
    *served = (struct ovf_served){0};
}

/* ---- what is served ---- */

struct taking {
    struct ovf_served *served;
    const struct ovf_hearing *hearing;
};

/** What is written at once is one thing that was heard. */
static enum ovf_status take(void *context, const void *data, size_t len)
{
    const struct taking *const taking = context;
    struct ovf_served *const served = taking->served;
    struct ovf_served_mark *grown =
        ovf_array_reserve(served->marks, &served->capacity, served->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    served->marks = grown;
    const enum ovf_status st = ovf_buffer_append(&served->bytes, data, len);
    if (st != OVF_OK)
        return st;
    served->marks[served->n] =
        (struct ovf_served_mark){taking->hearing->items[served->n].t_ns, served->bytes.len};
    served->n++;
    return OVF_OK;
}

enum ovf_status ovf_served_make(struct ovf_hearing *hearing, int64_t *start_ns,
                                struct ovf_served *served)
{
    struct taking taking = {served, hearing};
    const struct ovf_sink sink = {take, &taking};
    return start_ns != NULL ? ovf_hearing_write_beast(hearing, &sink, start_ns)
                            : ovf_hearing_write_lines(hearing, &sink);
}

/* ---- serving ---- */

struct serving {
    const struct ovf_served *served;
    struct ovf_outlet *outlet;
    double rate;
    int64_t begun_ns; /* by a clock that is never set, when the first client came */
    size_t n_heard;   /* marks that are due */
    const struct ovf_sink *talk;
    bool has_told; /* that files are scarce */
};

/** Lets the clock of what is served run on. \return how long until more is due */
static int run_on(struct serving *s)
{
    const struct ovf_served *const served = s->served;
    const bool has_begun = ovf_outlet_n_taken(s->outlet) > 0;
    if (s->rate <= 0)
        s->n_heard = served->n;
    if (!has_begun || s->n_heard == served->n)
        return longest_wait_ms;
    const int64_t now_ns = ovf_running_ns();
    if (s->begun_ns == 0)
        s->begun_ns = now_ns;
    const double passed_ns = (double)(now_ns - s->begun_ns) * s->rate;
    const int64_t first_ns = served->marks[0].t_ns;
    while (s->n_heard < served->n &&
           (double)(served->marks[s->n_heard].t_ns - first_ns) <= passed_ns)
        s->n_heard++;
    if (s->n_heard == served->n)
        return 0;
    const double wait_ms =
        ((double)(served->marks[s->n_heard].t_ns - first_ns) - passed_ns) / s->rate / OVF_NS_PER_MS;
    return wait_ms < longest_wait_ms ? (int)wait_ms + 1 : longest_wait_ms;
}

static bool is_over(const struct serving *s)
{
    const bool all_heard = s->rate > 0 ? s->n_heard == s->served->n
                                       : ovf_outlet_n_served(s->outlet) > 0 || s->served->n == 0;
    return all_heard && ovf_outlet_n_clients(s->outlet) == 0;
}

/** What may be sent by now. */
static struct ovf_outlet_stream stream_of(const struct serving *s)
{
    const size_t n_due = s->n_heard > 0 ? s->served->marks[s->n_heard - 1].end : 0;
    return (struct ovf_outlet_stream){.bytes = ovf_buffer_bytes(&s->served->bytes),
                                      .n_due = n_due,
                                      .first = s->rate > 0 ? n_due : 0};
}

/** Said once: who connects is let wait until there are files again. */
static void tell_scarcity(struct serving *s)
{
    static const char words[] = OVF_SCARCE_FILES_WORDS;
    if (s->has_told || ovf_outlet_n_put_off(s->outlet) == 0)
        return;
    s->has_told = true;
    if (ovf_sink_write(s->talk, words, strlen(words)) != OVF_OK)
        return; /* what cannot be said is lost */
}

/** Nobody else is taken; those who are there get what is due, and are told that it ends there. */
static enum ovf_status finish(struct serving *s, int signals, struct ovf_error *err)
{
    struct ovf_outlet_stream rest = stream_of(s);
    const int64_t until_ns = ovf_running_ns() + longest_finish_ns;
    enum ovf_status st = OVF_OK;
    rest.bytes.len = rest.n_due;
    ovf_outlet_shut(s->outlet);
    for (int64_t left_ns = longest_finish_ns;
         st == OVF_OK && left_ns > 0 && ovf_outlet_n_clients(s->outlet) > 0 &&
         (ovf_signals_take() & OVF_SIGNAL_STOP) == 0;
         left_ns = until_ns - ovf_running_ns())
        st = ovf_outlet_step(s->outlet, &rest, signals, (int)(left_ns / OVF_NS_PER_MS) + 1, err);
    return st;
}

static enum ovf_status serve(struct serving *s, struct ovf_error *err)
{
    int signals;
    bool is_stopped = false;
    enum ovf_status st = ovf_signals_catch(&signals, err);
    while (st == OVF_OK && !is_stopped && !is_over(s)) {
        const int wait_ms = run_on(s);
        const struct ovf_outlet_stream stream = stream_of(s);
        st = ovf_outlet_step(s->outlet, &stream, signals, wait_ms, err);
        tell_scarcity(s);
        is_stopped = (ovf_signals_take() & OVF_SIGNAL_STOP) != 0;
    }
    if (st == OVF_OK && is_stopped)
        st = finish(s, signals, err);
    ovf_signals_release();
    return st;
}

enum ovf_status ovf_simulate_serve(const struct ovf_served *served, const char *place, double rate,
                                   const struct ovf_sink *talk, struct ovf_error *err)
{
    struct serving s = {.served = served, .rate = rate, .talk = talk};
    unsigned port;
    char line[80];
    enum ovf_status st = ovf_outlet_open(place, &port, &s.outlet, err);
    if (st != OVF_OK)
        return st;
    (void)snprintf(line, sizeof line, "serving at port %u\n", port);
    st = ovf_sink_write(talk, line, strlen(line));
    if (st == OVF_OK)
        st = serve(&s, err);
    ovf_outlet_close(s.outlet);
    return st;
}
