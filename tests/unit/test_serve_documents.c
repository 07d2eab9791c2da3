/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that are asked for: who may wait for how many, and how much memory answers take. */
#include "test.h"

#include "serve_documents.h"

enum { N_JOBS = OVF_DOCUMENTS_PER_CLIENT + 3 };

static void thirty_two_wait_for_one_client_and_others_are_served(void **state)
{
    static const char key[] = "/api/v1/index";
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_serve_target target;
    struct ovf_document_job jobs[N_JOBS];
    struct turn turn = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};
    (void)state;
    struct ovf_documents *documents = open_documents(NULL, &policy, &in_use, SIZE_MAX);
    for (size_t i = 0; i < N_JOBS; i++)
        jobs[i] = job_of(i + 1 < N_JOBS ? 1 : 2, key, &target, &turn);
    assert_true(ovf_documents_ask(documents, &jobs[0]));
    wait_for(&turn, 1, false); /* it is no longer waiting, and nobody else is served */
    for (size_t i = 1; i <= OVF_DOCUMENTS_PER_CLIENT; i++)
        assert_true(ovf_documents_ask(documents, &jobs[i]));
    struct ovf_document_job *const late = &jobs[OVF_DOCUMENTS_PER_CLIENT + 1];
    assert_false(ovf_documents_ask(documents, late));
    assert_int_equal(late->error.status, 429);
    assert_true(ovf_documents_ask(documents, &jobs[N_JOBS - 1]));
    wait_for(&turn, 1, true);
    wait_for(&turn, N_JOBS - 1, true);
    for (size_t i = 0; i < N_JOBS; i++) {
        assert_int_equal(jobs[i].answer != NULL, &jobs[i] != late);
        ovf_answer_release(jobs[i].answer);
    }
    ovf_documents_stop(documents);
    ovf_documents_close(documents);
    assert_int_equal(atomic_load(&in_use), 0);
}

static void rows_do_not_wait_for_lines_all_over_a_map(void **state)
{
    static const char *const keys[] = {"/api/v1/airspaces", "/api/v1/tracks", "/api/v1/regions"};
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_serve_target targets[4];
    struct ovf_document_job lengthy[3];
    struct turn shut = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};
    struct turn open = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true, 0};
    (void)state;
    struct ovf_documents *documents = open_documents(NULL, &policy, &in_use, SIZE_MAX);
    for (size_t i = 0; i < 3; i++) {
        lengthy[i] = job_of(1, keys[i], &targets[i], &shut);
        assert_true(ovf_documents_ask(documents, &lengthy[i]));
    }
    wait_for(&shut, 1, false); /* the thread of lines is held, and two wait for it */
    struct ovf_document_job rows = job_of(1, "/api/v1/crossings", &targets[3], &open);
    assert_true(ovf_documents_ask(documents, &rows));
    wait_for(&open, 1, true);
    assert_non_null(rows.answer);
    ovf_answer_release(rows.answer);
    wait_for(&shut, 1, true);
    wait_for(&shut, 3, true);
    for (size_t i = 0; i < 3; i++) {
        assert_non_null(lengthy[i].answer);
        ovf_answer_release(lengthy[i].answer);
    }
    ovf_documents_stop(documents);
    ovf_documents_close(documents);
}

static void no_document_is_made_while_answers_take_up_too_much(void **state)
{
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_serve_target target;
    struct turn turn = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true, 0};
    (void)state;
    struct ovf_documents *documents = open_documents(NULL, &policy, &in_use, 1000);
    struct ovf_document_job small = job_of(1, "/api/v1/crossings", &target, &turn);
    (void)atomic_fetch_add(&in_use, 1001); /* which others are being sent */
    assert_true(ovf_documents_ask(documents, &small));
    wait_for(&turn, 1, true);
    assert_null(small.answer);
    assert_int_equal(small.error.status, 503);
    (void)atomic_fetch_sub(&in_use, 1001);
    small = job_of(1, "/api/v1/crossings", &target, &turn);
    assert_true(ovf_documents_ask(documents, &small));
    wait_for(&turn, 2, true);
    assert_non_null(small.answer);
    ovf_answer_release(small.answer);
    ovf_documents_stop(documents);
    ovf_documents_close(documents);
}

static void answers_are_counted_until_who_is_sent_them_has_them(void **state)
{
    atomic_size_t in_use = 0;
    struct ovf_answer_policy policy = {.in_use = &in_use};
    struct ovf_buffer bytes = {0};
    struct ovf_answer *answer = NULL;
    (void)state;
    assert_int_equal(ovf_answer_policy_init(&policy, NULL, NULL), OVF_OK);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(ovf_buffer_append_text(&bytes, "overflight"), OVF_OK);
    assert_int_equal(ovf_answer_new(&policy, "text/plain", true, &bytes, &answer), OVF_OK);
    assert_true(atomic_load(&in_use) > 10000); /* and gzip */
    assert_int_equal(atomic_load(&in_use), ovf_answer_size(answer));
    ovf_answer_release(ovf_answer_hold(answer));
    assert_true(atomic_load(&in_use) > 10000);
    ovf_answer_release(answer);
    assert_int_equal(atomic_load(&in_use), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_two_wait_for_one_client_and_others_are_served),
        cmocka_unit_test(rows_do_not_wait_for_lines_all_over_a_map),
        cmocka_unit_test(no_document_is_made_while_answers_take_up_too_much),
        cmocka_unit_test(answers_are_counted_until_who_is_sent_them_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
