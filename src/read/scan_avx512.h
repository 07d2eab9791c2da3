/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a row all at once, where the processor has AVX-512 with VBMI2: what they are made of is checked by
 * masks of 64 bytes, then the digits of each are moved into eight bytes of its own, the last digit last. */
#ifndef OVF_READ_SCAN_AVX512_H
#define OVF_READ_SCAN_AVX512_H

#include "read/field.h"
#include "read/scan_avx2.h"

#if defined(__x86_64__)

#define OVF_AVX512                                                                                 \
    __attribute__((                                                                                \
        target("avx2,bmi,bmi2,popcnt,pclmul,avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")))

static const unsigned char ovf_scan_places[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

/** 64 bytes by what they are. */
struct ovf_scan_masks {
    uint64_t digit;
    uint64_t zero;
    uint64_t point;
    uint64_t minus;
    uint64_t comma;
};

/* Bytes that are looked for, 64 times each. */
enum ovf_scan_byte {
    OVF_SCAN_ZERO,
    OVF_SCAN_POINT,
    OVF_SCAN_MINUS,
    OVF_SCAN_COMMA,
    OVF_SCAN_BRACKET,
    OVF_SCAN_TEN, /* the number */
    OVF_SCAN_BYTES
};

/* From memory: a compiler that sees what they are makes each of them anew for each row, in the one port of the
 * processor that has the most to do. */
extern const unsigned char ovf_scan_bytes[OVF_SCAN_BYTES][64];

static inline OVF_AVX512 __m512i ovf_scan_each(enum ovf_scan_byte byte)
{
    return _mm512_loadu_si512(ovf_scan_bytes[byte]);
}

static inline OVF_AVX512 uint64_t ovf_scan_where(__m512i v, enum ovf_scan_byte byte)
{
    return _cvtmask64_u64(_mm512_cmpeq_epi8_mask(v, ovf_scan_each(byte)));
}

static inline OVF_AVX512 struct ovf_scan_masks ovf_scan_masks_of(__m512i v)
{
    const __m512i shifted = _mm512_sub_epi8(v, ovf_scan_each(OVF_SCAN_ZERO));
    return (struct ovf_scan_masks){
        .digit = _cvtmask64_u64(_mm512_cmplt_epu8_mask(shifted, ovf_scan_each(OVF_SCAN_TEN))),
        .zero = ovf_scan_where(v, OVF_SCAN_ZERO),
        .point = ovf_scan_where(v, OVF_SCAN_POINT),
        .minus = ovf_scan_where(v, OVF_SCAN_MINUS),
        .comma = ovf_scan_where(v, OVF_SCAN_COMMA),
    };
}

/** Bits that are set unless the bytes \p all, from the first on, are numbers without exponent, one of \p ends behind
 * each, with the points \p points. */
static inline OVF_AVX512 uint64_t ovf_scan_wrong(const struct ovf_scan_masks *m, uint64_t all,
                                                 uint64_t ends, uint64_t points)
{
    const uint64_t begin = ends << 1 | 1;
    const uint64_t first = (begin & ~m->minus) | (begin & m->minus) << 1; /* digit */
    /* In turn: a byte that numbers are not made of; a point that is missing or too many; a sign inside; an end or
     * a point behind anything but a digit, so that nothing else stands behind a sign or a point; a zero that begins
     * a number before another digit. */
    const uint64_t wrong = ~(ends | m->point | m->minus | m->digit) | (m->point ^ points) |
                           (m->minus & ~begin) | ((ends | points) & ~(m->digit << 1)) |
                           (first & m->zero & m->digit >> 1);
    return wrong & all;
}

/** The elements before the object. */
struct ovf_scan_head {
    const unsigned char *end; /* behind their last comma */
    uint32_t offset;          /* 0.01 s */
    int32_t lat_e6;
    int32_t lon_e6;
    int32_t alt_ft;
    float gs_kt;
    float track_deg;
    unsigned flags;
    int32_t rate_fpm;
};

/* Slots of eight bytes: the time, the latitude, degrees of the longitude, their fraction, speed, track, altitude, rate.
 * As 32-bit integers afterwards: */
enum {
    OVF_SCAN_OFFSET = 0,
    OVF_SCAN_LAT = 1,
    OVF_SCAN_LON = 4,
    OVF_SCAN_LON_FRACTION = 5,
    OVF_SCAN_GS = 8,
    OVF_SCAN_TRACK = 9,
    OVF_SCAN_ALT = 12,
    OVF_SCAN_RATE = 13,
};

/* Where their bytes come from, counted from the element's end: the digits on both sides of the point. */
static const signed char ovf_scan_moves[64] = {
    -9, -8, -7, -6, -5, -4, -2, -1, -9, -8, -6, -5, -4, -3, -2, -1, -15, -14, -13, -12, -11, -10,
    -9, -8, -8, -7, -6, -5, -4, -3, -2, -1, -9, -8, -7, -6, -5, -4, -3,  -1,  -9,  -8,  -7,  -6,
    -5, -4, -3, -1, -8, -7, -6, -5, -4, -3, -2, -1, -8, -7, -6, -5, -4,  -3,  -2,  -1};
/* All of them but what stands before the fraction, which has six digits. */
#define OVF_SCAN_MOVED (~(UINT64_C(3) << 24))

/** The bytes of \p elements, one for each element, in all bytes of their slots. */
static inline OVF_AVX512 __m512i ovf_scan_slots(__m128i elements)
{
    const __m512i of_slot = _mm512_set_epi64(
        0x0707070707070707, 0x0303030303030303, 0x0505050505050505, 0x0404040404040404,
        0x0202020202020202, 0x0202020202020202, 0x0101010101010101, 0);
    return _mm512_permutexvar_epi8(of_slot, _mm512_castsi128_si512(elements));
}

/** The values of the elements of \p v that stand between \p before and \p end, without sign. */
static inline OVF_AVX512 __m512i ovf_scan_slot_values(__m512i v, __m128i before, __m128i end)
{
    const __m512i at = _mm512_add_epi8(ovf_scan_slots(end), _mm512_loadu_si512(ovf_scan_moves));
    const __mmask64 within =
        _mm512_mask_cmpgt_epi8_mask(_cvtu64_mask64(OVF_SCAN_MOVED), at, ovf_scan_slots(before));
    v = _mm512_maskz_sub_epi8(within, _mm512_permutexvar_epi8(at, v), ovf_scan_each(OVF_SCAN_ZERO));
    v = _mm512_maddubs_epi16(v, _mm512_set1_epi16(0x010A));
    v = _mm512_madd_epi16(v, _mm512_set1_epi32(0x00010064));
    v = _mm512_packus_epi32(v, v);
    return _mm512_madd_epi16(v, _mm512_set1_epi32(0x00012710));
}

/** Where a value is out of bounds, but for an altitude that is too low and a longitude of 180 and something. */
static inline OVF_AVX512 unsigned ovf_scan_beyond(__m512i values)
{
    const int any = -1; /* unsigned */
    const __m512i max =
        _mm512_setr_epi32(any, 90000000, any, any, 180, any, any, any, OVF_READ_GS_MAX_KT * 10,
                          3599, any, any, OVF_READ_ALT_MAX_FT, OVF_READ_RATE_MAX_FPM, any, any);
    return _cvtmask16_u32(_mm512_cmpgt_epu32_mask(values, max));
}

/** The \p values of the elements, of which \p negative have a sign. */
static inline OVF_AVX512 void ovf_scan_take_head(__m512i values, unsigned negative,
                                                 struct ovf_scan_head *head)
{
    int32_t lanes[16];
    const int32_t west = (int32_t)(negative >> 2 & 1);
    const unsigned minus = _pdep_u32(_pext_u32(negative, 1 << 1 | 1 << 3 | 1 << 7),
                                     1 << OVF_SCAN_LAT | 1 << OVF_SCAN_ALT | 1 << OVF_SCAN_RATE);
    const __m128d speeds = _mm_mul_pd(
        _mm_cvtepi32_pd(_mm512_extracti32x4_epi32(values, OVF_SCAN_GS / 4)), _mm_set1_pd(0.1));
    const __m128 rounded = _mm_cvtpd_ps(speeds);
    values = _mm512_mask_sub_epi32(values, _cvtu32_mask16(minus), _mm512_setzero_si512(), values);
    _mm512_storeu_si512(lanes, values);
    const int32_t lon_e6 = lanes[OVF_SCAN_LON] * 1000000 + lanes[OVF_SCAN_LON_FRACTION];
    head->offset = (uint32_t)lanes[OVF_SCAN_OFFSET];
    head->lat_e6 = lanes[OVF_SCAN_LAT];
    head->lon_e6 = (lon_e6 ^ -west) + west;
    head->alt_ft = lanes[OVF_SCAN_ALT];
    head->gs_kt = _mm_cvtss_f32(rounded);
    head->track_deg = _mm_cvtss_f32(_mm_movehdup_ps(rounded));
    head->rate_fpm = lanes[OVF_SCAN_RATE];
}

/** The eight elements from \p p on, 64 bytes of the document standing there; false when they are not all of them
 * numbers as readsb writes them, or one is out of bounds (ovf_scan_beyond). */
static inline OVF_AVX512 bool ovf_scan_head(const unsigned char *p, struct ovf_scan_head *head)
{
    /* Characters of each element and its comma, without sign: the fewest, and how many more. */
    const __m128i least = _mm_setr_epi8(5, 9, 9, 2, 4, 4, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i more = _mm_setr_epi8(4, 1, 2, 7, 6, 6, 0, 7, -1, -1, -1, -1, -1, -1, -1, -1);
    const unsigned may_be_negative = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 7;
    const __m512i v = _mm512_loadu_si512(p);
    const struct ovf_scan_masks m = ovf_scan_masks_of(v);
    const uint64_t last = _pdep_u64(1 << 7, m.comma); /* the eighth comma */
    const uint64_t all = _blsmsk_u64(last); /* all bits when there are not as many commas */
    const uint64_t ends = m.comma & all;
    /* Two decimals in element 0, six in 1 and 2, one in 4 and 5: what has another number of them is for others. */
    const uint64_t points = _pdep_u64(1, ends) >> 3 | _pdep_u64(1 << 1 | 1 << 2, ends) >> 7 |
                            _pdep_u64(1 << 4 | 1 << 5, ends) >> 2;
    const unsigned negative = (unsigned)_pext_u64(m.minus, (ends << 1 | 1) & all);
    /* Of each element, as a byte: where its comma stands, and where the comma or the sign before its first digit. */
    const __m128i end = _mm512_castsi512_si128(
        _mm512_maskz_compress_epi8(_cvtu64_mask64(ends), _mm512_loadu_si512(ovf_scan_places)));
    __m128i before = _mm_or_si128(_mm_slli_epi64(end, 8), _mm_cvtsi32_si128(UINT8_MAX));
    before = _mm_mask_add_epi8(before, _cvtu32_mask16(negative), before, _mm_set1_epi8(1));
    const __m128i n_more = _mm_sub_epi8(_mm_sub_epi8(end, before), least);
    const __m512i values = ovf_scan_slot_values(v, before, end);
    /* One branch for all that can be wrong. The values are made before it is known. */
    const uint64_t wrong = ovf_scan_wrong(&m, all, ends, points) | (negative & ~may_be_negative) |
                           _cvtmask16_u32(_mm_cmpgt_epu8_mask(n_more, more)) |
                           ovf_scan_beyond(values);
    if (last == 0 || wrong != 0)
        return false;
    ovf_scan_take_head(values, negative, head);
    head->end = p + _tzcnt_u64(last) + 1;
    head->flags = (unsigned)(p[_mm_extract_epi8(end, 6) - 1] - '0');
    return true;
}

/** Numbers without exponent and with one decimal at the most, commas between, from \p p to a bracket, 64 bytes of the
 * document standing there. \p ends: their commas and the bracket, which is returned; 0: something else */
static inline OVF_AVX512 uint64_t ovf_scan_numbers(const unsigned char *p, uint64_t *ends)
{
    const __m512i v = _mm512_loadu_si512(p);
    const struct ovf_scan_masks m = ovf_scan_masks_of(v);
    const uint64_t end = _blsi_u64(ovf_scan_where(v, OVF_SCAN_BRACKET));
    const uint64_t all = _blsmsk_u64(end);
    *ends = (m.comma & all) | end;
    return ovf_scan_wrong(&m, all, *ends, m.point & *ends >> 2) == 0 ? end : 0;
}

#endif
#endif
