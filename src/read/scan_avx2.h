/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of 64 bytes as masks and numbers to integers, for the scanner; x86-64 with AVX2, BMI and
 * PCLMULQDQ, by function attribute, for the build is for the baseline.
 *
 * Nothing here reads behind the end of the document. Numbers are loaded so that they end where the
 * register ends, the last digit always being the units: the caller sees to it that 16 bytes of the
 * document stand before the end of each number. */
#ifndef OVF_READ_SCAN_AVX2_H
#define OVF_READ_SCAN_AVX2_H

#if defined(__x86_64__)

#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define OVF_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))

enum { OVF_SCAN_BLOCK_BYTES = 64 };

/** 64 bytes; bit i of a mask is byte i. */
struct ovf_scan_block {
    __m256i low;
    __m256i high;
};

static inline OVF_AVX2 struct ovf_scan_block ovf_scan_load(const unsigned char *p,
                                                           const unsigned char *end)
{
    unsigned char padded[OVF_SCAN_BLOCK_BYTES];
    const size_t left = (size_t)(end - p);
    /* NOLINTBEGIN(clang-analyzer-core.NonNullParamChecker): bytes of an object, never NULL */
    if (left < sizeof padded) {
        memset(padded, 0, sizeof padded);
        memcpy(padded, p, left);
        p = padded;
    }
    struct ovf_scan_block block;
    memcpy(&block.low, p, sizeof block.low);
    memcpy(&block.high, p + 32, sizeof block.high);
    /* NOLINTEND(clang-analyzer-core.NonNullParamChecker) */
    return block;
}

static inline OVF_AVX2 uint64_t ovf_scan_mask(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline OVF_AVX2 uint64_t ovf_scan_equal(const struct ovf_scan_block *block, char c)
{
    const __m256i wanted = _mm256_set1_epi8(c);
    return ovf_scan_mask(_mm256_cmpeq_epi8(block->low, wanted),
                         _mm256_cmpeq_epi8(block->high, wanted));
}

static inline OVF_AVX2 uint64_t ovf_scan_digits_of(const struct ovf_scan_block *block)
{
    const __m256i zero = _mm256_set1_epi8('0');
    const __m256i nine = _mm256_set1_epi8(9);
    const __m256i low = _mm256_sub_epi8(block->low, zero);
    const __m256i high = _mm256_sub_epi8(block->high, zero);
    return ovf_scan_mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low),
                         _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high));
}

/** The bytes that numbers are made of, in a block. */
struct ovf_scan_number_bytes {
    uint64_t digit;
    uint64_t minus;
    uint64_t point;
};

/** What reaches into the next block, which begins with this one's last byte. */
struct ovf_scan_number_carry {
    uint64_t fraction;  /* bit 0: that byte is a digit behind a point */
    uint64_t lone_zero; /* bit 0: it is a zero that begins a number */
};

/** Whether the bytes of \p c are numbers without exponent, each behind one of \p before.
 * \return bits that are wrong, of which the first one says nothing but in the first block; what follows a
 * number is for the caller to check */
static inline OVF_AVX2 uint64_t ovf_scan_check_numbers(const struct ovf_scan_block *block,
                                                       const struct ovf_scan_number_bytes *c,
                                                       uint64_t before,
                                                       struct ovf_scan_number_carry *carry)
{
    uint64_t wrong = c->minus & ~(before << 1);
    wrong |= c->point & ~(c->digit << 1);
    wrong |= c->digit & ~((before | c->minus | c->point | c->digit) << 1);
    const uint64_t first = c->digit & ((before | c->minus) << 1);
    const uint64_t lone_zero = (first & ovf_scan_equal(block, '0')) | carry->lone_zero;
    wrong |= (lone_zero << 1) & c->digit;
    carry->lone_zero = lone_zero >> 63;
    /* Adding the first digit of a fraction to its run clears the run and carries to behind it: there
     * may be no point. */
    const uint64_t sum = c->digit + (c->point << 1 & c->digit) + carry->fraction;
    carry->fraction = (c->digit & ~sum) >> 63;
    return wrong | (sum & ~c->digit & c->point);
}

