/* SPDX-License-Identifier: Apache-2.0 */
/* The aircraft object by bit masks. All of it is checked, though a quarter of it is needed: broken JSON
 * must be found wherever it stands.
 *
 * The grammar that is known is {"key":value,...}: keys and texts of printable ASCII without backslash,
 * numbers without exponent, lists of texts; no white space. With strings cut out (the running parity of
 * the quotes) it is a matter of neighbours: which byte may stand behind which. That is asked of each
 * byte outside strings and of each opening quote, so that what may follow a byte needs no asking.
 *
 * Bit i of a mask is byte i of a block of 64, and mask << 1 is what stands behind it. Blocks overlap by
 * one byte, so that the first bit of each but the first is known and only a neighbour; five things reach
 * further and are carried: the two parities, that colons and commas take turns, that a number has one
 * point, and that no digit follows a zero that begins a number. */
#include "read/scan_object.h"

#if defined(__x86_64__)

#include "read/field.h"
#include "read/json.h"
#include "read/scan_avx2.h"

#define EIGHT(b) b, b, b, b, b, b, b, b
#define EACH(b)                                                                                    \
    {                                                                                              \
        EIGHT(b), EIGHT(b), EIGHT(b), EIGHT(b), EIGHT(b), EIGHT(b), EIGHT(b), EIGHT(b)             \
    }

_Alignas(64) const unsigned char ovf_scan_bytes[OVF_SCAN_BYTES][64] = {
    [OVF_SCAN_ZERO] = EACH('0'),  [OVF_SCAN_POINT] = EACH('.'),   [OVF_SCAN_MINUS] = EACH('-'),
    [OVF_SCAN_COMMA] = EACH(','), [OVF_SCAN_BRACKET] = EACH(']'), [OVF_SCAN_TEN] = EACH(10),
};

enum {
    MAX_BYTES = 2016, /* readsb's largest are below 1 KB; others are read the general way */
    MAX_INDEX = 1024, /* a member has five bytes */
};

/* What reaches from block to block. */
struct carry {
    uint64_t in_string; /* all bits: before the next block's first byte */
    uint64_t in_list;   /* likewise */
    uint64_t turn;      /* likewise: a colon is due */
    struct ovf_scan_number_carry number;
};

/** Bit i: the number of bits of \p mask up to and with i is odd. */
static inline OVF_AVX2 uint64_t running_parity(uint64_t mask)
{
    const __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)mask), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

/** The state before the next block's first byte, which is this one's last. */
static inline uint64_t before_last(uint64_t states)
{
    return (uint64_t)((int64_t)(states << 1) >> 63);
}

/** Anything but printable ASCII without the backslash. */
static inline OVF_AVX2 uint64_t odd_of(const struct ovf_scan_block *block)
{
    const __m256i blank = _mm256_set1_epi8(' '); /* 0x80 and up are negative */
    const __m256i backslash = _mm256_set1_epi8('\\');
    return ovf_scan_mask(_mm256_or_si256(_mm256_cmpgt_epi8(blank, block->low),
                                         _mm256_cmpeq_epi8(block->low, backslash)),
                         _mm256_or_si256(_mm256_cmpgt_epi8(blank, block->high),
                                         _mm256_cmpeq_epi8(block->high, backslash)));
}

/** The bytes of a block by what they are; all but quotes outside strings. */
struct classes {
    uint64_t keep; /* up to the end */
    uint64_t end;  /* the closing brace, or 0 */
    uint64_t open; /* quotes */
    uint64_t close;
    uint64_t comma;
    uint64_t colon;
    struct ovf_scan_number_bytes number;
    uint64_t list_open;
    uint64_t list_close;
    uint64_t in_list; /* from a bracket to before the one that closes it */
};

/** The object's end and brackets, which few blocks have, are in \p outside. \return bits that are
 * wrong */
