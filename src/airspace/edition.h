/* SPDX-License-Identifier: Apache-2.0 */
/* An edition: airspaces of one kind from one source, with the index that tells where they are. It comes
 * from the pack (states), or is made in memory from what the user drew (zones). */
#ifndef OVF_AIRSPACE_EDITION_H
#define OVF_AIRSPACE_EDITION_H

#include <stdbool.h>

#include "airspace/walk.h"
#include "base/buffer.h"
#include "base/error.h"
#include "geo/boundary.h"
#include "geo/index.h"
#include "pack/extent.h"
#include "pack/layout.h"

enum ovf_airspace_kind {
    OVF_KIND_COUNTRY, /* sovereign: land and territorial sea */
    OVF_KIND_FIR,     /* flight information region */
    OVF_KIND_ZONE,    /* the user's own */
    OVF_KIND_N
};

/** "country", "fir", "zone". */
const char *ovf_kind_name(enum ovf_airspace_kind kind);

/** One airspace. The texts live as long as its edition. */
struct ovf_airspace {
    const char *code;  /* as it is printed: "IQ", "ORBB"; of a zone "zone:NAME" */
    const char *code3; /* "IRQ"; "" when there is none */
    const char *name;  /* "Iraq"; of a zone its definition */
    const char *also;  /* other names, separated by '|' */
    struct ovf_extent extent;
};

/** Immutable after building; any number of threads may read it. */
struct ovf_edition {
    enum ovf_airspace_kind kind;
    const char *name; /* of the map */
    const char *edition;
    const char *source;
    const char *licence;
    const char *attribution;
    double boundary_accuracy_m; /* NAN when the source states none */
    struct ovf_index index;     /* owners are numbers of airspaces */
    struct ovf_airspace *airspaces;
    uint32_t n_airspaces;
    struct ovf_limits *limits; /* of airspaces that have any, by owner */
    size_t n_limits;
    struct ovf_pack_overlap *overlaps; /* sets of two or more that share a place */
    size_t n_overlaps;
    struct ovf_buffer storage; /* private: texts and index of zones */
    struct ovf_buffer texts;   /* private */
};

void ovf_edition_deinit(struct ovf_edition *edition);

/** The states of \p pack, from which \p out borrows texts and index. */
OVF_NODISCARD enum ovf_status ovf_edition_from_pack(const struct ovf_pack *pack,
                                                    struct ovf_edition *out);

/** With the airspaces of \p edition counted and allocated: index and extents of their \p boundary. */
OVF_NODISCARD enum ovf_status ovf_edition_build_index(const struct ovf_boundary *boundary,
                                                      struct ovf_edition *edition,
                                                      struct ovf_error *err);

/* ---- names ---- */

/** An airspace of one of several editions. */
struct ovf_airspace_ref {
    size_t edition;
    uint32_t airspace;
};

/**
 * Find an airspace by what a user calls it, in any case: IQ, IRQ, Iraq, ORBB, zone:NAME, or with its
 * kind before it: country:IQ, fir:ORBB. A zone is always called with its kind.
 * \retval OVF_E_NOTFOUND  none is called so; \p err names the nearest
 * \retval OVF_E_RANGE     several are; \p err names them
 */
OVF_NODISCARD enum ovf_status ovf_airspace_find(const struct ovf_edition *const *editions,
                                                size_t n_editions, const char *name,
                                                struct ovf_airspace_ref *out,
                                                struct ovf_error *err);

/* ---- zones ---- */

#define OVF_ZONE_NAME_SIZE 65
#define OVF_ZONE_POINTS_MIN 3
#define OVF_ZONE_POINTS_MAX 200
#define OVF_ZONE_RADIUS_MIN_NMI 0.01
#define OVF_ZONE_RADIUS_MAX_NMI 10000.0 /* the far side of the globe is 10,800 away */

struct ovf_zone {
    char name[OVF_ZONE_NAME_SIZE]; /* "" : by its number */
    const char *text;              /* borrowed: the definition as given, without the name */
    struct ovf_point centre;       /* of a circle */
    double radius_m;
    struct ovf_point
        ring[OVF_ZONE_POINTS_MAX]; /* of a polygon: each once, geodesics between them */
    size_t n_points;               /* 0: a circle */
    int32_t floor_ft;              /* barometric; INT32_MIN: from the surface */
    int32_t ceiling_ft;            /* barometric; INT32_MAX: unlimited */
};

/**
 * Read [NAME=]circle:LAT,LON,RADIUS_NM[,FLOOR_FT,CEILING_FT] or
 * [NAME=]polygon:LAT,LON/LAT,LON/LAT,LON...[,FLOOR_FT,CEILING_FT]; limits are feet of barometric altitude,
 * and either may be left empty. NAME is up to 64 letters, digits, '_', '-' and '.'. Whether the lines of a
 * polygon cross is not looked at (shape/polygon_check.h).
 * \param[out] out  borrows \p text
 * \retval OVF_E_RANGE  it is not that; \p err says what is wrong
 */
OVF_NODISCARD enum ovf_status ovf_zone_parse(const char *text, struct ovf_zone *out,
                                             struct ovf_error *err);

/**
 * Make an edition of \p zones: called zone:NAME, or zone:1, zone:2 ... by their place in the list.
 * \retval OVF_E_RANGE  two have the same name, or there are more than OVF_MEMBERS_MAX
 */
OVF_NODISCARD enum ovf_status ovf_edition_from_zones(const struct ovf_zone *zones, size_t n_zones,
                                                     struct ovf_edition *out,
                                                     struct ovf_error *err);

#endif
