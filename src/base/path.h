/* SPDX-License-Identifier: Apache-2.0 */
/* Paths as texts. */
#ifndef OVF_BASE_PATH_H
#define OVF_BASE_PATH_H

#include "base/bytes.h"

/** The last part of \p path, without the slashes behind it: of "a/b/" it is "b", of "/" nothing. Borrowed from
 * \p path. */
struct ovf_bytes ovf_path_last(struct ovf_bytes path);

#endif
