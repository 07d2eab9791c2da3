/* SPDX-License-Identifier: Apache-2.0 */
/* A zip's directory against its local headers.
 *
 *   end of directory (22 bytes)    directory entry (46)          local header (30)
 *     0  PK 05 06                    0  PK 01 02                   0  PK 03 04
 *    10  u16 entries                 8  u16 flags                  6  u16 flags
 *    12  u32 bytes of directory     10  u16 method                 8  u16 method
 *    16  u32 its offset             20  u32 compressed            18  u32 compressed
 *    20  u16 bytes of comment       24  u32 size                  22  u32 size
 *                                   28  u16 name, extra, comment  26  u16 name, extra
 *                                   42  u32 offset of local header
 *
 * Flag 3: the local sizes are zero and stand behind the member.
 */
#include "source/zip_check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

#define END_BYTES 22
#define ENTRY_BYTES 46
#define LOCAL_BYTES 30
#define MAX_DIRECTORY_BYTES ((uint64_t)64 << 20)

struct span {
    uint64_t begin;
    uint64_t end;
};

struct zip {
    const struct ovf_space *space;
    struct ovf_space_reader reader;
    struct ovf_error *why;
    struct ovf_error *err;
    unsigned char *directory;
    size_t n_directory;
    uint64_t directory_at;
    unsigned n_entries;
    struct span *spans;
    bool is_sound;
};

