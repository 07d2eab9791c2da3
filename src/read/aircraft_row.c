/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft object to a fix. */
#include "read/aircraft_row.h"

#include "base/number.h"
#include "read/field.h"
#include "track/address.h"

enum key {
    KEY_HEX,
    KEY_TYPE,
    KEY_FLIGHT,
    KEY_SQUAWK,
    KEY_LAT,
    KEY_LON,
    KEY_SEEN_POS,
    KEY_ALT_BARO,
    KEY_ALT_GEOM,
    KEY_GS,
    KEY_TRACK,
    KEY_MAG_HEADING,
    KEY_ROLL,
    KEY_BARO_RATE,
    KEY_GEOM_RATE,
    KEY_NIC,
    KEY_RC,
    KEY_NAC_P,
    KEY_NAC_V,
    KEY_SIL,
    KEY_SIL_TYPE,
    KEY_VERSION,
    KEY_GPS_OK_BEFORE,
    KEY_MLAT,
    KEY_TISB,
    KEY_REGISTRATION,
    KEY_TYPE_CODE,
    KEY_DESCRIPTION,
    KEY_OWNER,
    KEY_DB_FLAGS,
    KEY_NOW,
    N_KEYS
};

enum { MAX_TEXT_BYTES = 128, MAX_SEEN_POS_S = 86400 };
#define MILLISECONDS_FROM INT64_C(100000000000) /* seconds would be in the year 5138 */

/** The object while it is read. Positions and rates need two keys, in any order. */
struct reading {
    struct ovf_aircraft_row *row;
    struct ovf_json_value lat;
    struct ovf_json_value lon;
    bool is_mlat;
    bool is_tisb;
    bool is_gps_lost;
};

static enum key find_key(const struct ovf_json_value *name)
{
    static const struct ovf_json_name names[N_KEYS] = {
        [KEY_HEX] = OVF_JSON_NAME("hex"),
        [KEY_TYPE] = OVF_JSON_NAME("type"),
        [KEY_FLIGHT] = OVF_JSON_NAME("flight"),
        [KEY_SQUAWK] = OVF_JSON_NAME("squawk"),
        [KEY_LAT] = OVF_JSON_NAME("lat"),
        [KEY_LON] = OVF_JSON_NAME("lon"),
        [KEY_SEEN_POS] = OVF_JSON_NAME("seen_pos"),
        [KEY_ALT_BARO] = OVF_JSON_NAME("alt_baro"),
        [KEY_ALT_GEOM] = OVF_JSON_NAME("alt_geom"),
        [KEY_GS] = OVF_JSON_NAME("gs"),
        [KEY_TRACK] = OVF_JSON_NAME("track"),
        [KEY_MAG_HEADING] = OVF_JSON_NAME("mag_heading"),
        [KEY_ROLL] = OVF_JSON_NAME("roll"),
        [KEY_BARO_RATE] = OVF_JSON_NAME("baro_rate"),
        [KEY_GEOM_RATE] = OVF_JSON_NAME("geom_rate"),
        [KEY_NIC] = OVF_JSON_NAME("nic"),
        [KEY_RC] = OVF_JSON_NAME("rc"),
        [KEY_NAC_P] = OVF_JSON_NAME("nac_p"),
        [KEY_NAC_V] = OVF_JSON_NAME("nac_v"),
        [KEY_SIL] = OVF_JSON_NAME("sil"),
        [KEY_SIL_TYPE] = OVF_JSON_NAME("sil_type"),
        [KEY_VERSION] = OVF_JSON_NAME("version"),
        [KEY_GPS_OK_BEFORE] = OVF_JSON_NAME("gpsOkBefore"),
        [KEY_MLAT] = OVF_JSON_NAME("mlat"),
        [KEY_TISB] = OVF_JSON_NAME("tisb"),
        [KEY_REGISTRATION] = OVF_JSON_NAME("r"),
        [KEY_TYPE_CODE] = OVF_JSON_NAME("t"),
        [KEY_DESCRIPTION] = OVF_JSON_NAME("desc"),
        [KEY_OWNER] = OVF_JSON_NAME("ownOp"),
        [KEY_DB_FLAGS] = OVF_JSON_NAME("dbFlags"),
        [KEY_NOW] = OVF_JSON_NAME("now"),
    };
    return (enum key)ovf_json_find(name, names, N_KEYS);
}

bool ovf_aircraft_now_parse(const struct ovf_json_value *value, int64_t *now_ns)
{
    int64_t thousandths;
    if (value->kind != OVF_JSON_NUMBER || !ovf_number_parse_scaled(value->text, 3, &thousandths))
        return false;
    if (thousandths >= MILLISECONDS_FROM * 1000)
        thousandths /= 1000;
    if (thousandths < 0 || thousandths >= OVF_READ_T_MAX_NS / OVF_NS_PER_MS)
        return false;
    *now_ns = thousandths * OVF_NS_PER_MS;
    return ovf_read_time_in_range(*now_ns);
}

