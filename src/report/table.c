/* SPDX-License-Identifier: Apache-2.0 */
/* The table for people: whole seconds, each with its bracket. */
#include "report/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "rules/operated.h"
#include "track/address.h"

enum { WHEN_SIZE = 96 };

/* Names and brackets that are longer than their column push the rest of their line. */
static const struct column {
    const char *name;
    unsigned char width;
    bool is_right;
    unsigned char gap; /* spaces behind it */
} columns[] = {
    {"ENTRY (UTC)", 29, false, 1}, {"EXIT (UTC)", 29, false, 1}, {"AIRSPACE", 8, false, 1},
    {"ROLE", 10, false, 1},        {"CLASS", 9, false, 1},       {"ICAO24", 7, false, 1},
    {"CALLSIGN", 8, false, 1},     {"REG", 8, false, 1},         {"TYPE", 4, false, 1},
    {"FROM", 4, false, 1},         {"TO", 4, false, 1},          {"IN BY", 6, false, 1},
    {"OUT BY", 6, false, 1},       {"MIN", 7, true, 2},          {"NOTES", 0, false, 0},
};

enum { N_COLUMNS = sizeof columns / sizeof *columns };

static enum ovf_status put_cell(const struct column *column, const char *text,
                                struct ovf_buffer *out)
{
    static const char spaces[] = "                                ";
    const size_t len = strlen(text);
    const size_t n_missing = len < column->width ? column->width - len : 0;
    const size_t n_before = column->is_right ? n_missing : 0;
    enum ovf_status st = ovf_buffer_append(out, spaces, n_before);
    if (st == OVF_OK)
        st = ovf_buffer_append(out, text, len);
    if (st == OVF_OK)
        st = ovf_buffer_append(out, spaces, n_missing - n_before + column->gap);
    return st;
}

static enum ovf_status put_row(const char *const cells[N_COLUMNS], struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < N_COLUMNS && st == OVF_OK; i++)
        st = put_cell(&columns[i], cells[i], out);
    return st == OVF_OK ? ovf_buffer_append(out, "\n", 1) : st;
}

enum ovf_status ovf_table_header(struct ovf_buffer *out)
{
    const char *names[N_COLUMNS];
    for (size_t i = 0; i < N_COLUMNS; i++)
        names[i] = columns[i].name;
    return put_row(names, out);
}

/** Date and clock time to the second, with a space between, without the zone. */
static void format_clock(int64_t t_ns, char text[OVF_TIME_SIZE])
{
    ovf_time_format(t_ns, 0, text);
    text[10] = ' ';
    text[19] = '\0';
}

/** "2019-11-03 10:12:33 -4 +6": the fixes around lie 4 s before and 6 s after; in a gap the two times
 * between which it was: "2019-11-03 10:12:33 .. 11:20:05". */
static void format_when(const struct ovf_passage_end *end, char text[WHEN_SIZE])
{
    char first[OVF_TIME_SIZE];
    char second[OVF_TIME_SIZE];
    char before_s[OVF_NUMBER_SIZE];
    char after_s[OVF_NUMBER_SIZE];
    switch (end->kind) {
    case OVF_PASSAGE_TRACK:
        (void)snprintf(text, WHEN_SIZE, "-");
        break;
    case OVF_PASSAGE_CROSSED:
        format_clock(end->t_ns, first);
        ovf_number_format(ovf_time_seconds(end->t_min_ns, end->t_ns), 0, before_s);
        ovf_number_format(ovf_time_seconds(end->t_ns, end->t_max_ns), 0, after_s);
        (void)snprintf(text, WHEN_SIZE, "%.19s -%.20s +%.20s", first, before_s, after_s);
        break;
    case OVF_PASSAGE_GAP:
        format_clock(end->earliest_ns, first);
        format_clock(end->latest_ns, second);
        (void)snprintf(text, WHEN_SIZE, "%s..%s", first,
                       ovf_time_day(end->earliest_ns) == ovf_time_day(end->latest_ns) ? second + 11
                                                                                      : second);
        break;
    }
}

static const char *airport_code(const struct ovf_airports *airports,
                                const struct ovf_endpoint *endpoint, struct ovf_airport *storage)
{
    if (!endpoint->has_airport)
        return "?";
    *storage = ovf_airports_get(airports, endpoint->airport);
    return storage->code;
}

