/* SPDX-License-Identifier: Apache-2.0 */
/* Random segments through the real map: the index and the walk against a twin that looks at every
 * edge (tests/geo_twin.h). 5,000 segments a file, 125 under sanitizers; four files with a seed of their
 * own, so that each stays well within a test's ten seconds. */
#ifndef OVF_TESTS_PROPERTY_GEO_TWIN_RUN_H
#define OVF_TESTS_PROPERTY_GEO_TWIN_RUN_H

#include "property/geo_twin_check.h"

#include <inttypes.h>

static uint64_t twin_seed; /* set by main */

static void every_edge_gives_the_same_changes_as_the_index(void **state)
{
    (void)state;
    struct test_pack pack;
    struct twin twin;
    struct twin_check *c = calloc(1, sizeof *c);
    uint64_t seed = twin_seed;
    const int n = OVF_SANITIZED ? 125 : 5000;
    assert_non_null(c);
    test_pack_open(&pack);
    twin_init(&twin, &pack.pack.index);
    c->twin = &twin;
    c->layer.index = &pack.pack.index;
    print_message("seed %" PRIu64 ", %d segments\n", twin_seed, n);
    for (int i = 0; i < n; i++) {
        const struct segment s = random_segment(&pack.pack.index, &seed);
        walk_segment(c, &s);
        if (i % 4 == 0) { /* as many scans again as for the crossings: every fourth will do */
            const struct ovf_members start = twin_locate(&twin, s.a, &c->candidates);
            assert_true(ovf_members_equal(&start, &c->walk.steps.items[0].members));
        }
        twin_scan(&twin, box_of_pieces(&s, &c->pieces), &c->candidates);
        check_sequence(c, &s,
                       twin_cross(&twin, s.a, &c->pieces, &c->candidates, c->hits, MAX_HITS));
        struct ovf_members end;
        ovf_index_locate(&pack.pack.index, s.b, &end);
        assert_true(ovf_members_equal(&end, &c->walk.steps.items[c->walk.steps.n - 2].members));
    }
    print_message("%zu changes, %zu places compared\n", c->n_crossings, c->n_oblique);
    assert_true(c->n_crossings > (size_t)n / 10 && c->n_oblique > (size_t)n / 12);
    twin_check_deinit(c);
    twin_deinit(&twin);
    test_pack_close(&pack);
    free(c);
}

static inline int run_twin(uint64_t first_seed)
{
    twin_seed = first_seed;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edge_gives_the_same_changes_as_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
