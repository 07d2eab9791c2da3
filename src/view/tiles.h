/* SPDX-License-Identifier: Apache-2.0 */
/* A raster map of the user's choice below all else: the one thing that a page may ask another host for. */
#ifndef OVF_VIEW_TILES_H
#define OVF_VIEW_TILES_H

#include "base/error.h"

enum { OVF_TILES_URL_SIZE = 512, OVF_TILES_ORIGIN_SIZE = 160 };

/** Where the server of a page has an archive of its own, as seen from the page. */
#define OVF_TILES_OWN "tiles.pmtiles"

enum ovf_view_tiles_kind {
    OVF_TILES_XYZ,     /* pictures, each at an address of its own */
    OVF_TILES_PMTILES, /* an archive elsewhere, of which a page reads parts */
    OVF_TILES_FILE,    /* an archive on this machine, which the server of the page sends */
};

struct ovf_view_tiles {
    enum ovf_view_tiles_kind kind;
    char url
        [OVF_TILES_URL_SIZE]; /* with {z}, {x} and {y}; or of an archive: OVF_TILES_OWN of a file */
    char origin
        [OVF_TILES_ORIGIN_SIZE]; /* "https://tiles.example:8443": what a page's policy admits; "": no other */
};

/**
 * Take the address of tiles of 256 dots: https or http, a host, perhaps a port, and a path with {z}, {x}, {y} or that
 * ends in ".pmtiles"; or the name of a file that does. Nothing in it can leave the place in a policy or a header that
 * its origin is put to.
 * \retval OVF_E_RANGE  it is none; \p err says what is due
 */
OVF_NODISCARD enum ovf_status ovf_view_tiles_parse(const char *text, struct ovf_view_tiles *out,
                                                   struct ovf_error *err);

#endif
