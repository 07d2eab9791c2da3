/* SPDX-License-Identifier: Apache-2.0 */
/* The aircraft object by bit masks, 64 bytes at a time. All of it is checked, though a quarter of it is
 * needed: broken JSON must be found wherever it stands.
 *
 * The grammar that is known is {"key":value,...}: keys and texts of printable ASCII without backslash,
 * numbers without exponent, lists of texts; no white space. With strings cut out (the running parity of
 * the quotes) it is a matter of neighbours: which byte may stand behind which. Three things reach
 * further and are done with carries: that colons and commas take turns, that a number has one point,
 * and that brackets close. A mask's bit i is byte i of the block; behind() moves a mask up by one byte
 * and brings in the last byte of the block before. */
#include "read/scan_object.h"

#if defined(__x86_64__)

#include "read/field.h"
#include "read/json.h"
#include "read/scan_avx2.h"

enum {
    MAX_BLOCKS = 32, /* 2 KB: readsb's largest are below 1 KB; others are read the general way */
    MAX_INDEX = MAX_BLOCKS * OVF_SCAN_BLOCK_BYTES + 8,
};

/* What reaches from block to block, each as bit 0 of the next one. */
struct carry {
    uint64_t in_string; /* all bits */
    uint64_t in_list;   /* all bits */
    uint64_t turn;      /* all bits: a colon is due */
    uint64_t fraction;  /* digits behind a point run on */
    uint64_t separator;
    uint64_t colon;
    uint64_t close;
    uint64_t digit;
    uint64_t sign_or_point;
    uint64_t lone_zero;
    uint64_t point;
    uint64_t list_open;
    uint64_t list_close;
};

static inline uint64_t behind(uint64_t mask, uint64_t *carry)
{
    const uint64_t moved = mask << 1 | *carry;
    *carry = mask >> 63;
    return moved;
}

/** Bit i: the number of bits of \p mask up to and with i is odd. */
static inline OVF_AVX2 uint64_t running_parity(uint64_t mask)
{
    const __m128i product =
        _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)mask), _mm_set1_epi8((char)0xFF), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

static inline uint64_t all_bits_of_last(uint64_t mask)
{
    return (uint64_t)((int64_t)mask >> 63);
}

static inline OVF_AVX2 uint64_t digits_of(const struct ovf_scan_block *block)
{
    const __m256i zero = _mm256_set1_epi8('0');
    const __m256i nine = _mm256_set1_epi8(9);
    const __m256i low = _mm256_sub_epi8(block->low, zero);
    const __m256i high = _mm256_sub_epi8(block->high, zero);
    return ovf_scan_mask(_mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low),
                         _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high));
}

/** Printable ASCII but for the backslash. */
static inline OVF_AVX2 uint64_t plain_of(const struct ovf_scan_block *block)
{
    const __m256i below = _mm256_set1_epi8(0x1F); /* and 0x80 up are negative */
    return ovf_scan_mask(_mm256_cmpgt_epi8(block->low, below),
                         _mm256_cmpgt_epi8(block->high, below)) &
           ~ovf_scan_equal(block, '\\');
}

/** The bytes of a block by what they are outside strings; only up to the object's end. */
struct classes {
    uint64_t keep; /* up to the end */
    uint64_t end;  /* the closing brace, or 0 */
    uint64_t outside;
    uint64_t open; /* quotes */
    uint64_t close;
    uint64_t comma;
    uint64_t colon;
    uint64_t digit;
    uint64_t minus;
    uint64_t point;
    uint64_t list_open;
    uint64_t list_close;
};

static inline OVF_AVX2 struct classes classify(const struct ovf_scan_block *block,
                                               struct carry *carry)
{
    struct classes c;
    const uint64_t quotes = ovf_scan_equal(block, '"');
    const uint64_t in_string =
        running_parity(quotes) ^ carry->in_string; /* with the opening quote */
    const uint64_t not_text = ~(in_string | quotes);
    carry->in_string = all_bits_of_last(in_string);
    const uint64_t braces = ovf_scan_equal(block, '}') & not_text;
    c.end = braces & (0 - braces);
    c.keep = c.end == 0 ? ~UINT64_C(0) : c.end | (c.end - 1);
    c.outside = not_text & c.keep;
    c.open = quotes & in_string & c.keep;
    c.close = quotes & ~in_string & c.keep;
    c.comma = ovf_scan_equal(block, ',') & c.outside;
    c.colon = ovf_scan_equal(block, ':') & c.outside;
    c.digit = digits_of(block) & c.outside;
    c.minus = ovf_scan_equal(block, '-') & c.outside;
    c.point = ovf_scan_equal(block, '.') & c.outside;
    c.list_open = ovf_scan_equal(block, '[') & c.outside;
    c.list_close = ovf_scan_equal(block, ']') & c.outside;
    return c;
}