static OVF_AVX2 uint64_t classify_rare(const struct ovf_scan_block *block, uint64_t outside,
                                       uint64_t begin, struct carry *carry, struct classes *c)
{
    const uint64_t braces = ovf_scan_equal(block, '}') & outside;
    c->end = braces & (0 - braces);
    if (c->end != 0)
        c->keep = c->end | (c->end - 1);
    c->open &= c->keep;
    c->close &= c->keep;
    c->comma &= c->keep;
    c->colon &= c->keep;
    c->number.digit &= c->keep;
    c->number.minus &= c->keep;
    c->number.point &= c->keep;
    c->list_open = ovf_scan_equal(block, '[') & outside & c->keep;
    c->list_close = ovf_scan_equal(block, ']') & outside & c->keep;
    c->in_list = running_parity(c->list_open | c->list_close) ^ carry->in_list;
    carry->in_list = before_last(c->in_list);
    const uint64_t known = begin | c->comma | c->colon | c->number.digit | c->number.minus |
                           c->number.point | c->end | c->list_open | c->list_close;
    uint64_t wrong = outside & c->keep & ~known;
    /* Brackets take turns; a list's items are texts, for a number follows a colon. */
    wrong |= (c->list_open & ~c->in_list) | (c->list_close & c->in_list);
    wrong |= c->in_list & (c->colon | c->end);
    wrong |= c->list_open & ~(c->colon << 1);
    return wrong | (c->list_close & ~((c->close | c->list_open) << 1));
}

static inline OVF_AVX2 uint64_t classify(const struct ovf_scan_block *block, uint64_t begin,
                                         struct carry *carry, struct classes *c)
{
    const uint64_t quotes = ovf_scan_equal(block, '"');
    const uint64_t in_string = running_parity(quotes) ^ carry->in_string; /* with its first quote */
    const uint64_t outside = ~(in_string | quotes);
    carry->in_string = before_last(in_string);
    c->open = quotes & in_string;
    c->close = quotes & ~in_string;
    c->comma = ovf_scan_equal(block, ',') & outside;
    c->colon = ovf_scan_equal(block, ':') & outside;
    c->number.digit = ovf_scan_digits_of(block) & outside;
    c->number.minus = ovf_scan_equal(block, '-') & outside;
    c->number.point = ovf_scan_equal(block, '.') & outside;
    c->keep = ~UINT64_C(0);
    c->end = c->list_open = c->list_close = c->in_list = 0;
    const uint64_t known =
        begin | c->comma | c->colon | c->number.digit | c->number.minus | c->number.point;
    if (((outside & ~known) | carry->in_list) != 0)
        return classify_rare(block, outside, begin, carry, c);
    return 0;
}

/** Check a block; \p bounds: the braces and the commas of the object itself. \return bits that are
 * wrong, of which the first one says nothing but in the first block */
static inline OVF_AVX2 uint64_t check_block(const struct ovf_scan_block *block, uint64_t begin,
                                            struct carry *carry, struct classes *c,
                                            uint64_t *bounds)
{
    uint64_t wrong = classify(block, begin, carry, c);
    const uint64_t separator = c->comma | begin;
    wrong |= c->keep & odd_of(block);
    wrong |= c->open & ~((separator | c->colon | c->list_open) << 1);
    wrong |= c->colon & ~(c->close << 1);
    wrong |= (c->comma | c->end) & ~((c->close | c->number.digit | c->list_close) << 1);
    wrong |= ovf_scan_check_numbers(block, &c->number, c->colon, &carry->number);
    /* Outside lists: brace or comma, colon, comma, colon ... brace. */
    *bounds = (separator & ~c->in_list) | c->end;
    const uint64_t marks = *bounds | c->colon;
    const uint64_t turn = running_parity(marks) ^ carry->turn;
    carry->turn = before_last(turn);
    return wrong | (*bounds ^ (marks & turn));
}

static inline OVF_AVX2 uint64_t put_place(uint64_t mask, unsigned base, uint16_t *place)
{
    *place = (uint16_t)(base + (unsigned)_tzcnt_u64(mask));
    return _blsr_u64(mask);
}

/** Append the places of the bits of \p mask; room for eight more than there are. */
static inline OVF_AVX2 size_t put_places(uint64_t mask, unsigned base, uint16_t *index, size_t n)
{
    const size_t n_bits = (size_t)__builtin_popcountll(mask);
    uint16_t *place = index + n;
    do { /* eight at once: no branch on each */
        mask = put_place(mask, base, place);
        mask = put_place(mask, base, place + 1);
        mask = put_place(mask, base, place + 2);
        mask = put_place(mask, base, place + 3);
        mask = put_place(mask, base, place + 4);
        mask = put_place(mask, base, place + 5);
        mask = put_place(mask, base, place + 6);
        mask = put_place(mask, base, place + 7);
        place += 8;
    } while (mask != 0);
    return n + n_bits;
}

/** The places of the braces and of the commas between members of the object at \p p; 0 when it is not
 * known. */
