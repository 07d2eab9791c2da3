/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a PMTiles archive, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): whether
 * the page can draw what is in it. The rest of the archive the page reads. */
#ifndef OVF_SERVE_PMTILES_H
#define OVF_SERVE_PMTILES_H

#include "base/bytes.h"
#include "base/error.h"

enum { OVF_PMTILES_HEADER_BYTES = 127 };

/**
 * \param[in] header  the first OVF_PMTILES_HEADER_BYTES of the archive, or all where it has fewer
 * \param[in] size    of the archive
 * \retval OVF_E_FORMAT  it is none, is cut, holds what is neither picture nor vector tile (MVT), or is packed as
 *                       browsers do not unpack; \p err says which
 */
OVF_NODISCARD enum ovf_status ovf_pmtiles_check(struct ovf_bytes header, uint64_t size,
                                                struct ovf_error *err);

#endif
