/* SPDX-License-Identifier: Apache-2.0 */
/* Mapping and viewing the pack. */
#include "question/pack_file.h"

enum ovf_status ovf_pack_file_open(const char *path, struct ovf_pack_file *out,
                                   struct ovf_error *err)
{
    struct ovf_pack_file file = {0};
    enum ovf_status st = ovf_mapped_open(path, &file.file, err);
    if (st != OVF_OK)
        return st; /* the text names the file */
    st = ovf_pack_view(file.file.bytes, &file.pack, err);
    if (st != OVF_OK) {
        ovf_error_prefix(err, path);
        ovf_mapped_close(&file.file);
        return st;
    }
    *out = file; /* the view points into the mapping, not into the struct */
    return OVF_OK;
}

void ovf_pack_file_close(struct ovf_pack_file *file)
{
    ovf_mapped_close(&file->file);
    *file = (struct ovf_pack_file){0};
}
