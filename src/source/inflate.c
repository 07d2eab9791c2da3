/* SPDX-License-Identifier: Apache-2.0 */
/* gzip by ISA-L's igzip. The header is read here, byte by byte: igzip's own reader forgets where it
 * was in an optional field when the input is cut there. igzip then decodes the blocks and, in mode
 * ISAL_GZIP_NO_HDR_VER, verifies checksum and length behind them.
 *
 *   RFC 1952, 2.3: ID1 ID2 CM FLG MTIME(4) XFL OS
 *                  [XLEN(2) extra] [name NUL] [comment NUL] [CRC16] blocks CRC32 ISIZE
 */
#include "source/inflate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#define HEADER_BYTES 10
#define FLAG_HCRC 0x02u
#define FLAG_EXTRA 0x04u
#define FLAG_NAME 0x08u
#define FLAG_COMMENT 0x10u
#define FLAGS_RESERVED 0xE0u

/* One call of igzip gives at most this much, so that a bomb is seen early and counts fit 32 bits. */
#define STEP_BYTES ((size_t)1 << 20)

enum phase {
    PHASE_FIXED, /* the first ten bytes of a header */
    PHASE_EXTRA_LEN,
    PHASE_EXTRA,
    PHASE_NAME,
    PHASE_COMMENT,
    PHASE_HCRC,
    PHASE_BODY, /* blocks, checksum, length */
    PHASE_PADDING,
};

struct ovf_inflate {
    struct inflate_state state;
    enum phase phase;
    unsigned n_field; /* bytes read of the field that phase names */
    unsigned flags;
    unsigned extra_len; /* of the extra field, or the header's checksum being read */
    uint32_t header_crc;
    uint64_t n_members; /* complete ones */
    uint64_t n_in;
    uint64_t n_out;
    uint64_t max_bytes;
    unsigned char head[8]; /* the first bytes of the content */
};

static const struct {
    const char *name;
    unsigned char magic[8];
    unsigned char n_magic;
} compressions[] = {
    {"gzip", {0x1F, 0x8B, 0x08}, 3},
    {"zstd", {0x28, 0xB5, 0x2F, 0xFD}, 4},
    {"xz", {0xFD, '7', 'z', 'X', 'Z', 0x00}, 6},
    {"lz4", {0x04, 0x22, 0x4D, 0x18}, 4},
    {"7z", {'7', 'z', 0xBC, 0xAF, 0x27, 0x1C}, 6},
    {"compress", {0x1F, 0x9D}, 2},
};

const char *ovf_compression_name(struct ovf_bytes bytes)
{
    static const unsigned char bzip2_block[] = {0x31, 0x41, 0x59, 0x26};
    for (size_t i = 0; i < sizeof compressions / sizeof compressions[0]; i++) {
        const size_t n = compressions[i].n_magic;
        if (bytes.len >= n && memcmp(bytes.data, compressions[i].magic, n) == 0)
            return compressions[i].name;
    }
    /* "BZh", a digit, and the first block's magic number */
    if (bytes.len >= 8 && memcmp(bytes.data, "BZh", 3) == 0 &&
        memcmp(bytes.data + 4, bzip2_block, sizeof bzip2_block) == 0)
        return "bzip2";
    /* zstd's skippable frames: 0x184D2A50 to 0x184D2A5F */
    if (bytes.len >= 4 && (ovf_load_u32le(bytes.data) & 0xFFFFFFF0u) == 0x184D2A50u)
        return "zstd";
    return NULL;
}

bool ovf_is_gzip(struct ovf_bytes bytes)
{
    return bytes.len >= 2 && bytes.data[0] == 0x1F && bytes.data[1] == 0x8B;
}

enum ovf_status ovf_inflate_new(struct ovf_inflate **out)
{
    struct ovf_inflate *inflate = calloc(1, sizeof *inflate);
    if (inflate == NULL)
        return OVF_E_NOMEM;
    ovf_inflate_begin(inflate, OVF_INFLATE_UNLIMITED);
    *out = inflate;
    return OVF_OK;
}

void ovf_inflate_free(struct ovf_inflate *inflate)
{
    free(inflate);
}

static void begin_field(struct ovf_inflate *inflate, enum phase phase)
{
    inflate->phase = phase;
    inflate->n_field = 0;
}

void ovf_inflate_begin(struct ovf_inflate *inflate, uint64_t max_bytes)
{
    begin_field(inflate, PHASE_FIXED);
    inflate->header_crc = 0;
    inflate->n_members = 0;
    inflate->n_in = 0;
    inflate->n_out = 0;
    inflate->max_bytes = max_bytes;
}

