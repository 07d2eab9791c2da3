/* SPDX-License-Identifier: Apache-2.0 */
#include "question/case_try.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "question/case_lists.h"
#include "question/of_case.h"
#include "question/question.h"

/* ---- files ---- */

static enum ovf_status try_file(struct ovf_open_case *open, const struct ovf_case_head *head,
                                const char *key, const char *path, struct ovf_error *err)
{
    if (path == NULL)
        return OVF_OK;
    const char *const own = ovf_open_case_path(open, path);
    if (own == NULL)
        return OVF_E_NOMEM;
    if (access(own, R_OK) == 0)
        return OVF_OK;
    (void)ovf_case_fail(err, ovf_case_place_of(head, key), "%s: %.200s: %s", key, own,
                        strerror(errno));
    ovf_error_prefix(err, open->path);
    return OVF_E_NOTFOUND;
}

static enum ovf_status try_files(struct ovf_open_case *open, struct ovf_error *err)
{
    const struct ovf_case *const k = &open->the_case;
    const struct ovf_case_input *const inputs = k->inputs.items;
    const struct ovf_case_list_file *const lists = k->lists.items;
    const struct ovf_case_permits *const permits = k->permits.items;
    const struct ovf_case_zone *const zones = k->zones.items;
    enum ovf_status st = try_file(open, &k->head, "library", k->library, err);
    for (size_t i = 0; i < k->zones.n && st == OVF_OK; i++)
        st = try_file(open, &zones[i].head, "file", zones[i].file, err);
    for (size_t i = 0; i < k->inputs.n && st == OVF_OK; i++)
        st = try_file(open, &inputs[i].head, "path", inputs[i].path, err);
    if (st == OVF_OK && ovf_case_has_register(k))
        st = try_file(open, &k->register_.head, "file", k->register_.file, err);
    for (size_t i = 0; i < k->lists.n && st == OVF_OK; i++) {
        st = try_file(open, &lists[i].head, "file", lists[i].file, err);
        if (st == OVF_OK)
            st = try_file(open, &lists[i].head, "comments", lists[i].comments, err);
    }
    for (size_t i = 0; i < k->permits.n && st == OVF_OK; i++)
        st = try_file(open, &permits[i].head, "file", permits[i].file, err);
    return st;
}

/* ---- names ---- */

/** The question that a scan would ask, and the permits that it would judge by. */
static enum ovf_status try_question(struct ovf_open_case *open, const char *pack_path,
                                    struct ovf_error *err)
{
    const struct ovf_question_request given = {
        .pack_path = pack_path, .format = "ndjson", .jobs = "1"};
    struct ovf_question_request request;
    struct ovf_question question = {0};
    struct ovf_permit_lists permits = {0};
    enum ovf_status st = ovf_case_request(open, &given, &request, err);
    if (st == OVF_OK)
        st = ovf_question_make(&request, open, &question, err);
    if (st == OVF_OK)
        st = ovf_case_permits_open(open, request.library_path, &permits, err);
    ovf_permit_lists_deinit(&permits);
    ovf_question_deinit(&question);
    return st;
}

enum ovf_status ovf_case_try(struct ovf_open_case *open, const char *pack_path,
                             struct ovf_error *err)
{
    const enum ovf_status st = try_files(open, err);
    return st == OVF_OK && pack_path != NULL ? try_question(open, pack_path, err) : st;
}
