/* SPDX-License-Identifier: Apache-2.0 */
/* One state vector of OpenSky. */
#include "read/opensky_state.h"

#include "base/number.h"
#include "read/field.h"
#include "track/address.h"

enum {
    AT_ICAO24 = 0,
    AT_CALLSIGN = 1,
    AT_TIME_POSITION = 3,
    AT_LON = 5,
    AT_LAT = 6,
    AT_ALT_BARO = 7,
    AT_ON_GROUND = 8,
    AT_VELOCITY = 9,
    AT_TRACK = 10,
    AT_RATE = 11,
    AT_ALT_GEOM = 13,
    AT_SQUAWK = 14,
    AT_POSITION_SOURCE = 16,
};

/** A reader of one number into the fix. */
typedef bool read_fn(struct ovf_bytes text, struct ovf_fix *fix);

static bool read_alt_baro(struct ovf_bytes text, struct ovf_fix *fix)
{
    const bool good = ovf_read_alt_m(text, &fix->alt_baro_ft);
    fix->has |= good ? OVF_FIX_ALT_BARO : 0;
    return good;
}

static bool read_alt_geom(struct ovf_bytes text, struct ovf_fix *fix)
{
    const bool good = ovf_read_alt_m(text, &fix->alt_geom_ft);
    fix->has |= good ? OVF_FIX_ALT_GEOM : 0;
    return good;
}

/** FLARM's directions come with a sign. */
static bool read_track(struct ovf_bytes text, struct ovf_fix *fix)
{
    double value;
    if (ovf_read_track_deg(text, fix))
        return true;
    if (!ovf_number_parse_double(text, &value) || value >= 0 || value < -360)
        return false;
    fix->track_deg = (float)(value + 360);
    fix->has |= OVF_FIX_TRACK;
    return true;
}

/** Radar and FLARM have no source of their own among ours. */
static bool read_source(struct ovf_bytes text, struct ovf_fix *fix)
{
    static const uint8_t sources[] = {OVF_SOURCE_ADSB, OVF_SOURCE_OTHER, OVF_SOURCE_MLAT,
                                      OVF_SOURCE_OTHER};
    uint8_t number;
    if (!ovf_read_small(text, UINT8_MAX, &number))
        return false;
    fix->source = number < sizeof sources ? sources[number] : OVF_SOURCE_UNKNOWN;
    return true;
}

/** A number or nothing; one that is no measurement (a climb of 600 m/s) says nothing of the place. */
static enum ovf_reject take_number(const struct ovf_json_value *value, read_fn *read,
                                   struct ovf_fix *fix)
{
    if (value->kind == OVF_JSON_NULL)
        return OVF_REJECT_N;
    if (value->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    (void)read(value->text, fix);
    return OVF_REJECT_N;
}

static enum ovf_reject take_numbers(const struct ovf_json_value *values, struct ovf_fix *fix)
{
    static const struct {
        int at;
        read_fn *read;
    } numbers[] = {
        {AT_ALT_BARO, read_alt_baro},   {AT_ALT_GEOM, read_alt_geom},
        {AT_VELOCITY, ovf_read_gs_mps}, {AT_TRACK, read_track},
        {AT_RATE, ovf_read_rate_mps},   {AT_POSITION_SOURCE, read_source},
    };
    enum ovf_reject reject = OVF_REJECT_N;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && reject == OVF_REJECT_N; i++)
        reject = take_number(&values[numbers[i].at], numbers[i].read, fix);
    return reject;
}

/** The text of a string or nothing; an escaped one is no address, callsign or squawk. */
static enum ovf_reject take_text(const struct ovf_json_value *value, struct ovf_bytes *text)
{
    *text = (struct ovf_bytes){0};
    if (value->kind == OVF_JSON_NULL)
        return OVF_REJECT_N;
    if (value->kind != OVF_JSON_STRING)
        return OVF_REJECT_WRONG_TYPE;
    if (!value->escaped)
        *text = value->text;
    return OVF_REJECT_N;
}

static enum ovf_reject take_texts(const struct ovf_json_value *values, struct ovf_fix *fix)
{
    struct ovf_bytes callsign;
    struct ovf_bytes squawk;
    if (take_text(&values[AT_CALLSIGN], &callsign) != OVF_REJECT_N ||
        take_text(&values[AT_SQUAWK], &squawk) != OVF_REJECT_N)
        return OVF_REJECT_WRONG_TYPE;
    if (ovf_read_callsign(callsign, fix->callsign))
        fix->has |= OVF_FIX_CALLSIGN;
    if (ovf_read_squawk(squawk, &fix->squawk))
        fix->has |= OVF_FIX_SQUAWK;
    return OVF_REJECT_N;
}

/** Where and when; a place without a time is as useless as none. */
static enum ovf_reject take_position(const struct ovf_json_value *values, struct ovf_fix *fix)
{
    const struct ovf_json_value *lat = &values[AT_LAT];
    const struct ovf_json_value *lon = &values[AT_LON];
    const struct ovf_json_value *time = &values[AT_TIME_POSITION];
    if (lat->kind == OVF_JSON_NULL || lon->kind == OVF_JSON_NULL)
        return OVF_REJECT_NO_POSITION;
    if (time->kind == OVF_JSON_NULL)
        return OVF_REJECT_BAD_TIME;
    if (lat->kind != OVF_JSON_NUMBER || lon->kind != OVF_JSON_NUMBER ||
        time->kind != OVF_JSON_NUMBER)
        return OVF_REJECT_WRONG_TYPE;
    if (!ovf_time_parse_epoch(time->text, &fix->t_ns) || !ovf_read_time_in_range(fix->t_ns))
        return OVF_REJECT_BAD_TIME;
    return ovf_read_position(lat->text, lon->text, &fix->at);
}

static enum ovf_reject take_on_ground(const struct ovf_json_value *value, struct ovf_fix *fix)
{
    if (value->kind == OVF_JSON_TRUE)
        fix->flags |= OVF_FIX_ON_GROUND;
    return value->kind == OVF_JSON_TRUE || value->kind == OVF_JSON_FALSE ||
                   value->kind == OVF_JSON_NULL
               ? OVF_REJECT_N
               : OVF_REJECT_WRONG_TYPE;
}

enum ovf_reject ovf_opensky_state_read(const struct ovf_json_value *values, size_t n_values,
                                       uint32_t *address, struct ovf_fix *fix)
{
    struct ovf_fix made = {0};
    struct ovf_bytes icao24;
    uint32_t parsed;
    if (n_values < OVF_OPENSKY_STATE_VALUES)
        return OVF_REJECT_ROW_SHORT;
    enum ovf_reject reject = take_text(&values[AT_ICAO24], &icao24);
    if (reject == OVF_REJECT_N && !ovf_address_parse(icao24, &parsed))
        reject = OVF_REJECT_BAD_ADDRESS;
    if (reject == OVF_REJECT_N)
        reject = take_position(values, &made);
    if (reject == OVF_REJECT_N)
        reject = take_texts(values, &made);
    if (reject == OVF_REJECT_N)
        reject = take_on_ground(&values[AT_ON_GROUND], &made);
    if (reject == OVF_REJECT_N)
        reject = take_numbers(values, &made);
    if (reject == OVF_REJECT_N) {
        *address = parsed;
        *fix = made;
    }
    return reject;
}