/** The state on the other side, "sea" for none, "?" when it was not seen. */
static enum ovf_status other_side(const struct ovf_edition *edition,
                                  const struct ovf_passage_end *end, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    out->len = 0;
    if (end->kind != OVF_PASSAGE_CROSSED)
        st = ovf_buffer_append_text(out, end->kind == OVF_PASSAGE_GAP ? "?" : "-");
    else if (ovf_members_empty(&end->other_side))
        st = ovf_buffer_append_text(out, "none");
    else
        st = ovf_report_codes(edition, &end->other_side, out);
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

/** How an end that was asked for was met; where it is the flight's own airport, that stands in its column. */
static enum ovf_status note_match(const char *end, enum ovf_matched_by by, struct ovf_buffer *out)
{
    static const char *const words[] = {
        [OVF_MATCHED_NOT] = "",
        [OVF_MATCHED_UNASKED] = "",
        [OVF_MATCHED_AIRPORT] = "",
        [OVF_MATCHED_JOURNEY_AIRPORT] = "by journey",
        [OVF_MATCHED_STATES] = "by states seen",
        [OVF_MATCHED_UNKNOWN] = "unknown",
    };
    return words[by][0] != '\0' ? ovf_buffer_printf(out, "%s %s; ", end, words[by]) : OVF_OK;
}

/** What a reader must know of the positions behind the line. */
static enum ovf_status note_strength(const struct ovf_report_line *line, struct ovf_buffer *out)
{
    char kinds[OVF_REPORT_DETECTIONS_SIZE];
    enum ovf_status st = OVF_OK;
    ovf_report_detections(line, kinds);
    if (line->result->flights[line->crossing->flight].is_duplicate)
        st = ovf_buffer_printf(out, "duplicate address #%u; ", line->result->chain);
    if (st == OVF_OK && !line->crossing->strength.holds_without_weak_fixes)
        st = ovf_buffer_append_text(out, "weak positions; ");
    if (st == OVF_OK && kinds[0] != '\0')
        st = ovf_buffer_printf(out, "doubts: %s; ", kinds);
    return st;
}

/** "address of MT, RYR=IE; ". */
static enum ovf_status note_operated(const struct ovf_report *report,
                                     const struct ovf_report_line *line,
                                     const struct ovf_flight *flight, struct ovf_buffer *out)
{
    const struct ovf_operated operated =
        ovf_operated_of(report->operators, line->result->track, flight);
    char elsewhere[OVF_REPORT_ELSEWHERE_SIZE];
    ovf_report_elsewhere(&operated, elsewhere);
    return operated.n_elsewhere > 0
               ? ovf_buffer_printf(out, "address of %s, %s; ", operated.address_state, elsewhere)
               : OVF_OK;
}

/** "612kt to avoid; ": what staying out would have taken at the least, where that is more than the straight way. */
static enum ovf_status note_speed(const struct ovf_crossing *crossing, struct ovf_buffer *out)
{
    const struct ovf_verdict *v = &crossing->verdict;
    if (!crossing->has_verdict || !isfinite(v->avoidance_kt) || v->avoidance_kt <= v->direct_kt)
        return OVF_OK;
    return ovf_buffer_printf(out, "%lldkt to avoid; ", (long long)floor(v->avoidance_kt));
}

/** "IQ or TR for sure; ". */
static enum ovf_status note_any_of(const struct ovf_edition *edition,
                                   const struct ovf_any_of *any_of, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < any_of->n && st == OVF_OK; i++) {
        st = ovf_report_one_of(edition, any_of, i, out);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(out, " for sure; ");
    }
    return st;
}

