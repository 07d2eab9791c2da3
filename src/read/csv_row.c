/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of generic CSV. Where two columns say the same thing in two units, the first in the table
 * below that is not blank is taken. */
#include "read/csv_row.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "read/field.h"
#include "read/opensky_csv.h"
#include "track/address.h"

/** A row being read. */
struct making {
    struct ovf_csv_row *row;
    bool has_time;
    bool has_address;
    struct ovf_bytes lat;
    struct ovf_bytes lon;
};

typedef enum ovf_reject take_fn(struct making *making, struct ovf_bytes text);

static enum ovf_reject keep_time(struct making *making, bool parsed, int64_t t_ns)
{
    if (!parsed || !ovf_read_time_in_range(t_ns))
        return OVF_REJECT_BAD_TIME;
    making->row->fix.t_ns = t_ns;
    making->has_time = true;
    return OVF_REJECT_N;
}

static enum ovf_reject take_epoch_ms(struct making *making, struct ovf_bytes text)
{
    int64_t t_ns = 0;
    if (making->has_time)
        return OVF_REJECT_N;
    const bool parsed = ovf_number_parse_scaled(text, 6, &t_ns);
    return keep_time(making, parsed, t_ns);
}

static enum ovf_reject take_epoch_s(struct making *making, struct ovf_bytes text)
{
    int64_t t_ns = 0;
    if (making->has_time)
        return OVF_REJECT_N;
    const bool parsed = ovf_time_parse_epoch(text, &t_ns);
    return keep_time(making, parsed, t_ns);
}

/** ISO 8601, or epoch seconds, or what is too large for them: milliseconds. */
static enum ovf_reject take_time(struct making *making, struct ovf_bytes text)
{
    int64_t t_ns = 0;
    const bool parsed = ovf_time_parse_iso(text, &t_ns) ||
                        ovf_number_parse_scaled(text, 9, &t_ns) ||
                        ovf_number_parse_scaled(text, 6, &t_ns);
    return keep_time(making, parsed, t_ns);
}

static enum ovf_reject take_icao24(struct making *making, struct ovf_bytes text)
{
    if (!ovf_address_parse(text, &making->row->address))
        return OVF_REJECT_BAD_ADDRESS;
    making->has_address = true;
    return OVF_REJECT_N;
}

static enum ovf_reject take_lat_deg(struct making *making, struct ovf_bytes text)
{
    making->lat = text;
    return OVF_REJECT_N;
}

static enum ovf_reject take_lon_deg(struct making *making, struct ovf_bytes text)
{
    making->lon = text;
    return OVF_REJECT_N;
}

