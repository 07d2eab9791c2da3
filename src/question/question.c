/* SPDX-License-Identifier: Apache-2.0 */
/* Making a question of a request, part by part. */
#include "question/question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "question/areas.h"
#include "question/detect.h"
#include "question/digest.h"
#include "question/editions.h"
#include "question/files.h"
#include "question/of_case.h"
#include "question/start.h"
#include "question/watch.h"
#include "question/words.h"
#include "question/zone_files.h"

static const double default_max_gap_s = 60;
static const double default_trace_interval_s = 30; /* readsb's --json-trace-interval */
static const double decimation_intervals = 10;     /* design.md, section 4 */
static const double default_journey_stop_h = 24;

enum { MAX_JOBS = 64 };

static enum ovf_status take_jobs(const char *text, size_t *n, struct ovf_error *err)
{
    int64_t v = 0;
    if (!ovf_number_parse_int(ovf_bytes_from_text(text), &v) || v < 1 || v > MAX_JOBS)
        return ovf_error_set(err, OVF_E_RANGE, "--jobs '%.80s' is not a whole number from 1 to %d",
                             text, MAX_JOBS);
    *n = (size_t)v;
    return OVF_OK;
}

static enum ovf_status take_limits(const struct ovf_question_request *request,
                                   struct ovf_question *q, struct ovf_error *err)
{
    double max_gap_s = default_max_gap_s;
    double interval_s = default_trace_interval_s;
    double stop_h = default_journey_stop_h;
    enum ovf_status st =
        ovf_question_take_number("--max-gap", request->max_gap_s, 0.001, 86400, &max_gap_s, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--trace-interval", request->trace_interval_s, 0, 3600,
                                      &interval_s, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--journey-stop", request->journey_stop_h, 0, 720, &stop_h,
                                      err);
    if (st == OVF_OK)
        st = take_jobs(request->jobs, &q->n_jobs, err);
    if (st == OVF_OK)
        st = ovf_question_take_time("--register-date", request->register_date, &q->register_day_ns,
                                    err);
    q->has_register_day = request->register_date != NULL;
    q->config.walk.max_gap_ns = (int64_t)(max_gap_s * (double)OVF_NS_PER_S);
    q->config.walk.decimation_ns =
        (int64_t)(interval_s * decimation_intervals * (double)OVF_NS_PER_S);
    q->config.journey_ns = (int64_t)(stop_h * 3600 * (double)OVF_NS_PER_S);
    return st;
}

static enum ovf_status take_format(const struct ovf_question_request *request,
                                   struct ovf_question *q, struct ovf_error *err)
{
    char known[80] = "";
    for (int i = 0; i < OVF_FORMAT_N; i++) {
        const char *name = ovf_format_name((enum ovf_format)i);
        if (strcmp(request->format, name) == 0) {
            q->format = (enum ovf_format)i;
            return OVF_OK;
        }
        (void)snprintf(known + strlen(known), sizeof known - strlen(known), " %s", name);
    }
    return ovf_error_set(err, OVF_E_RANGE, "--format '%s' is none of:%s", request->format, known);
}

/** What recordings do not say themselves. */
static enum ovf_status take_reading(const struct ovf_question_request *request,
                                    struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_read_options *const read = &q->read;
    q->receivers = calloc(1, sizeof *q->receivers);
    if (q->receivers == NULL)
        return OVF_E_NOMEM;
    read->receivers = q->receivers;
    enum ovf_status st = ovf_start_parse(request->start, &read->clock, err);
    if (st == OVF_OK && request->at != NULL)
        st = ovf_at_parse(request->at, read, err);
    for (size_t i = 0; i < request->n_receivers && st == OVF_OK; i++)
        st = ovf_receiver_parse(request->receivers[i], q->receivers, err);
    if (st == OVF_OK && read->has_receiver)
        ovf_receivers_tell_own(q->receivers, &read->receiver);
    if (st == OVF_OK && request->sbs_tz != NULL)
        st = ovf_tz_parse(request->sbs_tz, &read->sbs_ahead_ns, err);
    return st;
}