static void begin_body(struct ovf_inflate *inflate)
{
    isal_inflate_init(&inflate->state);
    inflate->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
    begin_field(inflate, PHASE_BODY);
}

/* The next field that the flags announce after phase, else the blocks. */
static void next_field(struct ovf_inflate *inflate, enum phase after)
{
    if (after < PHASE_EXTRA_LEN && (inflate->flags & FLAG_EXTRA) != 0) {
        inflate->extra_len = 0;
        begin_field(inflate, PHASE_EXTRA_LEN);
    } else if (after < PHASE_NAME && (inflate->flags & FLAG_NAME) != 0) {
        begin_field(inflate, PHASE_NAME);
    } else if (after < PHASE_COMMENT && (inflate->flags & FLAG_COMMENT) != 0) {
        begin_field(inflate, PHASE_COMMENT);
    } else if (after < PHASE_HCRC && (inflate->flags & FLAG_HCRC) != 0) {
        inflate->extra_len = 0;
        begin_field(inflate, PHASE_HCRC);
    } else {
        begin_body(inflate);
    }
}

static enum ovf_reject corrupt(const struct ovf_inflate *inflate, const char *what,
                               struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_FORMAT, "gzip: %s at byte %" PRIu64, what, inflate->n_in);
    return OVF_REJECT_GZIP_CORRUPT;
}

static enum ovf_reject trailing(const struct ovf_inflate *inflate, struct ovf_error *err)
{
    (void)ovf_error_set(err, OVF_E_FORMAT,
                        "gzip: other bytes after the compressed data at byte %" PRIu64,
                        inflate->n_in);
    return OVF_REJECT_GZIP_TRAILING;
}

static enum ovf_reject fixed_byte(struct ovf_inflate *inflate, unsigned byte, struct ovf_error *err)
{
    const unsigned at = inflate->n_field++;
    if (at == 0 && byte == 0 && inflate->n_members > 0) {
        begin_field(inflate, PHASE_PADDING);
        return OVF_REJECT_N;
    }
    if ((at == 0 && byte != 0x1F) || (at == 1 && byte != 0x8B))
        return inflate->n_members > 0 ? trailing(inflate, err) : corrupt(inflate, "no header", err);
    if (at == 2 && byte != 8)
        return corrupt(inflate, "unknown method", err);
    if (at == 3) {
        inflate->flags = byte;
        if ((byte & FLAGS_RESERVED) != 0)
            return corrupt(inflate, "unknown flags", err);
    }
    if (inflate->n_field == HEADER_BYTES)
        next_field(inflate, PHASE_FIXED);
    return OVF_REJECT_N;
}

static enum ovf_reject hcrc_byte(struct ovf_inflate *inflate, unsigned byte, uint32_t crc_before,
                                 struct ovf_error *err)
{
    if (inflate->n_field == 0)
        inflate->header_crc = crc_before; /* its own two bytes do not count */
    inflate->extra_len |= byte << (8 * inflate->n_field++);
    if (inflate->n_field < 2)
        return OVF_REJECT_N;
    if (inflate->extra_len != (inflate->header_crc & 0xFFFFu))
        return corrupt(inflate, "wrong header checksum", err);
    next_field(inflate, PHASE_HCRC);
    return OVF_REJECT_N;
}

static enum ovf_reject header_byte(struct ovf_inflate *inflate, unsigned char byte,
                                   struct ovf_error *err)
{
    const uint32_t crc_before = inflate->header_crc;
    if (inflate->phase != PHASE_HCRC) {
        const uint32_t crc =
            inflate->phase == PHASE_FIXED && inflate->n_field == 0 ? 0 : inflate->header_crc;
        inflate->header_crc = crc32_gzip_refl(crc, &byte, 1);
    }
    switch (inflate->phase) {
    case PHASE_FIXED:
        return fixed_byte(inflate, byte, err);
    case PHASE_EXTRA_LEN:
        inflate->extra_len |= (unsigned)byte << (8 * inflate->n_field++);
        if (inflate->n_field == 2 && inflate->extra_len == 0)
            next_field(inflate, PHASE_EXTRA);
        else if (inflate->n_field == 2)
            begin_field(inflate, PHASE_EXTRA);
        break;
    case PHASE_EXTRA:
        if (++inflate->n_field == inflate->extra_len)
            next_field(inflate, PHASE_EXTRA);
        break;
    case PHASE_NAME:
    case PHASE_COMMENT:
        if (byte == 0)
            next_field(inflate, inflate->phase);
        break;
    case PHASE_HCRC:
        return hcrc_byte(inflate, byte, crc_before, err);
    case PHASE_PADDING:
        if (byte != 0)
            return trailing(inflate, err);
        break;
    case PHASE_BODY:
        break;
    }
    return OVF_REJECT_N;
}