/** Lists of texts: *in_list has the bytes from a bracket to before the one that closes it. \return bits
 * that are wrong */
static inline OVF_AVX2 uint64_t check_lists(const struct classes *c, uint64_t behind_list_close,
                                            struct carry *carry, uint64_t *in_list)
{
    const uint64_t brackets = c->list_open | c->list_close;
    const uint64_t inside = running_parity(brackets) ^ carry->in_list;
    carry->in_list = all_bits_of_last(inside);
    *in_list = inside;
    /* Brackets take turns; a list's items are texts, for a number follows a colon. */
    uint64_t wrong = (c->list_open & ~inside) | (c->list_close & inside);
    wrong |= inside & (c->colon | c->end);
    return wrong | (behind_list_close & ~(c->comma | c->end));
}

/** \return bits that are wrong */
static inline OVF_AVX2 uint64_t check_numbers(const struct classes *c,
                                              const struct ovf_scan_block *block,
                                              uint64_t behind_colon, uint64_t behind_digit,
                                              struct carry *carry)
{
    const uint64_t behind_sign_or_point = behind(c->minus | c->point, &carry->sign_or_point);
    uint64_t wrong = behind_sign_or_point & ~c->digit;
    wrong |= c->minus & ~behind_colon;
    wrong |= c->point & ~behind_digit;
    wrong |= c->digit & ~(behind_colon | behind_sign_or_point | behind_digit);
    /* No digit behind a zero that begins the number. */
    const uint64_t behind_point = behind(c->point, &carry->point);
    const uint64_t first = c->digit & (behind_colon | (behind_sign_or_point & ~behind_point));
    const uint64_t lone_zero = first & ovf_scan_equal(block, '0');
    wrong |= behind(lone_zero, &carry->lone_zero) & c->digit;
    /* Adding the first digit of a fraction to its run carries to behind the run: no point there. */
    unsigned long long sum;
    unsigned long long more;
    const bool over_1 = __builtin_uaddll_overflow(c->digit, behind_point & c->digit, &sum);
    const bool over_2 = __builtin_uaddll_overflow(sum, carry->fraction, &more);
    carry->fraction = over_1 | over_2;
    return wrong | (more & ~c->digit & c->point);
}

/** Check a block; \p marks: the braces, colons and commas of the object itself. */
static inline OVF_AVX2 uint64_t check_block(const struct ovf_scan_block *block, uint64_t begin,
                                            struct carry *carry, struct classes *c, uint64_t *marks)
{
    *c = classify(block, carry);
    uint64_t in_list = 0;
    uint64_t wrong = 0;
    const uint64_t behind_list_open = behind(c->list_open, &carry->list_open);
    const uint64_t behind_list_close = behind(c->list_close, &carry->list_close);
    if ((c->list_open | c->list_close | carry->in_list | behind_list_close) != 0)
        wrong = check_lists(c, behind_list_close, carry, &in_list);
    const uint64_t separator = c->comma | begin;
    const uint64_t known = separator | c->colon | c->digit | c->minus | c->point | c->list_open |
                           c->list_close | c->end;
    const uint64_t behind_separator = behind(separator, &carry->separator);
    const uint64_t behind_colon = behind(c->colon, &carry->colon);
    const uint64_t behind_close = behind(c->close, &carry->close);
    const uint64_t behind_digit = behind(c->digit, &carry->digit);
    wrong |= c->outside & ~known;
    wrong |= c->keep & ~plain_of(block);
    wrong |= behind_separator & ~c->open;
    wrong |= c->open & ~(behind_separator | behind_colon | behind_list_open);
    wrong |= behind_list_open & ~(c->open | c->list_close);
    wrong |= c->list_open & ~behind_colon;
    wrong |= c->list_close & ~(behind_close | behind_list_open);
    wrong |= c->colon & ~behind_close;
    wrong |= behind_colon & ~(c->open | c->digit | c->minus | c->list_open);
    wrong |= (c->comma | c->end) & ~(behind_close | behind_digit | behind_list_close);
    wrong |= check_numbers(c, block, behind_colon, behind_digit, carry);
    /* Outside lists: brace or comma, colon, comma, colon ... brace. */
    const uint64_t bounds = (separator & ~in_list) | c->end;
    *marks = bounds | c->colon;
    const uint64_t turn = running_parity(*marks) ^ carry->turn;
    carry->turn = all_bits_of_last(turn);
    return wrong | (bounds ^ (*marks & turn));
}

