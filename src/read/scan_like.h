/* SPDX-License-Identifier: Apache-2.0 */
/* An aircraft object beside the one before it. Most have the same members in the same order, and only numbers differ
 * that are not needed: then it is enough to compare the bytes and to check those numbers. Anything else is for
 * ovf_scan_object to read as a whole, so that the result is the same whether there is one to compare with or not. */
#ifndef OVF_READ_SCAN_LIKE_H
#define OVF_READ_SCAN_LIKE_H

#include "read/scan_avx512.h"
#include "read/trace_hold.h"

enum {
    OVF_SCAN_LIKE_BYTES = 1024,
    OVF_SCAN_LIKE_NUMBERS = 64,
    OVF_SCAN_LIKE_STEP = 64,   /* bytes that are looked at together at the most */
    OVF_SCAN_LIKE_NUMBER = 32, /* a number and what ends it fit */
    /* Numbers of an object that have another length than in the one that was kept: with signs that change there is one
     * nearly always. Objects in a row that have more, and so many in all, are worth reading the next as a whole, which
     * takes as long as to pass thirty. */
    OVF_SCAN_LIKE_FEW = 1,
    OVF_SCAN_LIKE_MANY = 100,
};

/** The object that was kept, byte by byte as what may stand there: itself in texts, in numbers that may be others any
 * digit that leaves the number one. Only is_kept needs to be initialised. */
struct ovf_scan_like {
    struct ovf_trace_object object; /* what the last one says that was read */
    bool is_kept;
    unsigned n_passed; /* such numbers in a row of objects that had more than a few */
    size_t n_numbers;
    size_t heading; /* which of them; n_numbers: none */
    size_t n_bytes; /* of the object */
    uint16_t begin[OVF_SCAN_LIKE_NUMBERS + 1];
    uint16_t end[OVF_SCAN_LIKE_NUMBERS];
    uint8_t number[OVF_SCAN_LIKE_BYTES +
                   OVF_SCAN_LIKE_STEP]; /* which a byte is of or stands behind; else none */
    /* Of each byte the lowest one that may be there, and how many more; behind the object any. */
    unsigned char low[OVF_SCAN_LIKE_BYTES + OVF_SCAN_LIKE_STEP];
    unsigned char span[OVF_SCAN_LIKE_BYTES + OVF_SCAN_LIKE_STEP];
};

#if defined(__x86_64__)

/** [s, e) as a heading of two decimals, as readsb writes it; false for anything else. */
static inline OVF_AVX2 bool ovf_scan_heading(const unsigned char *s, const unsigned char *e,
                                             float *heading_deg)
{
    uint64_t hundredths;
    if (!ovf_scan_short(s, e, 2, &hundredths) || hundredths >= 36000)
        return false;
    *heading_deg = (float)((double)(int64_t)hundredths / 100); /* rounded once, then once more */
    return true;
}

static inline OVF_AVX2 __m256i ovf_scan_like_load(const unsigned char *p)
{
    __m256i v;
    memcpy(&v, p, sizeof v);
    return v;
}

/** Bits that are set where \p p and what follows it is none of what may stand from \p at on: of 32 bytes. */
static inline OVF_AVX2 uint64_t ovf_scan_like_differ(const unsigned char *p,
                                                     const struct ovf_scan_like *like, size_t at)
{
    const __m256i above =
        _mm256_sub_epi8(ovf_scan_like_load(p), ovf_scan_like_load(like->low + at));
    const __m256i least = _mm256_min_epu8(above, ovf_scan_like_load(like->span + at));
    return ~(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(least, above));
}

/** Of 64. */
static inline OVF_AVX512 uint64_t ovf_scan_like_differ_wide(const unsigned char *p,
                                                            const struct ovf_scan_like *like,
                                                            size_t at)
{
    const __m512i above =
        _mm512_sub_epi8(_mm512_loadu_si512(p), _mm512_loadu_si512(like->low + at));
    return _cvtmask64_u64(_mm512_cmpgt_epu8_mask(above, _mm512_loadu_si512(like->span + at)));
}

/** How objects are compared: narrow or wide. */
struct ovf_scan_like_way {
    size_t n_step;
    uint64_t (*differ)(const unsigned char *p, const struct ovf_scan_like *like, size_t at);
};

/** Bits that are set when no plain number begins at \p p; \p n: its bytes, OVF_SCAN_LIKE_NUMBER at the most. What
 * stands behind it is for the caller to check. */
static inline OVF_AVX2 uint64_t ovf_scan_like_number(const unsigned char *p, unsigned *n)
{
    const __m256i v = ovf_scan_like_load(p);
    const __m256i shifted = _mm256_sub_epi8(v, _mm256_set1_epi8('0'));
    const __m256i is_digit =
        _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, _mm256_set1_epi8(9)), shifted);
    const __m256i is_point = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('.'));
    const uint64_t digit = (unsigned)_mm256_movemask_epi8(is_digit);
    const uint64_t points = (unsigned)_mm256_movemask_epi8(is_point);
    const uint64_t minus = p[0] == '-';
    const uint64_t begins_with_zero = p[minus] == '0';
    const uint64_t end = _blsi_u64(~(digit | points | minus));
    const uint64_t point = points & (end - 1);
    *n = (unsigned)_tzcnt_u64(end);
    /* A digit stands before the point and before the end, so that nothing else can stand behind minus and point. */
    return ((point | end) & ~(digit << 1)) | _blsr_u64(point) |
           (digit >> (1 + minus) & begins_with_zero);
}

/** Read the object at \p p into like->object, if it is like the one that was kept: byte by byte, but for numbers that
 * are longer or shorter or have another sign or point, which are passed one by one.
 * \return behind its closing brace; NULL: it is to be read as a whole */
static inline __attribute__((always_inline)) OVF_AVX2 const unsigned char *ovf_scan_object_like(
    struct ovf_scan_like_way way, const unsigned char *p, const unsigned char *end,
    struct ovf_scan_like *like)
{
    const unsigned char *heading = p + like->begin[like->heading];
    size_t next = 0; /* the first number that was not passed */
    size_t at = 0;   /* in the object that was kept */
    unsigned n_passed = 0;
    unsigned n;
    if ((size_t)(end - p) <
        like->n_bytes + OVF_SCAN_LIKE_NUMBER * like->n_numbers + OVF_SCAN_LIKE_STEP)
        return NULL;
    while (at < like->n_bytes) {
        const uint64_t differ = way.differ(p, like, at);
        if (differ == 0) {
            p += way.n_step;
            at += way.n_step;
            continue;
        }
        const size_t i = like->number[at + _tzcnt_u64(differ)];
        if (i < next || i >= like->n_numbers)
            return NULL;
        p = p + like->begin[i] - at;
        if (ovf_scan_like_number(p, &n) != 0)
            return NULL;
        p += n;
        at = like->end[i];
        next = i + 1;
        n_passed++;
        if (i < like->heading)
            heading = p + like->begin[like->heading] - at;
    }
    if (like->heading < like->n_numbers) {
        (void)ovf_scan_like_number(heading, &n);
        if (!ovf_scan_heading(heading, heading + n, &like->object.values.heading_deg))
            return NULL;
    }
    like->n_passed = n_passed > OVF_SCAN_LIKE_FEW ? like->n_passed + n_passed : 0;
    like->is_kept = like->n_passed < OVF_SCAN_LIKE_MANY;
    return p + like->n_bytes - at;
}

#endif
#endif
