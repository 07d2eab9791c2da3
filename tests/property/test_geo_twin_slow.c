/* SPDX-License-Identifier: Apache-2.0 */
/* A million random segments against the twin with a second, plain index: the edges by strips of
 * latitude. */
#include "property/geo_twin_check.h"

enum { STRIPS = 4096, STRIP_SHIFT = 3 }; /* of twin_lat16: 8 steps, 0.044 degree */

struct strips {
    uint32_t *items;
    uint32_t begin[STRIPS + 2];
};

static uint16_t strip_of(uint16_t lat16)
{
    return (uint16_t)(lat16 >> STRIP_SHIFT < STRIPS ? lat16 >> STRIP_SHIFT : STRIPS - 1);
}

static void strips_init(struct strips *s, const struct twin *t)
{
    *s = (struct strips){0};
    for (size_t i = 0; i < t->n_edges; i++)
        for (unsigned k = strip_of(t->south[i]); k <= strip_of(t->north[i]); k++)
            s->begin[k + 2]++;
    for (size_t k = 2; k < STRIPS + 2; k++)
        s->begin[k] += s->begin[k - 1];
    s->items = malloc((s->begin[STRIPS + 1] + 1) * sizeof *s->items);
    assert_non_null(s->items);
    for (size_t i = 0; i < t->n_edges; i++)
        for (unsigned k = strip_of(t->south[i]); k <= strip_of(t->north[i]); k++)
            s->items[s->begin[k + 1]++] = (uint32_t)i;
}

static void strips_scan(const struct strips *s, const struct twin *t, struct twin_box box,
                        struct twin_candidates *out)
{
    out->n = 0;
    for (unsigned k = strip_of(box.south); k <= strip_of(box.north); k++) {
        for (uint32_t j = s->begin[k]; j < s->begin[k + 1]; j++) {
            const uint32_t i = s->items[j];
            const unsigned edge_strip = strip_of(t->south[i]);
            const unsigned box_strip = strip_of(box.south);
            if (k != (edge_strip > box_strip ? edge_strip : box_strip) || !twin_meets(t, i, box))
                continue; /* taken in the first strip that both meet */
            assert_true(out->n < sizeof out->items / sizeof *out->items);
            out->items[out->n++] = i;
        }
    }
}

static void a_second_plain_index_gives_the_same_changes(void **state)
{
    (void)state;
    struct test_pack pack;
    struct twin twin;
    static struct strips strips;
    struct twin_check *c = calloc(1, sizeof *c);
    uint64_t seed = 5005;
    const int n = OVF_SANITIZED ? 20000 : 1000000;
    assert_non_null(c);
    test_pack_open(&pack);
    twin_init(&twin, &pack.pack.index);
    strips_init(&strips, &twin);
    c->twin = &twin;
    c->layer.index = &pack.pack.index;
    print_message("seed 5005, %d segments\n", n);
    for (int i = 0; i < n; i++) {
        const struct segment s = random_segment(&pack.pack.index, &seed);
        struct ovf_members end;
        walk_segment(c, &s);
        strips_scan(&strips, &twin, box_of_pieces(&s, &c->pieces), &c->candidates);
        check_sequence(c, &s,
                       twin_cross(&twin, s.a, &c->pieces, &c->candidates, c->hits, MAX_HITS));
        ovf_index_locate(&pack.pack.index, s.b, &end);
        assert_true(ovf_members_equal(&end, &c->walk.steps.items[c->walk.steps.n - 2].members));
    }
    print_message("%zu changes, %zu places compared\n", c->n_crossings, c->n_oblique);
    assert_true(c->n_crossings > (size_t)n / 10 && c->n_oblique > (size_t)n / 12);
    twin_check_deinit(c);
    twin_deinit(&twin);
    test_pack_close(&pack);
    free(strips.items);
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_plain_index_gives_the_same_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
