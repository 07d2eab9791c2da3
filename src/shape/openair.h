/* SPDX-License-Identifier: Apache-2.0 */
/* OpenAir airspace files (the Winpilot format of 1998 and its version 2): bytes -> areas, one at a time.
 *
 * An airspace begins at AC and ends before the next. Its boundary is made of points (DP), arcs (DA: by
 * radius and angles; DB: from one point to another) and circles (DC) around the centre V X=; V D=+ or -
 * gives the direction of the arcs that follow. It closes itself. Arcs and circles become points whose
 * geodesics stay within 0.5 m of them. docs/formats/openair.md has the records and spellings.
 * What is wrong with a record that draws or limits an airspace is an error with its line, for a boundary
 * with a piece left out would claim something false; a record that is not known at all is reported by
 * its line and passed over.
 */
#ifndef OVF_SHAPE_OPENAIR_H
#define OVF_SHAPE_OPENAIR_H

#include "base/buffer.h"
#include "geo/datum.h"
#include "shape/geojson.h"

enum { OVF_OPENAIR_NAME_SIZE = 128, OVF_OPENAIR_CLASS_SIZE = 16 };

/** One airspace. Zero-initialise; reused from one to the next. */
struct ovf_openair_area {
    struct ovf_shape shape;           /* one ring; number counts airspaces, from 1; no properties */
    size_t line;                      /* of its AC */
    char name[OVF_OPENAIR_NAME_SIZE]; /* AN, UTF-8; "" when there is none */
    char class[OVF_OPENAIR_CLASS_SIZE]; /* AC: "R", "CTR", "P" ... */
    struct ovf_limit floor;             /* surface when the file states none */
    struct ovf_limit ceiling;           /* unlimited when the file states none */
    bool has_floor;
    bool has_ceiling;
};

void ovf_openair_area_deinit(struct ovf_openair_area *area);

struct ovf_openair_reader {
    size_t n_areas;
    size_t n_notes;          /* what was passed over or odd, whether or not there was room for it */
    struct ovf_buffer notes; /* the first OVF_OPENAIR_MAX_NOTES of them, a line each */
    /* private */
    struct ovf_geojson_limits limits;
    struct ovf_bytes rest;
    size_t line; /* of the next line, from 1 */
};

enum { OVF_OPENAIR_MAX_NOTES = 50 };

void ovf_openair_deinit(struct ovf_openair_reader *reader);

/** Whether the first record of \p document, comments aside, is one of OpenAir's. */
bool ovf_openair_is(struct ovf_bytes document);

/** \param[in] limits  NULL: those of GeoJSON */
void ovf_openair_open(struct ovf_bytes document, const struct ovf_geojson_limits *limits,
                      struct ovf_openair_reader *out);

/**
 * Read the next airspace into \p area; \p more is false when there is none.
 * \retval OVF_E_FORMAT, OVF_E_LIMIT  \p err names the line and the airspace. \p area is undefined
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_openair_next(struct ovf_openair_reader *reader,
                                               struct ovf_openair_area *area, bool *more,
                                               struct ovf_error *err);

/** Read a limit as OpenAir writes it: "SFC", "UNL", "FL195", "2500 ft", "1000 AGL", "300 m MSL". */
bool ovf_openair_limit(struct ovf_bytes text, struct ovf_limit *out);

/** Read a place: "33:15:45 N 44:14:05 E", "33:15.75N 044:14.08E", "33.2625 N 44.2347 E". */
bool ovf_openair_place(struct ovf_bytes text, struct ovf_point *out);

#endif
