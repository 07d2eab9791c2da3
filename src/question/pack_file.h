/* SPDX-License-Identifier: Apache-2.0 */
/* The pack as a file: mapped and viewed. */
#ifndef OVF_QUESTION_PACK_FILE_H
#define OVF_QUESTION_PACK_FILE_H

#include "base/error.h"
#include "pack/layout.h"
#include "source/mapped.h"

/** Zero-initialise. */
struct ovf_pack_file {
    struct ovf_mapped file;
    struct ovf_pack pack;
};

/**
 * Open the pack \p path. Its contents are not read through: see ovf_pack_check.
 * \retval OVF_E_NOTFOUND, OVF_E_IO  no such file, or the system refused; \p err names it
 * \retval OVF_E_FORMAT              it is no pack, or one of another version
 */
OVF_NODISCARD enum ovf_status ovf_pack_file_open(const char *path, struct ovf_pack_file *out,
                                                 struct ovf_error *err);

void ovf_pack_file_close(struct ovf_pack_file *file);

#endif
