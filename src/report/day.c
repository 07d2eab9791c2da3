/* SPDX-License-Identifier: Apache-2.0 */
#include "report/day.h"

#include <math.h>
#include <stdio.h>

#include "base/json_writer.h"
#include "base/time.h"

static bool names_folders(const struct ovf_completeness_day *day)
{
    return day->n_folders >= OVF_GLOBE_HISTORY_FOLDERS / 2 &&
           day->n_folders < OVF_GLOBE_HISTORY_FOLDERS;
}

enum ovf_status ovf_report_hours(uint32_t hours, struct ovf_buffer *out)
{
    const char *separator = "";
    enum ovf_status st = OVF_OK;
    for (unsigned h = 0; h < 24 && st == OVF_OK; h++) {
        if ((hours >> h & 1U) == 0)
            continue;
        st = ovf_buffer_printf(out, "%s%u", separator, h);
        separator = ",";
    }
    return st;
}

enum ovf_status ovf_report_folders_missing(const struct ovf_completeness_day *day,
                                           struct ovf_buffer *out)
{
    const char *separator = "";
    enum ovf_status st = OVF_OK;
    for (unsigned i = 0; names_folders(day) && i < OVF_GLOBE_HISTORY_FOLDERS && st == OVF_OK; i++) {
        if (ovf_completeness_has_folder(day, i))
            continue;
        st = ovf_buffer_printf(out, "%s%02x", separator, i);
        separator = ",";
    }
    return st;
}

static void put_hours(struct ovf_json_writer *json, const struct ovf_completeness_day *day)
{
    int n_hours = 0;
    const uint32_t silent = ovf_completeness_silent_hours(day);
    for (unsigned h = 0; h < 24; h++)
        n_hours += (day->hours >> h & 1U) != 0 ? 1 : 0;
    ovf_json_int(json, "hours_with_data", n_hours);
    if (silent == 0)
        return;
    ovf_json_open(json, "hours_without_data", '[');
    for (unsigned h = 0; h < 24; h++) {
        if ((silent >> h & 1U) != 0)
            ovf_json_int(json, NULL, h);
    }
    ovf_json_close(json, ']');
}

static void put_folders(struct ovf_json_writer *json, const struct ovf_completeness_day *day)
{
    if (day->n_folders == 0)
        return;
    ovf_json_int(json, "folders", day->n_folders);
    if (!names_folders(day))
        return;
    ovf_json_open(json, "folders_missing", '[');
    for (unsigned i = 0; i < OVF_GLOBE_HISTORY_FOLDERS; i++) {
        char name[3];
        (void)snprintf(name, sizeof name, "%02x", i & 0xFFU);
        if (!ovf_completeness_has_folder(day, i))
            ovf_json_text(json, NULL, name);
    }
    ovf_json_close(json, ']');
}

static void put_neighbours(struct ovf_json_writer *json, const struct ovf_completeness_day *day)
{
    if (day->n_neighbours == 0)
        return;
    ovf_json_int(json, "neighbours", day->n_neighbours);
    ovf_json_number(json, "fixes_to_neighbours", day->fixes_to_neighbours, 4);
    ovf_json_number(json, "aircraft_to_neighbours", day->aircraft_to_neighbours, 4);
}

