/* SPDX-License-Identifier: Apache-2.0 */
#include "run/store_writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/array.h"
#include "base/time.h"
#include "report/interference.h"
#include "run/store_areas.h"
#include "run/store_rows.h"
#include "run/store_values.h"
#include "store/heard.h"
#include "store/interference.h"
#include "store/members.h"
#include "store/past.h"
#include "store/receivers.h"
#include "track/address.h"

struct ovf_store_writer {
    pthread_mutex_t lock;
    const struct ovf_report *report;
    struct ovf_store *store;
    struct ovf_carried *carried;
    struct ovf_store_receivers receivers;
    struct ovf_store_heard *heard;
    struct ovf_store_interference *interference;
    struct ovf_store_past *past;
    struct ovf_store_rows *rows;
    struct ovf_buffer state;
    struct ovf_buffer airspaces; /* of doubts that are put; and so on */
    struct ovf_buffer kinds;
    struct ovf_buffer json;
    struct ovf_store_member *members; /* read in this scan */
    size_t n_members;
    size_t members_capacity;
    bool is_committed;
};

static int64_t now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * OVF_NS_PER_S + now.tv_nsec;
}

/** Of which airspaces \p watch has all traffic. */
static enum ovf_status put_asked(struct ovf_store_writer *w, const struct ovf_question *q,
                                 const struct ovf_watch *watch, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (!ovf_watch_asks_all(watch))
        return st;
    for (size_t k = 0; k < q->config.n_layers; k++) {
        const struct ovf_edition *const edition = q->layers[k].edition;
        const struct ovf_members *const over =
            watch->over != NULL ? &watch->over[k] : &q->layers[k].wanted;
        for (uint32_t i = ovf_members_next(over, 0); i < edition->n_airspaces && st == OVF_OK;
             i = ovf_members_next(over, i + 1))
            st = ovf_carried_asked(w->carried, ovf_kind_name(edition->kind),
                                   edition->airspaces[i].code, err);
    }
    return st;
}

static enum ovf_status put_question(struct ovf_store_writer *w, const struct ovf_question *q,
                                    struct ovf_error *err)
{
    enum ovf_status st =
        ovf_carried_open(w->store, q->digest, (const char *)q->words.data, &w->carried, err);
    for (size_t i = 0; i < q->watches.n && st == OVF_OK; i++)
        st = put_asked(w, q, &q->watches.items[i], err);
    return st == OVF_OK && q->watches.n == 0 ? put_asked(w, q, &q->watch, err) : st;
}

enum ovf_status ovf_store_writer_open(const struct ovf_question *question,
                                      const struct ovf_report *report,
                                      struct ovf_store_writer **out, struct ovf_error *err)
{
    struct ovf_store_writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&w->lock, NULL) != 0) {
        free(w);
        return OVF_E_NOMEM;
    }
    w->report = report;
    enum ovf_status st = ovf_store_open(question->store_path, &w->store, err);
    if (st == OVF_OK)
        st = ovf_store_begin(w->store, now_ns(), err);
    if (st == OVF_OK)
        st = put_question(w, question, err);
    if (st == OVF_OK)
        st = ovf_store_receivers_open(w->store, question->receivers, &w->receivers, err);
    if (st == OVF_OK)
        st = ovf_store_heard_open(w->store, report->config->detect, &w->heard, err);
    if (st == OVF_OK)
        st = ovf_store_interference_open(w->store, &w->interference, err);
    if (st == OVF_OK)
        st = ovf_store_past_open(w->store, &w->past, err);
    if (st == OVF_OK)
        st = ovf_store_rows_new(w->store, w->carried, report, &w->rows);
    if (st != OVF_OK) {
        ovf_store_writer_free(w);
        return st;
    }
    *out = w;
    return OVF_OK;
}

