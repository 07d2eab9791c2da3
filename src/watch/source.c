/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"

/* A connection is judged by so many bytes at a time; of a good one the first report may be half of one. */
enum { NOISE_WINDOW_BYTES = 64 << 10, ALIEN_MAX = 1 };

/* What comes from a file or a pipe is told by its beginning. */
enum { HEAD_BYTES = 1024 };

/* So many fixes in a row that are off by a zone's time, by no more than so much besides. */
enum { ZONE_FIXES = 20 };
static const int64_t zone_rest_ns = 60 * OVF_NS_PER_S;
static const int64_t quarter_ns = 15 * OVF_NS_PER_MIN;

enum ovf_status ovf_watch_source_open(const char *name, uint32_t number,
                                      const struct ovf_watch_sources *shared,
                                      struct ovf_watch_source *source, struct ovf_error *err)
{
    *source = (struct ovf_watch_source){.name = name, .number = number, .shared = shared};
    (void)snprintf(source->public_name, sizeof source->public_name, "feed %" PRIu32, number + 1);
    return ovf_inlet_open(name, shared->inlets, &source->inlet, err);
}

void ovf_watch_source_close(struct ovf_watch_source *source)
{
    ovf_feed_free(source->feed);
    ovf_buffer_deinit(&source->head);
    ovf_inlet_close(source->inlet);
    *source = (struct ovf_watch_source){.is_ended = true};
}

static void say(struct ovf_watch_source *source, const char *what)
{
    char line[1024];
    const int n = snprintf(line, sizeof line, "%.300s: %.600s\n", source->name, what);
    if (n > 0 && strcmp(source->said.text, what) != 0) /* what cannot be said is lost */
        (void)source->shared->talk->write(source->shared->talk->context, line, (size_t)n);
    (void)ovf_error_set(&source->said, OVF_OK, "%s", what);
}

/** Whether there is a time zone so many quarters of an hour from UTC: whole hours, :30 and :45. */
static bool is_zone(int64_t quarters)
{
    const int64_t n = quarters < 0 ? -quarters : quarters;
    return n >= 4 && n <= 14 * 4 && n % 4 != 1;
}

/** A clock that is hours off is in another time zone than was stated. */
static void check_clock(struct ovf_watch_source *source, int64_t t_ns)
{
    const int64_t ahead_ns = t_ns - source->now_ns;
    const int64_t quarters = ovf_time_floor(ahead_ns + quarter_ns / 2, quarter_ns) / quarter_ns;
    const int64_t rest_ns = ahead_ns - quarters * quarter_ns;
    const bool is_off = is_zone(quarters) && rest_ns > -zone_rest_ns && rest_ns < zone_rest_ns;
    const int64_t minutes = 15 * (quarters < 0 ? -quarters : quarters);
    char text[160];
    source->n_off = is_off && quarters == source->quarters_ahead ? source->n_off + 1 : 0;
    source->quarters_ahead = quarters;
    if (source->n_off != ZONE_FIXES)
        return;
    (void)snprintf(text, sizeof text,
                   "its clock is %" PRId64 ":%02" PRId64
                   " h %s: where it is in local time, state --sbs-tz",
                   minutes / 60, minutes % 60, quarters < 0 ? "behind" : "ahead");
    say(source, text);
}

static enum ovf_status take_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    struct ovf_watch_source *source = context;
    check_clock(source, fix->t_ns);
    return source->shared->take(source->shared->context, address, fix, identity);
}

/** Whether what it says has the times at which it came: these need no checking. */
static bool has_times_of_arrival(enum ovf_feed_format format)
{
    return format == OVF_FEED_BEAST || format == OVF_FEED_AVR;
}

static enum ovf_status make_feed(struct ovf_watch_source *source, struct ovf_error *err)
{
    struct ovf_feed_options options = {.number = source->number,
                                       .is_live = ovf_inlet_is_live(source->inlet),
                                       .read = source->shared->read};
    enum ovf_status st = OVF_OK;
    if (!ovf_inlet_format(source->inlet, &options.format))
        st = ovf_feed_sniff(ovf_buffer_bytes(&source->head), &options.format, err);
    if (st != OVF_OK)
        return st;
    const struct ovf_watch_sources *const shared = source->shared;
    return has_times_of_arrival(options.format) || !options.is_live
               ? ovf_feed_new(&options, shared->take, shared->context, &source->feed)
               : ovf_feed_new(&options, take_row, source, &source->feed);
}

/** Whether what came since the last look was mostly noise; looks when enough has come. Reports of which nothing is
 * made, as of aircraft without a position, are none. */