static inline uint64_t ovf_scan_load_u64(const unsigned char *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static inline bool ovf_scan_is_null(const unsigned char *s, const unsigned char *e)
{
    return e - s == 4 && memcmp(s, "null", 4) == 0;
}

/** A number without its sign: mantissa / 10^n_fraction. */
struct ovf_scan_number {
    uint64_t mantissa;
    unsigned n_fraction;
    bool negative;
};

/** The eight digits in \p w (0 to 9 each), the first one lowest in memory, as an integer: neighbours are
 * joined three times, tens and units, hundreds, ten thousands. */
static inline uint64_t ovf_scan_join(uint64_t w)
{
    w = (w * (10 * 256 + 1)) >> 8 & UINT64_C(0x00FF00FF00FF00FF);
    w = (w * (100 * 65536 + 1)) >> 16 & UINT64_C(0x0000FFFF0000FFFF);
    return (w * (UINT64_C(10000) * 4294967296 + 1)) >> 32;
}

/** Whether a byte of \p w is above 9. */
static inline bool ovf_scan_any_above_9(uint64_t w)
{
    return (((w + UINT64_C(0x7676767676767676)) | w) & UINT64_C(0x8080808080808080)) != 0;
}

/** The \p n characters (1 to 8) before \p e, '0' taken off, behind as many zeros as fill a word. */
static inline uint64_t ovf_scan_last(const unsigned char *e, size_t n)
{
    const unsigned n_shift = (unsigned)(64 - 8 * n);
    const uint64_t w = ovf_scan_load_u64(e - 8) ^ UINT64_C(0x3030303030303030);
    return w >> n_shift << n_shift;
}

/** An integer of at most eight digits in [s, e); false for anything else. */
static inline OVF_AVX2 bool ovf_scan_integer(const unsigned char *s, const unsigned char *e,
                                             int32_t *value)
{
    const int32_t negative = *s == '-';
    s += negative;
    const size_t n = (size_t)(e - s);
    if (n - 1 > 7 || (*s == '0' && n > 1))
        return false;
    const uint64_t w = ovf_scan_last(e, n);
    if (ovf_scan_any_above_9(w))
        return false;
    *value = ((int32_t)ovf_scan_join(w) ^ -negative) + negative;
    return true;
}

/** A number with exactly \p n_fraction decimals, no sign and at most eight characters in [s, e), times
 * 10^n_fraction; false for anything else. */
static inline OVF_AVX2 bool ovf_scan_short(const unsigned char *s, const unsigned char *e,
                                           unsigned n_fraction, uint64_t *mantissa)
{
    const size_t n = (size_t)(e - s);
    if (n - (n_fraction + 2) > 8 - (n_fraction + 2) || e[-1 - (int)n_fraction] != '.' ||
        (*s == '0' && n > n_fraction + 2))
        return false;
    uint64_t w = ovf_scan_last(e, n);
    const uint64_t behind = ~UINT64_C(0) << (64 - 8 * n_fraction);
    w = (w & behind) | (w & ~behind >> 8) << 8; /* those before the dot move up by one */
    if (ovf_scan_any_above_9(w))
        return false;
    *mantissa = ovf_scan_join(w);
    return true;
}

/** The 16 digits of \p digits, the first one the highest, as an integer. */
static inline OVF_AVX2 uint64_t ovf_scan_digits(__m128i digits)
{
    const __m128i tens = _mm_set1_epi16(0x010A);
    const __m128i hundreds = _mm_set1_epi32(0x00010064);
    const __m128i ten_thousands = _mm_set1_epi32(0x00012710);
    __m128i v = _mm_maddubs_epi16(digits, tens);
    v = _mm_madd_epi16(v, hundreds);
    v = _mm_packus_epi32(v, v);
    v = _mm_madd_epi16(v, ten_thousands);
    const uint64_t halves = (uint64_t)_mm_cvtsi128_si64(v);
    return (halves & 0xFFFFFFFF) * 100000000 + (halves >> 32);
}

/* From &ovf_scan_keep[n] on: zeros, then the last n bytes of 16 set. */
static const unsigned char ovf_scan_keep[32] = {[16] = 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                0xFF,        0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                0xFF,        0xFF, 0xFF, 0xFF};

/** Degrees as readsb writes them, with six decimals, in [s, e), times 10^6; false for anything else. */
static inline OVF_AVX2 bool ovf_scan_degrees(const unsigned char *s, const unsigned char *e,
                                             int64_t *mantissa)
{
    const __m128i moves = _mm_setr_epi8(-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15);
    const int64_t negative = *s == '-';
    s += negative;
    const size_t n = (size_t)(e - s);
    if (n - 8 > 8 || e[-7] != '.' || (*s == '0' && n > 8))
        return false;
    __m128i v;
    __m128i kept;
    memcpy(&v, e - 16, sizeof v);
    memcpy(&kept, ovf_scan_keep + n - 1, sizeof kept);
    v = _mm_shuffle_epi8(_mm_sub_epi8(v, _mm_set1_epi8('0')), moves);
    v = _mm_and_si128(v, kept);
    const __m128i above = _mm_subs_epu8(v, _mm_set1_epi8(9));
    if (!_mm_testz_si128(above, above))
        return false;
    *mantissa = ((int64_t)ovf_scan_digits(v) ^ -negative) + negative;
    return true;
}

/** A number without exponent and of at most 16 characters (and a sign) in [s, e); false for anything
 * else, and for what JSON forbids. */
static inline OVF_AVX2 bool ovf_scan_decimal(const unsigned char *s, const unsigned char *e,
                                             struct ovf_scan_number *number)
{
    const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const bool negative = *s == '-';
    s += negative;
    size_t n = (size_t)(e - s);
    if (n - 1 > 15 || (*s == '0' && n > 1 && s[1] != '.'))
        return false;
    __m128i v;
    __m128i kept;
    memcpy(&v, e - 16, sizeof v);
    memcpy(&kept, ovf_scan_keep + n, sizeof kept);
    const __m128i is_dot = _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')), kept);
    const unsigned dots = (unsigned)_mm_movemask_epi8(is_dot);
    unsigned n_fraction = 0;
    v = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    if (dots != 0) {
        const unsigned at = (unsigned)__builtin_ctz(dots);
        n_fraction = 15 - at;
        if (n_fraction == 0 || at == 16 - n)
            return false;
        /* The digits before the dot move up by one; a second dot is no digit. */
        const __m128i moves = _mm_cmpgt_epi8(_mm_set1_epi8((char)(at + 1)), places);
        v = _mm_shuffle_epi8(v, _mm_add_epi8(places, moves));
        n--;
        memcpy(&kept, ovf_scan_keep + n, sizeof kept);
    }
    v = _mm_and_si128(v, kept);
    const __m128i above = _mm_subs_epu8(v, _mm_set1_epi8(9));
    if (!_mm_testz_si128(above, above))
        return false;
    *number = (struct ovf_scan_number){ovf_scan_digits(v), n_fraction, negative};
    return true;
}

/** The last bytes of four words set: n of them in entry n. */
static const uint64_t ovf_scan_keep_last[9] = {
    0,
    UINT64_C(0xFF00000000000000),
    UINT64_C(0xFFFF000000000000),
    UINT64_C(0xFFFFFF0000000000),
    UINT64_C(0xFFFFFFFF00000000),
    UINT64_C(0xFFFFFFFFFF000000),
    UINT64_C(0xFFFFFFFFFFFF0000),
    UINT64_C(0xFFFFFFFFFFFFFF00),
    UINT64_C(0xFFFFFFFFFFFFFFFF),
};

/** A number of at most eight characters that ends at e, its sign not counted. */
struct ovf_scan_text {
    const unsigned char *e;
    size_t n;
};

/** Four numbers at once: the first and the last integers, the two between with one decimal, whose dots
 * were looked at; false when one of them is none. */
static inline OVF_AVX2 bool ovf_scan_four(const struct ovf_scan_text text[4], uint32_t values[4])
{
    const __m256i moves = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, -1, 8, 9, 10, 11, 12, 13, 15, -1,
                                           0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m256i kept = _mm256_set_epi64x(
        (long long)ovf_scan_keep_last[text[3].n], (long long)ovf_scan_keep_last[text[2].n - 1],
        (long long)ovf_scan_keep_last[text[1].n - 1], (long long)ovf_scan_keep_last[text[0].n]);
    __m256i v = _mm256_set_epi64x(
        (long long)ovf_scan_load_u64(text[3].e - 8), (long long)ovf_scan_load_u64(text[2].e - 8),
        (long long)ovf_scan_load_u64(text[1].e - 8), (long long)ovf_scan_load_u64(text[0].e - 8));
    v = _mm256_shuffle_epi8(_mm256_sub_epi8(v, _mm256_set1_epi8('0')), moves);
    v = _mm256_and_si256(v, kept);
    const __m256i above = _mm256_subs_epu8(v, _mm256_set1_epi8(9));
    if (!_mm256_testz_si256(above, above))
        return false;
    v = _mm256_maddubs_epi16(v, _mm256_set1_epi16(0x010A));
    v = _mm256_madd_epi16(v, _mm256_set1_epi32(0x00010064));
    v = _mm256_packus_epi32(v, v);
    v = _mm256_madd_epi16(v, _mm256_set1_epi32(0x00012710));
    const uint64_t low = (uint64_t)_mm_cvtsi128_si64(_mm256_castsi256_si128(v));
    const uint64_t high = (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(v, 1));
    values[0] = (uint32_t)low;
    values[1] = (uint32_t)(low >> 32);
    values[2] = (uint32_t)high;
    values[3] = (uint32_t)(high >> 32);
    return true;
}

#endif
#endif
