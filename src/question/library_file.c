/* SPDX-License-Identifier: Apache-2.0 */
/* Files into the library, editions out of it. */
#include "question/library_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "airspace/area_set.h"
#include "question/import_areas.h"
#include "question/ogr2ogr.h"
#include "question/pack_file.h"
#include "source/file.h"

/* The map of states to ten metres has 40 MB. */
enum { MAX_BYTES = 1 << 30 };

bool ovf_library_path(const char *given, char path[OVF_LIBRARY_PATH_SIZE])
{
    const char *const data = getenv("XDG_DATA_HOME");
    const char *const home = getenv("HOME");
    int n = -1;
    if (given != NULL)
        n = snprintf(path, OVF_LIBRARY_PATH_SIZE, "%s", given);
    else if (data != NULL && data[0] == '/') /* a relative one is to be ignored */
        n = snprintf(path, OVF_LIBRARY_PATH_SIZE, "%s/overflight/library.db", data);
    else if (home != NULL && home[0] != '\0')
        n = snprintf(path, OVF_LIBRARY_PATH_SIZE, "%s/.local/share/overflight/library.db", home);
    return n > 0 && n < OVF_LIBRARY_PATH_SIZE;
}

void ovf_library_make_folders(const char *path)
{
    char folder[OVF_LIBRARY_PATH_SIZE];
    (void)snprintf(folder, sizeof folder, "%s", path);
    for (char *p = strchr(folder + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
        *p = '\0';
        (void)mkdir(folder, 0777); /* one that cannot be made is told by opening the file */
        *p = '/';
    }
}

/* ---- importing ---- */

/** The file as GeoJSON or OpenAir, and the hash of the file itself. */
static enum ovf_status read_map(const char *path, struct ovf_buffer *text,
                                char sha256[OVF_SHA256_HEX_SIZE], struct ovf_error *err)
{
    struct ovf_digest digest;
    enum ovf_status st = ovf_file_read(path, MAX_BYTES, text, err);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(text), &digest);
    if (st != OVF_OK)
        return st;
    ovf_digest_format(&digest, sizeof digest.bytes, sha256);
    if (ovf_import_knows(ovf_buffer_bytes(text)))
        return OVF_OK;
    text->len = 0;
    return ovf_ogr2ogr(path, MAX_BYTES, text, err);
}

static const char *base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void describe(const struct ovf_import_request *request, const struct ovf_area_set *set,
                     struct ovf_library_edition *out)
{
    const char *const file = base_name(request->path);
    const char *const dot = strchr(file, '.');
    const int stem = dot != NULL && dot > file ? (int)(dot - file) : (int)strlen(file);
    out->imported_ns = request->now_ns;
    out->n_airspaces = (int64_t)set->n_areas;
    out->boundary_accuracy_m = (double)NAN;
    (void)snprintf(out->kind, sizeof out->kind, "%s", ovf_kind_name(request->kind));
    (void)snprintf(out->file, sizeof out->file, "%.500s", file);
    if (request->name != NULL)
        (void)snprintf(out->name, sizeof out->name, "%s", request->name);
    else
        (void)snprintf(out->name, sizeof out->name, "%.*s", stem < 200 ? stem : 200, file);
    (void)snprintf(out->licence, sizeof out->licence, "%s",
                   request->licence != NULL ? request->licence : "");
    (void)snprintf(out->attribution, sizeof out->attribution, "%s",
                   request->attribution != NULL ? request->attribution : "");
}

static enum ovf_status keep(const struct ovf_import_request *request,
                            const struct ovf_area_set *set, const struct ovf_buffer *notes,
                            struct ovf_library_edition *out, bool *is_new, struct ovf_error *err)
{
    struct ovf_library *library = NULL;
    struct ovf_buffer areas = {0};
    enum ovf_status st = ovf_area_set_write(set, &areas);
    ovf_library_make_folders(request->library_path);
    if (st == OVF_OK)
        st = ovf_library_open(request->library_path, OVF_LIBRARY_WRITE, &library, err);
    if (st == OVF_OK)
        st = ovf_library_add(library, out, ovf_buffer_bytes(&areas), (const char *)notes->data,
                             is_new, err);
    ovf_library_close(library);
    ovf_buffer_deinit(&areas);
    return st;
}

