/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as readsb writes them, straight from the bytes:
 *
 *   [t,lat,lon,alt|"ground"|null,gs|null,track|null,flags,rate|null,{object}|null,
 *    "source"|null,alt_geom|null, numbers or nulls]
 *
 * with nine elements or more and no white space inside. The first eight fit 64 bytes nearly always: the
 * commas of one block divide them, those of a second one divide what stands behind the object. What a
 * value is held for is decided by its first byte, and all of it must then be that. */
#include "read/scan.h"

#if defined(__x86_64__)

#include "read/field.h"
#include "read/scan_avx2.h"
#include "read/scan_object.h"

enum {
    N_HEAD = 8,      /* elements before the object */
    MIN_BEFORE = 16, /* bytes of the document before what is loaded backwards */
    MAX_SOURCE_TEXT = 32,
};

static const int64_t powers[] = {1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000};

/** A row while it is read. */
struct row {
    struct ovf_fix *fix;
    struct ovf_trace_object object;
    bool has_object;
    unsigned flags;
    const unsigned char *at;
};

/** [s, e) times 10^n_decimals, at most \p max in size; false when it needs rounding or is more. */
static inline OVF_AVX2 bool scaled(const unsigned char *s, const unsigned char *e,
                                   unsigned n_decimals, int64_t max, int64_t *value)
{
    struct ovf_scan_number number;
    if (!ovf_scan_decimal(s, e, &number) || number.n_fraction > n_decimals ||
        (int64_t)number.mantissa > max * powers[number.n_fraction])
        return false;
    const int64_t size = (int64_t)number.mantissa * powers[n_decimals - number.n_fraction];
    *value = number.negative ? -size : size;
    return true;
}

/** [s, e) as ovf_number_parse_double has it; false when it is not from 0 to \p max. The quotient of two
 * integers that are exact is rounded once there and here. */
static inline OVF_AVX2 bool real(const unsigned char *s, const unsigned char *e, unsigned max,
                                 double *value)
{
    uint64_t mantissa;
    unsigned n_fraction = 1;
    if (!ovf_scan_short(s, e, n_fraction, &mantissa)) {
        struct ovf_scan_number number;
        if (!ovf_scan_decimal(s, e, &number) || number.negative || number.n_fraction > 9)
            return false;
        mantissa = number.mantissa;
        n_fraction = number.n_fraction;
    }
    if (mantissa > max * (uint64_t)powers[n_fraction])
        return false;
    *value = (double)(int64_t)mantissa / (double)powers[n_fraction];
    return true;
}

static inline OVF_AVX2 bool altitude(const unsigned char *s, const unsigned char *e,
                                     int32_t *alt_ft)
{
    return ovf_scan_integer(s, e, alt_ft) && *alt_ft >= OVF_READ_ALT_MIN_FT &&
           *alt_ft <= OVF_READ_ALT_MAX_FT;
}

/** The offset in seconds, which has two decimals nearly always. */
static inline OVF_AVX2 bool offset(const unsigned char *s, const unsigned char *e,
                                   int64_t *offset_ns)
{
    const int64_t max_s = OVF_TRACE_MAX_OFFSET_NS / OVF_NS_PER_S;
    uint64_t hundredths;
    if (!ovf_scan_short(s, e, 2, &hundredths))
        return scaled(s, e, 9, max_s, offset_ns);
    *offset_ns = (int64_t)hundredths * (OVF_NS_PER_S / 100);
    return hundredths <= (uint64_t)max_s * 100;
}

static inline OVF_AVX2 bool degrees(const unsigned char *s, const unsigned char *e, int64_t max,
                                    int64_t *value_e7)
{
    int64_t value_e6;
    if (!ovf_scan_degrees(s, e, &value_e6))
        return scaled(s, e, 7, max, value_e7);
    *value_e7 = value_e6 * 10;
    return value_e6 <= max * 1000000 && value_e6 >= -max * 1000000;
}

static inline OVF_AVX2 bool take_place(const unsigned char *const s[],
                                       const unsigned char *const e[], struct ovf_fix *fix)
{
    const int64_t island_e7 = OVF_E7_PER_DEG / 100; /* as ovf_read_position has it */
    int64_t lat_e7;
    int64_t lon_e7;
    if (!degrees(s[0], e[0], 90, &lat_e7) || !degrees(s[1], e[1], 180, &lon_e7))
        return false;
    if (lat_e7 > -island_e7 && lat_e7 < island_e7 && lon_e7 > -island_e7 && lon_e7 < island_e7)
        return false;
    fix->at = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return true;
}