static void take_identity(struct ovf_aircraft_row *row, enum key key, struct ovf_bytes text)
{
    row->has_identity = true;
    if (key == KEY_REGISTRATION)
        ovf_identity_set_registration(&row->identity, text);
    else if (key == KEY_TYPE_CODE)
        ovf_identity_set_type_code(&row->identity, text);
    else if (key == KEY_DESCRIPTION)
        ovf_identity_set_description(&row->identity, text);
    else
        ovf_identity_set_owner_operator(&row->identity, text);
}

static enum ovf_reject take_text(struct reading *r, enum key key,
                                 const struct ovf_json_value *value)
{
    char room[MAX_TEXT_BYTES];
    size_t len = 0;
    struct ovf_bytes text = value->text;
    struct ovf_fix *const fix = &r->row->fix;
    if (value->escaped) {
        if (!ovf_json_decode(value, room, sizeof room, &len))
            len = 0; /* too long for what is needed of it */
        text = (struct ovf_bytes){(const unsigned char *)room, len};
    }
    if (key == KEY_HEX)
        return ovf_address_parse(text, &r->row->address) ? OVF_REJECT_N : OVF_REJECT_BAD_ADDRESS;
    if (key == KEY_TYPE)
        fix->source = (uint8_t)ovf_read_source(text);
    else if (key == KEY_SIL_TYPE)
        fix->sil_type = ovf_read_sil_type(text) & 3U;
    else if (key == KEY_FLIGHT)
        fix->has |= ovf_read_callsign(text, fix->callsign) ? OVF_FIX_CALLSIGN : 0;
    else if (key == KEY_SQUAWK)
        fix->has |= ovf_read_squawk(text, &fix->squawk) ? OVF_FIX_SQUAWK : 0;
    else
        take_identity(r->row, key, text);
    return OVF_REJECT_N;
}

static bool take_quality(struct ovf_fix *fix, enum key key, struct ovf_bytes text)
{
    bool present = true;
    switch (key) {
    case KEY_NIC:
        return ovf_read_nic(text, fix);
    case KEY_NAC_P:
        return ovf_read_nac_p(text, fix);
    case KEY_NAC_V:
        return ovf_read_nac_v(text, fix);
    case KEY_SIL:
        return ovf_read_sil(text, fix);
    case KEY_VERSION:
        return ovf_read_version(text, fix);
    default:
        if (!ovf_read_radius_m(text, &fix->rc_m, &present))
            return false;
        fix->has |= present ? OVF_FIX_RC : 0;
        return true;
    }
}

static bool take_rate(struct ovf_fix *fix, enum key key, struct ovf_bytes text)
{
    if (key == KEY_GEOM_RATE && (fix->has & OVF_FIX_VERT_RATE) != 0)
        return true; /* the barometric one goes before it */
    fix->flags &= (uint16_t)~OVF_FIX_GEOM_RATE;
    fix->flags |= key == KEY_GEOM_RATE ? OVF_FIX_GEOM_RATE : 0;
    return ovf_read_rate_fpm(text, fix);
}

static bool take_alt(struct ovf_fix *fix, enum key key, struct ovf_bytes text)
{
    fix->has |= key == KEY_ALT_BARO ? OVF_FIX_ALT_BARO : OVF_FIX_ALT_GEOM;
    return ovf_read_alt_ft(text, key == KEY_ALT_BARO ? &fix->alt_baro_ft : &fix->alt_geom_ft);
}

static bool take_seen_pos(struct ovf_aircraft_row *row, struct ovf_bytes text)
{
    row->has_seen_pos = ovf_number_parse_scaled(text, 9, &row->seen_pos_ns) &&
                        row->seen_pos_ns >= 0 && row->seen_pos_ns <= MAX_SEEN_POS_S * OVF_NS_PER_S;
    return row->has_seen_pos;
}

static bool take_db_flags(struct ovf_aircraft_row *row, struct ovf_bytes text)
{
    int64_t flags;
    if (!ovf_number_parse_int(text, &flags) || flags < 0 || flags > UINT32_MAX)
        return false;
    row->has_identity = true;
    row->identity.db_flags = (uint32_t)flags;
    row->identity.has_db_flags = true;
    return true;
}

/** True when the number is one that the key can have. */
static bool take_number(struct reading *r, enum key key, const struct ovf_json_value *value)
{
    struct ovf_fix *const fix = &r->row->fix;
    switch (key) {
    case KEY_LAT:
        r->lat = *value;
        return true;
    case KEY_LON:
        r->lon = *value;
        return true;
    case KEY_SEEN_POS:
        return take_seen_pos(r->row, value->text);
    case KEY_ALT_BARO:
    case KEY_ALT_GEOM:
        return take_alt(fix, key, value->text);
    case KEY_GS:
        return ovf_read_gs_kt(value->text, fix);
    case KEY_TRACK:
        return ovf_read_track_deg(value->text, fix);
    case KEY_BARO_RATE:
    case KEY_GEOM_RATE:
        return take_rate(fix, key, value->text);
    case KEY_DB_FLAGS:
        return take_db_flags(r->row, value->text);
    case KEY_NOW:
        r->row->has_now = ovf_aircraft_now_parse(value, &r->row->now_ns);
        return r->row->has_now;
    default:
        return take_quality(fix, key, value->text);
    }
}