/** With the file read: areas of it, checked, and an edition made of them once to see that it can be. */
static enum ovf_status import_text(const struct ovf_import_request *request, struct ovf_bytes text,
                                   struct ovf_area_set *set, struct ovf_buffer *notes,
                                   struct ovf_error *err)
{
    struct ovf_pack_file pack = {0};
    struct ovf_edition states = {0};
    struct ovf_error ignored;
    struct ovf_import_options options = {.kind = request->kind,
                                         .code_property = request->code_property,
                                         .skip_bad = request->skip_bad};
    enum ovf_status st = OVF_OK;
    if (request->kind == OVF_KIND_COUNTRY) {
        if (request->pack_path != NULL &&
            ovf_pack_file_open(request->pack_path, &pack, &ignored) == OVF_OK &&
            ovf_edition_from_pack(&pack.pack, &states) == OVF_OK)
            options.states = &states;
        else
            st = ovf_buffer_append_text(
                notes, "without the pack, codes and places of states are not compared\n");
    }
    if (st == OVF_OK)
        st = ovf_import_areas(text, &options, set, notes, err);
    ovf_edition_deinit(&states);
    ovf_pack_file_close(&pack);
    return st;
}

enum ovf_status ovf_import_file(const struct ovf_import_request *request,
                                const struct ovf_sink *talk, struct ovf_library_edition *out,
                                bool *is_new, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_buffer notes = {0};
    struct ovf_area_set set = {0};
    struct ovf_library_edition edition = {0};
    enum ovf_status st = read_map(request->path, &text, edition.file_sha256, err);
    if (st == OVF_OK) {
        st = import_text(request, ovf_buffer_bytes(&text), &set, &notes, err);
        if (st == OVF_E_FORMAT || st == OVF_E_LIMIT || st == OVF_E_RANGE)
            ovf_error_prefix(err, request->path);
    }
    if (notes.len > 0 && ovf_sink_write(talk, notes.data, notes.len) != OVF_OK && st == OVF_OK)
        st = OVF_E_IO;
    if (st == OVF_OK)
        st = ovf_buffer_append(&notes, "", 1);
    if (st == OVF_OK) {
        describe(request, &set, &edition);
        st = keep(request, &set, &notes, &edition, is_new, err);
    }
    if (st == OVF_OK)
        *out = edition;
    ovf_area_set_deinit(&set);
    ovf_buffer_deinit(&notes);
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- an edition ---- */

static enum ovf_airspace_kind kind_called(const char *name)
{
    for (int kind = 0; kind < OVF_KIND_N; kind++) {
        if (strcmp(ovf_kind_name((enum ovf_airspace_kind)kind), name) == 0)
            return (enum ovf_airspace_kind)kind;
    }
    return OVF_KIND_N;
}

enum ovf_status ovf_library_edition_open(struct ovf_library *library,
                                         const struct ovf_library_edition *kept,
                                         struct ovf_edition *out, struct ovf_error *err)
{
    struct ovf_buffer areas = {0};
    struct ovf_area_set set = {0};
    char edition[OVF_LIBRARY_TEXT_SIZE + 16];
    const enum ovf_airspace_kind kind = kind_called(kept->kind);
    if (kind == OVF_KIND_N)
        return ovf_error_set(err, OVF_E_FORMAT, "the library holds an edition of kind \"%s\"",
                             kept->kind);
    (void)snprintf(edition, sizeof edition, "%s@%.12s", kept->name, kept->sha256);
    const struct ovf_edition_about about = {kind,
                                            kept->name,
                                            edition,
                                            kept->file,
                                            kept->licence,
                                            kept->attribution,
                                            kept->boundary_accuracy_m};
    enum ovf_status st = ovf_library_load(library, kept->id, &areas, NULL, err);
    if (st == OVF_OK)
        st = ovf_area_set_read(ovf_buffer_bytes(&areas), &set, err);
    if (st == OVF_OK)
        st = ovf_edition_from_areas(&set, &about, out, err);
    ovf_area_set_deinit(&set);
    ovf_buffer_deinit(&areas);
    return st;
}
