/* SPDX-License-Identifier: Apache-2.0 */
/* The pack: reference data in one file that is used where it is mapped. docs/formats/pack.md has the
 * layout, docs/adr/0003-pack.md the reasons.
 *
 * Everything is little-endian and found by offsets from the start of its section, so the bytes may lie
 * anywhere; the same inputs give the same bytes. Viewing checks what is needed not to read outside the
 * file and no more, for a start takes milliseconds; ovf_pack_check reads it all. */
#ifndef OVF_PACK_LAYOUT_H
#define OVF_PACK_LAYOUT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sha256.h"
#include "geo/index.h"
#include "geo/members.h"
#include "pack/extent.h"

#define OVF_PACK_MAGIC "OVFPACK\n"
#define OVF_PACK_VERSION 2

/** Sections, by their four letters. */
#define OVF_PACK_META "META"     /* texts by key */
#define OVF_PACK_AREAS "AREA"    /* airspaces */
#define OVF_PACK_INDEX "EDGE"    /* edge index of the airspaces */
#define OVF_PACK_OVERLAPS "OVER" /* sets of airspaces that overlap */
#define OVF_PACK_AIRPORTS "APTS" /* airports, see pack/airports.h */

enum {
    OVF_PACK_HEADER_BYTES = 64,
    OVF_PACK_ENTRY_BYTES = 24,
    OVF_PACK_MAX_SECTIONS = 64,
    OVF_PACK_AREA_BYTES = 40,
    OVF_PACK_OVERLAP_BYTES = 24,
};

/** A view; borrows the bytes. Any number of threads may use one. */
struct ovf_pack {
    struct ovf_bytes bytes;
    struct ovf_digest digest; /* as the header states it: of all bytes behind the header */
    struct ovf_index index;
    struct ovf_bytes airports; /* for pack/airports.h; empty when there are none */
    uint32_t n_areas;
    uint32_t n_overlaps;
    /* private */
    struct ovf_bytes meta;
    struct ovf_bytes areas;
    struct ovf_bytes overlaps;
};

/**
 * \retval OVF_E_FORMAT  no pack, of another version, cut short, or a section lies outside the file
 */
OVF_NODISCARD enum ovf_status ovf_pack_view(struct ovf_bytes bytes, struct ovf_pack *out,
                                            struct ovf_error *err);

/** Compare the contents with the sum in the header: what a disk or a copy did to them is found. The digest,
 * which names the pack, is part of what is summed. Reads everything: about 10 ms. */
OVF_NODISCARD enum ovf_status ovf_pack_check(const struct ovf_pack *pack, struct ovf_error *err);

/** The text of \p key, "" when there is none. */
const char *ovf_pack_text(const struct ovf_pack *pack, const char *key);

/** One airspace of the pack; the texts borrow from it. */
struct ovf_pack_area {
    const char *alpha2;
    const char *alpha3;
    const char *name;
    const char *also; /* other names, separated by '|' */
    struct ovf_extent extent;
};

struct ovf_pack_area ovf_pack_area(const struct ovf_pack *pack, uint32_t i);

struct ovf_pack_overlap {
    struct ovf_members members; /* numbers of areas */
    struct ovf_point at;
    uint32_t n_edges;
    double area_km2; /* to 0.01 */
};

struct ovf_pack_overlap ovf_pack_overlap(const struct ovf_pack *pack, uint32_t i);

/** Putting a pack together. Zero-initialise. */
struct ovf_pack_writer {
    struct {
        char tag[5];
        size_t offset; /* in the body */
        size_t len;
    } sections[OVF_PACK_MAX_SECTIONS];
    size_t n_sections;
    struct ovf_buffer body;
};

void ovf_pack_writer_deinit(struct ovf_pack_writer *writer);

/** Add a section; \p tag is four letters, used once. */
OVF_NODISCARD enum ovf_status ovf_pack_writer_add(struct ovf_pack_writer *writer, const char *tag,
                                                  struct ovf_bytes content);

/** Append the finished pack to \p out. */
OVF_NODISCARD enum ovf_status ovf_pack_writer_finish(const struct ovf_pack_writer *writer,
                                                     struct ovf_buffer *out);

#endif
