/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that make and compress traces, and append them in turn. */
#include "run/simulate_world.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "run/trace_tar.h"

enum { THREADS_MAX = 16, NAME_BYTES = 64 };

#define WORLD_DAY_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01, a day of summer traffic */

struct making {
    const struct ovf_world_request *request;
    struct ovf_world_day day;
    struct ovf_trace_tar *tar;
    struct ovf_world_counts *counts;
    pthread_mutex_t lock; /* of all below, and of the tar and the counts */
    pthread_cond_t turned;
    uint32_t next; /* to be made */
    uint32_t turn; /* to be written */
    enum ovf_status st;
    struct ovf_error err;
};

/** What one thread keeps. */
struct workshop {
    struct ovf_world_maker maker;
    struct ovf_buffer text;
    struct ovf_buffer compressed;
};

static void fail(struct making *m, enum ovf_status st, const struct ovf_error *err)
{
    (void)pthread_mutex_lock(&m->lock);
    if (m->st == OVF_OK) {
        m->st = st;
        m->err = *err;
    }
    (void)pthread_cond_broadcast(&m->turned);
    (void)pthread_mutex_unlock(&m->lock);
}

/** The number of the next trace; false when there is none, or something failed. */
static bool take_number(struct making *m, uint32_t *index)
{
    (void)pthread_mutex_lock(&m->lock);
    const bool more = m->st == OVF_OK && m->next < m->request->n_traces;
    if (more)
        *index = m->next++;
    (void)pthread_mutex_unlock(&m->lock);
    return more;
}

/** Append what was made when all before it are. */
static enum ovf_status append(struct making *m, uint32_t index, uint32_t icao24, uint32_t n_fixes,
                              const struct workshop *work, struct ovf_error *err)
{
    char name[NAME_BYTES];
    enum ovf_status st = OVF_OK;
    (void)snprintf(name, sizeof name, "traces/%02x/trace_full_%06" PRIx32 ".json",
                   (unsigned)(icao24 & 0xFF), icao24);
    (void)pthread_mutex_lock(&m->lock);
    while (m->turn != index && m->st == OVF_OK)
        (void)pthread_cond_wait(&m->turned, &m->lock);
    if (m->st == OVF_OK) {
        st = ovf_trace_tar_add(m->tar, name, m->day.day_ns, ovf_buffer_bytes(&work->compressed),
                               err);
        m->counts->n_traces++;
        m->counts->n_fixes += n_fixes;
        m->counts->text_bytes += work->text.len;
        m->counts->compressed_bytes += work->compressed.len;
        m->turn++;
    }
    (void)pthread_cond_broadcast(&m->turned);
    (void)pthread_mutex_unlock(&m->lock);
    return st;
}

static void *make_traces(void *context)
{
    struct making *const m = context;
    struct workshop work = {0};
    struct ovf_error err = {""};
    enum ovf_status st = OVF_OK;
    uint32_t index;
    while (st == OVF_OK && take_number(m, &index)) {
        uint32_t icao24;
        uint32_t n_fixes;
        work.text.len = 0;
        st = ovf_world_day_trace(&m->day, &work.maker, index, &work.text, &icao24, &n_fixes);
        if (st != OVF_OK)
            (void)ovf_error_set(&err, st, "out of memory for a trace");
        if (st == OVF_OK)
            st = ovf_trace_gzip(ovf_buffer_bytes(&work.text), &work.compressed, &err);
        if (st == OVF_OK)
            st = append(m, index, icao24, n_fixes, &work, &err);
    }
    if (st != OVF_OK)
        fail(m, st, &err);
    ovf_world_maker_deinit(&work.maker);
    ovf_buffer_deinit(&work.text);
    ovf_buffer_deinit(&work.compressed);
    return NULL;
}

/** This thread takes part; fewer helpers than wanted are enough. */
static void make_all(struct making *m)
{
    pthread_t threads[THREADS_MAX];
    const long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    long n = 0;
    while (n + 1 < n_processors && n < THREADS_MAX &&
           pthread_create(&threads[n], NULL, make_traces, m) == 0)
        n++;
    (void)make_traces(m);
    while (n > 0)
        (void)pthread_join(threads[--n], NULL);
}

enum ovf_status ovf_simulate_world(const struct ovf_world_request *request, const char *path,
                                   struct ovf_world_counts *counts, struct ovf_error *err)
{
    struct making m = {.request = request,
                       .counts = counts,
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .turned = PTHREAD_COND_INITIALIZER};
    *counts = (struct ovf_world_counts){0};
    enum ovf_status st =
        ovf_world_day_init(request->airports, request->seed, WORLD_DAY_NS, &m.day, err);
    if (st != OVF_OK)
        return st;
    m.day.without_newlines = request->without_newlines;
    st = ovf_trace_tar_open(path, &m.tar, err);
    if (st == OVF_OK) {
        make_all(&m);
        st = m.st;
        if (st != OVF_OK && err != NULL)
            *err = m.err;
        const enum ovf_status closed = ovf_trace_tar_close(m.tar, st == OVF_OK ? err : NULL);
        if (st == OVF_OK)
            st = closed;
    }
    ovf_world_day_deinit(&m.day);
    return st;
}
