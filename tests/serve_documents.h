/* SPDX-License-Identifier: Apache-2.0 */
/* Documents, and who asks for them. */
#ifndef OVF_TESTS_SERVE_DOCUMENTS_H
#define OVF_TESTS_SERVE_DOCUMENTS_H

#include "test.h"

#include <pthread.h>

#include "serve/documents.h"

static inline enum ovf_status say_nothing(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static const struct ovf_sink silent = {say_nothing, NULL};

/** Documents over the store \p path (NULL: none), of which \p max_bytes may be in memory. */
static inline struct ovf_documents *open_documents(const char *path,
                                                   struct ovf_answer_policy *policy,
                                                   atomic_size_t *in_use, size_t max_bytes)
{
    struct ovf_error err = {""};
    struct ovf_documents *documents = NULL;
    const struct ovf_documents_source source = {.policy = policy,
                                                .store_path = path,
                                                .is_live = true,
                                                .max_bytes = max_bytes,
                                                .talk = &silent};
    assert_int_equal(ovf_answer_policy_init(policy, NULL, NULL), OVF_OK);
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

static inline void take_answer(void *context)
{
    struct turn *const turn = context;
    (void)pthread_mutex_lock(&turn->lock);
    turn->n_answered++;
    (void)pthread_cond_broadcast(&turn->changed);
    while (!turn->is_open)
        (void)pthread_cond_wait(&turn->changed, &turn->lock);
    (void)pthread_mutex_unlock(&turn->lock);
}

static inline void wait_for(struct turn *turn, size_t n, bool then_open)
{
    (void)pthread_mutex_lock(&turn->lock);
    while (turn->n_answered < n)
        (void)pthread_cond_wait(&turn->changed, &turn->lock);
    turn->is_open = turn->is_open || then_open;
    (void)pthread_cond_broadcast(&turn->changed);
    (void)pthread_mutex_unlock(&turn->lock);
}

static inline struct ovf_document_job job_of(unsigned char client, const char *key,
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

#endif
