/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that are asked for: who may wait for how many, and how much memory answers take. */
#include "test.h"

#include <pthread.h>

#include "serve/documents.h"

enum { N_JOBS = OVF_DOCUMENTS_PER_CLIENT + 3 };

static enum ovf_status say_nothing(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static const struct ovf_sink silent = {say_nothing, NULL};

/** Documents over no store, of which \p max_bytes may be in memory. */
static struct ovf_documents *open_documents(struct ovf_answer_policy *policy, atomic_size_t *in_use,
                                            size_t max_bytes)
{
    struct ovf_error err = {""};
    struct ovf_documents *documents = NULL;
    const struct ovf_documents_source source = {
        .policy = policy, .is_live = true, .max_bytes = max_bytes, .talk = &silent};
    assert_int_equal(ovf_answer_policy_init(policy, NULL), OVF_OK);
    atomic_init(in_use, 0);
    policy->in_use = in_use;
    assert_int_equal(ovf_documents_open(&source, &documents, &err), OVF_OK);
    return documents;
}

/** How many were answered, and whether the first may be. */
struct turn {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_open;
    size_t n_answered;
};

static void take_answer(void *context)
{
    struct turn *const turn = context;
    (void)pthread_mutex_lock(&turn->lock);
    turn->n_answered++;
    (void)pthread_cond_broadcast(&turn->changed);
    while (!turn->is_open)
        (void)pthread_cond_wait(&turn->changed, &turn->lock);
    (void)pthread_mutex_unlock(&turn->lock);
}

static void wait_for(struct turn *turn, size_t n, bool then_open)
{
    (void)pthread_mutex_lock(&turn->lock);
    while (turn->n_answered < n)
        (void)pthread_cond_wait(&turn->changed, &turn->lock);
    turn->is_open = turn->is_open || then_open;
    (void)pthread_cond_broadcast(&turn->changed);
    (void)pthread_mutex_unlock(&turn->lock);
}

static struct ovf_document_job job_of(unsigned char client, const char *key,
                                      struct ovf_serve_target *target, struct turn *turn)
{
    struct ovf_document_job job = {.key = key,
                                   .client = {{client}},
                                   .target = target,
                                   .answered = take_answer,
                                   .context = turn};
    assert_true(ovf_serve_target_read(key, target, &job.error));
    return job;
}

static void thirty_two_wait_for_one_client_and_others_are_served(void **state)
{
    static const char key[] = "/api/v1/index";
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_serve_target target;
    struct ovf_document_job jobs[N_JOBS];
    struct turn turn = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, 0};
    (void)state;
    struct ovf_documents *documents = open_documents(&policy, &in_use, SIZE_MAX);
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

static void no_document_is_made_while_answers_take_up_too_much(void **state)
{
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_serve_target target;
    struct turn turn = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true, 0};
    (void)state;
    struct ovf_documents *documents = open_documents(&policy, &in_use, 1000);
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
    assert_int_equal(ovf_answer_policy_init(&policy, NULL), OVF_OK);
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
        cmocka_unit_test(no_document_is_made_while_answers_take_up_too_much),
        cmocka_unit_test(answers_are_counted_until_who_is_sent_them_has_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
