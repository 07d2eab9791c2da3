/* SPDX-License-Identifier: Apache-2.0 */
/* A raster map of the user's choice below all else: the one thing that a page may ask another host for. */
#ifndef OVF_VIEW_TILES_H
#define OVF_VIEW_TILES_H

#include "base/error.h"

enum { OVF_TILES_URL_SIZE = 512, OVF_TILES_ORIGIN_SIZE = 160 };

struct ovf_view_tiles {
    char url[OVF_TILES_URL_SIZE]; /* with {z}, {x} and {y} */
    char origin
        [OVF_TILES_ORIGIN_SIZE]; /* "https://tiles.example:8443": what a page's policy admits */
};

/**
 * Take the address of tiles of 256 dots: https or http, a host, perhaps a port, and a path with {z}, {x}, {y}.
 * Nothing in it can leave the place in a policy or a header that its origin is put to.
 * \retval OVF_E_RANGE  it is none; \p err says what is due
 */
OVF_NODISCARD enum ovf_status ovf_view_tiles_parse(const char *url, struct ovf_view_tiles *out,
                                                   struct ovf_error *err);

#endif
