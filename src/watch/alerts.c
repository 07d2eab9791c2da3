/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/alerts.h"

#include <string.h>

#include "report/alert.h"
#include "run/lines.h"

void ovf_watch_alerts_deinit(struct ovf_watch_alerts *alerts)
{
    ovf_buffer_deinit(&alerts->text);
}

/** As the register says, else the feeds. \p saying is what they say, and must outlive the result. */
static struct ovf_report_identity who_is(const struct ovf_watch_alerts *alerts, uint32_t address,
                                         struct ovf_track_member *saying)
{
    static const uint32_t first = 0;
    const struct ovf_identity *identity = ovf_identities_find(alerts->identities, address);
    *saying = (struct ovf_track_member){.identity_source = OVF_IDENTITY_NOBODY};
    if (identity != NULL) {
        saying->identity = *identity;
        saying->identity_source = OVF_IDENTITY_TABLE;
    }
    return ovf_lines_who(alerts->question, address, saying, &first, 1);
}

/** \p watches: of a case, those that it meets. */
static struct ovf_match match(const struct ovf_watch_alerts *alerts,
                              const struct ovf_result *result, const struct ovf_crossing *crossing,
                              struct ovf_watches_met *watches)
{
    const struct ovf_question *q = alerts->question;
    struct ovf_track_member saying;
    const struct ovf_report_identity who = who_is(alerts, result->track->address, &saying);
    *watches = (struct ovf_watches_met){0};
    return q->watches.n > 0
               ? ovf_watches_match(&q->watches, q->config.airports, result, crossing, who.identity,
                                   watches)
               : ovf_watch_match(&q->watch, q->config.airports, result, crossing, who.identity);
}

static enum ovf_live_asked ask(void *context, const struct ovf_result *result,
                               const struct ovf_crossing *crossing)
{
    const struct ovf_watch_alerts *alerts = context;
    struct ovf_watches_met watches;
    const struct ovf_match m = match(alerts, result, crossing, &watches);
    if (m.matches || (m.only_end_unknown && alerts->question->include_unknown))
        return OVF_LIVE_ASKED;
    if (m.only_end_unknown)
        return OVF_LIVE_ASKED_OPEN;
    return m.only_class ? OVF_LIVE_ASKED_SOON : OVF_LIVE_ASKED_NOT;
}

/** A line as it would be printed: of every event, once. */
static void tell_later(const struct ovf_watch_alerts *alerts, const struct ovf_live_event *event)
{
    const struct ovf_alert alert = {.event = OVF_ALERT_CORRECTED, /* what is always told */
                                    .icao24 = event->address,
                                    .watch = "",
                                    .line = {alerts->text.data, alerts->text.len - 1}};
    ovf_notify_alert(alerts->notify, &alert);
}

/** A line, once for each watch of a case that the crossing meets: channels choose and pause by them. */
static void tell_channels(const struct ovf_watch_alerts *alerts, const struct ovf_live_event *event,
                          const struct ovf_watches_met *met)
{
    static const enum ovf_alert_event events[OVF_LIVE_N] = {
        [OVF_LIVE_ENTERED] = OVF_ALERT_ENTERED,
        [OVF_LIVE_LEFT] = OVF_ALERT_LEFT,
        [OVF_LIVE_CORRECTED] = OVF_ALERT_CORRECTED,
        [OVF_LIVE_RETRACTED] = OVF_ALERT_RETRACTED,
    };
    const struct ovf_watches *watches = &alerts->question->watches;
    struct ovf_alert alert = {.event = events[event->kind],
                              .icao24 = event->address,
                              .watch = "",
                              .line = {alerts->text.data, alerts->text.len - 1}};
    if (event->kind == OVF_LIVE_SETTLED)
        return; /* of use to who keeps all of them, and no alert */
    if (met->all == 0)
        ovf_notify_alert(alerts->notify, &alert);
    for (size_t i = 0; i < watches->n; i++) {
        alert.watch = watches->names[i];
        if ((met->all >> i & 1) != 0)
            ovf_notify_alert(alerts->notify, &alert);
    }
}

/* readsb's dbFlags */
enum { FLAG_PIA = 4, FLAG_LADD = 8 };

static bool was_told(const struct ovf_watch_alerts *alerts, const char *id)
{
    const size_t n = alerts->n_flagged < OVF_WATCH_FLAGGED ? alerts->n_flagged : OVF_WATCH_FLAGGED;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(alerts->flagged[i], id) == 0)
            return true;
    }
    return false;
}

/** What a public listener was told of a flagged aircraft; it is told the same if that turns out to be wrong. */
static void note_told(struct ovf_watch_alerts *alerts, const char *id)
{
    if (!was_told(alerts, id))
        memcpy(alerts->flagged[alerts->n_flagged++ % OVF_WATCH_FLAGGED], id, OVF_ID_SIZE);
}

/** Whether a public listener is not told of it; it is counted. A retraction has no crossing and so meets no watch: it
 * goes to whom what it takes back went to. */