/** With "; " behind each. */
static enum ovf_status notes(const struct ovf_report *report, const struct ovf_report_line *line,
                             const struct ovf_flight *flight, struct ovf_buffer *out)
{
    const struct ovf_edition *edition = report->config->layers[line->crossing->layer].edition;
    const struct ovf_passage *p = &line->crossing->passage;
    enum ovf_status st = OVF_OK;
    out->len = 0;
    if (ovf_report_is_simulated(line->result->track->address, flight->callsign))
        st = ovf_buffer_append_text(out, "simulated; ");
    if (st == OVF_OK)
        st = note_match("from", line->match.from, out);
    if (st == OVF_OK)
        st = note_match("to", line->match.to, out);
    if (st == OVF_OK && p->grazing)
        st = ovf_buffer_append_text(out, "grazing; ");
    if (st == OVF_OK && line->crossing->certificate.is_set)
        st = ovf_buffer_printf(out, "%lld km off; ",
                               (long long)floor(line->crossing->certificate.distance_m / 1000));
    else if (st == OVF_OK && p->n_fixes_inside < 2)
        st = ovf_buffer_append_text(out, "interpolated; ");
    if (st == OVF_OK && (p->entry.perhaps_stayed || p->exit.perhaps_stayed))
        st = ovf_buffer_append_text(out, "may have stayed inside; ");
    if (st == OVF_OK && p->n_gaps_inside > 0)
        st = ovf_buffer_printf(out, "%zu gap%s; ", p->n_gaps_inside,
                               p->n_gaps_inside > 1 ? "s" : "");
    if (st == OVF_OK)
        st = note_speed(line->crossing, out);
    if (st == OVF_OK)
        st = note_any_of(edition, &line->crossing->any_of, out);
    if (st == OVF_OK)
        st = note_operated(report, line, flight, out);
    if (st == OVF_OK)
        st = note_strength(line, out);
    if (st == OVF_OK && p->vertical_undetermined)
        st = ovf_buffer_append_text(out, "altitude unknown; ");
    if (st == OVF_OK && !ovf_members_empty(&p->overlaps)) {
        st = ovf_buffer_append_text(out, "also ");
        if (st == OVF_OK)
            st = ovf_report_codes(edition, &p->overlaps, out);
    }
    while (out->len > 0 && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == ';'))
        out->len--;
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

static void format_minutes(const struct ovf_passage *p, char text[OVF_NUMBER_SIZE])
{
    if (p->entry.kind == OVF_PASSAGE_CROSSED && p->exit.kind == OVF_PASSAGE_CROSSED)
        ovf_number_format(ovf_time_seconds(p->entry.t_ns, p->exit.t_ns) / 60.0, 1, text);
    else
        (void)snprintf(text, OVF_NUMBER_SIZE, "-");
}

enum ovf_status ovf_table_crossing(const struct ovf_report *report,
                                   const struct ovf_report_line *line, struct ovf_buffer *out)
{
    const struct ovf_crossing *crossing = line->crossing;
    const struct ovf_flight *flight = &line->result->flights[crossing->flight];
    const struct ovf_edition *edition = report->config->layers[crossing->layer].edition;
    const struct ovf_identity *identity = line->who.identity;
    char entry[WHEN_SIZE];
    char exit[WHEN_SIZE];
    char icao24[OVF_ADDRESS_SIZE];
    char minutes[OVF_NUMBER_SIZE];
    struct ovf_airport from;
    struct ovf_airport to;
    struct ovf_buffer in_by = {0};
    struct ovf_buffer out_by = {0};
    struct ovf_buffer remarks = {0};
    format_when(&crossing->passage.entry, entry);
    format_when(&crossing->passage.exit, exit);
    ovf_address_format(line->result->track->address, icao24);
    format_minutes(&crossing->passage, minutes);
    enum ovf_status st = other_side(edition, &crossing->passage.entry, &in_by);
    if (st == OVF_OK)
        st = other_side(edition, &crossing->passage.exit, &out_by);
    if (st == OVF_OK)
        st = notes(report, line, flight, &remarks);
    if (st == OVF_OK) {
        const char *const cells[N_COLUMNS] = {
            entry,
            exit,
            edition->airspaces[crossing->passage.owner].code,
            ovf_role_name(crossing->role),
            ovf_class_name(crossing->passage.class),
            icao24,
            flight->callsign[0] != '\0' ? flight->callsign : "-",
            identity != NULL && identity->registration[0] != '\0' ? identity->registration : "-",
            identity != NULL && identity->type_code[0] != '\0' ? identity->type_code : "-",
            airport_code(report->config->airports, &flight->from, &from),
            airport_code(report->config->airports, &flight->to, &to),
            (const char *)in_by.data,
            (const char *)out_by.data,
            minutes,
            (const char *)remarks.data,
        };
        st = put_row(cells, out);
    }
    ovf_buffer_deinit(&in_by);
    ovf_buffer_deinit(&out_by);
    ovf_buffer_deinit(&remarks);
    return st;
}

enum ovf_status ovf_table_footer(const struct ovf_report *report, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < report->config->n_layers && st == OVF_OK; i++) {
        const struct ovf_edition *edition = report->config->layers[i].edition;
        if (edition->attribution != NULL && edition->attribution[0] != '\0')
            st = ovf_buffer_printf(out, "Boundaries: %s\n", edition->attribution);
    }
    return st;
}
