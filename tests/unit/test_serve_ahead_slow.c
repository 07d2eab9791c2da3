/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that are made before anybody asks for them. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "serve/asked_store.h"
#include "serve_documents.h"
#include "store/store.h"

static const char key[] = "/api/v1/tracks";
static const struct timespec a_while = {.tv_nsec = 20000000L};

/** What is sent to who asks for tracks, when it is another than \p before; NULL: it stays that for 20 s. */
static struct ovf_answer *wait_for_another(struct ovf_documents *documents,
                                           const struct ovf_answer *before)
{
    struct ovf_serve_target target;
    struct ovf_serve_error error;
    assert_true(ovf_serve_target_read(key, &target, &error));
    for (unsigned i = 0; i < 1000; i++) {
        struct ovf_answer *const answer = ovf_documents_find(documents, &target, key);
        if (answer != NULL && answer != before)
            return answer;
        ovf_answer_release(answer);
        (void)nanosleep(&a_while, NULL);
    }
    return NULL;
}

static void write_to(const char *path)
{
    const struct ovf_store_input row = {.id = "sha256:00", .path = "a.csv", .digest = "sha256:00"};
    struct ovf_error err = {""};
    struct ovf_store *store = NULL;
    assert_int_equal(ovf_store_open(path, &store, &err), OVF_OK);
    assert_int_equal(ovf_store_begin(store, 1, &err), OVF_OK);
    assert_int_equal(ovf_store_put_input(store, &row, &err), OVF_OK);
    assert_int_equal(ovf_store_commit(store, &err), OVF_OK);
    ovf_store_close(store);
}

static void what_is_made_ahead_is_made_again_when_the_store_has_become_another(void **state)
{
    struct ovf_answer_policy policy;
    atomic_size_t in_use;
    struct ovf_error err = {""};
    struct ovf_asked_store stores[2] = {{.folder = ""}, {.folder = ""}};
    struct ovf_answer *answers[3];
    (void)state;
    assert_int_equal(ovf_asked_store_make(&stores[0], NULL, false, &err), OVF_OK);
    assert_int_equal(ovf_asked_store_make(&stores[1], NULL, false, &err), OVF_OK);
    struct ovf_documents *documents = open_documents(stores[0].path, &policy, &in_use, SIZE_MAX);
    answers[0] = wait_for_another(documents, NULL);
    assert_non_null(answers[0]);
    write_to(stores[0].path);
    answers[1] = wait_for_another(documents, answers[0]);
    assert_non_null(answers[1]);
    assert_int_equal(rename(stores[1].path, stores[0].path), 0); /* another in its place */
    answers[2] = wait_for_another(documents, answers[1]);
    assert_non_null(answers[2]);
    for (size_t i = 0; i < 3; i++)
        ovf_answer_release(answers[i]);
    ovf_documents_stop(documents);
    ovf_documents_close(documents);
    for (size_t i = 0; i < 2; i++)
        ovf_asked_store_remove(&stores[i]);
    assert_int_equal(atomic_load(&in_use), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_ahead_is_made_again_when_the_store_has_become_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