/** Append the places of the bits of \p mask; room for eight more than there are. */
static inline OVF_AVX2 size_t put_places(uint64_t mask, unsigned base, uint16_t *index, size_t n)
{
    const size_t n_bits = (size_t)__builtin_popcountll(mask);
    for (size_t done = 0; done < n_bits; done += 8) { /* eight at once: no branch on each */
        for (size_t i = 0; i < 8; i++) {
            index[n + done + i] = (uint16_t)(base + (unsigned)_tzcnt_u64(mask));
            mask = _blsr_u64(mask);
        }
    }
    return n + n_bits;
}

/** The places of the braces, colons and commas of the object at \p p; 0 when it is not known. */
static OVF_AVX2 size_t index_object(const unsigned char *p, const unsigned char *end,
                                    uint16_t *index)
{
    struct carry carry = {0};
    size_t n = 0;
    uint64_t begin = 1;
    for (unsigned base = 0; base < MAX_BLOCKS * OVF_SCAN_BLOCK_BYTES;
         base += OVF_SCAN_BLOCK_BYTES) {
        if ((size_t)(end - p) <= base)
            return 0;
        const struct ovf_scan_block block = ovf_scan_load(p + base, end);
        struct classes classes;
        uint64_t marks;
        if (check_block(&block, begin, &carry, &classes, &marks) != 0)
            return 0;
        n = put_places(marks, base, index, n);
        if (classes.end != 0)
            return n;
        begin = 0;
    }
    return 0;
}

/* The members that are needed. */

enum key {
    KEY_NIC,
    KEY_NAC_P,
    KEY_SQUAWK,
    KEY_VERSION,
    KEY_SIL,
    KEY_RC,
    KEY_FLIGHT,
    KEY_TYPE,
    N_KEYS
};

#define WORD_2(a, b) ((uint64_t)(a) | (uint64_t)(b) << 8)
#define WORD(a, b, c, d, e, f, g)                                                                  \
    (WORD_2(a, b) | WORD_2(c, d) << 16 | WORD_2(e, f) << 32 | (uint64_t)(g) << 48)

/* Ordered by their hash, the three highest bits of the product with a number found by trial. */
#define HASH_FACTOR UINT64_C(0xa95b3b44bc735ca7)
static const uint64_t key_words[N_KEYS] = {
    [KEY_NIC] = WORD('n', 'i', 'c', 0, 0, 0, 0),
    [KEY_NAC_P] = WORD('n', 'a', 'c', '_', 'p', 0, 0),
    [KEY_SQUAWK] = WORD('s', 'q', 'u', 'a', 'w', 'k', 0),
    [KEY_VERSION] = WORD('v', 'e', 'r', 's', 'i', 'o', 'n'),
    [KEY_SIL] = WORD('s', 'i', 'l', 0, 0, 0, 0),
    [KEY_RC] = WORD('r', 'c', 0, 0, 0, 0, 0),
    [KEY_FLIGHT] = WORD('f', 'l', 'i', 'g', 'h', 't', 0),
    [KEY_TYPE] = WORD('t', 'y', 'p', 'e', 0, 0, 0),
};

/** The values of the keys that are needed. */
struct members {
    uint16_t from[N_KEYS + 1]; /* behind the colon; the last one takes what is not needed */
    uint16_t to[N_KEYS + 1];
    unsigned seen;
    unsigned repeated;
};

