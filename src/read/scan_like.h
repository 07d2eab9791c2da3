/* SPDX-License-Identifier: Apache-2.0 */
/* An aircraft object beside the one before it. Most have the same members in the same order, and only numbers differ
 * that are not needed: then it is enough to compare the bytes and to check those numbers. Anything else is for
 * ovf_scan_object to read as a whole, so that the result is the same whether there is one to compare with or not. */
#ifndef OVF_READ_SCAN_LIKE_H
#define OVF_READ_SCAN_LIKE_H

#include "read/scan_avx2.h"
#include "read/trace_hold.h"

enum {
    OVF_SCAN_LIKE_BYTES = 1024,
    OVF_SCAN_LIKE_NUMBERS = 64,
    OVF_SCAN_LIKE_STEP = 32, /* bytes that are looked at together: a number and what ends it fit */
};

/** The object that was kept: a text that must be the same, a number that may be another, a text and so on, the brace at
 * the end. Only is_kept needs to be initialised. */
struct ovf_scan_like {
    struct ovf_trace_object object; /* what the last one says that was read */
    bool is_kept;
    size_t n_numbers;
    size_t heading; /* which of them; another one: none */
    size_t n_bytes; /* of all texts */
    /* Bytes of the text before each number and of the last text; of each number, as it was last. */
    uint16_t n_same[OVF_SCAN_LIKE_NUMBERS + 1];
    uint8_t n_number[OVF_SCAN_LIKE_NUMBERS];
    /* The texts, one behind the other. */
    unsigned char text[OVF_SCAN_LIKE_BYTES + OVF_SCAN_LIKE_STEP];
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

/** Bits that are set where the first \p n bytes differ. */
static inline OVF_AVX2 uint64_t ovf_scan_like_differ(const unsigned char *p,
                                                     const unsigned char *text, size_t n)
{
    uint64_t differ = 0;
    for (;; p += OVF_SCAN_LIKE_STEP, text += OVF_SCAN_LIKE_STEP, n -= OVF_SCAN_LIKE_STEP) {
        const __m256i same = _mm256_cmpeq_epi8(ovf_scan_like_load(p), ovf_scan_like_load(text));
        const uint64_t others = ~(unsigned)_mm256_movemask_epi8(same);
        if (n <= OVF_SCAN_LIKE_STEP)
            return differ | _bzhi_u64(others, (unsigned)n);
        differ |= others;
    }
}

/** Bits that are set when no plain number begins at \p p; \p n: its bytes, a step at the most. What stands behind it is
 * for the caller to check. */
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

/** Read the object at \p p into like->object, if it is like the one that was kept. What there is to check is done for
 * all of it, without a branch: where the next number begins is known as soon as the last one's end is.
 * \return behind its closing brace; NULL: it is to be read as a whole */
static inline OVF_AVX2 const unsigned char *ovf_scan_object_like(const unsigned char *p,
                                                                 const unsigned char *end,
                                                                 struct ovf_scan_like *like)
{
    const unsigned char *numbers[OVF_SCAN_LIKE_NUMBERS];
    const unsigned char *text = like->text;
    const size_t n_numbers = like->n_numbers;
    uint64_t wrong = 0;
    unsigned n;
    if ((size_t)(end - p) < like->n_bytes + OVF_SCAN_LIKE_STEP * (n_numbers + 1))
        return NULL;
    for (size_t i = 0; i < n_numbers; i++) {
        const size_t n_same = like->n_same[i];
        wrong |= ovf_scan_like_differ(p, text, n_same);
        p += n_same;
        text += n_same;
        numbers[i] = p;
        wrong |= ovf_scan_like_number(p, &n);
        /* As predicted: the next number need not wait for this one's end. */
        if (n == like->n_number[i]) {
            p += like->n_number[i];
            continue;
        }
        like->n_number[i] = (uint8_t)n;
        p += n;
    }
    wrong |= ovf_scan_like_differ(p, text, like->n_same[n_numbers]);
    if (wrong != 0)
        return NULL;
    if (like->heading < n_numbers) {
        const unsigned char *const s = numbers[like->heading];
        (void)ovf_scan_like_number(s, &n);
        if (!ovf_scan_heading(s, s + n, &like->object.values.heading_deg))
            return NULL;
    }
    return p + like->n_same[n_numbers];
}

#endif
#endif
