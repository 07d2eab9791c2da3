/* SPDX-License-Identifier: Apache-2.0 */
/* Packing fixes. One list of fields drives both directions, so that they cannot part. Version 1 had not the last two
 * of them: its bytes are those of version 2 of fixes without. */
#include "track/fix_pack.h"

#include <string.h>

#include "base/varint.h"

enum { PACK_VERSION = 2 };

/** The numbers of a fix, all as 64 bits. */
enum field {
    FIELD_TIME,
    FIELD_LAT,
    FIELD_LON,
    FIELD_ALT_BARO,
    FIELD_ALT_GEOM,
    FIELD_GS,
    FIELD_TRACK,
    FIELD_RC,
    FIELD_ACCURACY,
    FIELD_RADIUS,
    FIELD_VERT_RATE,
    FIELD_HAS,
    FIELD_SQUAWK,
    FIELD_FLAGS,
    FIELD_SOURCE,
    FIELD_GRADE,
    FIELD_NIC,
    FIELD_NAC_P,
    FIELD_SIL,
    FIELD_VERSION,
    FIELD_CALLSIGN,
    FIELD_ITEM,
    FIELD_ROW,
    FIELD_HEADING,
    FIELD_ROLL,
    N_FIELDS
};

struct numbers {
    uint64_t of[N_FIELDS];
};

static uint64_t float_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float float_from_bits(uint64_t bits64)
{
    const uint32_t bits = (uint32_t)bits64;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t from_signed(int64_t value)
{
    return (uint64_t)value;
}

static struct numbers numbers_of(const struct ovf_fix *fix)
{
    return (struct numbers){{
        [FIELD_TIME] = from_signed(fix->t_ns),
        [FIELD_LAT] = from_signed(fix->at.lat_e7),
        [FIELD_LON] = from_signed(fix->at.lon_e7),
        [FIELD_ALT_BARO] = from_signed(fix->alt_baro_ft),
        [FIELD_ALT_GEOM] = from_signed(fix->alt_geom_ft),
        [FIELD_GS] = float_bits(fix->gs_kt),
        [FIELD_TRACK] = float_bits(fix->track_deg),
        [FIELD_RC] = float_bits(fix->rc_m),
        [FIELD_ACCURACY] = float_bits(fix->accuracy_m),
        [FIELD_RADIUS] = float_bits(fix->radius_m),
        [FIELD_VERT_RATE] = from_signed(fix->vert_rate_fpm),
        [FIELD_HAS] = fix->has,
        [FIELD_SQUAWK] = fix->squawk,
        [FIELD_FLAGS] = fix->flags,
        [FIELD_SOURCE] = fix->source,
        [FIELD_GRADE] = fix->grade,
        [FIELD_NIC] = fix->nic,
        [FIELD_NAC_P] = fix->nac_p,
        [FIELD_SIL] = fix->sil,
        [FIELD_VERSION] = fix->version,
        [FIELD_CALLSIGN] = ovf_load_u64le((const unsigned char *)fix->callsign),
        [FIELD_ITEM] = fix->record.item,
        [FIELD_ROW] = fix->record.row,
        [FIELD_HEADING] = float_bits(fix->heading_deg),
        [FIELD_ROLL] = from_signed(fix->roll_cdeg),
    }};
}

static struct ovf_fix fix_of(const struct numbers *numbers)
{
    const uint64_t *of = numbers->of;
    struct ovf_fix fix = {
        .t_ns = (int64_t)of[FIELD_TIME],
        .at = {(int32_t)of[FIELD_LAT], (int32_t)of[FIELD_LON]},
        .alt_baro_ft = (int32_t)of[FIELD_ALT_BARO],
        .alt_geom_ft = (int32_t)of[FIELD_ALT_GEOM],
        .gs_kt = float_from_bits(of[FIELD_GS]),
        .track_deg = float_from_bits(of[FIELD_TRACK]),
        .rc_m = float_from_bits(of[FIELD_RC]),
        .accuracy_m = float_from_bits(of[FIELD_ACCURACY]),
        .radius_m = float_from_bits(of[FIELD_RADIUS]),
        .vert_rate_fpm = (int16_t)of[FIELD_VERT_RATE],
        .has = (uint16_t)of[FIELD_HAS],
        .squawk = (uint16_t)of[FIELD_SQUAWK],
        .flags = (uint16_t)of[FIELD_FLAGS],
        .source = (uint8_t)of[FIELD_SOURCE],
        .grade = (uint8_t)of[FIELD_GRADE],
        .nic = (uint8_t)of[FIELD_NIC],
        .nac_p = (uint8_t)of[FIELD_NAC_P],
        .sil = (uint8_t)of[FIELD_SIL],
        .version = (uint8_t)of[FIELD_VERSION],
        .heading_deg = float_from_bits(of[FIELD_HEADING]),
        .roll_cdeg = (int16_t)of[FIELD_ROLL],
        .record = {(uint32_t)of[FIELD_ITEM], (uint32_t)of[FIELD_ROW]},
    };
    ovf_store_u64le((unsigned char *)fix.callsign, of[FIELD_CALLSIGN]);
    return fix;
}

/** What later code takes for granted of a fix: its place is on the globe, its names are names. */
static bool is_sound(const struct ovf_fix *fix)
{
    return fix->at.lat_e7 >= -900000000 && fix->at.lat_e7 <= 900000000 &&
           fix->at.lon_e7 >= -1800000000 && fix->at.lon_e7 < 1800000000 &&
           fix->source <= OVF_SOURCE_OTHER && fix->grade <= OVF_GRADE_X;
}

/** Which fields differ, as bits, and these differences. */
static enum ovf_status pack_one(const struct numbers *before, const struct numbers *numbers,
                                struct ovf_buffer *out)
{
    const enum ovf_status st = ovf_buffer_reserve(out, (1 + N_FIELDS) * OVF_VARINT_MAX_BYTES);
    if (st != OVF_OK)
        return st;
    uint64_t differs = 0;
    for (int f = 0; f < N_FIELDS; f++)
        differs |= (uint64_t)(numbers->of[f] != before->of[f]) << f;
    unsigned char *end = ovf_varint_put(out->data + out->len, differs);
    for (int f = 0; differs >> f != 0; f++) {
        if ((differs >> f & 1) != 0)
            end = ovf_varint_put(end, ovf_zigzag(numbers->of[f] - before->of[f]));
    }
    out->len = (size_t)(end - out->data);
    return OVF_OK;
}

enum ovf_status ovf_fixes_pack(const struct ovf_fix *fixes, size_t n, struct ovf_buffer *out)
{
    struct numbers before = {{0}};
    enum ovf_status st = ovf_varint_append(out, PACK_VERSION);
    if (st == OVF_OK)
        st = ovf_varint_append(out, n);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct numbers numbers = numbers_of(&fixes[i]);
        st = pack_one(&before, &numbers, out);
        before = numbers;
    }
    return st;
}