enum ovf_status ovf_ndjson_day(const struct ovf_report_day *line, struct ovf_buffer *out)
{
    const struct ovf_completeness_day *day = line->day;
    char text[OVF_TIME_SIZE];
    char verdict[OVF_LACKS_SIZE];
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "completeness");
    ovf_json_text(&json, "path", line->path);
    if (line->digest != NULL) {
        char digest[8 + OVF_SHA256_HEX_SIZE] = "sha256:";
        ovf_digest_format(line->digest, OVF_SHA256_BYTES, digest + 7);
        ovf_json_text(&json, "digest", digest);
    }
    if (line->members_digest != NULL) {
        char digest[8 + OVF_SHA256_HEX_SIZE] = "sha256:";
        ovf_digest_format(line->members_digest, OVF_SHA256_BYTES, digest + 7);
        ovf_json_text(&json, "members_digest", digest);
    }
    ovf_time_format(day->day_ns, 0, text);
    text[10] = '\0';
    ovf_json_text(&json, "day", text);
    ovf_json_text(&json, "kind", ovf_members_kind_name(day->kinds));
    if (day->n_members > 0)
        ovf_json_int(&json, "members", (int64_t)day->n_members);
    if (line->has_not_used && line->n_not_used > 0)
        ovf_json_int(&json, "members_not_used", (int64_t)line->n_not_used);
    ovf_json_int(&json, "fixes", (int64_t)day->n_fixes);
    ovf_json_int(&json, "aircraft", (int64_t)day->n_aircraft);
    put_hours(&json, day);
    put_folders(&json, day);
    put_neighbours(&json, day);
    ovf_completeness_verdict(day, verdict);
    ovf_json_text(&json, "verdict", verdict);
    ovf_json_close(&json, '}');
    return json.status == OVF_OK ? ovf_buffer_append_text(out, "\n") : json.status;
}

/* ---- for people ---- */

/** "folders missing 3c,ff", or how many when they are many. */
static enum ovf_status say_folders(const struct ovf_completeness_day *day, struct ovf_buffer *out)
{
    enum { MAX_NAMED = 16 };
    const unsigned n_missing = OVF_GLOBE_HISTORY_FOLDERS - day->n_folders;
    enum ovf_status st =
        ovf_buffer_printf(out, "%u of %d folders missing", n_missing, OVF_GLOBE_HISTORY_FOLDERS);
    if (st == OVF_OK && n_missing <= MAX_NAMED)
        st = ovf_buffer_append_text(out, ": ");
    if (st == OVF_OK && n_missing <= MAX_NAMED)
        st = ovf_report_folders_missing(day, out);
    return st;
}

static enum ovf_status say_hours(const struct ovf_completeness_day *day, struct ovf_buffer *out)
{
    const enum ovf_status st = ovf_buffer_append_text(out, "no fix in the UTC hours ");
    return st == OVF_OK ? ovf_report_hours(ovf_completeness_silent_hours(day), out) : st;
}

static enum ovf_status say_share(double ratio, const char *of_what,
                                 const struct ovf_completeness_day *day, struct ovf_buffer *out)
{
    return ovf_buffer_printf(out, "%.0f %% of the %s of the %s beside it", ratio * 100, of_what,
                             day->n_neighbours == 2 ? "days" : "day");
}

static enum ovf_status say_lack(const struct ovf_completeness_day *day, unsigned lack,
                                struct ovf_buffer *out)
{
    switch (lack) {
    case OVF_LACKS_FOLDERS:
        return say_folders(day, out);
    case OVF_LACKS_HOURS:
        return say_hours(day, out);
    case OVF_LACKS_AIRCRAFT:
        return say_share(day->aircraft_to_neighbours, "aircraft", day, out);
    default:
        return say_share(day->fixes_to_neighbours, "fixes", day, out);
    }
}

enum ovf_status ovf_report_day_lacks(const struct ovf_completeness_day *day, struct ovf_buffer *out)
{
    const unsigned lacks = ovf_completeness_lacks(day);
    char date[OVF_TIME_SIZE];
    enum ovf_status st = OVF_OK;
    ovf_time_format(day->day_ns, 0, date);
    for (unsigned lack = OVF_LACKS_FOLDERS; lack <= OVF_LACKS_FIXES && st == OVF_OK; lack <<= 1) {
        if ((lacks & lack) == 0)
            continue;
        st = ovf_buffer_printf(out, "  %.10s: ", date);
        if (st == OVF_OK)
            st = say_lack(day, lack, out);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(out, "\n");
    }
    return st;
}
