/* SPDX-License-Identifier: Apache-2.0 */
/* Writing, viewing and checking the pack.
 *
 *   header   0  magic, 8 bytes          table     24 bytes a section:
 *            8  version, u32                       0  tag, 4 letters, and 4 bytes 0
 *           12  number of sections, u32            8  offset from the start of the file, u64
 *           16  length of the file, u64           16  length, u64
 *           24  SHA-256 of all behind the header, 32 bytes
 *           56  CRC-64 of all but itself, u64
 */
#include "pack/layout.h"

#include <assert.h>

#include "base/crc64.h"

enum { ALIGNMENT = 8, DIGEST_AT = 24, SUM_AT = 56 };

static size_t aligned(size_t n)
{
    return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static uint32_t word(const unsigned char *words, size_t i)
{
    return ovf_load_u32le(words + 4 * i);
}

void ovf_pack_writer_deinit(struct ovf_pack_writer *writer)
{
    ovf_buffer_deinit(&writer->body);
    *writer = (struct ovf_pack_writer){0};
}

static enum ovf_status append_zeros(struct ovf_buffer *buffer, size_t n)
{
    static const unsigned char zeros[ALIGNMENT] = {0};
    assert(n <= sizeof zeros);
    return ovf_buffer_append(buffer, zeros, n);
}

enum ovf_status ovf_pack_writer_add(struct ovf_pack_writer *writer, const char *tag,
                                    struct ovf_bytes content)
{
    assert(strlen(tag) == 4);
    if (writer->n_sections == OVF_PACK_MAX_SECTIONS)
        return OVF_E_LIMIT;
    const size_t offset = writer->body.len;
    enum ovf_status st = ovf_buffer_append(&writer->body, content.data, content.len);
    if (st == OVF_OK)
        st = append_zeros(&writer->body, aligned(writer->body.len) - writer->body.len);
    if (st != OVF_OK)
        return st;
    memcpy(writer->sections[writer->n_sections].tag, tag, 5);
    writer->sections[writer->n_sections].offset = offset;
    writer->sections[writer->n_sections].len = content.len;
    writer->n_sections++;
    return OVF_OK;
}

static uint64_t sum_of(struct ovf_bytes pack)
{
    const uint64_t before = ovf_crc64(0, (struct ovf_bytes){pack.data, SUM_AT});
    return ovf_crc64(before, (struct ovf_bytes){pack.data + OVF_PACK_HEADER_BYTES,
                                                pack.len - OVF_PACK_HEADER_BYTES});
}

enum ovf_status ovf_pack_writer_finish(const struct ovf_pack_writer *writer, struct ovf_buffer *out)
{
    const size_t begin = out->len;
    const size_t body_at = OVF_PACK_HEADER_BYTES + writer->n_sections * OVF_PACK_ENTRY_BYTES;
    unsigned char header[OVF_PACK_HEADER_BYTES] = OVF_PACK_MAGIC;
    struct ovf_digest digest;
    static_assert(OVF_PACK_ENTRY_BYTES % ALIGNMENT == 0, "the body begins aligned");
    ovf_store_u32le(header + 8, OVF_PACK_VERSION);
    ovf_store_u32le(header + 12, (uint32_t)writer->n_sections);
    ovf_store_u64le(header + 16, body_at + writer->body.len);
    enum ovf_status st = ovf_buffer_append(out, header, sizeof header);
    for (size_t i = 0; i < writer->n_sections && st == OVF_OK; i++) {
        unsigned char entry[OVF_PACK_ENTRY_BYTES] = {0};
        memcpy(entry, writer->sections[i].tag, 4);
        ovf_store_u64le(entry + 8, body_at + writer->sections[i].offset);
        ovf_store_u64le(entry + 16, writer->sections[i].len);
        st = ovf_buffer_append(out, entry, sizeof entry);
    }
    if (st == OVF_OK)
        st = ovf_buffer_append(out, writer->body.data, writer->body.len);
    if (st != OVF_OK)
        return st;
    const size_t from = begin + OVF_PACK_HEADER_BYTES;
    st = ovf_sha256((struct ovf_bytes){out->data + from, out->len - from}, &digest);
    if (st != OVF_OK)
        return st;
    memcpy(out->data + begin + DIGEST_AT, digest.bytes, sizeof digest.bytes);
    ovf_store_u64le(out->data + begin + SUM_AT,
                    sum_of((struct ovf_bytes){out->data + begin, out->len - begin}));
    return OVF_OK;
}

static enum ovf_status view_header(struct ovf_bytes bytes, uint32_t *n_sections,
                                   struct ovf_error *err)
{
    if (bytes.len < OVF_PACK_HEADER_BYTES || memcmp(bytes.data, OVF_PACK_MAGIC, 8) != 0)
        return ovf_error_set(err, OVF_E_FORMAT, "this is no pack");
    if (word(bytes.data, 2) != OVF_PACK_VERSION)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "a pack of version %u; this program reads version %d",
                             (unsigned)word(bytes.data, 2), OVF_PACK_VERSION);
    if (ovf_load_u64le(bytes.data + 16) != bytes.len)
        return ovf_error_set(err, OVF_E_FORMAT, "the pack is cut short or has something behind it");
    *n_sections = word(bytes.data, 3);
    if (*n_sections > OVF_PACK_MAX_SECTIONS ||
        *n_sections * OVF_PACK_ENTRY_BYTES > bytes.len - OVF_PACK_HEADER_BYTES)
        return ovf_error_set(err, OVF_E_FORMAT, "the pack's table of sections is bad");
    return OVF_OK;
}

