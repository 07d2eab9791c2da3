/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include <stdbool.h>

#include "run/tasks.h"

enum { N_TASKS = 100 };

struct told {
    size_t number;
    bool fails;
    unsigned n_runs;
};

static enum ovf_status run(void *context, struct ovf_error *err)
{
    struct told *const told = context;
    told->n_runs++;
    return told->fails ? ovf_error_set(err, OVF_E_RANGE, "task %zu", told->number) : OVF_OK;
}

static void make(struct told *told, struct ovf_task *tasks)
{
    for (size_t i = 0; i < N_TASKS; i++) {
        told[i] = (struct told){.number = i};
        tasks[i] = (struct ovf_task){run, &told[i]};
    }
}

static void every_task_runs_once_in_any_number_of_threads(void **state)
{
    (void)state;
    for (size_t n_jobs = 1; n_jobs <= 2 * N_TASKS; n_jobs *= 3) {
        struct told told[N_TASKS];
        struct ovf_task tasks[N_TASKS];
        make(told, tasks);
        assert_int_equal(ovf_tasks_run(tasks, N_TASKS, n_jobs, NULL), OVF_OK);
        for (size_t i = 0; i < N_TASKS; i++)
            assert_int_equal(told[i].n_runs, 1);
    }
}

static void of_several_failures_the_first_in_order_is_told(void **state)
{
    (void)state;
    for (size_t n_jobs = 1; n_jobs <= 9; n_jobs++) {
        struct told told[N_TASKS];
        struct ovf_task tasks[N_TASKS];
        struct ovf_error err = {""};
        make(told, tasks);
        for (size_t i = 7; i < N_TASKS; i++)
            told[i].fails = true;
        assert_int_equal(ovf_tasks_run(tasks, N_TASKS, n_jobs, &err), OVF_E_RANGE);
        assert_string_equal(err.text, "task 7");
        assert_int_equal(told[N_TASKS - 1].n_runs, 0);
    }
}

static void no_tasks_are_done_at_once(void **state)
{
    (void)state;
    assert_int_equal(ovf_tasks_run(NULL, 0, 4, NULL), OVF_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_runs_once_in_any_number_of_threads),
        cmocka_unit_test(of_several_failures_the_first_in_order_is_told),
        cmocka_unit_test(no_tasks_are_done_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