static bool is_noise(struct ovf_watch_source *source)
{
    const struct ovf_feed_counts counts = ovf_feed_counts(source->feed);
    const uint64_t n = counts.n_bytes - source->window.n_bytes;
    const uint64_t n_noise = counts.n_noise_bytes - source->window.n_noise_bytes;
    const bool is_used = counts.n_used > source->window.n_used;
    const bool is_alien = counts.n_alien > source->window.n_alien + ALIEN_MAX;
    if (n < NOISE_WINDOW_BYTES)
        return false;
    source->window = counts;
    return n_noise > n / 2 || (is_alien && !is_used);
}

/** Bytes that are not of the format end a file, and drop a connection. */
static void give_up(struct ovf_watch_source *source, int64_t now_ms, const char *why)
{
    struct ovf_error ignored;
    say(source, why);
    if (!ovf_inlet_comes_back(source->inlet)) {
        source->is_ended = true;
        return;
    }
    source->n_dropped++;
    ovf_inlet_drop(source->inlet, now_ms);
    if (source->feed != NULL && ovf_feed_finish(source->feed, &ignored) != OVF_OK)
        return; /* it was said why */
}

/** The next bytes, or of those at the beginning all, as soon as they are enough to tell what they are. */
static enum ovf_status feed(struct ovf_watch_source *source, struct ovf_bytes bytes, bool is_end,
                            struct ovf_error *err)
{
    enum ovf_feed_format format;
    if (source->feed != NULL)
        return ovf_feed_bytes(source->feed, bytes, source->now_ns, err);
    enum ovf_status st = ovf_buffer_append(&source->head, bytes.data, bytes.len);
    if (st != OVF_OK ||
        (!is_end && source->head.len < HEAD_BYTES && !ovf_inlet_format(source->inlet, &format)))
        return st;
    st = make_feed(source, err);
    if (st == OVF_OK)
        st = ovf_feed_bytes(source->feed, ovf_buffer_bytes(&source->head), source->now_ns, err);
    ovf_buffer_deinit(&source->head);
    return st;
}

static enum ovf_status take_bytes(struct ovf_watch_source *source, struct ovf_bytes bytes,
                                  bool is_whole, int64_t now_ms, struct ovf_error *err)
{
    enum ovf_status st = feed(source, bytes, false, err);
    if (st == OVF_OK && is_whole)
        st = ovf_feed_finish(source->feed, err);
    if (st == OVF_E_FORMAT) {
        give_up(source, now_ms, err->text);
        *err = (struct ovf_error){""};
        return OVF_OK;
    }
    if (st == OVF_OK && ovf_inlet_comes_back(source->inlet) && is_noise(source))
        give_up(source, now_ms, "most of what comes is not of this format: dropped");
    return st;
}

static enum ovf_status end_feed(struct ovf_watch_source *source, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (source->feed == NULL && source->head.len > 0)
        st = feed(source, (struct ovf_bytes){NULL, 0}, true, err);
    if (st == OVF_OK && source->feed != NULL)
        st = ovf_feed_finish(source->feed, err);
    if (st != OVF_E_FORMAT)
        return st;
    say(source, err->text);
    *err = (struct ovf_error){""};
    return OVF_OK;
}

enum ovf_status ovf_watch_source_step(struct ovf_watch_source *source, short revents,
                                      int64_t now_ms, int64_t now_ns, struct ovf_error *err)
{
    enum ovf_inlet_got got;
    struct ovf_bytes bytes;
    struct ovf_error trouble = {""};
    source->now_ns = now_ns;
    enum ovf_status st = ovf_inlet_step(source->inlet, revents, now_ms, &got, &bytes, &trouble);
    if (st == OVF_E_IO) {
        say(source, trouble.text);
        got = OVF_INLET_ENDED;
    } else if (st != OVF_OK) {
        return st;
    }
    switch (got) {
    case OVF_INLET_NOTHING:
        return OVF_OK;
    case OVF_INLET_BEGUN:
        source->window = ovf_watch_source_counts(source);
        say(source, "connected");
        return OVF_OK;
    case OVF_INLET_BYTES:
    case OVF_INLET_WHOLE:
        return take_bytes(source, bytes, got == OVF_INLET_WHOLE, now_ms, err);
    case OVF_INLET_FAILED:
        say(source, trouble.text);
        return OVF_OK;
    case OVF_INLET_LOST:
        say(source, trouble.text);
        return end_feed(source, err);
    case OVF_INLET_ENDED:
        source->is_ended = true;
        return end_feed(source, err);
    }
    return OVF_OK;
}

struct ovf_feed_counts ovf_watch_source_counts(const struct ovf_watch_source *source)
{
    return source->feed != NULL ? ovf_feed_counts(source->feed) : (struct ovf_feed_counts){0};
}