static bool is_withheld(struct ovf_watch_alerts *alerts, const struct ovf_live_event *event,
                        const struct ovf_report_line *line)
{
    const bool is_ladd = (line->who.db_flags & FLAG_LADD) != 0;
    const bool is_pia = !is_ladd && (line->who.db_flags & FLAG_PIA) != 0;
    if (!alerts->listener->is_public || (!is_ladd && !is_pia))
        return false;
    if (line->watches.all != 0)
        note_told(alerts, event->told->id);
    else if (event->kind != OVF_LIVE_RETRACTED || !was_told(alerts, event->told->id)) {
        alerts->n_ladd += is_ladd ? 1 : 0;
        alerts->n_pia += is_pia ? 1 : 0;
        return true;
    }
    return false;
}

static enum ovf_watch_stand stand_after(const struct ovf_live_event *event)
{
    if (event->crossing == NULL)
        return OVF_WATCH_NOTHING;
    return event->kind != OVF_LIVE_SETTLED &&
                   event->crossing->passage.exit.kind == OVF_PASSAGE_TRACK
               ? OVF_WATCH_INSIDE
               : OVF_WATCH_OVER;
}

/** To whoever is to be told. */
static enum ovf_status send_line(struct ovf_watch_alerts *alerts,
                                 const struct ovf_live_event *event,
                                 const struct ovf_report_line *line)
{
    const struct ovf_watch_listener *const listener = alerts->listener;
    const struct ovf_bytes text = {alerts->text.data, alerts->text.len - 1};
    if (alerts->is_later)
        tell_later(alerts, event);
    else if (alerts->notify != NULL)
        tell_channels(alerts, event, &line->watches);
    else if (listener == NULL)
        return ovf_sink_write(alerts->out, alerts->text.data, alerts->text.len);
    if (listener == NULL || is_withheld(alerts, event, line))
        return OVF_OK;
    return listener->alert(listener->context, event->told->id, stand_after(event), text);
}

static enum ovf_status take(void *context, const struct ovf_live_event *event)
{
    struct ovf_watch_alerts *alerts = context;
    const struct ovf_question *q = alerts->question;
    const struct ovf_report report = {.config = &q->config,
                                      .routes = q->routes,
                                      .operators = q->operators,
                                      .watches = q->watches.n > 0 ? &q->watches : NULL};
    struct ovf_track_member saying;
    struct ovf_report_line line = {.result = event->result,
                                   .crossing = event->crossing,
                                   .members = alerts->members,
                                   .receivers = q->receivers,
                                   .who = who_is(alerts, event->address, &saying)};
    enum ovf_status st = OVF_OK;
    if (event->crossing != NULL)
        line.match = match(alerts, event->result, event->crossing, &line.watches);
    if (alerts->series != NULL)
        st = ovf_watch_series_note(alerts->series, event, &line.watches);
    if (st != OVF_OK || (alerts->events >> event->kind & 1) == 0)
        return st;
    if (event->crossing != NULL)
        line.distance_m =
            ovf_passage_distance_m(&event->crossing->passage, event->result->track->fixes.items);
    alerts->text.len = 0;
    st = ovf_alert_line(&report, event, event->crossing != NULL ? &line : NULL, alerts->base,
                        &alerts->text);
    return st == OVF_OK ? send_line(alerts, event, &line) : st;
}

struct ovf_live_teller ovf_watch_alerts_teller(struct ovf_watch_alerts *alerts)
{
    return (struct ovf_live_teller){.ask = ask, .take = take, .context = alerts};
}

enum ovf_status ovf_watch_alerts_series(void *context, const struct ovf_series_event *event)
{
    struct ovf_watch_alerts *const alerts = context;
    if ((alerts->events >> OVF_WATCH_SERIES & 1) == 0)
        return OVF_OK;
    alerts->text.len = 0;
    const enum ovf_status st = ovf_alert_series_line(event, &alerts->text);
    if (st != OVF_OK)
        return st;
    const struct ovf_alert alert = {.event = OVF_ALERT_SERIES,
                                    .watch = event->watch,
                                    .line = {alerts->text.data, alerts->text.len - 1}};
    if (alerts->notify != NULL)
        ovf_notify_alert(alerts->notify, &alert);
    else if (alerts->listener == NULL)
        return ovf_sink_write(alerts->out, alerts->text.data, alerts->text.len);
    return alerts->listener != NULL ? alerts->listener->alert(alerts->listener->context, "series",
                                                              OVF_WATCH_NOTHING, alert.line)
                                    : OVF_OK;
}

struct ovf_aircraft_speed ovf_watch_alerts_speed(void *context, uint32_t address)
{
    const struct ovf_watch_alerts *alerts = context;
    struct ovf_track_member saying;
    const struct ovf_report_identity who = who_is(alerts, address, &saying);
    struct ovf_aircraft_speed speed = {.is_fast = (who.db_flags & 1) != 0};
    if (who.identity != NULL)
        speed.speed_class = ovf_speed_class_of(who.identity->type_code);
    return speed;
}
