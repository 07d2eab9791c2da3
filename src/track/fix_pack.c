/* SPDX-License-Identifier: Apache-2.0 */
/* Packing fixes. One list of fields drives both directions, so that they cannot part. What an older version had not
 * stands last: its bytes are those of fixes without. */
#include "track/fix_pack.h"

#include <stddef.h>
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
    FIELD_SIL_TYPE,
    FIELD_RECEIVER,
    N_FIELDS
};

enum { DIFFERS_MAX_BYTES = (N_FIELDS + 6) / 7 };
_Static_assert(DIFFERS_MAX_BYTES + N_FIELDS * OVF_VARINT_MAX_BYTES <= OVF_FIX_PACKED_MAX_BYTES,
               "room for a fix in which all differs");

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

/** A field of a fix; inlined for one that is known it is a load. */
static inline uint64_t number_of(const struct ovf_fix *fix, enum field field)
{
    switch (field) {
    case FIELD_TIME:
        return from_signed(fix->t_ns);
    case FIELD_LAT:
        return from_signed(fix->at.lat_e7);
    case FIELD_LON:
        return from_signed(fix->at.lon_e7);
    case FIELD_ALT_BARO:
        return from_signed(fix->alt_baro_ft);
    case FIELD_ALT_GEOM:
        return from_signed(fix->alt_geom_ft);
    case FIELD_GS:
        return float_bits(fix->gs_kt);
    case FIELD_TRACK:
        return float_bits(fix->track_deg);
    case FIELD_RC:
        return float_bits(fix->rc_m);
    case FIELD_ACCURACY:
        return float_bits(fix->accuracy_m);
    case FIELD_RADIUS:
        return float_bits(fix->radius_m);
    case FIELD_VERT_RATE:
        return from_signed(fix->vert_rate_fpm);
    case FIELD_HAS:
        return fix->has;
    case FIELD_SQUAWK:
        return fix->squawk;
    case FIELD_FLAGS:
        return fix->flags;
    case FIELD_SOURCE:
        return fix->source;
    case FIELD_GRADE:
        return fix->grade;
    case FIELD_NIC:
        return fix->nic;
    case FIELD_NAC_P:
        return fix->nac_p;
    case FIELD_SIL:
        return fix->sil;
    case FIELD_VERSION:
        return fix->version;
    case FIELD_CALLSIGN:
        return ovf_load_u64le((const unsigned char *)fix->callsign);
    case FIELD_ITEM:
        return fix->record.item;
    case FIELD_ROW:
        return fix->record.row;
    case FIELD_HEADING:
        return float_bits(fix->heading_deg);
    case FIELD_ROLL:
        return from_signed(fix->roll_cdeg);
    case FIELD_SIL_TYPE:
        return fix->sil_type;
    case FIELD_RECEIVER:
        return fix->receiver;
    case N_FIELDS:
        break;
    }
    return 0;
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
        .nic = of[FIELD_NIC] & 15,
        .nac_p = of[FIELD_NAC_P] & 15,
        .sil = of[FIELD_SIL] & 3,
        .sil_type = of[FIELD_SIL_TYPE] & 3,
        .version = of[FIELD_VERSION] & 15,
        .heading_deg = float_from_bits(of[FIELD_HEADING]),
        .roll_cdeg = (int16_t)of[FIELD_ROLL],
        .receiver = (uint16_t)of[FIELD_RECEIVER],
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
           fix->source <= OVF_SOURCE_OTHER && fix->grade <= OVF_GRADE_X &&
           ovf_fix_decoding(fix) <= OVF_DECODING_CPR_LOCAL && fix->sil_type <= OVF_SIL_PER_SAMPLE;
}

/** A fix on its way into bytes. */
struct packing {
    const struct ovf_fix *from;
    const struct ovf_fix *to;
    uint64_t differs; /* fields, as bits */
    unsigned char *end;
};

static inline void put(struct packing *p, enum field field)
{
    const uint64_t difference = number_of(p->to, field) - number_of(p->from, field);
    if (difference == 0)
        return;
    p->differs |= UINT64_C(1) << field;
    p->end = ovf_varint_put(p->end, ovf_zigzag(difference));
}

