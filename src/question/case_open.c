/* SPDX-License-Identifier: Apache-2.0 */
#include "question/case_open.h"

#include <string.h>

#include "source/file.h"

enum ovf_status ovf_open_case(const char *path, struct ovf_open_case *out, struct ovf_error *err)
{
    struct ovf_buffer yaml = {0};
    enum ovf_status st = ovf_file_read(path, OVF_YAML_MAX_BYTES, &yaml, err);
    *out = (struct ovf_open_case){.path = path};
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&yaml), &out->digest);
    if (st == OVF_OK) {
        st = ovf_case_file_read(ovf_buffer_bytes(&yaml), &out->store, &out->the_case, err);
        if (st != OVF_OK)
            ovf_error_prefix(err, path);
    }
    ovf_buffer_deinit(&yaml);
    return st;
}

void ovf_open_case_close(struct ovf_open_case *open)
{
    ovf_case_store_deinit(&open->store);
    ovf_texts_deinit(&open->texts);
    *open = (struct ovf_open_case){.path = NULL};
}

const char *ovf_open_case_path(struct ovf_open_case *open, const char *path)
{
    struct ovf_buffer text = {0};
    const char *const slash = strrchr(open->path, '/');
    const char *kept = NULL;
    if (path[0] == '/' || slash == NULL)
        return path;
    if (ovf_buffer_printf(&text, "%.*s/%s", (int)(slash - open->path), open->path, path) == OVF_OK)
        kept = ovf_texts_keep(&open->texts, ovf_buffer_bytes(&text));
    ovf_buffer_deinit(&text);
    return kept;
}

void ovf_open_case_blame(const struct ovf_open_case *open, struct ovf_error *err)
{
    if (err != NULL && err->text[0] != '\0')
        ovf_error_prefix(err, open->path);
}
