/* SPDX-License-Identifier: Apache-2.0 */
/* What one scan hands on to the next about one aircraft, so that days scanned one at a time, in any order,
 * come to what one scan of all of them comes to.
 *
 * Most of a day is settled when it has been scanned: a flight that landed in the middle of it stays as it
 * is whatever other days hold. Carried are
 * - flights that another day could lengthen: in the air at the edge of what was scanned, or on the ground
 *   there, with all their fixes (pieces);
 * - with these the whole spell (track/spell.h) of each: more of it may make all of it unbelieved, and the flight beyond
 *   that is then the one at the edge. That too, if something is not believed already or it was lost in the air;
 * - flights whose journey another day could change: those that the aircraft began with after an edge, up to
 *   the first that begins a journey of its own whatever was before, and the last journey before an edge; those beyond
 *   the spell there likewise.
 *   With their fixes if they crossed an airspace, for then they are told anew; else as they are (flights);
 * - what was heard without a position within a flight's reach of an edge;
 * - flights beside those that are carried with fixes, as they are: where one whose end is not known can have come
 *   from and gone to follows from these.
 * The time that was scanned is known by its windows; where two meet there is no edge any more. */
#ifndef OVF_ENGINE_CARRY_H
#define OVF_ENGINE_CARRY_H

#include "base/buffer.h"
#include "engine/engine.h"
#include "track/member.h"

/** A time in which all that the inputs have of the aircraft is known. */
struct ovf_carry_window {
    int64_t from_ns;
    int64_t to_ns; /* exclusive */
};

/** Fixes in a row, as they were read. */
struct ovf_carry_piece {
    struct ovf_fixes fixes; /* in the order of ovf_fix_compare; never empty */
    bool known_before;      /* what came directly before was scanned and is not carried */
    bool known_after;
    bool begins_journey; /* the first flight in it is known to */
};

/** Zero-initialise. */
struct ovf_carry {
    struct ovf_carry_window *windows; /* in order, apart */
    size_t n_windows;
    uint64_t *seen; /* the first 8 bytes of the digests of all members that were scanned, sorted */
    size_t n_seen;
    struct ovf_track_member *members; /* what the pieces' records name */
    size_t n_members;
    struct ovf_carry_piece *pieces; /* in order of time */
    size_t n_pieces;
    struct ovf_flight *flights; /* in order of time; not in any piece */
    size_t n_flights;
    struct ovf_buffer names; /* private: of the members of an unpacked one */
};

void ovf_carry_deinit(struct ovf_carry *carry);

/** Append \p carry as bytes. */
OVF_NODISCARD enum ovf_status ovf_carry_pack(const struct ovf_carry *carry, struct ovf_buffer *out);

/** \p out is empty, and on failure is so again.
 * \retval OVF_E_FORMAT  the bytes are not what ovf_carry_pack writes; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_carry_unpack(struct ovf_bytes bytes, struct ovf_carry *out,
                                               struct ovf_error *err);

bool ovf_carry_has_seen(const struct ovf_carry *carry, const struct ovf_digest *member);

/** Whether \p member speaks of a time that was scanned already: what is settled there is not joined with it. */
bool ovf_carry_overlaps(const struct ovf_carry *carry, const struct ovf_track_member *member);

/** A flight of the aircraft, for the decision what to carry on. */
struct ovf_stretch_flight {
    struct ovf_flight flight;
    int64_t from_ns; /* with the unbelieved fixes beside it, which another scan may confirm */
    int64_t to_ns;
    int64_t take_off_ns; /* the first and the last of these in the air */
    int64_t landing_ns;
    bool crosses; /* an airspace that was asked for */
};

/** Fixes that are graded together (track/spell.h). */
struct ovf_stretch_spell {
    int64_t from_ns; /* of the first and the last */
    int64_t to_ns;
    bool has_flight; /* one was found in it */
    bool is_doubted; /* something speaks against some, or some are another aircraft's */
};

/** Fixes that the engine takes as one track: carried and new ones in a row. */
struct ovf_stretch {
    struct ovf_fixes fixes; /* record.item: into the members of the join */
    bool known_before;
    bool known_after;
    bool begins_journey;
    struct ovf_stretch_flight *flights; /* what the engine made of them; in order of time */
    size_t n_flights;
    struct ovf_stretch_spell *spells; /* likewise */
    size_t n_spells;
};

/** What was carried and what is new, together. Zero-initialise. */
struct ovf_join {
    struct ovf_track_member *members; /* in the order of ovf_track_member_compare */
    size_t n_members;
    struct ovf_stretch *stretches; /* in order of time */
    size_t n_stretches;
};

void ovf_join_deinit(struct ovf_join *join);

/**
 * Join \p carry with fixes of members that it has not seen.
 *
 * \param[in]  members  what the records in \p parts name; borrowed for the join's life, names and all
 */
OVF_NODISCARD enum ovf_status ovf_carry_join(const struct ovf_carry *carry,
                                             const struct ovf_track_member *members,
                                             size_t n_members, const struct ovf_fixes *parts,
                                             size_t n_parts, struct ovf_join *out);

/** Keep of an engine's result what ovf_carry_next needs. */
OVF_NODISCARD enum ovf_status ovf_stretch_note(struct ovf_stretch *stretch,
                                               const struct ovf_result *result);

/** The flights that are known beside those of stretch \p own, which may be n_stretches: of all. In order
 * of time; for the caller to free. */
OVF_NODISCARD enum ovf_status ovf_join_flights_around(const struct ovf_join *join,
                                                      const struct ovf_carry *carry, size_t own,
                                                      struct ovf_flight **out, size_t *n);

/**
 * What the next scan needs, once the engine has seen all stretches.
 *
 * \param[in]  carry, members  as joined; members are new ones only
 * \param[out] out             empty; borrows names from the join's members
 */
OVF_NODISCARD enum ovf_status ovf_carry_next(const struct ovf_carry *carry,
                                             const struct ovf_track_member *members,
                                             size_t n_members, const struct ovf_join *join,
                                             int64_t journey_ns, struct ovf_carry *out);

#endif