static unsigned load_u16le(const unsigned char *p)
{
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static enum ovf_status read_at(struct zip *z, uint64_t offset, void *data, size_t len,
                               bool *is_there)
{
    size_t n = 0;
    const enum ovf_status st =
        ovf_space_read(&z->reader, (struct ovf_space_at){z->space, offset}, data, len, &n, z->err);
    *is_there = st == OVF_OK && n == len;
    return st;
}

/** Find the end record and read the directory. *is_plain false: a form that is not looked at. */
static enum ovf_status read_directory(struct zip *z, bool *is_plain)
{
    const size_t n_tail =
        z->space->n_bytes < END_BYTES + 65535U ? (size_t)z->space->n_bytes : END_BYTES + 65535U;
    const uint64_t tail_at = z->space->n_bytes - n_tail;
    const unsigned char *end = NULL;
    unsigned char *const tail = malloc(n_tail + 1);
    *is_plain = false;
    if (tail == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = read_at(z, tail_at, tail, n_tail, is_plain);
    for (size_t i = n_tail < END_BYTES ? 0 : n_tail - END_BYTES + 1; i-- > 0 && end == NULL;) {
        if (memcmp(tail + i, "PK\5\6", 4) == 0)
            end = tail + i;
    }
    *is_plain = *is_plain && end != NULL;
    if (st != OVF_OK || !*is_plain)
        goto out;
    z->n_entries = load_u16le(end + 10);
    z->n_directory = ovf_load_u32le(end + 12);
    z->directory_at = ovf_load_u32le(end + 16);
    *is_plain = z->n_entries < 0xFFFF && z->n_directory <= MAX_DIRECTORY_BYTES &&
                z->directory_at + z->n_directory == tail_at + (uint64_t)(end - tail);
    if (!*is_plain)
        goto out;
    z->directory = malloc(z->n_directory + 1);
    z->spans = calloc((size_t)z->n_entries + 1, sizeof *z->spans);
    st = z->directory == NULL || z->spans == NULL
             ? OVF_E_NOMEM
             : read_at(z, z->directory_at, z->directory, z->n_directory, is_plain);
out:
    free(tail);
    return st;
}

static void contradict(struct zip *z, const char *what, uint64_t at)
{
    z->is_sound = false;
    (void)ovf_error_set(z->why, OVF_OK, "the member at byte %" PRIu64 ": %s", at, what);
}

/** Sizes stand in the header itself, not behind the member, nor in its 64-bit extra field. */
static bool has_local_sizes(const unsigned char *local)
{
    return (load_u16le(local + 6) & 8) == 0 && ovf_load_u32le(local + 18) != UINT32_MAX &&
           ovf_load_u32le(local + 22) != UINT32_MAX;
}

/** The local header of \p entry says the same; where the member lies goes to \p span. */
static enum ovf_status check_local(struct zip *z, const unsigned char *entry, struct span *span)
{
    const uint64_t at = ovf_load_u32le(entry + 42);
    const unsigned n_name = load_u16le(entry + 28);
    unsigned char local[LOCAL_BYTES] = {0};
    bool is_there;
    enum ovf_status st = read_at(z, at, local, sizeof local, &is_there);
    if (st != OVF_OK)
        return st;
    if (!is_there || memcmp(local, "PK\3\4", 4) != 0) {
        contradict(z, "no header is where the directory says", at);
        return OVF_OK;
    }
    unsigned char *const name = malloc((size_t)n_name + 1);
    if (name == NULL)
        return OVF_E_NOMEM;
    st = read_at(z, at + LOCAL_BYTES, name, n_name, &is_there);
    if (st == OVF_OK && (load_u16le(local + 26) != n_name || !is_there ||
                         memcmp(name, entry + ENTRY_BYTES, n_name) != 0))
        contradict(z, "two names, one in the directory and one in its header", at);
    else if (load_u16le(local + 8) != load_u16le(entry + 10))
        contradict(z, "two methods of compression", at);
    else if (has_local_sizes(local) && memcmp(local + 18, entry + 20, 8) != 0)
        contradict(z, "two sizes", at);
    free(name);
    *span = (struct span){at, at + LOCAL_BYTES + n_name + load_u16le(local + 28) +
                                  ovf_load_u32le(entry + 20)};
    return st;
}

static int compare_spans(const void *left, const void *right)
{
    const struct span *const a = left;
    const struct span *const b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

static void check_overlap(struct zip *z, size_t n)
{
    qsort(z->spans, n, sizeof *z->spans, compare_spans);
    for (size_t i = 0; i < n && z->is_sound; i++) {
        if (z->spans[i].end > (i + 1 < n ? z->spans[i + 1].begin : z->directory_at))
            contradict(z, "lies over what follows it", z->spans[i].begin);
    }
}

static enum ovf_status check_entries(struct zip *z)
{
    const struct ovf_bytes directory = {z->directory, z->n_directory};
    uint64_t at = 0;
    for (size_t i = 0; i < z->n_entries && z->is_sound; i++) {
        struct ovf_bytes entry;
        if (!ovf_bytes_slice(directory, at, ENTRY_BYTES, &entry) ||
            memcmp(entry.data, "PK\1\2", 4) != 0)
            return OVF_OK; /* damaged, which libarchive says */
        const uint64_t len = (uint64_t)ENTRY_BYTES + load_u16le(entry.data + 28) +
                             load_u16le(entry.data + 30) + load_u16le(entry.data + 32);
        if (!ovf_bytes_slice(directory, at, len, &entry))
            return OVF_OK;
        if (ovf_load_u32le(entry.data + 20) == UINT32_MAX ||
            ovf_load_u32le(entry.data + 24) == UINT32_MAX ||
            ovf_load_u32le(entry.data + 42) == UINT32_MAX)
            return OVF_OK; /* the 64-bit form */
        const enum ovf_status st = check_local(z, entry.data, &z->spans[i]);
        if (st != OVF_OK)
            return st;
        at += len;
    }
    if (z->is_sound)
        check_overlap(z, z->n_entries);
    return OVF_OK;
}

enum ovf_status ovf_zip_check(const struct ovf_space *space, bool *is_sound, struct ovf_error *why,
                              struct ovf_error *err)
{
    struct zip z = {.space = space, .why = why, .err = err, .is_sound = true};
    bool is_plain;
    enum ovf_status st = read_directory(&z, &is_plain);
    if (st == OVF_OK && is_plain)
        st = check_entries(&z);
    if (st == OVF_OK)
        *is_sound = z.is_sound;
    free(z.directory);
    free(z.spans);
    ovf_space_reader_deinit(&z.reader);
    return st;
}
