/* SPDX-License-Identifier: Apache-2.0 */
#include "question/detect.h"

#include <string.h>

#include "base/number.h"
#include "source/file.h"

enum { FILE_MAX_BYTES = 1 << 20 };

struct ovf_detect_config ovf_detect_config_of(const struct ovf_case_detectors *d)
{
    return (struct ovf_detect_config){
        .jump_kt = d->jump_kt,
        .speed_margin = d->speed_margin,
        .cruise_ft = (int32_t)d->cruise_ft,
        .cruise_kt = d->cruise_kt,
        .sustained_fixes = (uint32_t)d->sustained_fixes,
        .contest_share = d->contest_share,
        .stretch_s = d->stretch_s,
        .twin_fixes = (uint32_t)d->twin_fixes,
        .twin_kt = d->twin_kt,
        .window_s = d->window_s,
        .window_max_step_s = d->window_max_step_s,
        .speed_off_kt = d->speed_off_kt,
        .speed_off_share = d->speed_off_share,
        .course_off_deg = d->course_off_deg,
        .drift_s = d->drift_s,
        .drift_kt = d->drift_kt,
        .drift_share = d->drift_share,
        .still_kt = d->still_kt,
        .still_high_kt = d->still_high_kt,
        .still_was_kt = d->still_was_kt,
        .still_was_s = d->still_was_s,
        .still_above_ft = (int32_t)d->still_above_ft,
        .still_above_unsaid_ft = (int32_t)d->still_above_unsaid_ft,
        .circle_s = d->circle_s,
        .circle_min_m = d->circle_min_m,
        .circle_max_m = d->circle_max_m,
        .circle_off_share = d->circle_off_share,
        .integrity_low = (uint8_t)d->integrity_low,
        .integrity_was_s = d->integrity_was_s,
        .altitude_off_ft = (int32_t)d->altitude_off_ft,
        .altitude_level_ft = (int32_t)d->altitude_level_ft,
        .altitude_within_s = d->altitude_within_s,
        .altitude_near_m = d->altitude_near_m,
        .sink_m = d->sink_m,
        .sink_s = d->sink_s,
        .sink_aircraft = (uint32_t)d->sink_aircraft,
        .sight_receiver_m = d->sight_receiver_m,
        .sight_share = d->sight_share,
        .margin_s = d->margin_s,
        .confirm_s = d->confirm_s,
        .reach_s = d->reach_s,
        .reach_descent_fpm = d->reach_descent_fpm,
        .reach_stop_s = d->reach_stop_s,
        .cell_medium_share = d->cell_medium_share,
        .cell_high_share = d->cell_high_share,
        .cell_aircraft = (uint32_t)d->cell_aircraft,
        .gap_few_reports = d->gap_few_reports,
        .gap_many_reports = d->gap_many_reports,
        .gap_others = (uint32_t)d->gap_others,
        .gap_few_share = d->gap_few_share,
        .gap_many_share = d->gap_many_share,
        .gap_time_share = d->gap_time_share,
        .outage_share = d->outage_share,
        .outage_aircraft = (uint32_t)d->outage_aircraft,
    };
}

/* ---- airports ---- */

/** What is named but not in the pack is refused where \p detectors say it; the program's own names are not. */
static enum ovf_status take_airport(struct ovf_bytes code,
                                    const struct ovf_case_detectors *detectors,
                                    struct ovf_question *q, struct ovf_error *err)
{
    uint32_t index;
    if (q->config.airports == NULL || !ovf_airports_find(q->config.airports, code, &index)) {
        if (detectors == NULL)
            return OVF_OK;
        return ovf_case_fail(err, ovf_case_place_of(&detectors->head, "sink_airports"),
                             "sink_airports: no airport '%.*s' is known", (int)code.len, code.data);
    }
    if (q->detect.n_sink_airports == OVF_QUESTION_SINK_AIRPORTS)
        return ovf_case_fail(err, ovf_case_place_of(&detectors->head, "sink_airports"),
                             "sink_airports: more than %d are named", OVF_QUESTION_SINK_AIRPORTS);
    const struct ovf_airport airport = ovf_airports_get(q->config.airports, index);
    struct ovf_sink_airport *const out = &q->sink_airports[q->detect.n_sink_airports++];
    out->at = airport.at;
    memcpy(out->code, airport.code, sizeof out->code);
    return OVF_OK;
}

