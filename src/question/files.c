/* SPDX-License-Identifier: Apache-2.0 */
/* The register, the tables of routes and of operators, and the geoid. */
#include "question/files.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "source/file.h"

enum { REGISTER_MAX_BYTES = 1 << 28 };

enum ovf_status ovf_question_file_status(enum ovf_status st)
{
    return st == OVF_OK || st == OVF_E_NOMEM ? st : OVF_E_IO;
}

enum ovf_status ovf_question_take_register(const struct ovf_question_request *request,
                                           struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_digest digest;
    if (request->register_path == NULL)
        return request->register_date == NULL
                   ? OVF_OK
                   : ovf_error_set(err, OVF_E_RANGE, "--register-date wants --register");
    enum ovf_status st = ovf_file_read(request->register_path, REGISTER_MAX_BYTES, &text, err);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&text), &digest);
    if (st == OVF_OK)
        st = ovf_register_new(ovf_buffer_bytes(&text), &q->register_rows, &q->register_, err);
    if (st == OVF_E_FORMAT && strstr(err->text, request->register_path) == NULL)
        ovf_error_prefix(err, request->register_path);
    st = ovf_question_file_status(st);
    if (st == OVF_OK) {
        char hex[OVF_SHA256_HEX_SIZE];
        ovf_digest_format(&digest, OVF_SHA256_BYTES, hex);
        (void)snprintf(q->register_source, sizeof q->register_source, "register sha256:%s", hex);
    }
    ovf_buffer_deinit(&text);
    return st;
}

/** The status with the file named, if its reader found fault with it. */
static enum ovf_status end_table(enum ovf_status st, const char *path, struct ovf_buffer *text,
                                 struct ovf_error *err)
{
    if (st == OVF_E_FORMAT && strstr(err->text, path) == NULL)
        ovf_error_prefix(err, path);
    ovf_buffer_deinit(text);
    return ovf_question_file_status(st);
}

enum ovf_status ovf_question_take_routes(const struct ovf_question_request *request,
                                         struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    if (request->routes_path == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_file_read(request->routes_path, REGISTER_MAX_BYTES, &text, err);
    if (st == OVF_OK)
        st = ovf_routes_new(ovf_buffer_bytes(&text), &q->routes_rows, &q->routes, err);
    if (st == OVF_OK && q->routes_rows.n_used == 0)
        st = ovf_error_set(err, OVF_E_FORMAT, "no row of the table of routes could be used");
    return end_table(st, request->routes_path, &text, err);
}

enum ovf_status ovf_question_take_operators(const struct ovf_question_request *request,
                                            struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    if (request->operators_path == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_file_read(request->operators_path, REGISTER_MAX_BYTES, &text, err);
    if (st == OVF_OK)
        st = ovf_operators_new(ovf_buffer_bytes(&text), &q->operators_rows, &q->operators, err);
    if (st == OVF_OK && q->operators_rows.n_used == 0)
        st = ovf_error_set(err, OVF_E_FORMAT, "no row of the table of operators could be used");
    return end_table(st, request->operators_path, &text, err);
}

static bool asks_amsl(const struct ovf_question *q)
{
    for (size_t i = 0; i < q->config.n_layers; i++) {
        const struct ovf_edition *const edition = &q->editions[i];
        for (size_t k = 0; k < edition->n_limits; k++) {
            if (ovf_limits_have_amsl(&edition->limits[k]) &&
                ovf_members_has(&q->layers[i].wanted, edition->limits[k].owner))
                return true;
        }
    }
    return false;
}

enum ovf_status ovf_question_take_geoid(const struct ovf_question_request *request,
                                        struct ovf_question *q, struct ovf_error *err)
{
    const char *const path = request->geoid_path;
    enum ovf_status st = OVF_E_NOTFOUND;
    q->asks_amsl = asks_amsl(q);
    if (path != NULL && strcmp(path, OVF_GEOID_NO_FILE) == 0)
        return OVF_OK;
    if (path != NULL)
        st = ovf_question_file_status(ovf_geoid_file_open(path, &q->geoid, err));
    else if (q->asks_amsl)
        st = ovf_geoid_file_find(&q->geoid, err);
    if (st == OVF_OK)
        q->config.geoid = &q->geoid.geoid;
    return path == NULL && st == OVF_E_NOTFOUND ? OVF_OK : ovf_question_file_status(st);
}