/** Empty when there is no such section; an unknown tag is passed over. */
static enum ovf_status find_section(struct ovf_bytes bytes, uint32_t n_sections, const char *tag,
                                    struct ovf_bytes *out, struct ovf_error *err)
{
    *out = (struct ovf_bytes){NULL, 0};
    for (uint32_t i = 0; i < n_sections; i++) {
        const unsigned char *const entry =
            bytes.data + OVF_PACK_HEADER_BYTES + (size_t)i * OVF_PACK_ENTRY_BYTES;
        if (memcmp(entry, tag, 4) != 0)
            continue;
        const uint64_t offset = ovf_load_u64le(entry + 8);
        if (offset % ALIGNMENT != 0 ||
            !ovf_bytes_slice(bytes, offset, ovf_load_u64le(entry + 16), out))
            return ovf_error_set(err, OVF_E_FORMAT, "section %s lies outside the pack", tag);
        return OVF_OK;
    }
    return OVF_OK;
}

/** Texts of a section are found by offset and end in NUL: the section's last byte is one. */
static bool ends_in_nul(struct ovf_bytes section)
{
    return section.len > 0 && section.data[section.len - 1] == '\0';
}

static enum ovf_status view_areas(struct ovf_pack *pack, struct ovf_error *err)
{
    if (pack->areas.len < 8 || !ends_in_nul(pack->areas))
        return ovf_error_set(err, OVF_E_FORMAT, "the pack's airspaces are bad");
    pack->n_areas = word(pack->areas.data, 0);
    if (pack->n_areas > OVF_MEMBERS_MAX ||
        (size_t)pack->n_areas * OVF_PACK_AREA_BYTES > pack->areas.len - 8)
        return ovf_error_set(err, OVF_E_FORMAT, "the pack's airspaces are bad");
    return OVF_OK;
}

static enum ovf_status view_overlaps(struct ovf_pack *pack, struct ovf_error *err)
{
    if (pack->overlaps.len == 0)
        return OVF_OK;
    if (pack->overlaps.len >= 8)
        pack->n_overlaps = word(pack->overlaps.data, 0);
    if (pack->overlaps.len < 8 ||
        pack->n_overlaps > (pack->overlaps.len - 8) / OVF_PACK_OVERLAP_BYTES)
        return ovf_error_set(err, OVF_E_FORMAT, "the pack's overlaps are bad");
    return OVF_OK;
}