/** Those that \p detectors name, else the program's: their places are the pack's. */
static enum ovf_status take_airports(const struct ovf_case_detectors *detectors,
                                     struct ovf_question *q, struct ovf_error *err)
{
    const bool is_named =
        detectors != NULL &&
        ovf_case_has(&detectors->head, &ovf_case_detectors_table, "sink_airports");
    const char *at = is_named ? detectors->sink_airports : ovf_detect_sink_airports;
    enum ovf_status st = OVF_OK;
    q->detect.sink_airports = q->sink_airports;
    if (strcmp(at, "none") == 0)
        return st;
    for (at += strspn(at, " "); *at != '\0' && st == OVF_OK; at += strspn(at, " ")) {
        const struct ovf_bytes code = {(const void *)at, strcspn(at, " ")};
        st = take_airport(code, is_named ? detectors : NULL, q, err);
        at += code.len;
    }
    return st;
}

/* ---- thresholds ---- */

/** Without zeros that say nothing. */
static void format_short(double value, char text[OVF_NUMBER_SIZE])
{
    ovf_number_format(value, 6, text);
    char *end = text + strlen(text);
    while (end[-1] == '0')
        end--;
    if (end[-1] == '.')
        end--;
    *end = '\0';
}

/** What differs from what the program has: "circle_s 900;". Questions without thresholds of their own keep their
 * names. */
static enum ovf_status say(const struct ovf_case_detectors *detectors, struct ovf_buffer *out)
{
    const struct ovf_table *const table = &ovf_case_detectors_table;
    enum ovf_status st = OVF_OK;
    if (strcmp(detectors->sink_airports, ovf_detect_sink_airports) != 0)
        st = ovf_buffer_printf(out, "sink_airports %s;", detectors->sink_airports);
    for (size_t i = 0; i < table->n_keys && st == OVF_OK; i++) {
        const struct ovf_key *key = &table->keys[i];
        const char *const at = (const char *)detectors + key->offset;
        char text[OVF_NUMBER_SIZE];
        double value;
        double usual = 0;
        int64_t whole;
        if (key->type == OVF_KEY_TEXT)
            continue;
        if (key->type == OVF_KEY_INTEGER) {
            memcpy(&whole, at, sizeof whole);
            value = (double)whole;
        } else {
            memcpy(&value, at, sizeof value);
        }
        (void)ovf_number_parse_double(ovf_bytes_from_text(key->fallback), &usual);
        format_short(value, text);
        if (value < usual || value > usual)
            st = ovf_buffer_printf(out, "%s %s;", key->name, text);
    }
    return st;
}

static void take_speeds(const struct ovf_case_detectors *d, struct ovf_question *q)
{
    q->config.speeds = (struct ovf_speed_limits){
        .hard_kt = d->hard_kt, .usual_kt = d->usual_kt, .clock_s = d->clock_s};
    q->slow_speeds = (struct ovf_slow_speeds){
        .turboprop_hard_kt = d->turboprop_hard_kt,
        .turboprop_usual_kt = d->turboprop_usual_kt,
        .slow_hard_kt = d->slow_hard_kt,
        .slow_usual_kt = d->slow_usual_kt,
    };
}

static enum ovf_status take(const struct ovf_case_detectors *detectors, struct ovf_question *q,
                            struct ovf_error *err)
{
    q->detect = ovf_detect_config_of(detectors);
    take_speeds(detectors, q);
    const enum ovf_status st = take_airports(detectors, q, err);
    return st == OVF_OK ? say(detectors, &q->detect_words) : st;
}

static enum ovf_status read_file(const char *path, struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_case_store store = {0};
    struct ovf_case_detectors detectors = {0};
    enum ovf_status st = ovf_file_read(path, FILE_MAX_BYTES, &text, err);
    if (st == OVF_OK)
        st = ovf_case_detectors_read(ovf_buffer_bytes(&text), &store, &detectors, err);
    if (st == OVF_OK)
        st = take(&detectors, q, err);
    if (st == OVF_E_FORMAT || st == OVF_E_LIMIT)
        ovf_error_prefix(err, path);
    ovf_case_store_deinit(&store);
    ovf_buffer_deinit(&text);
    return st;
}

enum ovf_status ovf_question_take_detectors(const char *path, const struct ovf_case *the_case,
                                            struct ovf_question *q, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    q->detect = ovf_detect_defaults;
    q->config.speeds =
        (struct ovf_speed_limits){OVF_HARD_SPEED_KT, OVF_USUAL_SPEED_KT, OVF_CLOCK_S, false};
    q->slow_speeds = ovf_slow_speeds_known;
    q->config.slow_speeds = &q->slow_speeds;
    if (path != NULL)
        st = read_file(path, q, err);
    else if (the_case != NULL && ovf_case_has_detectors(the_case))
        st = take(&the_case->detectors, q, err);
    else
        st = take_airports(NULL, q, err);
    q->detect.receivers = q->receivers;
    q->config.detect = &q->detect;
    return st;
}
