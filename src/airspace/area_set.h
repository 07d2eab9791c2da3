/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces on their way from a file to an edition: checked rings with codes, names and limits. They
 * have a form in bytes too, in which the library keeps them. */
#ifndef OVF_AIRSPACE_AREA_SET_H
#define OVF_AIRSPACE_AREA_SET_H

#include "airspace/edition.h"
#include "base/buffer.h"
#include "geo/datum.h"
#include "geo/densify.h"

/** One ring: points [begin, begin + n). */
struct ovf_area_ring {
    uint32_t area;
    size_t begin;
    size_t n;
};

/** The texts of an area; any may be "". */
struct ovf_area_texts {
    const char *code;
    const char *code3;
    const char *name;
    const char *also;
};

struct ovf_area {
    size_t
        texts; /* offset of the four texts in the set's, one after the other, each with its NUL */
    struct ovf_limit floor;
    struct ovf_limit ceiling;
};

/** Zero-initialise. */
struct ovf_area_set {
    struct ovf_area *areas;
    size_t n_areas;
    size_t areas_capacity;
    struct ovf_area_ring *rings; /* in any order of areas */
    size_t n_rings;
    size_t rings_capacity;
    struct ovf_points points;
    struct ovf_buffer texts;
};

void ovf_area_set_deinit(struct ovf_area_set *set);

/** Add an area without rings; its number is n_areas before the call. */
OVF_NODISCARD enum ovf_status ovf_area_set_add(struct ovf_area_set *set,
                                               const struct ovf_area_texts *texts,
                                               struct ovf_limit floor, struct ovf_limit ceiling);

OVF_NODISCARD enum ovf_status ovf_area_set_add_ring(struct ovf_area_set *set, uint32_t area,
                                                    const struct ovf_point *points, size_t n);

/** Borrowed until the next addition. */
struct ovf_area_texts ovf_area_set_texts(const struct ovf_area_set *set, size_t area);

/** Give an area other texts. */
OVF_NODISCARD enum ovf_status ovf_area_set_rename(struct ovf_area_set *set, size_t area,
                                                  const struct ovf_area_texts *texts);

/** Append the set to \p out; the same set gives the same bytes. */
OVF_NODISCARD enum ovf_status ovf_area_set_write(const struct ovf_area_set *set,
                                                 struct ovf_buffer *out);

/** \retval OVF_E_FORMAT  the bytes are no set, or name something outside themselves */
OVF_NODISCARD enum ovf_status ovf_area_set_read(struct ovf_bytes bytes, struct ovf_area_set *out,
                                                struct ovf_error *err);

/** What an edition says of itself; copied. */
struct ovf_edition_about {
    enum ovf_airspace_kind kind;
    const char *name;
    const char *edition;
    const char *source;
    const char *licence;
    const char *attribution;
    double boundary_accuracy_m; /* NAN: not stated */
};

/**
 * Make an edition of \p set, from which it borrows nothing.
 * \retval OVF_E_RANGE  more than OVF_MEMBERS_MAX areas
 */
OVF_NODISCARD enum ovf_status ovf_edition_from_areas(const struct ovf_area_set *set,
                                                     const struct ovf_edition_about *about,
                                                     struct ovf_edition *out,
                                                     struct ovf_error *err);

#endif
