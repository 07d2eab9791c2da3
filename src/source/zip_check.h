/* SPDX-License-Identifier: Apache-2.0 */
/* Does a zip say one thing? Its directory at the end and the header before each member name it twice,
 * and readers differ in which they believe; members may lie over each other. libarchive takes the local
 * name and compares neither. What contradicts itself is no evidence of anything.
 *
 * Source: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end). Not looked at:
 * zips in the 64-bit form, with something before the first member, or larger than their directory says;
 * libarchive judges those.
 */
#ifndef OVF_SOURCE_ZIP_CHECK_H
#define OVF_SOURCE_ZIP_CHECK_H

#include <stdbool.h>

#include "source/space.h"

/**
 * Whether the directory and the local headers of the zip in \p space agree in name, method and sizes and
 * no two members share a byte. If not, \p why says what and where.
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_zip_check(const struct ovf_space *space, bool *is_sound,
                                            struct ovf_error *why, struct ovf_error *err);

#endif