static const char *trouble_of(int code)
{
    switch (code) {
    case ISAL_INVALID_BLOCK:
        return "invalid block";
    case ISAL_INVALID_SYMBOL:
        return "invalid code";
    case ISAL_INVALID_LOOKBACK:
        return "invalid distance";
    case ISAL_INCORRECT_CHECKSUM:
        return "wrong checksum or length";
    default:
        return "broken data";
    }
}

/* Is what came out too much, or compressed itself? */
static enum ovf_reject judge(struct ovf_inflate *inflate, const unsigned char *out, size_t n,
                             struct ovf_error *err)
{
    for (size_t i = 0; i < n && inflate->n_out + i < sizeof inflate->head; i++)
        inflate->head[inflate->n_out + i] = out[i];
    inflate->n_out += n;
    const size_t n_head =
        inflate->n_out < sizeof inflate->head ? (size_t)inflate->n_out : sizeof inflate->head;
    const char *inner = ovf_compression_name((struct ovf_bytes){inflate->head, n_head});
    if (inner != NULL) {
        (void)ovf_error_set(err, OVF_E_FORMAT, "gzip: %s inside; one level is read", inner);
        return OVF_REJECT_COMPRESSED_TWICE;
    }
    if (inflate->n_out > inflate->max_bytes) {
        (void)ovf_error_set(err, OVF_E_LIMIT, "gzip: expands beyond %" PRIu64 " bytes",
                            inflate->max_bytes);
        return OVF_REJECT_BOMB;
    }
    if (inflate->n_out > OVF_INFLATE_FREE_BYTES &&
        inflate->n_out / OVF_INFLATE_MAX_RATIO >= inflate->n_in &&
        inflate->n_out > inflate->n_in * OVF_INFLATE_MAX_RATIO) {
        (void)ovf_error_set(err, OVF_E_LIMIT,
                            "gzip: %" PRIu64 " bytes expand to %" PRIu64 ", more than %d to 1",
                            inflate->n_in, inflate->n_out, OVF_INFLATE_MAX_RATIO);
        return OVF_REJECT_BOMB;
    }
    return OVF_REJECT_N;
}

/** What igzip gets: input, and room. */
static void lend(struct inflate_state *s, struct ovf_bytes in, unsigned char *out, size_t room)
{
    /* igzip's next_in is not const but only read from. */
    memcpy(&s->next_in, &in.data, sizeof s->next_in);
    s->avail_in = (uint32_t)in.len;
    s->next_out = out;
    s->avail_out = (uint32_t)room;
}

static void take_in(struct ovf_inflate *inflate, struct ovf_bytes *in, size_t n)
{
    in->data += n;
    in->len -= n;
    inflate->n_in += n;
}

static void end_member(struct ovf_inflate *inflate)
{
    inflate->n_members++;
    begin_field(inflate, PHASE_FIXED);
}

/* One call of igzip. */
static enum ovf_reject body_step(struct ovf_inflate *inflate, struct ovf_bytes *in,
                                 unsigned char *out, size_t room, size_t *n_out,
                                 struct ovf_error *err)
{
    struct inflate_state *s = &inflate->state;
    const size_t n_give = in->len < STEP_BYTES ? in->len : STEP_BYTES;
    const size_t n_room = room < STEP_BYTES ? room : STEP_BYTES;
    lend(s, (struct ovf_bytes){in->data, n_give}, out, n_room);
    const int code = isal_inflate(s);
    *n_out = n_room - s->avail_out;
    /* In a broken block header igzip steps back over what it had kept from before this input. */
    if (code < 0 || s->avail_in > n_give)
        return corrupt(inflate, trouble_of(code), err);
    const size_t n_read = n_give - s->avail_in;
    take_in(inflate, in, n_read);
    const enum ovf_reject reject = judge(inflate, out, *n_out, err);
    if (reject != OVF_REJECT_N)
        return reject;
    if (s->block_state == ISAL_BLOCK_FINISH)
        end_member(inflate);
    else if (n_read == 0 && *n_out == 0 && n_give > 0)
        return corrupt(inflate, "broken data", err); /* never go round without progress */
    return OVF_REJECT_N;
}

static enum ovf_reject header_step(struct ovf_inflate *inflate, struct ovf_bytes *in,
                                   struct ovf_error *err)
{
    const unsigned char byte = *in->data;
    take_in(inflate, in, 1);
    return header_byte(inflate, byte, err);
}

