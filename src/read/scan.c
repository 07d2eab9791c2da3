/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as readsb writes them, straight from the bytes:
 *
 *   [t,lat,lon,alt|"ground"|null,gs|null,track|null,flags,rate|null,{object}|null,
 *    "source"|null,alt_geom|null, numbers or nulls, the third of them the bank]
 *
 * with nine elements or more and no white space inside. The first eight fit 64 bytes nearly always: the
 * commas of one block divide them, those of a second one divide what stands behind the object. What a
 * value is held for is decided by its first byte, and all of it must then be that.
 *
 * What most rows have is tried first, many numbers at once, and wider where the processor has AVX-512
 * (read/scan_avx512.h); each such step falls back to the one that looks at every element. */
#include "read/scan.h"

#if defined(__x86_64__)

#include "read/field.h"
#include "read/scan_avx2.h"
#include "read/scan_avx512.h"
#include "read/scan_object.h"
#include "read/trace_row.h"

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
    const struct ovf_trace_object *object; /* its own, or NULL */
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

/** The same for any number of decimals. */
static OVF_AVX2 bool real_of_any_length(const unsigned char *s, const unsigned char *e,
                                        unsigned max, float *value)
{
    struct ovf_scan_number number;
    if (!ovf_scan_decimal(s, e, &number) || number.negative || number.n_fraction > 9)
        return false;
    const int64_t unit = powers[number.n_fraction];
    if (number.mantissa > max * (uint64_t)unit)
        return false;
    *value = (float)((double)(int64_t)number.mantissa / (double)unit);
    return true;
}

/** \p tenths / 10 rounded to a double and then to a float. As a float the product is that quotient, for
 * all that are allowed: one that is not exact is further from the middle between two floats than the
 * product is off. Tested for each. */
static inline OVF_AVX2 float tenths_as_float(uint32_t tenths)
{
    return (float)((double)(int32_t)tenths * 0.1);
}

/** [s, e) as ovf_number_parse_double has it; false when it is not from 0 to \p max. The quotient of two
 * integers that are exact is rounded once there and here. One decimal is what readsb writes. */