/** What differs of eight bytes that begin at so many of a fix. */
static inline uint64_t eight_differ(const struct ovf_fix *a, const struct ovf_fix *b, size_t at)
{
    return ovf_load_u64le((const unsigned char *)a + at) ^
           ovf_load_u64le((const unsigned char *)b + at);
}

/** Whether what seldom changes is the same: the fields from RC to ITEM, HEADING and SIL_TYPE but for VERT_RATE. */
static inline bool is_rest_equal(const struct ovf_fix *a, const struct ovf_fix *b)
{
    enum {
        FLOATS = offsetof(struct ovf_fix, rc_m),
        SMALL = offsetof(struct ovf_fix, has),
        END = offsetof(struct ovf_fix, record) + sizeof a->record.item
    };
    _Static_assert(offsetof(struct ovf_fix, vert_rate_fpm) - FLOATS == 16, "rc to heading");
    _Static_assert(END - SMALL == 22, "has to item, without gaps");
    return (eight_differ(a, b, FLOATS) | eight_differ(a, b, FLOATS + 8) |
            eight_differ(a, b, SMALL) | eight_differ(a, b, SMALL + 8) |
            eight_differ(a, b, END - 8)) == 0;
}

/** Which fields differ, as bits, and these differences, in \p room. */
static struct ovf_bytes pack_one(const struct ovf_fix *from, const struct ovf_fix *to,
                                 unsigned char room[OVF_FIX_PACKED_MAX_BYTES])
{
    struct packing p = {from, to, 0, room + DIFFERS_MAX_BYTES};
    put(&p, FIELD_TIME);
    put(&p, FIELD_LAT);
    put(&p, FIELD_LON);
    put(&p, FIELD_ALT_BARO);
    put(&p, FIELD_ALT_GEOM);
    put(&p, FIELD_GS);
    put(&p, FIELD_TRACK);
    if (is_rest_equal(from, to)) {
        put(&p, FIELD_VERT_RATE);
        put(&p, FIELD_ROW);
        put(&p, FIELD_ROLL);
        put(&p, FIELD_RECEIVER);
    } else {
        for (int f = FIELD_RC; f < N_FIELDS; f++)
            put(&p, (enum field)f);
    }
    const size_t n = (size_t)(64 - __builtin_clzll(p.differs | 1) + 6) / 7;
    unsigned char *const begin = room + DIFFERS_MAX_BYTES - n;
    (void)ovf_varint_put(begin, p.differs);
    return (struct ovf_bytes){begin, (size_t)(p.end - begin)};
}

enum ovf_status ovf_fixes_pack(const struct ovf_fix *fixes, size_t n, struct ovf_buffer *out)
{
    unsigned char room[OVF_FIX_PACKED_MAX_BYTES];
    enum ovf_status st = ovf_varint_append(out, PACK_VERSION);
    if (st == OVF_OK)
        st = ovf_varint_append(out, n);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_bytes packed =
            ovf_fix_pack_next(i > 0 ? &fixes[i - 1] : NULL, &fixes[i], room);
        st = ovf_buffer_append(out, packed.data, packed.len);
    }
    return st;
}

struct ovf_bytes ovf_fix_pack_next(const struct ovf_fix *before, const struct ovf_fix *fix,
                                   unsigned char room[OVF_FIX_PACKED_MAX_BYTES])
{
    static const struct ovf_fix none = {0};
    return pack_one(before != NULL ? before : &none, fix, room);
}

static bool unpack_one(struct ovf_bytes *rest, struct numbers *numbers)
{
    uint64_t differs;
    if (!ovf_varint_take(rest, &differs) || differs >> N_FIELDS != 0)
        return false;
    for (; differs != 0; differs &= differs - 1) {
        uint64_t value;
        if (!ovf_varint_take(rest, &value))
            return false;
        numbers->of[__builtin_ctzll(differs)] += ovf_unzigzag(value);
    }
    return true;
}

enum ovf_status ovf_fixes_unpack_chain(struct ovf_bytes bytes, struct ovf_fixes *out)
{
    struct numbers last = {{0}}; /* that is no hearing */
    while (bytes.len > 0) {
        struct numbers numbers = last;
        if (!unpack_one(&bytes, &numbers))
            return OVF_E_FORMAT;
        const struct ovf_fix fix = fix_of(&numbers);
        if (!ovf_fix_is_hearing(&fix))
            last = numbers;
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