enum ovf_status ovf_fix_pack_next(const struct ovf_fix *before, const struct ovf_fix *fix,
                                  struct ovf_buffer *out)
{
    const struct numbers from = before != NULL ? numbers_of(before) : (struct numbers){{0}};
    const struct numbers to = numbers_of(fix);
    return pack_one(&from, &to, out);
}

static bool unpack_one(struct ovf_bytes *rest, struct numbers *numbers)
{
    uint64_t differs;
    if (!ovf_varint_take(rest, &differs) || differs >> N_FIELDS != 0)
        return false;
    for (int f = 0; f < N_FIELDS; f++) {
        uint64_t value = 0;
        if ((differs >> f & 1) != 0 && !ovf_varint_take(rest, &value))
            return false;
        numbers->of[f] += ovf_unzigzag(value);
    }
    return true;
}

enum ovf_status ovf_fixes_unpack_chain(struct ovf_bytes bytes, struct ovf_fixes *out)
{
    struct numbers numbers = {{0}};
    while (bytes.len > 0) {
        if (!unpack_one(&bytes, &numbers))
            return OVF_E_FORMAT;
        const struct ovf_fix fix = fix_of(&numbers);
        const enum ovf_status st = ovf_fixes_push(out, &fix);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static enum ovf_status unpack_all(struct ovf_bytes *rest, uint64_t n, struct ovf_fixes *out,
                                  struct ovf_error *err)
{
    struct numbers numbers = {{0}};
    for (uint64_t i = 0; i < n; i++) {
        if (!unpack_one(rest, &numbers))
            return ovf_error_set(err, OVF_E_FORMAT, "packed fixes end early");
        const struct ovf_fix fix = fix_of(&numbers);
        if (!is_sound(&fix))
            return ovf_error_set(err, OVF_E_FORMAT, "a packed fix is nowhere");
        const enum ovf_status st = ovf_fixes_push(out, &fix);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

enum ovf_status ovf_fixes_unpack(struct ovf_bytes bytes, struct ovf_fixes *out,
                                 struct ovf_error *err)
{
    const size_t n_before = out->n;
    uint64_t version;
    uint64_t n;
    if (!ovf_varint_take(&bytes, &version) || version < 1 || version > PACK_VERSION ||
        !ovf_varint_take(&bytes, &n))
        return ovf_error_set(err, OVF_E_FORMAT, "not packed fixes of version %d", PACK_VERSION);
    enum ovf_status st = unpack_all(&bytes, n, out, err);
    if (st == OVF_OK && bytes.len > 0)
        st = ovf_error_set(err, OVF_E_FORMAT, "bytes after the packed fixes");
    if (st != OVF_OK)
        out->n = n_before;
    return st;
}
