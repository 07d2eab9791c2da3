/* SPDX-License-Identifier: Apache-2.0 */
#include "report/alert.h"

#include <stdio.h>

#include "base/json_writer.h"
#include "base/number.h"
#include "base/time.h"
#include "report/ndjson.h"
#include "track/address.h"

/** The end that the event is about: of what was left, or was when it was corrected, the exit. */
static const struct ovf_live_end *end_of(const struct ovf_live_event *event)
{
    const struct ovf_live_told *told = event->told;
    const bool has_exit = told->exit.kind != OVF_PASSAGE_TRACK;
    return event->kind != OVF_LIVE_ENTERED && has_exit ? &told->exit : &told->entry;
}

/** When it happened, as far as is known; nothing where the track begins and ends inside. */
static void put_at(struct ovf_json_writer *json, const struct ovf_live_end *end)
{
    if (end->kind == OVF_PASSAGE_TRACK)
        return;
    ovf_json_open(json, "at", '{');
    if (end->kind == OVF_PASSAGE_CROSSED)
        ovf_json_time(json, "time", end->t_ns);
    ovf_json_time(json, "time_min", end->t_min_ns);
    ovf_json_time(json, "time_max", end->t_max_ns);
    if (end->kind == OVF_PASSAGE_GAP) {
        ovf_json_time(json, "earliest", end->earliest_ns);
        ovf_json_time(json, "latest", end->latest_ns);
        if (end->perhaps_stayed)
            ovf_json_bool(json, "perhaps_stayed", true);
    }
    ovf_json_close(json, '}');
}

/** tar1090: ?icao=HEX&showTrace=DAY, the day that the aircraft was there, in UTC. */
static void put_link(struct ovf_json_writer *json, const char *base, const char *icao24,
                     int64_t t_ns)
{
    struct ovf_buffer link = {0};
    char day[OVF_TIME_SIZE];
    ovf_time_format(t_ns, 0, day);
    day[10] = '\0';
    const enum ovf_status st =
        ovf_buffer_printf(&link, "%s?icao=%s&showTrace=%s", base, icao24, day);
    if (st == OVF_OK)
        ovf_json_bytes(json, "link", ovf_buffer_bytes(&link));
    else
        json->status = st;
    ovf_buffer_deinit(&link);
}

/** The object that scan prints of the crossing. */
static enum ovf_status put_crossing(struct ovf_json_writer *json, const struct ovf_report *report,
                                    const struct ovf_report_line *line)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_buffer_append_text(&text, "\"crossing\":");
    if (st == OVF_OK)
        st = ovf_ndjson_crossing(report, line, &text);
    if (st == OVF_OK)
        text.data[text.len - 1] = '\0'; /* the newline */
    if (st == OVF_OK)
        ovf_json_members(json, (const char *)text.data);
    ovf_buffer_deinit(&text);
    return st;
}

enum ovf_status ovf_alert_line(const struct ovf_report *report, const struct ovf_live_event *event,
                               const struct ovf_report_line *line, const char *base,
                               struct ovf_buffer *out)
{
    const struct ovf_live_told *told = event->told;
    const struct ovf_edition *edition = report->config->layers[told->layer].edition;
    struct ovf_json_writer json = ovf_json_begin(out);
    char icao24[OVF_ADDRESS_SIZE];
    ovf_address_format(event->address, icao24);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "alert");
    ovf_json_text(&json, "event", ovf_live_event_name(event->kind));
    ovf_json_text(&json, "id", told->id);
    if (event->crossing != NULL && strcmp(event->computed_id, told->id) != 0)
        ovf_json_text(&json, "computed_id", event->computed_id);
    if (ovf_report_is_simulated(event->address, told->callsign))
        ovf_json_bool(&json, "simulated", true);
    ovf_json_text(&json, "icao24", icao24);
    if (told->callsign[0] != '\0')
        ovf_json_text(&json, "callsign", told->callsign);
    ovf_json_text(&json, "airspace", edition->airspaces[told->owner].code);
    ovf_json_text(&json, "class", ovf_class_name((enum ovf_class)told->class));
    put_at(&json, end_of(event));
    ovf_json_time(&json, "told", event->t_ns);
    if (event->reason != OVF_LIVE_REASON_NONE)
        ovf_json_text(&json, "reason", ovf_live_reason_name(event->reason));
    if (event->merged_into != NULL)
        ovf_json_text(&json, "merged_into", event->merged_into);
    put_link(&json, base, icao24, told->start_ns);
    if (line != NULL && json.status == OVF_OK)
        json.status = put_crossing(&json, report, line);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

/* ---- of a watch ---- */

static void put_day(struct ovf_json_writer *json, const char *key, int64_t day_ns)
{
    char day[OVF_TIME_SIZE];
    ovf_time_format(day_ns, 0, day);
    day[10] = '\0';
    ovf_json_text(json, key, day);
}

/** What happened, with the figures it is said by. */
static void put_reason(struct ovf_json_writer *json, const struct ovf_live_alert *alert)
{
    const double rate = alert->before.n / alert->before.exposure;
    char reason[200];
    char p[OVF_NUMBER_SIZE];
    char usual[OVF_NUMBER_SIZE];
    ovf_number_format(alert->p, 6, p);
    ovf_number_format(rate, 2, usual);
    switch (alert->kind) {
    case OVF_LIVE_ALERT_HALT:
        (void)snprintf(
            reason, sizeof reason,
            "no flight on %zu days that say something: P(0) = %s at the %s a day of full "
            "hearing before",
            alert->n_days, p, usual);
        break;
    case OVF_LIVE_ALERT_FIRST_FLIGHT:
        (void)snprintf(reason, sizeof reason, "the first flight after a halt");
        break;
    case OVF_LIVE_ALERT_RESUMED:
        (void)snprintf(
            reason, sizeof reason,
            "%d flights on %zu days that say something: P = %s at a fifth of the %s a day "
            "before the halt",
            (int)alert->since.n, alert->n_days, p, usual);
        break;
    case OVF_LIVE_ALERT_STILL_HALTED:
        (void)snprintf(
            reason, sizeof reason,
            "only %d flights on %zu days that say something: P = %s at the %s a day before "
            "the halt",
            (int)alert->since.n, alert->n_days, p, usual);
        break;
    }
    ovf_json_text(json, "reason", reason);
}

enum ovf_status ovf_alert_series_line(const struct ovf_series_event *event, struct ovf_buffer *out)
{
    const struct ovf_live_alert *const alert = event->alert;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "alert");
    ovf_json_text(&json, "event", ovf_live_alert_kind_name(alert->kind));
    ovf_json_text(&json, "watch", event->watch);
    if (event->simulated)
        ovf_json_bool(&json, "simulated", true);
    put_day(&json, "day", alert->day_ns);
    put_day(&json, "since", alert->since_ns);
    ovf_json_int(&json, "n_days", (int64_t)alert->n_days);
    ovf_json_int(&json, "n_journeys", (int64_t)alert->since.n);
    ovf_json_number(&json, "rate_before", alert->before.n / alert->before.exposure, 3);
    ovf_json_number(&json, "p", alert->p, 6);
    ovf_json_time(&json, "told", event->t_ns);
    put_reason(&json, alert);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}