static inline OVF_AVX2 bool take_altitude(const unsigned char *s, const unsigned char *e,
                                          unsigned flags, struct ovf_fix *fix)
{
    if (*s == '"') {
        fix->flags = OVF_FIX_ON_GROUND;
        return e - s == 8 && memcmp(s, "\"ground\"", 8) == 0;
    }
    if (*s == 'n')
        return ovf_scan_is_null(s, e);
    const bool geometric = (flags & OVF_TRACE_FLAG_GEOM_ALT) != 0;
    fix->has |= geometric ? OVF_FIX_ALT_GEOM : OVF_FIX_ALT_BARO;
    return altitude(s, e, geometric ? &fix->alt_geom_ft : &fix->alt_baro_ft);
}

static inline OVF_AVX2 bool take_movement(const unsigned char *const s[],
                                          const unsigned char *const e[], struct row *row)
{
    struct ovf_fix *fix = row->fix;
    double value;
    int32_t rate_fpm;
    if (*s[4] != 'n') {
        if (!real(s[4], e[4], OVF_READ_GS_MAX_KT, &value))
            return false;
        fix->gs_kt = (float)value;
        fix->has |= OVF_FIX_GS;
    } else if (!ovf_scan_is_null(s[4], e[4])) {
        return false;
    }
    if (*s[5] != 'n') {
        if (!real(s[5], e[5], 360, &value))
            return false;
        fix->track_deg = value < 360 ? (float)value : 0;
        fix->has |= OVF_FIX_TRACK;
    } else if (!ovf_scan_is_null(s[5], e[5])) {
        return false;
    }
    if (*s[7] == 'n')
        return ovf_scan_is_null(s[7], e[7]);
    if (!ovf_scan_integer(s[7], e[7], &rate_fpm) || rate_fpm < -OVF_READ_RATE_MAX_FPM ||
        rate_fpm > OVF_READ_RATE_MAX_FPM)
        return false;
    fix->vert_rate_fpm = (int16_t)rate_fpm;
    fix->has |= OVF_FIX_VERT_RATE;
    if ((row->flags & OVF_TRACE_FLAG_GEOM_RATE) != 0)
        fix->flags |= OVF_FIX_GEOM_RATE;
    return true;
}

/** The elements before the object; row->at is left behind the last comma. */
static inline OVF_AVX2 bool take_head(const struct ovf_scan *scan, struct row *row)
{
    const struct ovf_scan_block block = ovf_scan_load(row->at, scan->end);
    uint64_t commas = ovf_scan_equal(&block, ',');
    const unsigned char *s[N_HEAD + 1];
    const unsigned char *e[N_HEAD];
    int32_t flags;
    int64_t offset_ns;
    if (__builtin_popcountll(commas) < N_HEAD)
        return false;
    const unsigned char *const p = row->at;
    s[0] = p;
    for (int i = 0; i < N_HEAD; i++) {
        e[i] = p + _tzcnt_u64(commas);
        s[i + 1] = e[i] + 1;
        commas = _blsr_u64(commas);
    }
    if (!offset(s[0], e[0], &offset_ns) || !take_place(s + 1, e + 1, row->fix) ||
        !ovf_scan_integer(s[6], e[6], &flags) || flags < 0)
        return false;
    row->flags = (unsigned)flags & 0xFF;
    row->fix->t_ns = scan->base_t_ns + offset_ns;
    row->at = s[N_HEAD];
    return take_altitude(s[3], e[3], row->flags, row->fix) && take_movement(s, e, row);
}

/** The object or null. */
static inline OVF_AVX2 bool take_object(const struct ovf_scan *scan, struct row *row)
{
    const unsigned char *p = row->at;
    row->has_object = false;
    if (scan->end - p < 5)
        return false;
    if (*p == '{') {
        p = ovf_scan_object(p, scan->end, &row->object);
        row->has_object = true;
        if (p == NULL || p == scan->end)
            return false;
    } else if (memcmp(p, "null", 4) == 0) {
        p += 4;
    } else {
        return false;
    }
    row->at = p;
    return true;
}

/** The source, which the object says when the element is null. */
static inline OVF_AVX2 bool take_source(const unsigned char *s, const unsigned char *e,
                                        const struct ovf_trace_object *object, struct ovf_fix *fix)
{
    const size_t n = (size_t)(e - s);
    if (n == 11 && memcmp(s, "\"adsb_ic", 8) == 0 && memcmp(s + 7, "cao\"", 4) == 0) {
        fix->source = OVF_SOURCE_ADSB;
        return true;
    }
    if (ovf_scan_is_null(s, e)) {
        fix->source = object != NULL && object->has_type ? (uint8_t)object->type : 0;
        return true;
    }
    if (n < 2 || n > MAX_SOURCE_TEXT || *s != '"' || e[-1] != '"')
        return false;
    for (const unsigned char *c = s + 1; c < e - 1; c++) {
        if (*c < 0x20 || *c >= 0x80 || *c == '"' || *c == '\\')
            return false;
    }
    fix->source = (uint8_t)ovf_read_source((struct ovf_bytes){s + 1, n - 2});
    return true;
}

