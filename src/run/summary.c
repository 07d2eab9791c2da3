/* SPDX-License-Identifier: Apache-2.0 */
/* The account, printed. */
#include "run/summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"
#include "track/address.h"

void ovf_found_add(struct ovf_found *sum, const struct ovf_found *more)
{
    sum->n_aircraft += more->n_aircraft;
    sum->n_flights += more->n_flights;
    sum->n_fixes += more->n_fixes;
    sum->n_suspect += more->n_suspect;
    for (int i = 0; i < OVF_DETECTION_N; i++)
        sum->n_of_detection[i] += more->n_of_detection[i];
    sum->n_doubted += more->n_doubted;
    sum->n_duplicate += more->n_duplicate;
    sum->n_repeated += more->n_repeated;
    sum->n_scanned_before += more->n_scanned_before;
    sum->n_overlapping += more->n_overlapping;
    sum->n_printed += more->n_printed;
    sum->n_end_unknown += more->n_end_unknown;
    for (int i = 0; i < OVF_CLASS_N; i++)
        sum->n_of_class[i] += more->n_of_class[i];
}

enum ovf_status ovf_summary_inputs(enum ovf_format format, const struct ovf_catalog *catalog,
                                   const struct ovf_account *account,
                                   const struct ovf_walk_options *walk,
                                   const struct ovf_counts *counts, const struct ovf_sink *out)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < account->n_inputs && st == OVF_OK; i++) {
        const struct ovf_input *input = ovf_catalog_input(catalog, i);
        const struct ovf_account_input *in = &account->inputs[i];
        if (ovf_account_is_copy(catalog, account, i))
            continue;
        const struct ovf_report_input line = {
            .path = input->path,
            .digest = input->has_digest ? &input->digest : NULL,
            .members_digest = in->has_members_digest ? &in->members_digest : NULL,
            .n_bytes = input->n_bytes,
            .n_not_used = input->n_not_used,
            .n_date_disagrees = in->n_date_disagrees,
            .members = &in->members,
            .rows = &in->rows,
            .decimation_s = ovf_account_decimation_s(in, walk),
            .first_ns = in->first_ns,
            .last_ns = in->last_ns};
        st = ovf_report_input(format, &line, &text);
    }
    for (size_t i = 0; i < account->n_inputs && st == OVF_OK; i++) {
        if (format == OVF_FORMAT_NDJSON && !ovf_account_is_copy(catalog, account, i))
            st = ovf_counts_print(counts, (uint32_t)i, &text);
    }
    if (st == OVF_OK)
        st = ovf_sink_write(out, text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

/** Whether a character could move a terminal's cursor or turn the direction of writing. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
           code == 0x061C || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

/** Names come from strangers: what is no printable character of them is shown as '?'. */
static enum ovf_status talk_name(const char *before, const char *name, const char *after,
                                 struct ovf_buffer *text)
{
    enum ovf_status st = ovf_buffer_append_text(text, before);
    for (struct ovf_bytes rest = ovf_bytes_from_text(name); rest.len > 0 && st == OVF_OK;) {
        uint32_t code;
        size_t n = 1;
        const bool good = ovf_utf8_first(rest, &code, &n) == OVF_UTF8_GOOD && !is_control(code);
        st = good ? ovf_buffer_append(text, rest.data, n) : ovf_buffer_append_text(text, "?");
        rest = (struct ovf_bytes){rest.data + n, rest.len - n};
    }
    return st == OVF_OK ? ovf_buffer_append_text(text, after) : st;
}

static enum ovf_status talk_tally(const char *what, const struct ovf_tally *tally,
                                  struct ovf_buffer *text)
{
    enum ovf_status st = ovf_buffer_printf(text, "  %s: %" PRIu64 " read, %" PRIu64 " used", what,
                                           tally->n_read, tally->n_used);
    if (st == OVF_OK && tally->n_repeated > 0)
        st = ovf_buffer_printf(text, ", %" PRIu64 " repeated", tally->n_repeated);
    if (st == OVF_OK)
        st = ovf_buffer_printf(text, ", %" PRIu64 " rejected", ovf_tally_rejected(tally));
    const char *lead = " (";
    for (int i = 0; i < OVF_REJECT_N && st == OVF_OK; i++) {
        if (tally->n_rejected[i] == 0)
            continue;
        st = ovf_buffer_printf(text, "%s%s %" PRIu64, lead, ovf_reject_name((enum ovf_reject)i),
                               tally->n_rejected[i]);
        lead = ", ";
    }
    if (st == OVF_OK)
        st = ovf_buffer_append_text(text, lead[0] == ',' ? ")\n" : "\n");
    return st;
}

/** What did not go into the counts above. */
static enum ovf_status talk_troubles(const struct ovf_input *input,
                                     const struct ovf_account_input *in, struct ovf_buffer *text)
{
    enum ovf_status st = OVF_OK;
    if (st == OVF_OK && input->n_not_used > 0)
        st = ovf_buffer_printf(text, "  members of other kinds, not used: %" PRIu64 "\n",
                               input->n_not_used);
    if (st == OVF_OK && in->trouble[0] != '\0')
        st = talk_name("  rejected first: ", in->trouble, "\n", text);
    if (st == OVF_OK && in->row_trouble[0] != '\0')
        st = talk_name("  first rejected row: ", in->row_trouble, "\n", text);
    if (st == OVF_OK && in->n_absent > 0)
        st = ovf_buffer_printf(text, "  marks taken for no value: %" PRIu64, in->n_absent);
    if (st == OVF_OK && in->n_absent > 0)
        st = talk_name(", first in ", in->absent_example, "\n", text);
    if (st == OVF_OK && in->n_date_disagrees > 0) {
        st = ovf_buffer_printf(
            text, "  dated otherwise than their path: %" PRIu64 ", the date inside counts",
            in->n_date_disagrees);
        if (st == OVF_OK)
            st = talk_name(" (", in->date_example, ")\n", text);
    }
    if (st == OVF_OK && in->unused_columns[0] != '\0')
        st = talk_name("  columns not used: ", in->unused_columns, "\n", text);
    if (st == OVF_OK && in->note[0] != '\0')
        st = talk_name("  ", in->note, "\n", text);
    return st;
}

static enum ovf_status talk_input(const struct ovf_input *input, const struct ovf_account_input *in,
                                  struct ovf_buffer *text)
{
    enum ovf_status st = talk_name("", input->path, "", text);
    if (st == OVF_OK && in->first_ns <= in->last_ns) {
        char first[OVF_TIME_SIZE];
        char last[OVF_TIME_SIZE];
        ovf_time_format(in->first_ns, 0, first);
        ovf_time_format(in->last_ns, 0, last);
        st = ovf_buffer_printf(text, "  %s to %s", first, last);
    }
    if (st == OVF_OK)
        st = ovf_buffer_append_text(text, "\n");
    if (st == OVF_OK)
        st = talk_tally("members", &in->members, text);
    if (st == OVF_OK)
        st = talk_tally("rows", &in->rows, text);
    return st == OVF_OK ? talk_troubles(input, in, text) : st;
}

/** Aircraft that were asked for and that no input holds: a slip of the pen would look like an answer. */
static enum ovf_status talk_unmet(const struct ovf_question *q, struct ovf_buffer *text)
{
    enum { MAX_NAMED = 5 };
    const size_t n_addresses = q->watch.n_addresses;
    const size_t n = q->is_met != NULL ? n_addresses + q->watch.n_registrations : 0;
    size_t n_unmet = 0;
    struct ovf_buffer names = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        char icao24[OVF_ADDRESS_SIZE];
        if (atomic_load(&q->is_met[i]) || ++n_unmet > MAX_NAMED)
            continue;
        if (i < n_addresses)
            ovf_address_format(q->addresses[i], icao24);
        st = talk_name(" ", i < n_addresses ? icao24 : q->registrations[i - n_addresses], "",
                       &names);
    }
    if (st == OVF_OK && n_unmet > 0)
        st = ovf_buffer_printf(text, "aircraft asked for that are in no input: %zu of %zu:%.*s%s\n",
                               n_unmet, n, (int)names.len, (const char *)names.data,
                               n_unmet > MAX_NAMED ? " ..." : "");
    ovf_buffer_deinit(&names);
    return st;
}