static inline OVF_AVX2 size_t index_object(const unsigned char *p, const unsigned char *end,
                                           uint16_t *index)
{
    struct carry carry = {0};
    size_t n = 0;
    uint64_t begin = 1;
    for (unsigned base = 0; base < MAX_BYTES; base += OVF_SCAN_BLOCK_BYTES - 1) {
        if ((size_t)(end - p) <= base)
            return 0;
        const struct ovf_scan_block block = ovf_scan_load(p + base, end);
        const uint64_t fresh = begin - 2; /* all bits in the first block, then all but the first */
        struct classes classes;
        uint64_t bounds;
        if ((check_block(&block, begin, &carry, &classes, &bounds) & fresh) != 0)
            return 0;
        n = put_places(bounds & fresh, base, index, n);
        if (classes.end != 0)
            return n;
        begin = 0;
    }
    return 0;
}

/* The members that are needed. */

/* Each has the number that the four highest bits of the product of its first four bytes, with the quote behind short
 * ones, come to; the factor was found by trial. nac_p and nac_v are one number until the fifth byte parts them. */
enum key {
    KEY_RC = 0,
    KEY_SIL = 1,
    KEY_FLIGHT = 3,
    KEY_NAC_P = 4,
    KEY_NAC_V = 5,
    KEY_NIC = 6,
    KEY_VERSION = 7,
    KEY_MAG_HEADING = 10,
    KEY_SIL_TYPE = 12,
    KEY_SQUAWK = 13,
    KEY_TYPE = 14,
    N_KEYS = 16
};

#define HASH_FACTOR UINT32_C(0xf79b17af)
#define HASH_SHIFT 28
#define WORD_4(a, b, c, d)                                                                         \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

#define WORD_8(a, b, c, d, e, f, g, h)                                                             \
    ((uint64_t)WORD_4(a, b, c, d) | (uint64_t)WORD_4(e, f, g, h) << 32)
#define FIRST_BYTES(n) (~UINT64_C(0) >> (64 - 8 * (n)))

/* The key and its quote, at most eight bytes of them; as many of what stands there are compared. A number without
 * key has a word that differs from all. */
#define NO_WORD                                                                                    \
    {                                                                                              \
        1, 0                                                                                       \
    }

static const struct {
    uint64_t word;
    uint64_t mask;
} key_words[N_KEYS] = {
    [2] = NO_WORD,
    [8] = NO_WORD,
    [9] = NO_WORD,
    [11] = NO_WORD,
    [15] = NO_WORD,
    [KEY_RC] = {WORD_8('r', 'c', '"', ':', 0, 0, 0, 0), FIRST_BYTES(4)},
    [KEY_NAC_P] = {WORD_8('n', 'a', 'c', '_', 'p', '"', 0, 0), FIRST_BYTES(6)},
    [KEY_NAC_V] = {WORD_8('n', 'a', 'c', '_', 'v', '"', 0, 0), FIRST_BYTES(6)},
    [KEY_MAG_HEADING] = {WORD_8('m', 'a', 'g', '_', 'h', 'e', 'a', 'd'), FIRST_BYTES(8)},
    [KEY_FLIGHT] = {WORD_8('f', 'l', 'i', 'g', 'h', 't', '"', 0), FIRST_BYTES(7)},
    [KEY_SQUAWK] = {WORD_8('s', 'q', 'u', 'a', 'w', 'k', '"', 0), FIRST_BYTES(7)},
    [KEY_TYPE] = {WORD_8('t', 'y', 'p', 'e', '"', 0, 0, 0), FIRST_BYTES(5)},
    [KEY_VERSION] = {WORD_8('v', 'e', 'r', 's', 'i', 'o', 'n', '"'), FIRST_BYTES(8)},
    [KEY_SIL] = {WORD_8('s', 'i', 'l', '"', 0, 0, 0, 0), FIRST_BYTES(4)},
    [KEY_SIL_TYPE] = {WORD_8('s', 'i', 'l', '_', 't', 'y', 'p', 'e'), FIRST_BYTES(8)},
    [KEY_NIC] = {WORD_8('n', 'i', 'c', '"', 0, 0, 0, 0), FIRST_BYTES(4)},
};
static const uint8_t key_chars[N_KEYS] = {
    [KEY_SIL] = 3,   [KEY_SQUAWK] = 6,       [KEY_VERSION] = 7,  [KEY_TYPE] = 4,
    [KEY_RC] = 2,    [KEY_NIC] = 3,          [KEY_FLIGHT] = 6,   [KEY_NAC_P] = 5,
    [KEY_NAC_V] = 5, [KEY_MAG_HEADING] = 11, [KEY_SIL_TYPE] = 8,
};

