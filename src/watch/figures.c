/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/figures.h"

#include <inttypes.h>

#include "base/time.h"

/** One number, with what it means. */
static enum ovf_status put(struct ovf_buffer *out, const char *type, const char *name,
                           const char *help, uint64_t value)
{
    return ovf_buffer_printf(
        out, "# HELP overflight_%s %s\n# TYPE overflight_%s %s\noverflight_%s %" PRIu64 "\n", name,
        help, name, type, name, value);
}

struct number {
    const char *type;
    const char *name;
    const char *help;
    uint64_t value;
};

static enum ovf_status put_live(const struct ovf_live_engine *live, uint64_t n_ahead,
                                struct ovf_buffer *out)
{
    const struct ovf_live_counts *c = ovf_live_counts(live);
    const struct number numbers[] = {
        {"counter", "fixes_total", "positions taken", c->n_fixes},
        {"counter", "fixes_late_total", "of them, before the newest of their aircraft", c->n_late},
        {"counter", "fixes_too_late_total", "positions further back than corrections reach",
         c->n_too_late},
        {"counter", "fixes_ahead_total", "positions from the future", n_ahead},
        {"counter", "fixes_thinned_total", "positions given up for want of room", c->n_thinned},
        {"counter", "aircraft_evicted_total", "aircraft given up for want of room", c->n_evicted},
        {"counter", "followed_total", "looks at all that is held of an aircraft", c->n_followed},
        {"gauge", "aircraft", "aircraft followed", ovf_live_n_aircraft(live)},
        {"gauge", "held_bytes", "memory in use for positions", ovf_live_bytes(live)},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && st == OVF_OK; i++)
        st = put(out, numbers[i].type, numbers[i].name, numbers[i].help, numbers[i].value);
    return st;
}

static enum ovf_status put_events(const struct ovf_live_engine *live, struct ovf_buffer *out)
{
    enum ovf_status st = ovf_buffer_append_text(
        out,
        "# HELP overflight_events_total what was told\n# TYPE overflight_events_total counter\n");
    for (int i = 0; i < OVF_LIVE_N && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "overflight_events_total{event=\"%s\"} %" PRIu64 "\n",
                               ovf_live_event_name((enum ovf_live_event_kind)i),
                               ovf_live_counts(live)->n_events[i]);
    return st;
}

/** A label's value: backslash, quote and newline are escaped. */
static enum ovf_status put_source_name(const char *name, struct ovf_buffer *out)
{
    enum ovf_status st = ovf_buffer_append_text(out, "{source=\"");
    for (const char *p = name; *p != '\0' && st == OVF_OK; p++) {
        if (*p == '\\' || *p == '"')
            st = ovf_buffer_append_text(out, "\\");
        if (st == OVF_OK)
            st = *p == '\n' ? ovf_buffer_append_text(out, "\\n") : ovf_buffer_append(out, p, 1);
    }
    return st == OVF_OK ? ovf_buffer_append_text(out, "\"} ") : st;
}

static uint64_t number_of(const struct ovf_watch_source *source, int what)
{
    const struct ovf_feed_counts counts = ovf_watch_source_counts(source);
    const uint64_t numbers[] = {counts.n_bytes,    counts.n_used,
                                counts.n_rejected, counts.n_noise_bytes,
                                source->n_dropped, ovf_inlet_n_begun(source->inlet),
                                counts.n_dropped};
    return numbers[what];
}

static enum ovf_status put_sources(const struct ovf_watch_source *sources, size_t n,
                                   struct ovf_buffer *out)
{
    static const char *const names[] = {"bytes",           "reports_used", "reports_rejected",
                                        "noise_bytes",     "dropped",      "connected",
                                        "aircraft_dropped"};
    enum ovf_status st = OVF_OK;
    for (int k = 0; k < (int)(sizeof names / sizeof *names) && st == OVF_OK; k++) {
        st = ovf_buffer_printf(out, "# TYPE overflight_source_%s_total counter\n", names[k]);
        for (size_t i = 0; i < n && st == OVF_OK; i++) {
            st = ovf_buffer_printf(out, "overflight_source_%s_total", names[k]);
            if (st == OVF_OK)
                st = put_source_name(sources[i].name, out);
            if (st == OVF_OK)
                st = ovf_buffer_printf(out, "%" PRIu64 "\n", number_of(&sources[i], k));
        }
    }
    return st;
}

/** Where the times of two feeds do not go together: by how much each is ahead of the other. */
static enum ovf_status put_clocks(const struct ovf_watch_source *sources, size_t n,
                                  struct ovf_buffer *out)
{
    enum ovf_status st =
        ovf_buffer_append_text(out, "# TYPE overflight_source_ahead_of_other_seconds gauge\n");
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (sources[i].ahead_of_other_ns == 0)
            continue;
        st = ovf_buffer_append_text(out, "overflight_source_ahead_of_other_seconds");
        if (st == OVF_OK)
            st = put_source_name(sources[i].name, out);
        if (st == OVF_OK)
            st = ovf_buffer_printf(out, "%.1f\n",
                                   (double)sources[i].ahead_of_other_ns / (double)OVF_NS_PER_S);
    }
    return st;
}

enum ovf_status ovf_watch_metrics(const struct ovf_live_engine *live,
                                  const struct ovf_watch_source *sources, size_t n_sources,
                                  uint64_t n_ahead, uint64_t n_put_off, struct ovf_buffer *out)
{
    const int64_t t_ns = ovf_live_time(live);
    enum ovf_status st = put_live(live, n_ahead, out);
    if (st == OVF_OK && t_ns != INT64_MIN)
        st = put(out, "gauge", "stream_time_seconds", "the time that the stream has reached",
                 (uint64_t)(t_ns / OVF_NS_PER_S));
    if (st == OVF_OK)
        st = put_events(live, out);
    if (st == OVF_OK)
        st = put_sources(sources, n_sources, out);
    if (st == OVF_OK)
        st = put(out, "counter", "connections_put_off_total",
                 "times that who asked here had to wait since no file could be opened", n_put_off);
    return st == OVF_OK && n_sources > 1 ? put_clocks(sources, n_sources, out) : st;
}
