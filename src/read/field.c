/* SPDX-License-Identifier: Apache-2.0 */
/* Single fields. */
#include "read/field.h"

#include <string.h>

#include "base/fields.h"
#include "base/number.h"

/* Both coordinates nearer than this to 0: a receiver's empty value (1.1 km). */
#define NULL_ISLAND_E7 (OVF_E7_PER_DEG / 100)

enum ovf_reject ovf_read_position(struct ovf_bytes lat_deg, struct ovf_bytes lon_deg,
                                  struct ovf_point *at)
{
    int64_t lat_e7;
    int64_t lon_e7;
    if (!ovf_number_parse_scaled(lat_deg, 7, &lat_e7) ||
        !ovf_number_parse_scaled(lon_deg, 7, &lon_e7))
        return OVF_REJECT_BAD_NUMBER;
    const int64_t pole_e7 = INT64_C(90) * OVF_E7_PER_DEG;
    if (lat_e7 < -pole_e7 || lat_e7 > pole_e7 || lon_e7 < -2 * pole_e7 || lon_e7 > 2 * pole_e7)
        return OVF_REJECT_BAD_POSITION;
    if (lat_e7 > -NULL_ISLAND_E7 && lat_e7 < NULL_ISLAND_E7 && lon_e7 > -NULL_ISLAND_E7 &&
        lon_e7 < NULL_ISLAND_E7)
        return OVF_REJECT_NULL_ISLAND;
    *at = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return OVF_REJECT_N;
}

/** \p numerator / \p denominator (> 0), rounded half away from zero. */
static int64_t round_div(int64_t numerator, int64_t denominator)
{
    const int64_t half = denominator / 2;
    return numerator < 0 ? -((-numerator + half) / denominator) : (numerator + half) / denominator;
}

static bool keep_alt(int64_t value_ft, int32_t *alt_ft)
{
    if (value_ft < OVF_READ_ALT_MIN_FT || value_ft > OVF_READ_ALT_MAX_FT)
        return false;
    *alt_ft = (int32_t)value_ft;
    return true;
}

bool ovf_read_alt_ft(struct ovf_bytes text, int32_t *alt_ft)
{
    int64_t value_ft;
    return ovf_number_parse_scaled(text, 0, &value_ft) && keep_alt(value_ft, alt_ft);
}

bool ovf_read_alt_m(struct ovf_bytes text, int32_t *alt_ft)
{
    int64_t tenth_mm; /* a foot is 3,048 of these, exactly */
    return ovf_number_parse_scaled(text, 4, &tenth_mm) && tenth_mm < INT64_C(1) << 40 &&
           tenth_mm > -(INT64_C(1) << 40) && keep_alt(round_div(tenth_mm, 3048), alt_ft);
}

static bool parse_in(struct ovf_bytes text, double factor, double min, double max, double *value)
{
    double v;
    if (!ovf_number_parse_double(text, &v))
        return false;
    v *= factor;
    if (v < min || v > max)
        return false;
    *value = v;
    return true;
}

static bool read_gs(struct ovf_bytes text, double factor, struct ovf_fix *fix)
{
    double value;
    if (!parse_in(text, factor, 0, OVF_READ_GS_MAX_KT, &value))
        return false;
    fix->gs_kt = (float)value;
    fix->has |= OVF_FIX_GS;
    return true;
}

bool ovf_read_gs_kt(struct ovf_bytes text, struct ovf_fix *fix)
{
    return read_gs(text, 1, fix);
}

bool ovf_read_gs_mps(struct ovf_bytes text, struct ovf_fix *fix)
{
    return read_gs(text, 3600.0 / 1852.0, fix);
}

bool ovf_read_track_deg(struct ovf_bytes text, struct ovf_fix *fix)
{
    double value;
    if (!parse_in(text, 1, 0, 360, &value))
        return false;
    fix->track_deg = value < 360 ? (float)value : 0;
    fix->has |= OVF_FIX_TRACK;
    return true;
}

static bool read_rate(struct ovf_bytes text, double factor, struct ovf_fix *fix)
{
    double value;
    if (!parse_in(text, factor, -OVF_READ_RATE_MAX_FPM, OVF_READ_RATE_MAX_FPM, &value))
        return false;
    fix->vert_rate_fpm = (int16_t)(value < 0 ? value - 0.5 : value + 0.5);
    fix->has |= OVF_FIX_VERT_RATE;
    return true;
}

bool ovf_read_rate_fpm(struct ovf_bytes text, struct ovf_fix *fix)
{
    return read_rate(text, 1, fix);
}

bool ovf_read_rate_mps(struct ovf_bytes text, struct ovf_fix *fix)
{
    return read_rate(text, 60 / 0.3048, fix);
}

void ovf_read_heading_deg(struct ovf_bytes text, struct ovf_fix *fix)
{
    double value;
    if (!parse_in(text, 1, 0, 360, &value))
        return;
    fix->heading_deg = value < 360 ? (float)value : 0;
    fix->has |= OVF_FIX_HEADING;
}

