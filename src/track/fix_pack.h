/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes as bytes and back, small and exact: what a store keeps of legs that are still open.
 *
 * Each fix is a number whose bits tell which of its fields differ from the fix before, and these
 * differences (base/varint.h, zigzag); floats are the difference of their bits. Records keep their item as
 * a number; what it stands for is the caller's to keep.
 */
#ifndef OVF_TRACK_FIX_PACK_H
#define OVF_TRACK_FIX_PACK_H

#include "base/buffer.h"
#include "base/error.h"
#include "track/fix.h"

/** Append \p n fixes, in any order, to \p out. */
OVF_NODISCARD enum ovf_status ovf_fixes_pack(const struct ovf_fix *fixes, size_t n,
                                             struct ovf_buffer *out);

/**
 * Append the fixes that \p bytes hold to \p out, which is as it was on failure.
 * \retval OVF_E_FORMAT  the bytes are not what ovf_fixes_pack writes; \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_fixes_unpack(struct ovf_bytes bytes, struct ovf_fixes *out,
                                               struct ovf_error *err);

/* ---- one at a time, in memory ---- */

enum { OVF_FIX_PACKED_MAX_BYTES = 288 };

/** \p fix as what follows \p before, the last that is no hearing (NULL: it is the first), without a header.
 * \return its bytes, which lie in \p room */
struct ovf_bytes ovf_fix_pack_next(const struct ovf_fix *before, const struct ovf_fix *fix,
                                   unsigned char room[OVF_FIX_PACKED_MAX_BYTES]);

/**
 * Append the fixes that were packed so, one behind the other, to \p out.
 * \retval OVF_E_FORMAT  the bytes end early; what came before is in \p out; \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_fixes_unpack_chain(struct ovf_bytes bytes, struct ovf_fixes *out);

#endif
