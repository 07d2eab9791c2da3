/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed runs of bytes, and reading and writing little-endian numbers in them. */
#ifndef OVF_BASE_BYTES_H
#define OVF_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Bytes that somebody else owns. data may be NULL when len is 0. */
struct ovf_bytes {
    const unsigned char *data;
    size_t len;
};

static inline struct ovf_bytes ovf_bytes_from_text(const char *text)
{
    return (struct ovf_bytes){(const unsigned char *)text, strlen(text)};
}

static inline bool ovf_bytes_equal(struct ovf_bytes a, struct ovf_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool ovf_bytes_equal_text(struct ovf_bytes bytes, const char *text)
{
    const size_t len = strlen(text);
    return bytes.len == len && (len == 0 || memcmp(bytes.data, text, len) == 0);
}

/** Less than, equal to or greater than 0: byte by byte, the shorter first of two that begin alike. */
static inline int ovf_bytes_compare(struct ovf_bytes a, struct ovf_bytes b)
{
    const size_t len = a.len < b.len ? a.len : b.len;
    const int order = len > 0 ? memcmp(a.data, b.data, len) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/** The bytes [at, at + len) of \p whole, or false when they do not all lie in it. */
static inline bool ovf_bytes_slice(struct ovf_bytes whole, uint64_t at, uint64_t len,
                                   struct ovf_bytes *out)
{
    if (at > whole.len || len > whole.len - at)
        return false;
    *out = (struct ovf_bytes){whole.data + at, (size_t)len};
    return true;
}

static inline uint32_t ovf_load_u32le(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t ovf_load_u64le(const unsigned char *p)
{
    return (uint64_t)ovf_load_u32le(p) | (uint64_t)ovf_load_u32le(p + 4) << 32;
}

/* Byte by byte GCC 12 takes neighbours together in a vector, shift by shift, where it inlines them; where the
 * order is the processor's own it is one store. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

static inline void ovf_store_u32le(unsigned char *p, uint32_t v)
{
    memcpy(p, &v, sizeof v);
}

static inline void ovf_store_u64le(unsigned char *p, uint64_t v)
{
    memcpy(p, &v, sizeof v);
}

static inline void ovf_store_u64be(unsigned char *p, uint64_t v)
{
    ovf_store_u64le(p, __builtin_bswap64(v));
}

#else

static inline void ovf_store_u32le(unsigned char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(v >> (8 * i));
}

static inline void ovf_store_u64le(unsigned char *p, uint64_t v)
{
    ovf_store_u32le(p, (uint32_t)v);
    ovf_store_u32le(p + 4, (uint32_t)(v >> 32));
}

static inline void ovf_store_u64be(unsigned char *p, uint64_t v)
{
    for (int i = 0; i < 8; i++)
        p[i] = (unsigned char)(v >> (56 - 8 * i));
}

#endif

#endif