void ovf_read_roll_deg(struct ovf_bytes text, struct ovf_fix *fix)
{
    double value;
    if (!parse_in(text, 100, -100 * OVF_READ_ROLL_MAX_DEG, 100 * OVF_READ_ROLL_MAX_DEG, &value))
        return;
    fix->roll_cdeg = (int16_t)(value < 0 ? value - 0.5 : value + 0.5);
    fix->has |= OVF_FIX_ROLL;
}

bool ovf_read_radius_m(struct ovf_bytes text, float *radius_m, bool *present)
{
    double value;
    if (!parse_in(text, 1, 0, OVF_READ_RADIUS_MAX_M, &value))
        return false;
    *present = value > 0;
    *radius_m = (float)value;
    return true;
}

bool ovf_read_small(struct ovf_bytes text, int max, uint8_t *value)
{
    int64_t v;
    if (!ovf_number_parse_int(text, &v) || v < 0 || v > max)
        return false;
    *value = (uint8_t)v;
    return true;
}

/** An integer from 0 to \p max; \p bit says then that the fix has it. */
static bool read_stated(struct ovf_bytes text, int max, unsigned bit, struct ovf_fix *fix,
                        uint8_t *value)
{
    if (!ovf_read_small(text, max, value))
        return false;
    fix->has |= (uint16_t)bit;
    return true;
}

bool ovf_read_nic(struct ovf_bytes text, struct ovf_fix *fix)
{
    uint8_t nic;
    if (!read_stated(text, 15, OVF_FIX_NIC, fix, &nic))
        return false;
    fix->nic = nic & 15U;
    return true;
}

bool ovf_read_nac_p(struct ovf_bytes text, struct ovf_fix *fix)
{
    uint8_t nac_p;
    if (!read_stated(text, 15, OVF_FIX_NAC_P, fix, &nac_p))
        return false;
    fix->nac_p = nac_p & 15U;
    return true;
}

bool ovf_read_sil(struct ovf_bytes text, struct ovf_fix *fix)
{
    uint8_t sil;
    if (!read_stated(text, 3, OVF_FIX_SIL, fix, &sil))
        return false;
    fix->sil = sil & 3U;
    return true;
}

bool ovf_read_version(struct ovf_bytes text, struct ovf_fix *fix)
{
    uint8_t version;
    if (!read_stated(text, 7, OVF_FIX_VERSION, fix, &version))
        return false;
    fix->version = version & 7U;
    return true;
}

bool ovf_read_nac_v(struct ovf_bytes text, struct ovf_fix *fix)
{
    uint8_t nac_v;
    if (!ovf_read_small(text, 7, &nac_v))
        return false;
    ovf_fix_set_nac_v(fix, nac_v);
    return true;
}

bool ovf_read_callsign(struct ovf_bytes text, char callsign[8])
{
    text = ovf_bytes_trim(text);
    if (text.len == 0 || text.len > 8)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = text.data[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
    }
    memset(callsign, 0, 8);
    memcpy(callsign, text.data, text.len);
    return true;
}

bool ovf_read_squawk(struct ovf_bytes text, uint16_t *squawk)
{
    if (text.len != 4)
        return false;
    unsigned value = 0;
    for (size_t i = 0; i < 4; i++) {
        if (text.data[i] < '0' || text.data[i] > '7')
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *squawk = (uint16_t)value;
    return true;
}

enum ovf_sil_type ovf_read_sil_type(struct ovf_bytes text)
{
    for (int type = OVF_SIL_PER_HOUR; type <= OVF_SIL_PER_SAMPLE; type++) {
        const char *const name = ovf_sil_type_name((enum ovf_sil_type)type);
        if (text.len == strlen(name) && memcmp(text.data, name, text.len) == 0)
            return (enum ovf_sil_type)type;
    }
    return OVF_SIL_UNKNOWN;
}

enum ovf_fix_source ovf_read_source(struct ovf_bytes text)
{
    static const struct {
        const char *name; /* one that ends in '_' begins a family */
        enum ovf_fix_source source;
    } types[] = {
        {"adsb_icao", OVF_SOURCE_ADSB},  {"adsb_icao_nt", OVF_SOURCE_ADSB},
        {"adsb_other", OVF_SOURCE_ADSB}, {"adsb", OVF_SOURCE_ADSB},
        {"adsr_", OVF_SOURCE_ADSR},      {"adsr", OVF_SOURCE_ADSR},
        {"tisb_", OVF_SOURCE_TISB},      {"tisb", OVF_SOURCE_TISB},
        {"mlat", OVF_SOURCE_MLAT},       {"adsc", OVF_SOURCE_ADSC},
        {"mode_s", OVF_SOURCE_MODE_S},   {"other", OVF_SOURCE_OTHER},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const size_t len = strlen(types[i].name);
        const bool family = types[i].name[len - 1] == '_';
        if ((text.len == len || (family && text.len > len)) &&
            memcmp(text.data, types[i].name, len) == 0)
            return types[i].source;
    }
    return OVF_SOURCE_UNKNOWN;
}