enum ovf_reject ovf_inflate_step(struct ovf_inflate *inflate, struct ovf_bytes *in,
                                 unsigned char *out, size_t room, size_t *n_out,
                                 struct ovf_error *err)
{
    enum ovf_reject reject = OVF_REJECT_N;
    *n_out = 0;
    while (reject == OVF_REJECT_N && *n_out < room) {
        if (inflate->phase == PHASE_BODY) {
            size_t n = 0;
            const size_t n_before = in->len;
            reject = body_step(inflate, in, out + *n_out, room - *n_out, &n, err);
            *n_out += n;
            if (n == 0 && in->len == n_before && inflate->phase == PHASE_BODY)
                break; /* wants more input */
        } else if (in->len > 0) {
            reject = header_step(inflate, in, err);
        } else {
            break;
        }
    }
    return reject;
}

enum ovf_reject ovf_inflate_end(struct ovf_inflate *inflate, struct ovf_error *err)
{
    const bool between = inflate->phase == PHASE_FIXED && inflate->n_members > 0;
    if (inflate->phase == PHASE_PADDING || (between && inflate->n_field == 0))
        return OVF_REJECT_N;
    if (between && inflate->n_field == 1)
        return trailing(inflate, err); /* a lone 0x1F begins nothing */
    (void)ovf_error_set(err, OVF_E_FORMAT, "gzip: ends early, after %" PRIu64 " bytes",
                        inflate->n_in);
    return OVF_REJECT_GZIP_TRUNCATED;
}

/** A member of which all is there, blocks at once: igzip need not keep then what more of them might refer to. Where
 * they do not fit, or are broken, nothing of them is taken: steps tell what is wrong. */
static enum ovf_reject member_whole(struct ovf_inflate *inflate, struct ovf_bytes *in,
                                    unsigned char *out, size_t room, size_t *n_out,
                                    struct ovf_error *err)
{
    struct inflate_state *s = &inflate->state;
    enum ovf_reject reject = OVF_REJECT_N;
    while (reject == OVF_REJECT_N && inflate->phase != PHASE_BODY && in->len > 0)
        reject = header_step(inflate, in, err);
    if (reject != OVF_REJECT_N || inflate->phase != PHASE_BODY || in->len > UINT32_MAX ||
        room > UINT32_MAX)
        return reject;
    lend(s, *in, out, room);
    if (isal_inflate_stateless(s) != ISAL_DECOMP_OK) {
        begin_body(inflate);
        return OVF_REJECT_N;
    }
    *n_out = room - s->avail_out;
    take_in(inflate, in, in->len - s->avail_in);
    end_member(inflate);
    return judge(inflate, out, *n_out, err);
}

/* How much to make room for at first: what the last member says that it holds, were it honest. */
static size_t first_room(struct ovf_bytes stored, uint64_t max_bytes)
{
    uint64_t room = stored.len >= 18 ? ovf_load_u32le(stored.data + stored.len - 4) : 0;
    const uint64_t plausible = (uint64_t)stored.len * 32 + 4096;
    if (room > plausible)
        room = plausible;
    if (room > max_bytes)
        room = max_bytes;
    return (size_t)room + 1; /* one more: the end is seen without another round */
}

enum ovf_status ovf_inflate_all(struct ovf_inflate *inflate, struct ovf_bytes stored,
                                uint64_t max_bytes, struct ovf_buffer *out, enum ovf_reject *reject,
                                struct ovf_error *err)
{
    const size_t n_first = first_room(stored, max_bytes);
    out->len = 0;
    ovf_inflate_begin(inflate, max_bytes);
    if (ovf_buffer_reserve(out, n_first) != OVF_OK)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory to inflate into");
    *reject = member_whole(inflate, &stored, out->data, n_first, &out->len, err);
    if (*reject != OVF_REJECT_N)
        return OVF_OK;
    for (;;) {
        size_t n = 0;
        const size_t room = out->capacity - out->len;
        *reject = ovf_inflate_step(inflate, &stored, out->data + out->len, room, &n, err);
        out->len += n;
        if (*reject != OVF_REJECT_N)
            return OVF_OK;
        if (n < room && stored.len == 0)
            break;
        if (n == room && ovf_buffer_reserve(out, 1) != OVF_OK)
            return ovf_error_set(err, OVF_E_NOMEM, "no memory to inflate into");
    }
    *reject = ovf_inflate_end(inflate, err);
    return OVF_OK;
}
