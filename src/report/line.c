/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats share. */
#include "report/line.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/time.h"
#include "rules/operated.h"
#include "track/address.h"

bool ovf_report_is_simulated(uint32_t address, const char *callsign)
{
    return address >= OVF_ADDRESS_SIMULATED_FIRST && (address & OVF_ADDRESS_NON_ICAO) == 0 &&
           strncmp(callsign, "SIM", 3) == 0;
}

bool ovf_report_altitude_between(const struct ovf_fix *before, const struct ovf_fix *after,
                                 int64_t t_ns, unsigned datum, double *alt_ft)
{
    if ((before->has & after->has & datum) == 0)
        return false;
    const double a = datum == OVF_FIX_ALT_BARO ? before->alt_baro_ft : before->alt_geom_ft;
    const double b = datum == OVF_FIX_ALT_BARO ? after->alt_baro_ft : after->alt_geom_ft;
    const double whole_s = ovf_time_seconds(before->t_ns, after->t_ns);
    *alt_ft = whole_s > 0 ? a + (b - a) * (ovf_time_seconds(before->t_ns, t_ns) / whole_s) : a;
    return true;
}

const char *ovf_report_db_flag_name(unsigned bit)
{
    static const char *const names[] = {"military", "interesting", "pia", "ladd"};
    return bit < sizeof names / sizeof *names ? names[bit] : NULL;
}

enum ovf_status ovf_report_codes(const struct ovf_edition *edition,
                                 const struct ovf_members *members, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    bool first = true;
    for (uint32_t i = ovf_members_next(members, 0); i < edition->n_airspaces && st == OVF_OK;
         i = ovf_members_next(members, i + 1)) {
        st = ovf_buffer_printf(out, "%s%s", first ? "" : ",", edition->airspaces[i].code);
        first = false;
    }
    return st;
}

enum ovf_status ovf_report_heard(const struct ovf_discs_used *heard, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < heard->n && st == OVF_OK; i++) {
        const struct ovf_anchor *const disc = &heard->items[i];
        char time[OVF_TIME_SIZE];
        char numbers[3][OVF_NUMBER_SIZE];
        ovf_time_format(disc->t_ns, 0, time);
        ovf_number_format(ceil(disc->radius_m / 1000), 0, numbers[0]);
        ovf_number_format(ovf_deg_from_e7(disc->at.lat_e7), 4, numbers[1]);
        ovf_number_format(ovf_deg_from_e7(disc->at.lon_e7), 4, numbers[2]);
        st = ovf_buffer_printf(out, "%s%s within %s km of %s,%s", i > 0 ? "; " : "", time,
                               numbers[0], numbers[1], numbers[2]);
    }
    return st;
}

enum ovf_status ovf_report_one_of(const struct ovf_edition *edition,
                                  const struct ovf_any_of *any_of, size_t i, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t k = 0; k < any_of->sets[i].n && st == OVF_OK; k++)
        st = ovf_buffer_printf(out, "%s%s", k > 0 ? " or " : "",
                               edition->airspaces[any_of->sets[i].owners[k]].code);
    return st;
}

enum ovf_status ovf_report_any_of(const struct ovf_edition *edition,
                                  const struct ovf_any_of *any_of, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < any_of->n && st == OVF_OK; i++) {
        st = ovf_buffer_append_text(out, i > 0 ? "; " : "");
        if (st == OVF_OK)
            st = ovf_report_one_of(edition, any_of, i, out);
    }
    return st;
}

size_t ovf_report_next_detection(const struct ovf_report_line *line, size_t i)
{
    const struct ovf_detections *all = &line->result->track->detections;
    const struct ovf_passage *passage = &line->crossing->passage;
    for (; i < all->n; i++) {
        if (all->items[i].last >= passage->entry.before &&
            all->items[i].first <= passage->exit.after)
            return i;
    }
    return SIZE_MAX;
}

void ovf_report_detections(const struct ovf_report_line *line,
                           char kinds[OVF_REPORT_DETECTIONS_SIZE])
{
    bool has[OVF_DETECTION_N] = {false};
    size_t len = 0;
    for (size_t i = ovf_report_next_detection(line, 0); i != SIZE_MAX;
         i = ovf_report_next_detection(line, i + 1))
        has[line->result->track->detections.items[i].kind] = true;
    kinds[0] = '\0';
    for (int kind = 0; kind < OVF_DETECTION_N; kind++) {
        if (has[kind])
            len += (size_t)snprintf(kinds + len, OVF_REPORT_DETECTIONS_SIZE - len, "%s%s",
                                    len > 0 ? "," : "",
                                    ovf_detection_name((enum ovf_detection_kind)kind));
    }
}

void ovf_report_elsewhere(const struct ovf_operated *operated, char text[OVF_REPORT_ELSEWHERE_SIZE])
{
    _Static_assert(OVF_ELSEWHERE_MAX * sizeof "RYR=IE" < OVF_REPORT_ELSEWHERE_SIZE, "room for all");
    size_t len = 0;
    text[0] = '\0';
    for (size_t i = 0; i < operated->n_elsewhere; i++)
        len += (size_t)snprintf(text + len, OVF_REPORT_ELSEWHERE_SIZE - len, "%s%s=%s",
                                len > 0 ? " " : "", operated->elsewhere[i].designator,
                                operated->elsewhere[i].state);
}

double ovf_report_radius_m(const struct ovf_track *track, const struct ovf_passage_end *end)
{
    const float before_m = track->fixes.items[end->before].radius_m;
    const float after_m = track->fixes.items[end->after].radius_m;
    return (double)(before_m > after_m ? before_m : after_m);
}
