/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/pmtiles.h"

#include <string.h>

/* Where in the header what is that is looked at. */
enum {
    AT_VERSION = 7,
    AT_SECTIONS = 8,
    AT_DIRECTORIES_PACKED = 97,
    AT_TILES_PACKED = 98,
    AT_TYPE = 99
};
enum { VERSION = 3, MAX_ROOT_END = 16384 };
enum { PACKED_GZIP = 2 }; /* 0: unknown, 1: not at all; what is above, a browser does not unpack */
enum { TYPE_MVT = 1, TYPE_AVIF = 5, TYPE_MLT = 6 }; /* PNG, JPEG and WebP between */

/** Root directory, metadata, leaf directories and tiles: each where it begins and how long it is. */
static bool are_sections_inside(const unsigned char *header, uint64_t size)
{
    enum { N_SECTIONS = 4 };
    for (size_t i = 0; i < N_SECTIONS; i++) {
        const uint64_t at = ovf_load_u64le(header + AT_SECTIONS + 16 * i);
        const uint64_t len = ovf_load_u64le(header + AT_SECTIONS + 16 * i + 8);
        if (at > size || len > size - at)
            return false;
    }
    return true;
}

/** It is read together with the header. Its end is no overflow: the section lies in the archive. */
static bool is_root_in_front(const unsigned char *header)
{
    const uint64_t at = ovf_load_u64le(header + AT_SECTIONS);
    const uint64_t len = ovf_load_u64le(header + AT_SECTIONS + 8);
    return at >= OVF_PMTILES_HEADER_BYTES && len > 0 && at + len <= MAX_ROOT_END;
}

enum ovf_status ovf_pmtiles_check(struct ovf_bytes header, uint64_t size, struct ovf_error *err)
{
    static const char magic[] = {'P', 'M', 'T', 'i', 'l', 'e', 's'};
    const unsigned char *const h = header.data;
    if (header.len < OVF_PMTILES_HEADER_BYTES || memcmp(h, magic, sizeof magic) != 0)
        return ovf_error_set(err, OVF_E_FORMAT, "it is no PMTiles archive");
    if (h[AT_VERSION] != VERSION)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "it is PMTiles of version %d, not 3: `pmtiles convert` makes it so",
                             h[AT_VERSION]);
    if (!are_sections_inside(h, size) || !is_root_in_front(h))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "what its header names is not in it: it is cut or damaged");
    if (h[AT_DIRECTORIES_PACKED] > PACKED_GZIP || h[AT_TILES_PACKED] > PACKED_GZIP)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "it is packed by other than gzip, which browsers do not unpack");
    if (h[AT_TYPE] == TYPE_MLT)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "it holds vector tiles of MapLibre's kind (MLT); Mapbox's (MVT) or "
                             "pictures (PNG, JPEG, WebP, AVIF) are due");
    if (h[AT_TYPE] < TYPE_MVT || h[AT_TYPE] > TYPE_AVIF)
        return ovf_error_set(err, OVF_E_FORMAT,
                             "its tiles are of kind %d, not MVT, PNG, JPEG, WebP or AVIF",
                             h[AT_TYPE]);
    return OVF_OK;
}