void ovf_store_writer_free(struct ovf_store_writer *w)
{
    if (w == NULL)
        return;
    ovf_store_rows_free(w->rows);
    ovf_carried_close(w->carried);
    ovf_store_receivers_deinit(&w->receivers);
    ovf_store_heard_close(w->heard);
    ovf_store_interference_close(w->interference);
    ovf_store_past_close(w->past);
    if (w->is_committed)
        ovf_store_close(w->store);
    else
        ovf_store_abandon(w->store);
    ovf_buffer_deinit(&w->state);
    ovf_buffer_deinit(&w->airspaces);
    ovf_buffer_deinit(&w->kinds);
    ovf_buffer_deinit(&w->json);
    free(w->members);
    (void)pthread_mutex_destroy(&w->lock);
    free(w);
}

/* ---- carried state ---- */

/** Whether the flights that are carried land where there are airports. */
static bool are_airports_known(const struct ovf_carry *carry, const struct ovf_airports *airports)
{
    const uint32_t n = airports != NULL ? airports->n : 0;
    for (size_t i = 0; i < carry->n_flights; i++) {
        const struct ovf_flight *flight = &carry->flights[i];
        if ((flight->from.has_airport && flight->from.airport >= n) ||
            (flight->to.has_airport && flight->to.airport >= n))
            return false;
    }
    return true;
}

enum ovf_status ovf_store_writer_load(struct ovf_store_writer *w, uint32_t address,
                                      struct ovf_carry *out, struct ovf_error *err)
{
    char icao24[OVF_ADDRESS_SIZE];
    *out = (struct ovf_carry){0};
    ovf_address_format(address, icao24);
    (void)pthread_mutex_lock(&w->lock);
    w->state.len = 0;
    enum ovf_status st = ovf_carried_load(w->carried, icao24, &w->state, err);
    if (st == OVF_OK && w->state.len > 0)
        st = ovf_carry_unpack(ovf_buffer_bytes(&w->state), out, err);
    (void)pthread_mutex_unlock(&w->lock);
    if (st == OVF_OK && !are_airports_known(out, w->report->config->airports)) {
        ovf_carry_deinit(out);
        st = ovf_error_set(err, OVF_E_FORMAT, "carried legs are damaged");
    }
    ovf_store_receivers_loaded(&w->receivers, out);
    return st;
}

