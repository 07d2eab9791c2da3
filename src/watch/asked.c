/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/asked.h"

#include <stdlib.h>

#include "question/of_case.h"

void ovf_watch_asked_free(struct ovf_watch_asked *asked)
{
    if (asked == NULL)
        return;
    ovf_question_deinit(&asked->question);
    ovf_open_case_close(&asked->open);
    free(asked);
}

static enum ovf_status open_case(struct ovf_watch_asked *asked, struct ovf_error *err)
{
    const enum ovf_status st = ovf_open_case(asked->request.case_path, &asked->open, err);
    const struct ovf_question_request given = asked->request;
    return st == OVF_OK ? ovf_case_request(&asked->open, &given, &asked->request, err) : st;
}

static enum ovf_status make_question(struct ovf_watch_asked *asked, struct ovf_open_case *open,
                                     struct ovf_error *err)
{
    const enum ovf_status st = ovf_question_make(&asked->request, open, &asked->question, err);
    if (st == OVF_OK && asked->question.config.wants_impossible)
        return ovf_error_set(err, OVF_E_RANGE,
                             "class impossible: that it was not entered is known afterwards: see "
                             "overflight scan");
    return st;
}

static enum ovf_status take(struct ovf_watch_asked *asked, bool is_of_areas, struct ovf_error *err)
{
    struct ovf_open_case *const open = asked->request.case_path != NULL ? &asked->open : NULL;
    const enum ovf_status st = open != NULL ? open_case(asked, err) : OVF_OK;
    asked->store_path = asked->request.store_path;
    asked->request.store_path = NULL; /* of a case: alerts are not put into it */
    if (st != OVF_OK)
        return st;
    return is_of_areas ? ovf_question_make_areas(&asked->request, open, &asked->question, err)
                       : make_question(asked, open, err);
}

static enum ovf_status make(const struct ovf_question_request *request, bool is_of_areas,
                            struct ovf_watch_asked **out, struct ovf_error *err)
{
    struct ovf_watch_asked *const asked = calloc(1, sizeof *asked);
    if (asked == NULL)
        return OVF_E_NOMEM;
    asked->request = *request;
    asked->request.format = "ndjson"; /* of the question; alerts have one form, and one thread */
    asked->request.jobs = "1";
    const enum ovf_status st = take(asked, is_of_areas, err);
    if (st == OVF_OK)
        *out = asked;
    else
        ovf_watch_asked_free(asked);
    return st;
}

enum ovf_status ovf_watch_asked_make(const struct ovf_question_request *request,
                                     struct ovf_watch_asked **out, struct ovf_error *err)
{
    return make(request, false, out, err);
}

enum ovf_status ovf_watch_asked_make_areas(const struct ovf_question_request *request,
                                           struct ovf_watch_asked **out, struct ovf_error *err)
{
    return make(request, true, out, err);
}