/** The members of the keys that are needed. */
struct members {
    uint32_t
        at[N_KEYS + 1]; /* the comma or brace before it; << 16 that behind it; the last one takes
                                what is not needed */
    unsigned seen;
    uint8_t keys[MAX_INDEX]; /* of each member; N_KEYS: it is not needed */
};

/** False when a key is there twice, or the document ends too near to load from. */
static inline OVF_AVX2 bool find_members(const unsigned char *p, const unsigned char *end,
                                         const uint16_t *index, size_t n, struct members *members)
{
    unsigned seen = 0;
    unsigned repeated = 0;
    if (end - (p + index[n - 1]) < 8)
        return false;
    uint32_t from = index[0];
    for (size_t i = 1; i < n; i++) { /* no branch on what the key is */
        const uint32_t to = index[i];
        const uint64_t word = ovf_scan_load_u64(p + from + 2);
        const unsigned is_v = p[from + 6] == 'v';
        const unsigned hash = (((uint32_t)word * HASH_FACTOR) >> HASH_SHIFT) ^ is_v;
        const bool hit = (word & key_words[hash].mask) == key_words[hash].word;
        const unsigned bit = (unsigned)hit << hash;
        const unsigned key = hit ? hash : N_KEYS;
        members->at[key] = from | to << 16;
        members->keys[i] = (uint8_t)key;
        from = to;
        repeated |= seen & bit;
        seen |= bit;
    }
    members->seen = seen;
    return repeated == 0;
}

static inline const unsigned char *value_begin(const unsigned char *p,
                                               const struct members *members, enum key key)
{
    return p + (members->at[key] & 0xFFFF) + key_chars[key] + 4;
}

static inline const unsigned char *value_end(const unsigned char *p, const struct members *members,
                                             enum key key)
{
    return p + (members->at[key] >> 16);
}

/** A checked value as a text: what stands between its quotes; false when it is none. */
static bool text_of(const unsigned char *p, const struct members *members, enum key key,
                    struct ovf_bytes *text)
{
    const unsigned char *const s = value_begin(p, members, key);
    if (*s != '"')
        return false;
    *text = (struct ovf_bytes){s + 1, (size_t)(value_end(p, members, key) - s) - 2};
    return true;
}

/** Eight characters A to Z and 0 to 9, then perhaps blanks, as nearly all callsigns are; false: look
 * again. */
static inline OVF_AVX2 bool quick_callsign(struct ovf_bytes text, char callsign[8])
{
    if (text.len != 8)
        return false;
    const __m128i v = _mm_cvtsi64_si128((long long)ovf_scan_load_u64(text.data));
    const __m128i letter = _mm_sub_epi8(v, _mm_set1_epi8('A'));
    const __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    const __m128i good =
        _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter),
                     _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
    const unsigned blanks =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' '))) & 0xFF;
    const unsigned others = (unsigned)_mm_movemask_epi8(good) & 0xFF;
    /* All are one or the other, and the first are none of them blank: 2^n - 1. */
    if ((blanks | others) != 0xFF || others == 0 || (others & (others + 1)) != 0)
        return false;
    const __m128i kept = _mm_and_si128(v, good);
    memcpy(callsign, &kept, 8);
    return true;
}

static inline OVF_AVX2 bool take_flight(const unsigned char *p, const struct members *members,
                                        struct ovf_fix *values)
{
    struct ovf_bytes text;
    if ((members->seen & 1u << KEY_FLIGHT) == 0)
        return true;
    if (!text_of(p, members, KEY_FLIGHT, &text))
        return false;
    if (quick_callsign(text, values->callsign) || ovf_read_callsign(text, values->callsign))
        values->has |= OVF_FIX_CALLSIGN;
    return true;
}

static inline OVF_AVX2 bool take_squawk(const unsigned char *p, const struct members *members,
                                        struct ovf_fix *values)
{
    struct ovf_bytes text;
    if ((members->seen & 1u << KEY_SQUAWK) == 0)
        return true;
    if (!text_of(p, members, KEY_SQUAWK, &text))
        return false;
    if (ovf_read_squawk(text, &values->squawk))
        values->has |= OVF_FIX_SQUAWK;
    return true;
}

