/* SPDX-License-Identifier: Apache-2.0 */
/* Making folders, and removing empty ones. */
#ifndef OVF_SOURCE_FOLDER_H
#define OVF_SOURCE_FOLDER_H

#include "base/error.h"

/** Make those of the folders in \p path, up to its last '/', that are not there yet, or OVF_E_IO. */
OVF_NODISCARD enum ovf_status ovf_folders_make(const char *path, struct ovf_error *err);

/** Remove the innermost \p n of these folders, as far as nothing is in them. */
void ovf_folders_unmake(const char *path, int n);

#endif
