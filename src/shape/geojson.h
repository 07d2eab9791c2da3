/* SPDX-License-Identifier: Apache-2.0 */
/* GeoJSON (RFC 7946): bytes -> areas, one feature at a time.
 *
 * A document is a FeatureCollection, a Feature or a bare geometry. Polygon and MultiPolygon are areas;
 * anything else is counted as no area and passed over. A third coordinate is ignored; longitudes up to
 * one turn beyond +-180 are brought back. Positions are read as decimal text, exactly, and rounded to
 * 1e-7 degree: 1.1 cm, no float between.
 * What is wrong with an area (a ring that is not closed, or has no width) is an error that names the
 * feature: a boundary with a piece left out would claim something false. Rings that cross themselves
 * or each other are not looked for here (see shape/polygon_check.h).
 */
#ifndef OVF_SHAPE_GEOJSON_H
#define OVF_SHAPE_GEOJSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"
#include "geo/densify.h"

/** Most that one feature may have. The largest of the world's states, drawn to 10 m, has 79,229. */
#define OVF_GEOJSON_MAX_POINTS 200000
#define OVF_GEOJSON_MAX_RINGS 2000
#define OVF_GEOJSON_MAX_PROPERTIES_BYTES 65536

struct ovf_geojson_limits {
    size_t n_points;
    size_t n_rings;
};

/** A closed line: points [begin, begin + n), each once, none equal to the one before it. */
struct ovf_shape_ring {
    size_t begin;
    size_t n;
    size_t polygon; /* counted within the feature */
    bool is_hole;
};

/** One feature. Zero-initialise; reused from feature to feature. */
struct ovf_shape {
    size_t number; /* of the feature in the document, from 1 */
    struct ovf_points points;
    struct ovf_shape_ring *rings;
    size_t n_rings;
    size_t rings_capacity;
    size_t n_repeated; /* positions equal to the one before, left out (the closing one aside) */
    size_t n_closed;   /* rings that were not closed and have been, where the reader repairs */
    void *properties;  /* private */
};

void ovf_shape_deinit(struct ovf_shape *shape);

/**
 * Make the points from \p begin on a ring: the closing ones are taken off.
 * \param[out] why  what is wrong with it
 * \retval OVF_E_FORMAT  fewer than three distinct points, or all on one line
 * \retval OVF_E_LIMIT   more points or rings than \p limits
 */
OVF_NODISCARD enum ovf_status ovf_shape_end_ring(struct ovf_shape *shape, size_t begin,
                                                 size_t polygon, bool is_hole,
                                                 const struct ovf_geojson_limits *limits,
                                                 const char **why);

/** The property \p key, when it is a text, else NULL. Borrowed from \p shape until its next use. */
const char *ovf_shape_text(const struct ovf_shape *shape, const char *key);

/** The property \p key, when it is a number; false otherwise. */
bool ovf_shape_number(const struct ovf_shape *shape, const char *key, double *value);

struct ovf_geojson_reader {
    size_t n_features;  /* read so far */
    size_t n_not_areas; /* of these, with another geometry or none */
    bool repairs;       /* set after opening: a ring that is not closed is closed and counted */
    /* private */
    struct ovf_geojson_limits limits;
    struct ovf_bytes rest; /* of the features, from the next on */
    bool is_collection;
    bool first;
};

/**
 * Check the document from end to end for its grammar and open it.
 * \param[in] limits  NULL: those above
 * \retval OVF_E_FORMAT  no JSON, something after it, no GeoJSON, or another coordinate system than WGS84
 */
OVF_NODISCARD enum ovf_status ovf_geojson_open(struct ovf_bytes document,
                                               const struct ovf_geojson_limits *limits,
                                               struct ovf_geojson_reader *out,
                                               struct ovf_error *err);

/**
 * Read the next area into \p shape; \p more is false when there is none.
 * \retval OVF_E_FORMAT, OVF_E_LIMIT  the feature is no good; \p err names it. \p shape is undefined
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_geojson_next(struct ovf_geojson_reader *reader,
                                               struct ovf_shape *shape, bool *more,
                                               struct ovf_error *err);

#endif