static inline OVF_AVX2 bool real(const unsigned char *s, const unsigned char *e, unsigned max,
                                 float *value)
{
    uint64_t tenths;
    if (!ovf_scan_short(s, e, 1, &tenths))
        return real_of_any_length(s, e, max, value);
    *value = tenths_as_float((uint32_t)tenths);
    return tenths <= max * 10;
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

/** False when there is nothing but an unset position. */
static inline bool put_place(int64_t lat_e7, int64_t lon_e7, struct ovf_fix *fix)
{
    const int64_t island_e7 = OVF_E7_PER_DEG / 100; /* as ovf_read_position has it */
    if (lat_e7 > -island_e7 && lat_e7 < island_e7 && lon_e7 > -island_e7 && lon_e7 < island_e7)
        return false;
    fix->at = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return true;
}

/** The elements 1 and 2; e[i]: behind element i. */
static inline OVF_AVX2 bool take_place(const unsigned char *const e[], struct ovf_fix *fix)
{
    int64_t lat_e7;
    int64_t lon_e7;
    return degrees(e[0] + 1, e[1], 90, &lat_e7) && degrees(e[1] + 1, e[2], 180, &lon_e7) &&
           put_place(lat_e7, lon_e7, fix);
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

/** The elements 4, 5 and 7. */
static inline OVF_AVX2 bool take_movement(const unsigned char *const e[], struct row *row)
{
    struct ovf_fix *fix = row->fix;
    int32_t rate_fpm;
    if (e[3][1] != 'n') {
        if (!real(e[3] + 1, e[4], OVF_READ_GS_MAX_KT, &fix->gs_kt))
            return false;
        fix->has |= OVF_FIX_GS;
    } else if (!ovf_scan_is_null(e[3] + 1, e[4])) {
        return false;
    }
    if (e[4][1] != 'n') {
        if (!real(e[4] + 1, e[5], 360, &fix->track_deg))
            return false;
        /* A double below 360 may be a float of 360, which stays. */
        if (fix->track_deg >= 360 && memcmp(e[4] + 1, "360", 3) == 0)
            fix->track_deg = 0;
        fix->has |= OVF_FIX_TRACK;
    } else if (!ovf_scan_is_null(e[4] + 1, e[5])) {
        return false;
    }
    if (e[6][1] == 'n')
        return ovf_scan_is_null(e[6] + 1, e[7]);
    if (!ovf_scan_integer(e[6] + 1, e[7], &rate_fpm) || rate_fpm < -OVF_READ_RATE_MAX_FPM ||
        rate_fpm > OVF_READ_RATE_MAX_FPM)
        return false;
    fix->vert_rate_fpm = (int16_t)rate_fpm;
    fix->has |= OVF_FIX_VERT_RATE;
    if ((row->flags & OVF_TRACE_FLAG_GEOM_RATE) != 0)
        fix->flags |= OVF_FIX_GEOM_RATE;
    return true;
}

/** The elements 3, 4, 5 and 7, all of them good. */
static inline void put_four(int32_t alt_ft, float gs_kt, float track_deg, int32_t rate_fpm,
                            struct row *row)
{
    struct ovf_fix *fix = row->fix;
    const bool geometric = (row->flags & OVF_TRACE_FLAG_GEOM_ALT) != 0;
    *(geometric ? &fix->alt_geom_ft : &fix->alt_baro_ft) = alt_ft;
    fix->gs_kt = gs_kt;
    fix->track_deg = track_deg;
    fix->vert_rate_fpm = (int16_t)rate_fpm;
    fix->has = (uint16_t)((geometric ? OVF_FIX_ALT_GEOM : OVF_FIX_ALT_BARO) | OVF_FIX_GS |
                          OVF_FIX_TRACK | OVF_FIX_VERT_RATE);
    fix->flags = (row->flags & OVF_TRACE_FLAG_GEOM_RATE) != 0 ? OVF_FIX_GEOM_RATE : 0;
}

/** The elements 3, 4, 5 and 7 at once where all of them are numbers as readsb writes them, which is most
 * of the time; false: look at each. */
static inline OVF_AVX2 bool take_four(const unsigned char *const e[], struct row *row)
{
    const int32_t alt_negative = e[2][1] == '-';
    const int32_t rate_negative = e[6][1] == '-';
    const struct ovf_scan_text text[4] = {
        {e[3], (size_t)(e[3] - e[2]) - 1 - (size_t)alt_negative},
        {e[4], (size_t)(e[4] - e[3]) - 1},
        {e[5], (size_t)(e[5] - e[4]) - 1},
        {e[7], (size_t)(e[7] - e[6]) - 1 - (size_t)rate_negative},
    };
    uint32_t values[4];
    if (text[0].n - 1 > 7 || text[1].n - 3 > 5 || text[2].n - 3 > 5 || text[3].n - 1 > 7 ||
        e[4][-2] != '.' || e[5][-2] != '.')
        return false;
    /* JSON has no leading zeros. */
    if ((e[2][1 + alt_negative] == '0' && text[0].n > 1) || (e[3][1] == '0' && text[1].n > 3) ||
        (e[4][1] == '0' && text[2].n > 3) || (e[6][1 + rate_negative] == '0' && text[3].n > 1) ||
        !ovf_scan_four(text, values))
        return false;
    const int32_t alt_ft = ((int32_t)values[0] ^ -alt_negative) + alt_negative;
    const int32_t rate_fpm = ((int32_t)values[3] ^ -rate_negative) + rate_negative;
    if (alt_ft < OVF_READ_ALT_MIN_FT || alt_ft > OVF_READ_ALT_MAX_FT ||
        values[1] > OVF_READ_GS_MAX_KT * 10 || values[2] >= 3600 ||
        values[3] > OVF_READ_RATE_MAX_FPM)
        return false;
    put_four(alt_ft, tenths_as_float(values[1]), tenths_as_float(values[2]), rate_fpm, row);
    return true;
}

/** Element 6, one digit nearly always. */
static inline OVF_AVX2 bool take_flags(const unsigned char *s, const unsigned char *e,
                                       unsigned *flags)
{
    int32_t value;
    if (e - s == 1) {
        *flags = (unsigned)(*s - '0');
        return *flags <= 9;
    }
    if (!ovf_scan_integer(s, e, &value) || value < 0)
        return false;
    *flags = (unsigned)value & 0xFF;
    return true;
}

static inline OVF_AVX2 const unsigned char *next_comma(const unsigned char *p, uint64_t *commas)
{
    const unsigned char *const at = p + _tzcnt_u64(*commas);
    *commas = _blsr_u64(*commas);
    return at;
}

/** The elements before the object; row->at is left behind the last comma. */
static inline OVF_AVX2 bool take_head(const struct ovf_scan *scan, struct row *row)
{
    const unsigned char *const p = row->at;
    const struct ovf_scan_block block = ovf_scan_load(p, scan->end);
    uint64_t commas = ovf_scan_equal(&block, ',');
    const unsigned char *e[N_HEAD]; /* behind each element */
    int64_t offset_ns;
    if (__builtin_popcountll(commas) < N_HEAD)
        return false;
    e[0] = next_comma(p, &commas);
    e[1] = next_comma(p, &commas);
    e[2] = next_comma(p, &commas);
    e[3] = next_comma(p, &commas);
    e[4] = next_comma(p, &commas);
    e[5] = next_comma(p, &commas);
    e[6] = next_comma(p, &commas);
    e[7] = next_comma(p, &commas);
    row->at = e[7] + 1;
    if (!offset(p, e[0], &offset_ns) || !take_place(e, row->fix) ||
        !take_flags(e[5] + 1, e[6], &row->flags))
        return false;
    row->fix->t_ns = scan->base_t_ns + offset_ns;
    return take_four(e, row) ||
           (take_altitude(e[2] + 1, e[3], row->flags, row->fix) && take_movement(e, row));
}

/** The same. First what most rows have: numbers. */
static inline OVF_AVX512 bool take_head_wide(const struct ovf_scan *scan, struct row *row)
{
    struct ovf_scan_head head;
    if (scan->end - row->at < OVF_SCAN_BLOCK_BYTES || !ovf_scan_head(row->at, &head) ||
        head.lon_e6 > 180000000 || head.lon_e6 < -180000000 || head.alt_ft < OVF_READ_ALT_MIN_FT ||
        !put_place((int64_t)head.lat_e6 * 10, (int64_t)head.lon_e6 * 10, row->fix))
        return take_head(scan, row);
    row->at = head.end;
    row->flags = head.flags;
    row->fix->t_ns = scan->base_t_ns + head.offset * (OVF_NS_PER_S / 100);
    put_four(head.alt_ft, head.gs_kt, head.track_deg, head.rate_fpm, row);
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

/** The bank, to be taken where it is one; false: it is to be rounded. */
static inline OVF_AVX2 bool roll(const unsigned char *s, const unsigned char *e,
                                 struct ovf_fix *fix)
{
    const bool negative = *s == '-';
    uint64_t tenths;
    int64_t cdeg;
    if (ovf_scan_short(s + negative, e, 1, &tenths))
        cdeg = (negative ? -(int64_t)tenths : (int64_t)tenths) * 10;
    else if (!scaled(s, e, 2, INT64_MAX / 100, &cdeg))
        return false;
    if (cdeg > 100 * OVF_READ_ROLL_MAX_DEG || cdeg < -100 * OVF_READ_ROLL_MAX_DEG)
        return true;
    fix->roll_cdeg = (int16_t)cdeg;
    fix->has |= OVF_FIX_ROLL;
    return true;
}

/** What stands behind element \p i (8 or more), from its comma or the row's closing bracket at \p e on;
 * row->at is left behind the bracket. */
static inline OVF_AVX2 bool take_rest(const struct ovf_scan *scan, const unsigned char *e, int i,
                                      const struct ovf_trace_object *object, struct row *row)
{
    const unsigned char *const p = e;
    const struct ovf_scan_block block = ovf_scan_load(p, scan->end);
    uint64_t ends = ovf_scan_equal(&block, ',') | ovf_scan_equal(&block, ']');
    if ((ends & 1) == 0)
        return false;
    while (*e == ',') {
        struct ovf_scan_number number;
        const unsigned char *const s = e + 1;
        ends = _blsr_u64(ends);
        if (ends == 0)
            return false;
        e = p + _tzcnt_u64(ends);
        if (++i == OVF_TRACE_SLOT_TYPE) {
            if (!take_source(s, e, object, row->fix))
                return false;
        } else if (*s == 'n') {
            if (!ovf_scan_is_null(s, e))
                return false;
        } else if (i == OVF_TRACE_SLOT_ALT_GEOM) {
            if (!altitude(s, e, &row->fix->alt_geom_ft))
                return false;
            row->fix->has |= OVF_FIX_ALT_GEOM;
        } else if (i == OVF_TRACE_SLOT_ROLL) {
            if (!roll(s, e, row->fix))
                return false;
        } else if (!ovf_scan_decimal(s, e, &number)) {
            return false;
        }
    }
    row->at = e + 1;
    return true;
}

/** Behind numbers that begin at \p p and of which bits are known: the bank, if it is among them.
 * \param ends  commas, and the bracket \p end; row->at is left behind it */
static inline OVF_AVX2 bool end_numbers(const unsigned char *p, uint64_t ends, uint64_t end,
                                        struct row *row)
{
    row->at = p + _tzcnt_u64(end) + 1;
    uint64_t rest = _blsr_u64(ends ^ end); /* from the comma before it on */
    if (rest == 0)
        return true;
    const unsigned char *const s = next_comma(p, &rest);
    return roll(s + 1, p + _tzcnt_u64(rest | end), row->fix);
}

/** Whether numbers and nothing else stand from the comma at \p e, that of element 11, to the row's closing bracket;
 * row->at is left behind it then. What they are does not matter but for the bank: it is checked by masks. Any other
 * byte is found by the one behind it, which may only stand behind digits, signs, points and commas. */
static inline OVF_AVX2 bool pass_numbers(const struct ovf_scan *scan, const unsigned char *e,
                                         struct row *row)
{
    const struct ovf_scan_block block = ovf_scan_load(e, scan->end);
    const uint64_t comma = ovf_scan_equal(&block, ',');
    const uint64_t end = _blsi_u64(ovf_scan_equal(&block, ']'));
    const struct ovf_scan_number_bytes number = {.digit = ovf_scan_digits_of(&block),
                                                 .minus = ovf_scan_equal(&block, '-'),
                                                 .point = ovf_scan_equal(&block, '.')};
    struct ovf_scan_number_carry carry = {0};
    uint64_t wrong = ((comma & ~UINT64_C(1)) | end) & ~(number.digit << 1);
    wrong |= ovf_scan_check_numbers(&block, &number, comma, &carry);
    return end != 0 && (wrong & (end | (end - 1))) == 0 &&
           end_numbers(e + 1, ((comma & (end - 1)) | end) >> 1, end >> 1, row);
}

/** The same; false also for more than one decimal. */
static inline OVF_AVX512 bool pass_numbers_wide(const struct ovf_scan *scan, const unsigned char *e,
                                                struct row *row)
{
    uint64_t ends;
    if (scan->end - e <= OVF_SCAN_BLOCK_BYTES)
        return pass_numbers(scan, e, row);
    const uint64_t end = ovf_scan_numbers(e + 1, &ends);
    return end != 0 && end_numbers(e + 1, ends, end, row);
}

/** How rows are read: narrow or wide. */
struct way {
    bool (*take_head)(const struct ovf_scan *scan, struct row *row);
    const unsigned char *(*scan_object)(const unsigned char *p, const unsigned char *end,
                                        struct ovf_scan_like *like);
    bool (*pass_numbers)(const struct ovf_scan *scan, const unsigned char *e, struct row *row);
};

/** The object or null. */
static inline __attribute__((always_inline)) OVF_AVX2 bool take_object(const struct ovf_scan *scan,
                                                                       struct way way,
                                                                       struct row *row)
{
    const unsigned char *p = row->at;
    row->object = NULL;
    if (scan->end - p < 5)
        return false;
    if (*p == '{') {
        p = way.scan_object(p, scan->end, scan->like);
        row->object = &scan->like->object;
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

/** The same behind the object. First what most rows have: ADS-B, and from element 11 on nothing that is known, or
 * numbers. */
static inline __attribute__((always_inline)) OVF_AVX2 bool take_tail(
    const struct ovf_scan *scan, struct way way, const struct ovf_trace_object *object,
    struct row *row)
{
    static const char adsb[] = ",\"adsb_icao\",";
    enum { N = sizeof adsb - 1 };
    const unsigned char *const p = row->at;
    struct ovf_fix *fix = row->fix;
    if (scan->end - p < 64 || memcmp(p, adsb, 8) != 0 || memcmp(p + N - 8, adsb + N - 8, 8) != 0)
        return take_rest(scan, p, OVF_TRACE_SLOT_OBJECT, object, row);
    __m128i v;
    const unsigned char *const s = p + N;
    memcpy(&v, s, sizeof v);
    const unsigned commas =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(','))) | 0x10000;
    const unsigned char *const e = s + __builtin_ctz(commas);
    const bool is_known = *s != 'n';
    if (!(is_known ? altitude(s, e, &fix->alt_geom_ft) : ovf_scan_is_null(s, e)))
        return take_rest(scan, p, OVF_TRACE_SLOT_OBJECT, object, row);
    fix->has |= is_known ? OVF_FIX_ALT_GEOM : 0;
    fix->source = OVF_SOURCE_ADSB;
    if (is_nothing(e))
        row->at = e + 16;
    else if (!way.pass_numbers(scan, e, row))
        return take_rest(scan, e, OVF_TRACE_SLOT_ALT_GEOM, object, row);
    return true;
}

/** The row whose bracket \p p stands at, into \p fix, which is zero. \return behind it, or NULL */
static inline __attribute__((always_inline)) OVF_AVX2 const unsigned char *take_row(
    const struct ovf_scan *scan, struct way way, const unsigned char *p, struct ovf_fix *fix)
{
    struct ovf_trace_hold *hold = scan->hold;
    struct row row;
    row.fix = fix;
    row.at = p + 1;
    if (!way.take_head(scan, &row) || !take_object(scan, way, &row))
        return NULL;
    const struct ovf_trace_object *own = row.object;
    const struct ovf_trace_object *object = ovf_trace_object_for(hold, own, fix->t_ns);
    if (*row.at == ']' && object != NULL && object->has_type)
        fix->source = (uint8_t)object->type; /* the element is not there: null */
    if (!take_tail(scan, way, object, &row))
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

/* Inlined for each way, and its functions with it. */
static inline __attribute__((always_inline)) OVF_AVX2 enum ovf_status scan_rows(
    struct ovf_scan *scan, struct way way, size_t *n)
{
    const struct ovf_fix none = {0};
    struct ovf_fixes *fixes = scan->fixes;
    const unsigned char *p = scan->at;
    *n = 0;
    while (*n < scan->n_max) {
        p = skip_space(p, scan->end);
        if (p == scan->end || *p != '[' || p - scan->begin < MIN_BEFORE)
            break;
        /* The room is made first and the fix taken back when the row is not known. */
        if (fixes->n == fixes->capacity) {
            const enum ovf_status st = ovf_fixes_push(fixes, &none);
            if (st != OVF_OK)
                return st;
            fixes->n--;
        }
        struct ovf_fix *fix = &fixes->items[fixes->n];
        *fix = none;
        p = take_row(scan, way, p, fix);
        if (p == NULL)
            break;
        fixes->n++;
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

static bool can_wide(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2");
}

static OVF_AVX2 enum ovf_status scan_rows_narrow(struct ovf_scan *scan, size_t *n)
{
    return scan_rows(scan, (struct way){take_head, ovf_scan_object, pass_numbers}, n);
}

static OVF_AVX512 enum ovf_status scan_rows_wide(struct ovf_scan *scan, size_t *n)
{
    return scan_rows(scan, (struct way){take_head_wide, ovf_scan_object_wide, pass_numbers_wide},
                     n);
}

enum ovf_status ovf_scan_rows(struct ovf_scan *scan, size_t *n)
{
    return can_wide() && !scan->narrow ? scan_rows_wide(scan, n) : scan_rows_narrow(scan, n);
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
