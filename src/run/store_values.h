/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows: known, or absent. */
#ifndef OVF_RUN_STORE_VALUES_H
#define OVF_RUN_STORE_VALUES_H

#include "base/sha256.h"
#include "engine/engine.h"
#include "store/store.h"

static inline struct ovf_store_time known_time(int64_t t_ns)
{
    return (struct ovf_store_time){true, t_ns};
}

static inline struct ovf_store_time time_if(bool known, int64_t t_ns)
{
    return (struct ovf_store_time){known, known ? t_ns : 0};
}

static inline struct ovf_store_int known_int(uint64_t value)
{
    return (struct ovf_store_int){true, (int64_t)value};
}

static inline struct ovf_store_real real_if(bool known, double value)
{
    return (struct ovf_store_real){known, known ? value : 0};
}

/** The id of what \p text says. */
static inline enum ovf_status hash_id(const char *text, char id[OVF_ID_SIZE])
{
    struct ovf_digest digest;
    const enum ovf_status st = ovf_sha256(ovf_bytes_from_text(text), &digest);
    if (st == OVF_OK)
        ovf_digest_format(&digest, 16, id);
    return st;
}

#endif