static inline OVF_AVX2 bool take_type(const unsigned char *p, const struct members *members,
                                      struct ovf_trace_object *object)
{
    struct ovf_bytes text;
    if ((members->seen & 1u << KEY_TYPE) == 0)
        return true;
    if (!text_of(p, members, KEY_TYPE, &text))
        return false;
    object->has_type = true;
    if (text.len == 9 && memcmp(text.data, "adsb_ica", 8) == 0 && text.data[8] == 'o')
        object->type = OVF_SOURCE_ADSB;
    else
        object->type = ovf_read_source(text);
    return true;
}

/** False: the key is longer, or the value no text. */
static inline OVF_AVX2 bool take_sil_type(const unsigned char *p, const struct members *members,
                                          struct ovf_fix *values)
{
    struct ovf_bytes text;
    if ((members->seen & 1u << KEY_SIL_TYPE) == 0)
        return true;
    if (value_begin(p, members, KEY_SIL_TYPE)[-2] != '"' ||
        !text_of(p, members, KEY_SIL_TYPE, &text))
        return false;
    values->sil_type = ovf_read_sil_type(text) & 3U;
    return true;
}

/** A checked value that must be an integer from 0 to \p max; nothing when it is absent. */
static inline OVF_AVX2 bool take_small(const unsigned char *p, const struct members *members,
                                       enum key key, unsigned max, unsigned bit,
                                       struct ovf_fix *values, uint8_t *value)
{
    if ((members->seen & 1u << key) == 0)
        return true;
    const unsigned char *const s = value_begin(p, members, key);
    const size_t n = (size_t)(value_end(p, members, key) - s);
    const unsigned high = (unsigned)(s[0] - '0');
    const unsigned low = (unsigned)(s[1] - '0');
    unsigned v;
    if (n == 1)
        v = high;
    else if (n == 2 && high <= 9 && low <= 9)
        v = high * 10 + low;
    else
        return false;
    *value = (uint8_t)v;
    values->has |= (uint16_t)bit;
    return v <= max;
}

static inline OVF_AVX2 bool take_radius(const unsigned char *p, const struct members *members,
                                        struct ovf_fix *values)
{
    int32_t v;
    if ((members->seen & 1u << KEY_RC) == 0)
        return true;
    const unsigned char *const s = value_begin(p, members, KEY_RC);
    if (*s == '-' || !ovf_scan_integer(s, value_end(p, members, KEY_RC), &v) ||
        v > OVF_READ_RADIUS_MAX_M)
        return false;
    values->rc_m = (float)v;
    if (v > 0)
        values->has |= OVF_FIX_RC;
    return true;
}

/** The heading, where it is one; false: it is written in another way than readsb writes it, or the key is longer. */
static inline OVF_AVX2 bool take_heading(const unsigned char *p, const struct members *members,
                                         struct ovf_fix *values)
{
    if ((members->seen & 1u << KEY_MAG_HEADING) == 0)
        return true;
    const unsigned char *const s = value_begin(p, members, KEY_MAG_HEADING);
    const unsigned char *const e = value_end(p, members, KEY_MAG_HEADING);
    if (memcmp(s - 5, "ing\":", 5) != 0 || !ovf_scan_heading(s, e, &values->heading_deg))
        return false;
    values->has |= OVF_FIX_HEADING;
    return true;
}

/** Where the number begins that ends at \p end. */
static unsigned number_at(const unsigned char *p, unsigned end)
{
    while (p[end - 1] != ':')
        end--;
    return end;
}

/** The number in [begin, end) of what is kept may be another: any digits, but no zero before another digit. */
static void keep_number(struct ovf_scan_like *like, unsigned begin, unsigned end)
{
    const unsigned first = begin + (like->low[begin] == '-' ? 1 : 0);
    const bool has_tens = first + 1 < end && like->low[first + 1] != '.';
    for (unsigned i = first; i < end; i++) {
        if (like->low[i] == '.')
            continue;
        like->low[i] = '0';
        like->span[i] = 9;
    }
    like->low[first] = has_tens ? '1' : '0';
    like->span[first] = has_tens ? 8 : 9;
    memset(like->number + begin, (int)like->n_numbers, end + 1 - begin);
    like->begin[like->n_numbers] = (uint16_t)begin;
    like->end[like->n_numbers++] = (uint16_t)end;
}