/** Whether ",null,null,null]" stands there: a receiver of an older kind, or nothing known. */
static inline OVF_AVX2 bool is_nothing(const unsigned char *p)
{
    __m128i v;
    memcpy(&v, p, sizeof v);
    const __m128i wanted = _mm_setr_epi8(',', 'n', 'u', 'l', 'l', ',', 'n', 'u', 'l', 'l', ',', 'n',
                                         'u', 'l', 'l', ']');
    return _mm_movemask_epi8(_mm_cmpeq_epi8(v, wanted)) == 0xFFFF;
}

/** What stands behind the object, from its comma or the row's closing bracket on; row->at is left
 * behind the bracket. */
static inline OVF_AVX2 bool take_tail(const struct ovf_scan *scan,
                                      const struct ovf_trace_object *object, struct row *row)
{
    const struct ovf_scan_block block = ovf_scan_load(row->at, scan->end);
    uint64_t ends = ovf_scan_equal(&block, ',') | ovf_scan_equal(&block, ']');
    const unsigned char *e = row->at;
    if ((ends & 1) == 0)
        return false;
    for (int i = 8; *e == ','; i++) { /* e: behind element i */
        struct ovf_scan_number number;
        if (i == 10 && scan->end - e >= 16 && is_nothing(e)) {
            e += 15;
            break;
        }
        ends = _blsr_u64(ends);
        if (ends == 0)
            return false;
        const unsigned char *const s = e + 1;
        e = row->at + _tzcnt_u64(ends);
        if (i == 8) {
            if (!take_source(s, e, object, row->fix))
                return false;
        } else if (*s == 'n') {
            if (!ovf_scan_is_null(s, e))
                return false;
        } else if (i == 9) {
            if (!altitude(s, e, &row->fix->alt_geom_ft))
                return false;
            row->fix->has |= OVF_FIX_ALT_GEOM;
        } else if (!ovf_scan_decimal(s, e, &number)) {
            return false;
        }
    }
    row->at = e + 1;
    return true;
}

/** The row whose bracket \p p stands at, into \p fix, which is zero. \return behind it, or NULL */
static inline OVF_AVX2 const unsigned char *take_row(const struct ovf_scan *scan,
                                                     const unsigned char *p, struct ovf_fix *fix)
{
    struct ovf_trace_hold *hold = scan->hold;
    struct row row;
    row.fix = fix;
    row.at = p + 1;
    if (!take_head(scan, &row) || !take_object(scan, &row))
        return NULL;
    const struct ovf_trace_object *own = row.has_object ? &row.object : NULL;
    const struct ovf_trace_object *object = ovf_trace_object_for(hold, own, fix->t_ns);
    if (*row.at == ']' && object != NULL && object->has_type)
        fix->source = (uint8_t)object->type; /* the element is not there: null */
    if (!take_tail(scan, object, &row))
        return NULL;
    ovf_trace_object_apply(hold, own, object, fix);
    fix->flags |= ovf_trace_hearing_flags(hold, row.flags, true, fix->t_ns);
    hold->has_prev = true;
    hold->prev_t_ns = fix->t_ns;
    hold->pending = 0;
    hold->has_fix = true;
    return row.at;
}

static inline const unsigned char *skip_space(const unsigned char *p, const unsigned char *end)
{
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        p++;
    return p;
}

static OVF_AVX2 enum ovf_status scan_rows(struct ovf_scan *scan, size_t *n)
{
    static const struct ovf_fix none = {0};
    struct ovf_fixes *fixes = scan->fixes;
    const unsigned char *p = scan->at;
    *n = 0;
    while (*n < scan->n_max) {
        p = skip_space(p, scan->end);
        if (p == scan->end || *p != '[' || p - scan->begin < MIN_BEFORE)
            break;
        /* The room is made first and the fix taken back when the row is not known. */
        const enum ovf_status st = ovf_fixes_push(fixes, &none);
        if (st != OVF_OK)
            return st;
        struct ovf_fix *fix = &fixes->items[fixes->n - 1];
        p = take_row(scan, p, fix);
        if (p == NULL) {
            fixes->n--;
            break;
        }
        fix->record = (struct ovf_record){scan->item, scan->row};
        scan->row++;
        (*n)++;
        scan->at = p;
        if (p == scan->end || *p++ != ',')
            break;
    }
    return OVF_OK;
}

bool ovf_scan_can(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("pclmul");
}

enum ovf_status ovf_scan_rows(struct ovf_scan *scan, size_t *n)
{
    return scan_rows(scan, n);
}

#else

bool ovf_scan_can(void)
{
    return false;
}

enum ovf_status ovf_scan_rows(struct ovf_scan *scan, size_t *n)
{
    (void)scan;
    *n = 0;
    return OVF_OK;
}

#endif