enum ovf_status ovf_pack_view(struct ovf_bytes bytes, struct ovf_pack *out, struct ovf_error *err)
{
    struct ovf_pack pack = {.bytes = bytes};
    struct ovf_bytes index;
    uint32_t n = 0;
    enum ovf_status st = view_header(bytes, &n, err);
    if (st != OVF_OK)
        return st;
    memcpy(pack.digest.bytes, bytes.data + DIGEST_AT, sizeof pack.digest.bytes);
    st = find_section(bytes, n, OVF_PACK_META, &pack.meta, err);
    if (st == OVF_OK)
        st = find_section(bytes, n, OVF_PACK_AREAS, &pack.areas, err);
    if (st == OVF_OK)
        st = find_section(bytes, n, OVF_PACK_INDEX, &index, err);
    if (st == OVF_OK)
        st = find_section(bytes, n, OVF_PACK_OVERLAPS, &pack.overlaps, err);
    if (st == OVF_OK)
        st = find_section(bytes, n, OVF_PACK_AIRPORTS, &pack.airports, err);
    if (st == OVF_OK && pack.meta.len > 0 && !ends_in_nul(pack.meta))
        st = ovf_error_set(err, OVF_E_FORMAT, "the pack's texts are bad");
    if (st == OVF_OK)
        st = view_areas(&pack, err);
    if (st == OVF_OK)
        st = view_overlaps(&pack, err);
    if (st == OVF_OK)
        st = ovf_index_view(index, &pack.index, err);
    if (st == OVF_OK)
        *out = pack;
    return st;
}

enum ovf_status ovf_pack_check(const struct ovf_pack *pack, struct ovf_error *err)
{
    if (sum_of(pack->bytes) != ovf_load_u64le(pack->bytes.data + SUM_AT))
        return ovf_error_set(err, OVF_E_FORMAT, "the pack's contents are not what its header says");
    return OVF_OK;
}

const char *ovf_pack_text(const struct ovf_pack *pack, const char *key)
{
    const char *at = (const char *)pack->meta.data;
    const char *const end = at != NULL ? at + pack->meta.len : NULL;
    while (at != NULL && at < end) {
        const char *const value = at + strlen(at) + 1; /* the last byte is NUL */
        if (value >= end)
            break;
        if (strcmp(at, key) == 0)
            return value;
        at = value + strlen(value) + 1;
    }
    return "";
}

static const char *area_text(const struct ovf_pack *pack, uint32_t offset)
{
    return offset < pack->areas.len ? (const char *)pack->areas.data + offset : "";
}

struct ovf_pack_area ovf_pack_area(const struct ovf_pack *pack, uint32_t i)
{
    assert(i < pack->n_areas);
    const unsigned char *const p = pack->areas.data + 8 + (size_t)i * OVF_PACK_AREA_BYTES;
    return (struct ovf_pack_area){
        .alpha2 = area_text(pack, word(p, 0)),
        .alpha3 = area_text(pack, word(p, 1)),
        .name = area_text(pack, word(p, 2)),
        .also = area_text(pack, word(p, 3)),
        .extent = {(int32_t)word(p, 4), (int32_t)word(p, 5), (int32_t)word(p, 6),
                   (int32_t)word(p, 7), word(p, 8)},
    };
}

struct ovf_pack_overlap ovf_pack_overlap(const struct ovf_pack *pack, uint32_t i)
{
    assert(i < pack->n_overlaps);
    const unsigned char *const p = pack->overlaps.data + 8 + (size_t)i * OVF_PACK_OVERLAP_BYTES;
    struct ovf_pack_overlap overlap = {
        .at = {(int32_t)word(p, 0), (int32_t)word(p, 1)},
        .n_edges = word(p, 2),
        .area_km2 = word(p, 5) / 100.0,
    };
    /* The numbers of its areas stand in the section behind the records. */
    const uint64_t from = word(p, 3);
    const uint64_t n = word(p, 4);
    for (uint64_t k = 0; k < n && (from + k) * 4 + 4 <= pack->overlaps.len; k++) {
        const uint32_t area = word(pack->overlaps.data, (size_t)(from + k));
        if (area < pack->n_areas && !ovf_members_has(&overlap.members, area))
            ovf_members_toggle(&overlap.members, area);
    }
    return overlap;
}