/** Sort the members by their keys, without a branch on what the key is. */
static inline OVF_AVX2 void find_members(const unsigned char *p, const uint16_t *index, size_t n,
                                         struct members *members)
{
    unsigned seen = 0;
    unsigned repeated = 0;
    for (size_t i = 0; i + 2 < n; i += 2) {
        const unsigned colon = index[i + 1];
        const unsigned n_key = colon - index[i] - 3; /* comma, quote, key, quote */
        const uint64_t word =
            ovf_scan_load_u64(p + colon - 9) >> ((64 - 8 * n_key) & 63); /* ends with the key */
        const unsigned hash = (unsigned)((word * HASH_FACTOR) >> 61);
        const bool hit = (word == key_words[hash]) & (n_key < 8);
        const unsigned key = hit ? hash : N_KEYS;
        const unsigned bit = (unsigned)hit << hash;
        repeated |= seen & bit;
        seen |= bit;
        members->from[key] = (uint16_t)(colon + 1);
        members->to[key] = index[i + 2];
    }
    members->seen = seen;
    members->repeated = repeated;
}

/** A checked value as a text: what stands between its quotes; false when it is none. */
static bool text_of(const unsigned char *p, const struct members *members, enum key key,
                    struct ovf_bytes *text)
{
    const unsigned char *const s = p + members->from[key];
    if (*s != '"')
        return false;
    *text = (struct ovf_bytes){s + 1, (size_t)(members->to[key] - members->from[key]) - 2};
    return true;
}

static bool take_texts(const unsigned char *p, const struct members *members,
                       struct ovf_trace_object *object)
{
    struct ovf_bytes text;
    struct ovf_fix *values = &object->values;
    if ((members->seen & 1u << KEY_FLIGHT) != 0) {
        if (!text_of(p, members, KEY_FLIGHT, &text))
            return false;
        if (ovf_read_callsign(text, values->callsign))
            values->has |= OVF_FIX_CALLSIGN;
    }
    if ((members->seen & 1u << KEY_SQUAWK) != 0) {
        if (!text_of(p, members, KEY_SQUAWK, &text))
            return false;
        if (ovf_read_squawk(text, &values->squawk))
            values->has |= OVF_FIX_SQUAWK;
    }
    if ((members->seen & 1u << KEY_TYPE) != 0) {
        if (!text_of(p, members, KEY_TYPE, &text))
            return false;
        object->type = ovf_read_source(text);
        object->has_type = true;
    }
    return true;
}

/** A checked value that must be an integer from 0 to \p max; nothing when it is absent. */
static inline OVF_AVX2 bool take_small(const unsigned char *p, const struct members *members,
                                       enum key key, int max, unsigned bit, struct ovf_fix *values,
                                       uint8_t *value)
{
    int32_t v;
    if ((members->seen & 1u << key) == 0)
        return true;
    if (!ovf_scan_integer(p + members->from[key], p + members->to[key], &v) || v < 0 || v > max)
        return false;
    *value = (uint8_t)v;
    values->has |= (uint16_t)bit;
    return true;
}

static inline OVF_AVX2 bool take_radius(const unsigned char *p, const struct members *members,
                                        struct ovf_fix *values)
{
    int32_t v;
    if ((members->seen & 1u << KEY_RC) == 0)
        return true;
    if (!ovf_scan_integer(p + members->from[KEY_RC], p + members->to[KEY_RC], &v) || v < 0 ||
        v > OVF_READ_RADIUS_MAX_M)
        return false;
    values->rc_m = (float)v;
    if (v > 0)
        values->has |= OVF_FIX_RC;
    return true;
}

OVF_AVX2 const unsigned char *ovf_scan_object(const unsigned char *p, const unsigned char *end,
                                              struct ovf_trace_object *object)
{
    uint16_t index[MAX_INDEX];
    struct members members;
    const size_t n = index_object(p, end, index);
    if (n == 0 || n / 2 > OVF_JSON_MAX_KEYS)
        return NULL;
    find_members(p, index, n, &members);
    *object = (struct ovf_trace_object){0};
    struct ovf_fix *values = &object->values;
    const bool good =
        members.repeated == 0 && take_texts(p, &members, object) &&
        take_small(p, &members, KEY_NIC, 15, OVF_FIX_NIC, values, &values->nic) &&
        take_small(p, &members, KEY_NAC_P, 15, OVF_FIX_NAC_P, values, &values->nac_p) &&
        take_small(p, &members, KEY_SIL, 3, OVF_FIX_SIL, values, &values->sil) &&
        take_small(p, &members, KEY_VERSION, 7, OVF_FIX_VERSION, values, &values->version) &&
        take_radius(p, &members, values);
    return good ? p + index[n - 1] + 1 : NULL;
}

#endif