/** The layers of airspaces beside the pack's. \p open is NULL but for a case. */
static enum ovf_status open_layers(const struct ovf_question_request *request,
                                   const struct ovf_open_case *open, struct ovf_question *out,
                                   struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (request->n_zones > 0)
        st = ovf_question_make_zones(request, out, err);
    if (st == OVF_OK && request->n_zone_files > 0)
        st = ovf_question_take_zone_files(request, out, err);
    if (st == OVF_OK) {
        st = ovf_question_take_editions(request, out, err);
        if (st != OVF_OK && open != NULL)
            ovf_case_error_at(err, ovf_case_place_of(&open->the_case.head, "boundaries"));
    }
    if (st == OVF_OK && ovf_question_needs_library(request, out))
        st = ovf_question_add_imported(request, out, err);
    return st;
}

/** Those of a case: what is not known of them is told with its place there. */
static enum ovf_status open_layers_of_case(const struct ovf_question_request *request,
                                           const struct ovf_open_case *open,
                                           struct ovf_question *out, struct ovf_error *err)
{
    enum ovf_status st = open_layers(request, open, out, err);
    if (st == OVF_OK)
        st = ovf_question_check_case_airspaces(&open->the_case, out, err);
    if (st != OVF_OK)
        ovf_open_case_blame(open, err);
    return st;
}

enum ovf_status ovf_question_make_areas(const struct ovf_question_request *request,
                                        const struct ovf_open_case *open, struct ovf_question *out,
                                        struct ovf_error *err)
{
    enum ovf_status st = ovf_question_open_pack(request, out, err);
    if (st == OVF_OK)
        st = open != NULL ? open_layers_of_case(request, open, out, err)
                          : open_layers(request, NULL, out, err);
    return st == OVF_OK ? ovf_question_choose_airspaces(request, out, err) : st;
}

static enum ovf_status take_detectors(const struct ovf_question_request *request,
                                      const struct ovf_open_case *open, struct ovf_question *out,
                                      struct ovf_error *err)
{
    const bool is_of_case = request->detectors == NULL && open != NULL;
    const enum ovf_status st = ovf_question_take_detectors(
        request->detectors, is_of_case ? &open->the_case : NULL, out, err);
    if (st != OVF_OK && is_of_case)
        ovf_open_case_blame(open, err);
    return st;
}

enum ovf_status ovf_question_make(const struct ovf_question_request *request,
                                  struct ovf_open_case *open, struct ovf_question *out,
                                  struct ovf_error *err)
{
    enum ovf_status st = take_format(request, out, err);
    if (st == OVF_OK)
        st = take_limits(request, out, err);
    if (st == OVF_OK)
        st = take_reading(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_make_areas(request, open, out, err);
    if (st == OVF_OK)
        st = take_detectors(request, open, out, err);
    if (st == OVF_OK && out->compares && out->format != OVF_FORMAT_TABLE &&
        out->format != OVF_FORMAT_NDJSON)
        st = ovf_error_set(err, OVF_E_RANGE, "--compare-boundaries prints table or ndjson");
    if (st == OVF_OK)
        st = ovf_question_take_geoid(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_take_watch(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_take_register(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_take_routes(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_take_operators(request, out, err);
    if (st == OVF_OK && open != NULL) /* its watches look into the register */
        st = ovf_question_take_case(open, request->library_path, out, err);
    out->include_unknown = request->include_unknown;
    out->store_path = request->store_path;
    if (st == OVF_OK)
        st = ovf_question_digest(out, out->digest);
    if (st == OVF_OK)
        st = ovf_question_words(request, open != NULL ? &open->the_case : NULL, &out->words);
    return st;
}

void ovf_question_inherit_receivers(struct ovf_question *question, struct ovf_question *before)
{
    struct ovf_receivers *const own = question->receivers;
    question->receivers = before->receivers;
    question->read.receivers = question->receivers;
    question->detect.receivers = question->receivers;
    before->receivers = own;
}

void ovf_question_deinit(struct ovf_question *question)
{
    for (size_t i = 0; i < question->config.n_layers; i++)
        ovf_edition_deinit(&question->editions[i]);
    ovf_register_free(question->register_);
    ovf_routes_free(question->routes);
    ovf_operators_free(question->operators);
    ovf_case_question_free(question->of_case);
    if (question->receivers != NULL)
        ovf_receivers_deinit(question->receivers);
    free(question->receivers);
    ovf_buffer_deinit(&question->detect_words);
    ovf_buffer_deinit(&question->words);
    ovf_buffer_deinit(&question->aircraft_text);
    free(question->addresses);
    free(question->registrations);
    free(question->is_met);
    ovf_geoid_file_close(&question->geoid);
    ovf_pack_file_close(&question->pack);
}