/** "1 flight", "2 flights". */
static enum ovf_status talk_count(uint64_t n, const char *one, const char *many,
                                  struct ovf_buffer *text)
{
    return ovf_buffer_printf(text, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

static enum ovf_status talk_tracks(const struct ovf_found *found, bool stores,
                                   struct ovf_buffer *text)
{
    const struct {
        uint64_t n;
        const char *one;
        const char *many;
    } parts[] = {
        {found->n_fixes, "fix of ", "fixes of "},
        {found->n_aircraft, "aircraft in ", "aircraft in "},
        {found->n_flights, "flight; ", "flights; "},
        {found->n_suspect, "fix is not believed, ", "fixes are not believed, "},
        {found->n_repeated, "report stood more than once\n", "reports stood more than once\n"},
        {found->n_printed, stores ? "crossing put" : "crossing printed",
         stores ? "crossings put" : "crossings printed"},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && st == OVF_OK; i++)
        st = talk_count(parts[i].n, parts[i].one, parts[i].many, text);
    return st;
}

/** What is consistent with interference, or with a fault; nothing when there is nothing. */
static enum ovf_status talk_detections(const struct ovf_found *found, struct ovf_buffer *text)
{
    const char *before = "positions consistent with interference or a fault:";
    enum ovf_status st = OVF_OK;
    for (int i = 0; i < OVF_DETECTION_N && st == OVF_OK; i++) {
        if (found->n_of_detection[i] == 0)
            continue;
        st = ovf_buffer_printf(text, "%s %" PRIu64 " %s", before, found->n_of_detection[i],
                               ovf_detection_name((enum ovf_detection_kind)i));
        before = ",";
    }
    if (st == OVF_OK && before[0] == ',')
        st = ovf_buffer_append_text(text, "\n");
    if (st == OVF_OK && found->n_doubted > 0)
        st = ovf_buffer_printf(text,
                               "%" PRIu64 " %s that no crossing tells: "
                               "\"type\":\"detections\" of NDJSON, detections of a store\n",
                               found->n_doubted,
                               found->n_doubted == 1 ? "flight has such" : "flights have such");
    if (st == OVF_OK && found->n_sinks > 0)
        st = ovf_buffer_printf(text,
                               "%" PRIu64 " %s that positions of several aircraft jumped to: "
                               "consistent with interference\n",
                               found->n_sinks, found->n_sinks == 1 ? "place" : "places");
    if (st == OVF_OK && found->n_duplicate > 0)
        st = ovf_buffer_printf(text, "%" PRIu64 " %s of two aircraft at a time\n",
                               found->n_duplicate,
                               found->n_duplicate == 1 ? "address is" : "addresses are");
    return st;
}

static enum ovf_status talk_found(const struct ovf_question *question,
                                  const struct ovf_found *found, struct ovf_buffer *text)
{
    const bool stores = question->store_path != NULL;
    enum ovf_status st = talk_tracks(found, stores, text);
    for (int i = 0; i < OVF_CLASS_N && st == OVF_OK; i++) {
        const bool is_least = i == OVF_CLASS_POSSIBLE && !question->config.wants_possible;
        if (found->n_of_class[i] > 0)
            st = ovf_buffer_printf(text, "; %" PRIu64 "%s %s not %s (--class)",
                                   found->n_of_class[i], is_least ? " or more" : "",
                                   ovf_class_name((enum ovf_class)i), stores ? "put" : "printed");
    }
    if (st == OVF_OK && found->n_end_unknown > 0)
        st = ovf_buffer_printf(text, "; %" PRIu64 " %s because an end of the flight is unknown%s",
                               found->n_end_unknown,
                               question->include_unknown ? "among them" : "left out",
                               question->include_unknown ? "" : " (--include-unknown)");
    if (st == OVF_OK)
        st = ovf_buffer_append_text(text, "\n");
    if (st == OVF_OK)
        st = talk_detections(found, text);
    if (st == OVF_OK && found->n_scanned_before > 0)
        st = ovf_buffer_printf(text,
                               "%" PRIu64 " %s scanned into this store before: nothing to add\n",
                               found->n_scanned_before,
                               found->n_scanned_before == 1 ? "aircraft's day or table was"
                                                            : "aircraft's days or tables were");
    if (st == OVF_OK && found->n_overlapping > 0)
        st = ovf_buffer_printf(text,
                               "%" PRIu64
                               " aircraft heard at times that an earlier scan into this store "
                               "covers: their flights may stand twice; scan such inputs together\n",
                               found->n_overlapping);
    return st;
}

/** What limits above mean sea level were compared with, once, where there are any. */
static enum ovf_status talk_geoid(const struct ovf_question *q, struct ovf_buffer *text)
{
    if (!q->asks_amsl)
        return OVF_OK;
    if (q->config.geoid == NULL)
        return ovf_buffer_printf(
            text, "no geoid grid: AMSL limits compared with barometric altitude ± %d ft\n",
            OVF_AMSL_BAROMETRIC_MARGIN_FT);
    const enum ovf_status st = talk_name("geoid: ", q->config.geoid->source, "\n", text);
    return st != OVF_OK
               ? st
               : ovf_buffer_printf(text,
                                   "  AMSL limits compared with geometric altitude less the geoid "
                                   "± %d ft; where there is none, barometric ± %d ft\n",
                                   OVF_AMSL_GEOMETRIC_MARGIN_FT, OVF_AMSL_BAROMETRIC_MARGIN_FT);
}

enum ovf_status ovf_summary_talk(const struct ovf_question *question,
                                 const struct ovf_catalog *catalog,
                                 const struct ovf_account *account, const struct ovf_counts *counts,
                                 const struct ovf_found *found, const struct ovf_sink *talk)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < account->n_inputs && st == OVF_OK; i++) {
        st = talk_input(ovf_catalog_input(catalog, i), &account->inputs[i], &text);
        if (st == OVF_OK && !ovf_account_is_copy(catalog, account, i))
            st = ovf_counts_talk(counts, (uint32_t)i, &text);
    }
    if (st == OVF_OK && question->register_ != NULL)
        st = talk_tally("register", &question->register_rows, &text);
    if (st == OVF_OK && question->routes != NULL)
        st = talk_tally("routes", &question->routes_rows, &text);
    if (st == OVF_OK && question->operators != NULL)
        st = talk_tally("operators", &question->operators_rows, &text);
    if (st == OVF_OK)
        st = talk_unmet(question, &text);
    if (st == OVF_OK)
        st = talk_found(question, found, &text);
    for (size_t i = 0; i < question->config.n_layers && st == OVF_OK; i++) {
        const struct ovf_edition *const e = &question->editions[i];
        /* States are walked through for whom was entered from; zones drawn say who they are by name. */
        if (i == 0 || (e->kind != OVF_KIND_ZONE && !ovf_members_empty(&question->layers[i].wanted)))
            st = ovf_buffer_printf(&text, "boundaries: %s %s%s%s\n", e->name, e->edition,
                                   e->attribution[0] != '\0' ? ", " : "", e->attribution);
    }
    if (st == OVF_OK)
        st = talk_geoid(question, &text);
    if (st == OVF_OK && question->detect_words.len > 0)
        st = ovf_buffer_printf(&text, "thresholds of your own: %.*s\n",
                               (int)question->detect_words.len,
                               (const char *)question->detect_words.data);
    if (st == OVF_OK)
        st = ovf_sink_write(talk, text.data, text.len);
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- clocks ---- */

struct differing {
    const struct ovf_catalog *catalog;
    struct ovf_buffer text;
};

static enum ovf_status talk_clocks(void *context, uint32_t input, uint32_t other, int64_t ahead_ns)
{
    struct differing *const d = context;
    char between[64];
    (void)snprintf(between, sizeof between, ": its times are %.1f s %s those of ",
                   (double)(ahead_ns < 0 ? -ahead_ns : ahead_ns) / (double)OVF_NS_PER_S,
                   ahead_ns < 0 ? "behind" : "ahead of");
    enum ovf_status st = talk_name("", ovf_catalog_input(d->catalog, input)->path, "", &d->text);
    if (st == OVF_OK)
        st = talk_name(between, ovf_catalog_input(d->catalog, other)->path, "\n", &d->text);
    return st;
}

enum ovf_status ovf_summary_clocks(const struct ovf_catalog *catalog,
                                   struct ovf_input_clocks *clocks, const struct ovf_sink *talk)
{
    struct differing d = {.catalog = catalog};
    enum ovf_status st = ovf_input_clocks_each(clocks, talk_clocks, &d);
    if (st == OVF_OK && d.text.len > 0)
        st = ovf_sink_write(talk, d.text.data, d.text.len);
    ovf_buffer_deinit(&d.text);
    return st;
}
