/* SPDX-License-Identifier: Apache-2.0 */
#include "run/page_files.h"

#include <stdio.h>

#include "read/json.h"
#include "source/file.h"

enum { MAX_BYTES = 1 << 26, PATH_SIZE = 4096 };

void ovf_page_files_deinit(struct ovf_page_files *files)
{
    ovf_buffer_deinit(&files->html);
    ovf_buffer_deinit(&files->css);
    ovf_buffer_deinit(&files->js);
    ovf_buffer_deinit(&files->worker);
    *files = (struct ovf_page_files){0};
}

static enum ovf_status read_file(const char *folder, const char *name, struct ovf_buffer *out,
                                 struct ovf_error *err)
{
    char path[PATH_SIZE];
    const int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (n < 0 || n >= (int)sizeof path)
        return ovf_error_set(err, OVF_E_NOTFOUND, "the name of the page's folder is too long");
    return ovf_file_read(path, MAX_BYTES, out, err);
}

/** The member "style_hash" of the page's manifest. */
static bool read_hash(struct ovf_bytes text, char hash[64])
{
    struct ovf_json json;
    struct ovf_json_value value;
    size_t len = 0;
    ovf_json_init(&json, text);
    if (!ovf_json_read(&json, &value) || value.kind != OVF_JSON_OBJECT)
        return false;
    while (ovf_json_key(&json, &value)) {
        if (!ovf_json_equals(&value, "style_hash")) {
            if (!ovf_json_skip(&json))
                return false;
            continue;
        }
        if (!ovf_json_read(&json, &value) || value.kind != OVF_JSON_STRING ||
            !ovf_json_decode(&value, hash, 63, &len))
            return false;
        hash[len] = '\0';
    }
    return ovf_json_ok(&json);
}

enum ovf_status ovf_page_files_read(const char *folder, struct ovf_page_files *out,
                                    struct ovf_error *err)
{
    struct ovf_page_files files = {0};
    struct ovf_buffer manifest = {0};
    enum ovf_status st = read_file(folder, "page.html", &files.html, err);
    if (st == OVF_OK)
        st = read_file(folder, "page.css", &files.css, err);
    if (st == OVF_OK)
        st = read_file(folder, "page.js", &files.js, err);
    if (st == OVF_OK)
        st = read_file(folder, "worker.js", &files.worker, err);
    if (st == OVF_OK)
        st = read_file(folder, "page.json", &manifest, err);
    if (st == OVF_OK && !read_hash(ovf_buffer_bytes(&manifest), files.style_hash))
        st = ovf_error_set(err, OVF_E_FORMAT, "%.200s/page.json: no manifest of a page", folder);
    if (st == OVF_OK)
        *out = files;
    else
        ovf_page_files_deinit(&files);
    ovf_buffer_deinit(&manifest);
    return st;
}

struct ovf_view_page ovf_page_files_view(const struct ovf_page_files *files)
{
    return (struct ovf_view_page){.html = ovf_buffer_bytes(&files->html),
                                  .css = ovf_buffer_bytes(&files->css),
                                  .js = ovf_buffer_bytes(&files->js),
                                  .worker = ovf_buffer_bytes(&files->worker),
                                  .style_hash =
                                      files->style_hash[0] != '\0' ? files->style_hash : NULL};
}