static enum ovf_reject number_fault(bool good)
{
    return good ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

/** Aggregators write "ground" for the altitude of an aircraft that is there. */
static bool is_ground(struct ovf_bytes text)
{
    return ovf_bytes_equal_nocase(text, "ground") || ovf_bytes_equal_nocase(text, "grnd");
}

/** An altitude, unless an earlier column gave it. A broken number is a fault all the same. */
static enum ovf_reject take_alt(struct ovf_fix *fix, unsigned bit, int32_t *member,
                                struct ovf_bytes text, bool (*read)(struct ovf_bytes, int32_t *))
{
    int32_t alt_ft;
    if (!read(text, &alt_ft))
        return OVF_REJECT_BAD_NUMBER;
    if ((fix->has & bit) == 0)
        *member = alt_ft;
    fix->has |= (uint16_t)bit;
    return OVF_REJECT_N;
}

static enum ovf_reject take_alt_baro(struct making *making, struct ovf_bytes text,
                                     bool (*read)(struct ovf_bytes, int32_t *))
{
    struct ovf_fix *fix = &making->row->fix;
    if (!is_ground(text))
        return take_alt(fix, OVF_FIX_ALT_BARO, &fix->alt_baro_ft, text, read);
    fix->flags |= OVF_FIX_ON_GROUND;
    return OVF_REJECT_N;
}

static enum ovf_reject take_alt_baro_ft(struct making *making, struct ovf_bytes text)
{
    return take_alt_baro(making, text, ovf_read_alt_ft);
}

static enum ovf_reject take_alt_baro_m(struct making *making, struct ovf_bytes text)
{
    return take_alt_baro(making, text, ovf_read_alt_m);
}

static enum ovf_reject take_alt_geom_ft(struct making *making, struct ovf_bytes text)
{
    struct ovf_fix *fix = &making->row->fix;
    return take_alt(fix, OVF_FIX_ALT_GEOM, &fix->alt_geom_ft, text, ovf_read_alt_ft);
}

static enum ovf_reject take_alt_geom_m(struct making *making, struct ovf_bytes text)
{
    struct ovf_fix *fix = &making->row->fix;
    return take_alt(fix, OVF_FIX_ALT_GEOM, &fix->alt_geom_ft, text, ovf_read_alt_m);
}

static enum ovf_reject take_gs_mps(struct making *making, struct ovf_bytes text)
{
    return number_fault(ovf_read_gs_mps(text, &making->row->fix));
}

static enum ovf_reject take_gs_kt(struct making *making, struct ovf_bytes text)
{
    return number_fault(ovf_read_gs_kt(text, &making->row->fix));
}

static enum ovf_reject take_track_deg(struct making *making, struct ovf_bytes text)
{
    return number_fault(ovf_read_track_deg(text, &making->row->fix));
}

static enum ovf_reject take_rate_mps(struct making *making, struct ovf_bytes text)
{
    return number_fault(ovf_read_rate_mps(text, &making->row->fix));
}

static enum ovf_reject take_rate_fpm(struct making *making, struct ovf_bytes text)
{
    return number_fault(ovf_read_rate_fpm(text, &making->row->fix));
}

static enum ovf_reject take_callsign(struct making *making, struct ovf_bytes text)
{
    if (ovf_read_callsign(text, making->row->fix.callsign))
        making->row->fix.has |= OVF_FIX_CALLSIGN;
    return OVF_REJECT_N;
}

static enum ovf_reject take_squawk(struct making *making, struct ovf_bytes text)
{
    if (ovf_read_squawk(text, &making->row->fix.squawk))
        making->row->fix.has |= OVF_FIX_SQUAWK;
    return OVF_REJECT_N;
}

static enum ovf_reject take_on_ground(struct making *making, struct ovf_bytes text)
{
    static const char *const yes[] = {"true", "t", "1", "yes"};
    static const char *const no[] = {"false", "f", "0", "no"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (ovf_bytes_equal_nocase(text, yes[i])) {
            making->row->fix.flags |= OVF_FIX_ON_GROUND;
            return OVF_REJECT_N;
        }
        if (ovf_bytes_equal_nocase(text, no[i]))
            return OVF_REJECT_N;
    }
    return OVF_REJECT_WRONG_TYPE;
}

static enum ovf_reject take_source(struct making *making, struct ovf_bytes text)
{
    making->row->fix.source = (uint8_t)ovf_read_source(text);
    return OVF_REJECT_N;
}

static enum ovf_reject take_registration(struct making *making, struct ovf_bytes text)
{
    ovf_identity_set_registration(&making->row->identity, text);
    return OVF_REJECT_N;
}

static enum ovf_reject take_type_code(struct making *making, struct ovf_bytes text)
{
    ovf_identity_set_type_code(&making->row->identity, text);
    return OVF_REJECT_N;
}

static enum ovf_reject take_nic(struct making *making, struct ovf_bytes text)
{
    return ovf_read_nic(text, &making->row->fix) ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

static enum ovf_reject take_nac_p(struct making *making, struct ovf_bytes text)
{
    return ovf_read_nac_p(text, &making->row->fix) ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

static enum ovf_reject take_nac_v(struct making *making, struct ovf_bytes text)
{
    return ovf_read_nac_v(text, &making->row->fix) ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

static enum ovf_reject take_sil(struct making *making, struct ovf_bytes text)
{
    return ovf_read_sil(text, &making->row->fix) ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

static enum ovf_reject take_sil_type(struct making *making, struct ovf_bytes text)
{
    making->row->fix.sil_type = ovf_read_sil_type(text) & 3U;
    return OVF_REJECT_N;
}

static enum ovf_reject take_rc_m(struct making *making, struct ovf_bytes text)
{
    struct ovf_fix *fix = &making->row->fix;
    bool present = false;
    if (!ovf_read_radius_m(text, &fix->rc_m, &present))
        return OVF_REJECT_BAD_NUMBER;
    fix->has |= present ? OVF_FIX_RC : 0;
    return OVF_REJECT_N;
}

static enum ovf_reject take_accuracy_m(struct making *making, struct ovf_bytes text)
{
    struct ovf_fix *fix = &making->row->fix;
    bool present = false;
    if (!ovf_read_radius_m(text, &fix->accuracy_m, &present))
        return OVF_REJECT_BAD_NUMBER;
    fix->has |= present ? OVF_FIX_ACCURACY : 0;
    return OVF_REJECT_N;
}

/* In the order in which they are taken. of_identity: the column makes the file one with identities.
 * may_be_absent: a mark such as "nan" is no value; elsewhere it is a fault, or no text. */
static const struct column {
    const char *name;
    take_fn *take;
    bool of_identity;
    bool may_be_absent;
} columns_known[] = {
    {"time", take_time, false, false},
    {"t_ms", take_epoch_ms, false, false},
    {"time_ms", take_epoch_ms, false, false},
    {"t_s", take_epoch_s, false, false},
    {"time_s", take_epoch_s, false, false},
    {"icao24", take_icao24, false, false},
    {"lat_deg", take_lat_deg, false, false},
    {"lon_deg", take_lon_deg, false, false},
    {"alt_baro_ft", take_alt_baro_ft, false, true},
    {"alt_baro_m", take_alt_baro_m, false, true},
    {"alt_ft", take_alt_baro_ft, false, true},
    {"alt_m", take_alt_baro_m, false, true},
    {"alt_geom_ft", take_alt_geom_ft, false, true},
    {"alt_geom_m", take_alt_geom_m, false, true},
    {"gs_mps", take_gs_mps, false, true},
    {"gs_kt", take_gs_kt, false, true}, /* behind m/s, so that it wins */
    {"track_deg", take_track_deg, false, true},
    {"vert_rate_mps", take_rate_mps, false, true},
    {"vert_rate_fpm", take_rate_fpm, false, true},
    {"callsign", take_callsign, false, false},
    {"squawk", take_squawk, false, false},
    {"on_ground", take_on_ground, false, true},
    {"source", take_source, false, false},
    {"nic", take_nic, false, true},
    {"nac_p", take_nac_p, false, true},
    {"nac_v", take_nac_v, false, true},
    {"sil", take_sil, false, true},
    {"sil_type", take_sil_type, false, false},
    {"rc_m", take_rc_m, false, true},
    {"accuracy_m", take_accuracy_m, false, true},
    {"registration", take_registration, true, false},
    {"type", take_type_code, true, false},
    {"type_code", take_type_code, true, false},
};

_Static_assert(sizeof columns_known / sizeof columns_known[0] == OVF_CSV_N_COLUMNS,
               "the map has a place for each column");

/* What must be there, by any of the names up to NULL, and by what parts of a name it is guessed. */
static const struct required {
    const char *names[6];
    const char *stems[5];
} required[] = {
    {{"time", "t_s", "t_ms", "time_s", "time_ms", NULL}, {"time", "date", "epoch", "utc", NULL}},
    {{"icao24", NULL}, {"icao", "hex", "addr", "mode", NULL}},
    {{"lat_deg", NULL}, {"lat", NULL}},
    {{"lon_deg", NULL}, {"lon", "lng", NULL}},
};

static int find_known(struct ovf_bytes name)
{
    for (int i = 0; i < OVF_CSV_N_COLUMNS; i++) {
        if (ovf_bytes_equal_nocase(name, columns_known[i].name))
            return i;
    }
    return -1;
}

static bool has_column(const struct ovf_csv_columns *columns, const char *name)
{
    return columns->field_of[find_known(ovf_bytes_from_text(name))] >= 0;
}

static bool contains_nocase(struct ovf_bytes text, const char *stem)
{
    const size_t len = strlen(stem);
    for (size_t i = 0; i + len <= text.len; i++) {
        if (ovf_bytes_equal_nocase((struct ovf_bytes){text.data + i, len}, stem))
            return true;
    }
    return false;
}

/** Append to \p text as much as fits, what is not plain ASCII as '?'; \p len is the length so far. */
static size_t append(char *text, size_t size, size_t len, struct ovf_bytes more)
{
    for (size_t i = 0; i < more.len && len + 1 < size; i++) {
        const unsigned char c = more.data[i];
        text[len++] = c >= 0x20 && c < 0x7F ? (char)c : '?';
    }
    text[len] = '\0';
    return len;
}

static size_t append_text(char *text, size_t size, size_t len, const char *more)
{
    return append(text, size, len, ovf_bytes_from_text(more));
}

/** Say what \p need is missing and which names of the header come near. */
static size_t say_missing(const struct required *need, const struct ovf_fields *header, char *text,
                          size_t size, size_t len)
{
    enum { MAX_NEAR = 3, MAX_NAME_BYTES = 32 };
    int n_near = 0;
    len = append_text(text, size, len, len > 0 ? ", no " : "no ");
    len = append_text(text, size, len, need->names[0]);
    for (size_t i = 0; i < header->n && n_near < MAX_NEAR; i++) {
        struct ovf_bytes name = header->items[i].text;
        bool near = false;
        for (const char *const *stem = need->stems; *stem != NULL; stem++)
            near = near || contains_nocase(name, *stem);
        if (!near)
            continue;
        if (name.len > MAX_NAME_BYTES)
            name.len = MAX_NAME_BYTES;
        len = append_text(text, size, len, n_near++ == 0 ? " (there is \"" : ", \"");
        len = append(text, size, len, name);
        len = append_text(text, size, len, "\"");
    }
    return append_text(text, size, len, n_near > 0 ? ")" : "");
}

static enum ovf_status check_required(const struct ovf_csv_columns *columns,
                                      const struct ovf_fields *header, struct ovf_error *err)
{
    char text[400] = "";
    size_t len = 0;
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        bool found = false;
        for (const char *const *name = required[i].names; *name != NULL; name++)
            found = found || has_column(columns, *name);
        if (!found)
            len = say_missing(&required[i], header, text, sizeof text, len);
    }
    if (len == 0)
        return OVF_OK;
    return ovf_error_set(err, OVF_E_FORMAT, "the header has %s", text);
}

static void note_unused(struct ovf_csv_columns *columns, struct ovf_bytes name)
{
    size_t len = strlen(columns->unused);
    const size_t size = sizeof columns->unused;
    if (name.len == 0 || len + name.len + 2 > size)
        return;
    if (len > 0)
        len = append_text(columns->unused, size, len, ",");
    (void)append(columns->unused, size, len, name);
}

enum ovf_status ovf_csv_columns_find(const struct ovf_fields *header,
                                     struct ovf_csv_columns *columns, struct ovf_error *err)
{
    struct ovf_csv_columns found = {.n_fields = header->n};
    for (int i = 0; i < OVF_CSV_N_COLUMNS; i++)
        found.field_of[i] = -1;
    if (header->too_many)
        return ovf_error_set(err, OVF_E_FORMAT, "the header has more than %d columns",
                             OVF_FIELDS_MAX);
    found.is_opensky = ovf_opensky_csv_is_header(header);
    for (size_t i = 0; i < header->n; i++) {
        const struct ovf_bytes name = ovf_bytes_trim(header->items[i].text);
        const int known = find_known(found.is_opensky ? ovf_opensky_csv_column(name) : name);
        if (known < 0) {
            note_unused(&found, name);
            continue;
        }
        if (found.field_of[known] >= 0)
            return ovf_error_set(err, OVF_E_FORMAT, "column %s stands twice",
                                 columns_known[known].name);
        found.field_of[known] = (int)i;
        found.has_identity = found.has_identity || columns_known[known].of_identity;
    }
    const enum ovf_status st = check_required(&found, header, err);
    if (st == OVF_OK)
        *columns = found;
    return st;
}

bool ovf_csv_is_header(const struct ovf_fields *fields)
{
    bool has_lat = false;
    bool has_lon = false;
    for (size_t i = 0; i < fields->n; i++) {
        const struct ovf_bytes name = ovf_bytes_trim(fields->items[i].text);
        has_lat = has_lat || ovf_bytes_equal_nocase(name, "lat_deg");
        has_lon = has_lon || ovf_bytes_equal_nocase(name, "lon_deg");
    }
    return (has_lat && has_lon) || ovf_opensky_csv_is_header(fields);
}

/** What writers put where they have no number. */
static bool is_absent_mark(struct ovf_bytes text)
{
    static const char *const marks[] = {"-", "--", "nan", "n/a", "na", "null", "none"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (ovf_bytes_equal_nocase(text, marks[i]))
            return true;
    }
    return false;
}

/** Whether \p text is such a mark in a column that may be blank. In texts it is a matter of taste what a
 * mark is: what is no callsign is absent there anyway. */
static bool take_absent(const struct column *column, struct ovf_bytes text, struct ovf_csv_row *row)
{
    if (!column->may_be_absent || !is_absent_mark(text))
        return false;
    if (row->n_absent++ == 0) {
        row->absent_column = column->name;
        row->absent_mark = text;
    }
    return true;
}

static enum ovf_reject blame(enum ovf_reject reason, const char *columns, struct ovf_bytes value,
                             struct ovf_csv_fault *fault)
{
    *fault = (struct ovf_csv_fault){columns, {value}, value.len > 0 ? 1 : 0};
    return reason;
}

/** What must be there. */
static enum ovf_reject check_made(const struct making *making, struct ovf_csv_fault *fault)
{
    const struct ovf_bytes nothing = {NULL, 0};
    if (!making->has_time)
        return blame(OVF_REJECT_BAD_TIME, "time", nothing, fault);
    if (!making->has_address)
        return blame(OVF_REJECT_BAD_ADDRESS, "icao24", nothing, fault);
    *fault = (struct ovf_csv_fault){"lat_deg, lon_deg", {making->lat, making->lon}, 2};
    if (making->lat.len == 0 || making->lon.len == 0)
        return OVF_REJECT_NO_POSITION;
    return ovf_read_position(making->lat, making->lon, &making->row->fix.at);
}

enum ovf_reject ovf_csv_row_read(const struct ovf_csv_columns *columns,
                                 const struct ovf_fields *fields, struct ovf_csv_row *row,
                                 struct ovf_csv_fault *fault)
{
    struct ovf_csv_row made = {0};
    struct making making = {.row = &made};
    *fault = (struct ovf_csv_fault){0};
    if (fields->n < columns->n_fields)
        return OVF_REJECT_ROW_SHORT;
    /* Not even a blank one: "45,5" is two fields, and what follows it may well be blank. */
    if (fields->n > columns->n_fields || fields->too_many)
        return OVF_REJECT_ROW_LONG;
    for (int i = 0; i < OVF_CSV_N_COLUMNS; i++) {
        if (columns->field_of[i] < 0)
            continue;
        const struct ovf_bytes text = ovf_bytes_trim(fields->items[columns->field_of[i]].text);
        if (text.len == 0 || (columns->is_opensky && ovf_opensky_csv_is_null(text)))
            continue;
        if (take_absent(&columns_known[i], text, &made))
            continue;
        const enum ovf_reject reason = columns_known[i].take(&making, text);
        if (reason != OVF_REJECT_N)
            return blame(reason, columns_known[i].name, text, fault);
    }
    const enum ovf_reject reason = check_made(&making, fault);
    if (reason == OVF_REJECT_N)
        *row = made;
    return reason;
}