/** What is none is absent. */
static void take_attitude(struct ovf_fix *fix, enum key key, const struct ovf_json_value *value)
{
    if (value->kind != OVF_JSON_NUMBER)
        return;
    if (key == KEY_ROLL)
        ovf_read_roll_deg(value->text, fix);
    else
        ovf_read_heading_deg(value->text, fix);
}

static bool is_text_key(enum key key)
{
    return key == KEY_HEX || key == KEY_TYPE || key == KEY_FLIGHT || key == KEY_SQUAWK ||
           key == KEY_SIL_TYPE || (key >= KEY_REGISTRATION && key <= KEY_OWNER);
}

/** A value that is no list. */
static enum ovf_reject take_value(struct reading *r, enum key key,
                                  const struct ovf_json_value *value)
{
    if (value->kind == OVF_JSON_NULL || key == N_KEYS)
        return OVF_REJECT_N;
    if (is_text_key(key))
        return value->kind == OVF_JSON_STRING ? take_text(r, key, value)
               : key == KEY_HEX               ? OVF_REJECT_BAD_ADDRESS
                                              : OVF_REJECT_WRONG_TYPE;
    if (key == KEY_ALT_BARO && value->kind == OVF_JSON_STRING && ovf_json_equals(value, "ground")) {
        r->row->fix.flags |= OVF_FIX_ON_GROUND;
        return OVF_REJECT_N;
    }
    if (key == KEY_MAG_HEADING || key == KEY_ROLL) {
        take_attitude(&r->row->fix, key, value);
        return OVF_REJECT_N;
    }
    if (key == KEY_GPS_OK_BEFORE) {
        r->is_gps_lost = value->kind == OVF_JSON_NUMBER;
        return OVF_REJECT_N;
    }
    if (value->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    return take_number(r, key, value) ? OVF_REJECT_N : OVF_REJECT_BAD_NUMBER;
}

/** The fields that come from multilateration, or from a ground station: does the position? */
static bool names_position(struct ovf_json *json)
{
    struct ovf_json_value value;
    bool found = false;
    while (ovf_json_item(json)) {
        if (!ovf_json_read(json, &value))
            return false;
        if (value.kind == OVF_JSON_ARRAY || value.kind == OVF_JSON_OBJECT)
            (void)ovf_json_leave(json);
        found = found || (value.kind == OVF_JSON_STRING && ovf_json_equals(&value, "lat"));
    }
    return found;
}

/** The value of a key, read to its end; false only in trouble. */
static bool read_value(struct ovf_json *json, struct reading *r, enum key key,
                       enum ovf_reject *fault)
{
    struct ovf_json_value value;
    if (!ovf_json_read(json, &value))
        return false;
    if (value.kind == OVF_JSON_ARRAY && (key == KEY_MLAT || key == KEY_TISB)) {
        *(key == KEY_MLAT ? &r->is_mlat : &r->is_tisb) = names_position(json);
        return ovf_json_ok(json);
    }
    if ((value.kind == OVF_JSON_ARRAY || value.kind == OVF_JSON_OBJECT) && !ovf_json_leave(json))
        return false;
    *fault = take_value(r, key, &value);
    return true;
}

static void finish(struct reading *r)
{
    struct ovf_aircraft_row *const row = r->row;
    if (r->is_mlat)
        row->fix.source = OVF_SOURCE_MLAT;
    else if (r->is_tisb)
        row->fix.source = OVF_SOURCE_TISB;
    if (r->is_gps_lost) { /* lost or poor: then no NIC is to be relied on */
        row->fix.nic = 0;
        row->fix.has |= OVF_FIX_NIC;
    }
    if (row->fault != OVF_REJECT_N)
        return;
    if (r->lat.kind != OVF_JSON_NUMBER || r->lon.kind != OVF_JSON_NUMBER) {
        row->has_position = false;
        return;
    }
    row->has_position = true;
    row->fault = ovf_read_position(r->lat.text, r->lon.text, &row->fix.at);
}

bool ovf_aircraft_row_read(struct ovf_json *json, struct ovf_aircraft_row *row)
{
    struct ovf_json_value name;
    uint32_t seen = 0;
    *row = (struct ovf_aircraft_row){.fault = OVF_REJECT_N};
    struct reading r = {.row = row};
    while (ovf_json_key(json, &name)) {
        const enum key key = find_key(&name);
        enum ovf_reject fault = OVF_REJECT_N;
        if (!read_value(json, &r, key, &fault))
            return false;
        if (key < N_KEYS && (seen & 1U << key) != 0)
            fault = OVF_REJECT_DUPLICATE_KEY;
        seen |= key < N_KEYS ? 1U << key : 0;
        if (row->fault == OVF_REJECT_N)
            row->fault = fault;
    }
    if (row->fault == OVF_REJECT_N && (seen & 1U << KEY_HEX) == 0)
        row->fault = OVF_REJECT_BAD_ADDRESS;
    finish(&r);
    return ovf_json_ok(json);
}
