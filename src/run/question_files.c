/* SPDX-License-Identifier: Apache-2.0 */
/* The register. */
#include "run/question_files.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "source/file.h"

enum { REGISTER_MAX_BYTES = 1 << 28 };

enum ovf_status ovf_question_file_status(enum ovf_status st)
{
    return st == OVF_OK || st == OVF_E_NOMEM ? st : OVF_E_IO;
}

enum ovf_status ovf_question_take_register(const struct ovf_scan_request *request,
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