enum ovf_status ovf_store_writer_recall(struct ovf_store_writer *w, uint32_t address,
                                        const struct ovf_carry *carry, struct ovf_error *err)
{
    char icao24[OVF_ADDRESS_SIZE];
    enum ovf_status st = OVF_OK;
    ovf_address_format(address, icao24);
    (void)pthread_mutex_lock(&w->lock);
    for (size_t i = 0; i < carry->n_pieces && st == OVF_OK; i++) {
        const struct ovf_fixes *fixes = &carry->pieces[i].fixes;
        const int64_t from_ns = fixes->items[0].t_ns;
        const int64_t to_ns = fixes->items[fixes->n - 1].t_ns;
        st = ovf_carried_recall(w->carried, icao24, from_ns, to_ns, err);
        if (st == OVF_OK)
            st = ovf_store_heard_forget(w->heard, address, from_ns, to_ns, err);
        if (st == OVF_OK)
            st = ovf_store_jumps_forget(w->interference, address, from_ns, to_ns, err);
        if (st == OVF_OK)
            st = ovf_store_past_forget(w->past, address, from_ns, to_ns, err);
    }
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

enum ovf_status ovf_store_writer_settle(struct ovf_store_writer *w, uint32_t address,
                                        struct ovf_carry *next, struct ovf_error *err)
{
    char icao24[OVF_ADDRESS_SIZE];
    ovf_address_format(address, icao24);
    ovf_store_receivers_saving(&w->receivers, next);
    (void)pthread_mutex_lock(&w->lock);
    enum ovf_status st = ovf_carried_settle(w->carried, icao24, err);
    w->state.len = 0;
    if (st == OVF_OK)
        st = ovf_carry_pack(next, &w->state);
    if (st == OVF_OK)
        st = ovf_carried_save(w->carried, icao24, ovf_buffer_bytes(&w->state), err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

/* ---- rows ---- */

enum ovf_status ovf_store_writer_heard(struct ovf_store_writer *w, uint32_t address,
                                       int64_t start_ns, const struct ovf_heard *heard,
                                       struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st = ovf_store_heard_put(w->heard, address, start_ns, heard, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

enum ovf_status ovf_store_writer_jumps(struct ovf_store_writer *w, const struct ovf_jumps *jumps,
                                       struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st = ovf_store_jumps_put(w->interference, jumps, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

enum ovf_status ovf_store_writer_altitudes(struct ovf_store_writer *w,
                                           const struct ovf_altitude_changes *changes,
                                           struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st = ovf_store_altitudes_put(w->interference, changes, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

/** In \p out, with a NUL. */
static enum ovf_status finish_text(enum ovf_status st, struct ovf_buffer *out)
{
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

static enum ovf_status put_doubts(struct ovf_store_writer *w, const struct ovf_report_line *line,
                                  const struct ovf_report_doubts *doubts, struct ovf_error *err)
{
    const struct ovf_flight *const flight = doubts->flight;
    char callsign[9];
    ovf_doubt_callsign(doubts->items, line->result->track->fixes.items, callsign);
    w->airspaces.len = 0;
    w->kinds.len = 0;
    w->json.len = 0;
    enum ovf_status st =
        finish_text(ovf_report_doubts_airspaces(w->report, doubts, &w->airspaces), &w->airspaces);
    if (st == OVF_OK)
        st = finish_text(ovf_report_doubts_kinds(doubts, &w->kinds), &w->kinds);
    if (st == OVF_OK)
        st = ovf_ndjson_detections(w->report, line, doubts, &w->json);
    if (st != OVF_OK)
        return st;
    const struct ovf_store_detections row = {
        .address = line->result->track->address,
        .callsign = callsign,
        .detections = (const char *)w->kinds.data,
        .first_ns = doubts->from_ns,
        .last_ns = doubts->to_ns,
        .at = doubts->at,
        .n_not_believed = (int64_t)doubts->n_not_believed,
        .airspaces = (const char *)w->airspaces.data,
        .flight_id = flight != NULL ? flight->id : "",
        .flight_start_ns = flight != NULL ? flight->start_ns : doubts->from_ns,
        .json = ovf_buffer_bytes(&w->json),
    };
    return ovf_store_detections_put(w->interference, &row, err);
}

enum ovf_status ovf_store_writer_doubts(struct ovf_store_writer *w,
                                        const struct ovf_report_line *line,
                                        const struct ovf_report_doubts *doubts,
                                        struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st = put_doubts(w, line, doubts, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

enum ovf_status ovf_store_writer_past(struct ovf_store_writer *w, uint32_t address,
                                      int64_t start_ns, const struct ovf_past_flight *past,
                                      struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st =
        ovf_store_past_put(w->past, w->report->config->airports, address, start_ns, past, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

enum ovf_status ovf_store_writer_member(struct ovf_store_writer *w, const struct ovf_digest *digest,
                                        uint32_t input)
{
    (void)pthread_mutex_lock(&w->lock);
    struct ovf_store_member *const grown =
        ovf_array_reserve(w->members, &w->members_capacity, w->n_members + 1, sizeof *grown);
    if (grown != NULL) {
        w->members = grown;
        w->members[w->n_members++] = (struct ovf_store_member){*digest, input};
    }
    (void)pthread_mutex_unlock(&w->lock);
    return grown != NULL ? OVF_OK : OVF_E_NOMEM;
}

enum ovf_status ovf_store_writer_put(struct ovf_store_writer *w,
                                     const struct ovf_report_line *lines, size_t n,
                                     struct ovf_error *err)
{
    (void)pthread_mutex_lock(&w->lock);
    const enum ovf_status st = ovf_store_rows_put(w->rows, lines, n, err);
    (void)pthread_mutex_unlock(&w->lock);
    return st;
}

static enum ovf_status put_input(struct ovf_store_writer *w, const struct ovf_catalog *catalog,
                                 const struct ovf_account *account, size_t i, struct ovf_error *err)
{
    const struct ovf_input *input = ovf_catalog_input(catalog, i);
    const struct ovf_account_input *in = &account->inputs[i];
    const bool has_span = in->first_ns <= in->last_ns;
    char text[OVF_INPUT_ID_SIZE];
    const char *id = ovf_account_input_id(catalog, account, i, text);
    const int64_t decimation_s = ovf_account_decimation_s(in, &w->report->config->walk);
    const struct ovf_store_input row = {
        .id = id,
        .path = input->path,
        .digest = input->has_digest ? id : "",
        .bytes = {input->has_digest, (int64_t)input->n_bytes},
        .members_read = known_int(in->members.n_read),
        .members_used = known_int(in->members.n_used),
        .members_repeated = known_int(in->members.n_repeated),
        .members_rejected = known_int(ovf_tally_rejected(&in->members)),
        .members_not_used = known_int(input->n_not_used),
        .rows_read = known_int(in->rows.n_read),
        .rows_used = known_int(in->rows.n_used),
        .rows_repeated = known_int(in->rows.n_repeated),
        .rows_rejected = known_int(ovf_tally_rejected(&in->rows)),
        .decimation_s = {decimation_s > 0, decimation_s},
        .first = time_if(has_span, in->first_ns),
        .last = time_if(has_span, in->last_ns),
    };
    return ovf_store_put_input(w->store, &row, err);
}

/** Which input each member is of: of copies, the first. With the inputs put. */
static enum ovf_status put_members(struct ovf_store_writer *w, const struct ovf_catalog *catalog,
                                   const struct ovf_account *account, struct ovf_error *err)
{
    int64_t *const fids = calloc(account->n_inputs + 1, sizeof *fids);
    enum ovf_status st = fids != NULL ? OVF_OK : OVF_E_NOMEM;
    for (size_t i = 0; i < account->n_inputs && st == OVF_OK; i++) {
        char text[OVF_INPUT_ID_SIZE];
        const char *const id = ovf_account_input_id(catalog, account, i, text);
        st = ovf_store_find(w->store, OVF_STORE_INPUT, id, &fids[i], err);
    }
    if (st == OVF_OK)
        st = ovf_store_put_members(w->store, w->members, w->n_members, fids, err);
    free(fids);
    return st;
}

static enum ovf_status renew_interference(struct ovf_store_writer *w, struct ovf_error *err)
{
    const struct ovf_interference_words words = {w->report->config->detect, ovf_ndjson_sink,
                                                 ovf_ndjson_shared_altitude, ovf_ndjson_cell};
    size_t n_days;
    const int64_t *const days = ovf_store_heard_days(w->heard, &n_days);
    return ovf_store_interference_renew(w->interference, days, n_days, &words, err);
}

/** Those that were asked for, where they are few; else those that were crossed, which go with the last of their
 * crossings. */
static enum ovf_status put_airspaces(struct ovf_store_writer *w, struct ovf_error *err)
{
    const struct ovf_engine_config *const config = w->report->config;
    if (ovf_store_areas_are_few(config))
        return ovf_store_areas_put_asked(w->store, config, true, err);
    const enum ovf_status st = ovf_store_rows_put_airspaces(w->rows, err);
    return st == OVF_OK ? ovf_carried_finish(w->carried, err) : st;
}

enum ovf_status ovf_store_writer_finish(struct ovf_store_writer *w,
                                        const struct ovf_catalog *catalog,
                                        const struct ovf_account *account,
                                        struct ovf_counts *counts, struct ovf_error *err)
{
    enum ovf_status st = put_airspaces(w, err);
    for (size_t i = 0; i < account->n_inputs && st == OVF_OK; i++) {
        if (!ovf_account_is_copy(catalog, account, i))
            st = put_input(w, catalog, account, i, err);
    }
    if (st == OVF_OK)
        st = put_members(w, catalog, account, err);
    if (st == OVF_OK)
        st = ovf_counts_put(counts, w->store, err);
    if (st == OVF_OK)
        st = ovf_store_heard_judge(w->heard, err);
    if (st == OVF_OK)
        st = renew_interference(w, err);
    if (st == OVF_OK)
        st = ovf_store_commit(w->store, err);
    w->is_committed = st == OVF_OK;
    return st;
}