/** Keep the object that was read to compare the next one with, if it is not too large. */
static void keep(const unsigned char *p, const uint16_t *index, size_t n,
                 const struct members *members, struct ovf_scan_like *like)
{
    const size_t n_bytes = index[n - 1] + (size_t)1;
    like->n_numbers = 0;
    like->n_passed = 0;
    like->is_kept = n <= OVF_SCAN_LIKE_NUMBERS && n_bytes <= OVF_SCAN_LIKE_BYTES;
    if (!like->is_kept)
        return;
    size_t heading = SIZE_MAX;
    like->n_bytes = n_bytes;
    memcpy(like->low, p, n_bytes);
    memset(like->low + n_bytes, 0, OVF_SCAN_LIKE_STEP);
    memset(like->span, 0, n_bytes);
    memset(like->span + n_bytes, UINT8_MAX, OVF_SCAN_LIKE_STEP);
    memset(like->number, UINT8_MAX, n_bytes);
    for (size_t i = 1; i < n; i++) {
        const bool is_heading = members->keys[i] == KEY_MAG_HEADING;
        const unsigned last = p[index[i] - 1]; /* of numbers a digit */
        if ((members->keys[i] != N_KEYS && !is_heading) || last < '0' || last > '9')
            continue;
        if (is_heading)
            heading = like->n_numbers;
        keep_number(like, number_at(p, index[i]), index[i]);
    }
    like->heading = heading < like->n_numbers ? heading : like->n_numbers;
    like->begin[like->n_numbers] = 0;
}

static OVF_AVX2 const unsigned char *read_whole(const unsigned char *p, const unsigned char *end,
                                                struct ovf_scan_like *like)
{
    uint16_t index[MAX_INDEX];
    struct members members;
    struct ovf_trace_object *object = &like->object;
    struct ovf_fix *values = &object->values;
    const size_t n = index_object(p, end, index);
    uint8_t nic = 0;
    uint8_t nac_p = 0;
    uint8_t nac_v = 0;
    uint8_t sil = 0;
    uint8_t version = 0;
    *object = (struct ovf_trace_object){0};
    like->is_kept = false;
    if (n == 0 || n - 1 > OVF_JSON_MAX_KEYS || !find_members(p, end, index, n, &members))
        return NULL;
    const bool good = take_type(p, &members, object) && take_flight(p, &members, values) &&
                      take_squawk(p, &members, values) &&
                      take_small(p, &members, KEY_NIC, 15, OVF_FIX_NIC, values, &nic) &&
                      take_small(p, &members, KEY_NAC_P, 15, OVF_FIX_NAC_P, values, &nac_p) &&
                      take_small(p, &members, KEY_NAC_V, 7, OVF_FIX_NAC_V, values, &nac_v) &&
                      take_small(p, &members, KEY_SIL, 3, OVF_FIX_SIL, values, &sil) &&
                      take_small(p, &members, KEY_VERSION, 7, OVF_FIX_VERSION, values, &version) &&
                      take_sil_type(p, &members, values) && take_radius(p, &members, values) &&
                      take_heading(p, &members, values);
    if (!good)
        return NULL;
    values->nic = nic & 15U;
    values->nac_p = nac_p & 15U;
    values->sil = sil & 3U;
    values->version = version & 7U;
    values->flags = (uint16_t)(nac_v << OVF_FIX_NAC_V_SHIFT);
    keep(p, index, n, &members, like);
    return p + index[n - 1] + 1;
}

OVF_AVX2 const unsigned char *ovf_scan_object(const unsigned char *p, const unsigned char *end,
                                              struct ovf_scan_like *like)
{
    const struct ovf_scan_like_way way = {32, ovf_scan_like_differ};
    const unsigned char *const behind =
        like->is_kept ? ovf_scan_object_like(way, p, end, like) : NULL;
    return behind != NULL ? behind : read_whole(p, end, like);
}

OVF_AVX512 const unsigned char *ovf_scan_object_wide(const unsigned char *p,
                                                     const unsigned char *end,
                                                     struct ovf_scan_like *like)
{
    const struct ovf_scan_like_way way = {64, ovf_scan_like_differ_wide};
    const unsigned char *const behind =
        like->is_kept ? ovf_scan_object_like(way, p, end, like) : NULL;
    return behind != NULL ? behind : read_whole(p, end, like);
}

#endif
