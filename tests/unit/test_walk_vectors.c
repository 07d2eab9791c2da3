/* SPDX-License-Identifier: Apache-2.0 */
/* The golden vectors of crossings, tests/vectors/crossing/equator.vec, whose head gives the syntax.
 * Numbers there come from closed forms or a quadrature, as each of them says. */
#include "geo_fixture.h"

#include <string.h>

#include "airspace/passage.h"

enum { MAX_NAMES = 8, MAX_NUMBERS = 64, MAX_EXPECTED = 16 };

struct expected {
    bool is_entry;
    uint32_t owner;
    double lat_deg, lon_deg, t_s;
};

struct vector {
    struct fixture f;
    char names[MAX_NAMES][32];
    uint32_t n_names;
    struct ovf_fix fixes[MAX_NUMBERS];
    size_t n_fixes;
    double tolerance_m, tolerance_ns;
    struct expected expected[MAX_EXPECTED];
    size_t n_expected;
};

/** Reads numbers, each perhaps with t= before and s behind, up to the end of the line. */
static size_t read_numbers(const char *text, double *numbers)
{
    size_t n = 0;
    for (;;) {
        char *end;
        text += strspn(text, " t=");
        const double value = strtod(text, &end);
        if (end == text)
            break;
        assert_true(n < MAX_NUMBERS);
        numbers[n++] = value;
        text = *end == 's' ? end + 1 : end;
    }
    assert_true(*text == '\n' || *text == '\0');
    return n;
}

static void begin(struct vector *v)
{
    *v = (struct vector){0};
    fixture_begin(&v->f);
}

static uint32_t owner_of(const struct vector *v, const char *name)
{
    for (uint32_t i = 0; i < v->n_names; i++)
        if (strcmp(v->names[i], name) == 0)
            return i;
    fail_msg("no airspace %s", name);
    return 0;
}

static bool matches(const struct vector *v, const struct expected *want,
                    const struct ovf_passage *p)
{
    const struct ovf_passage_end *end = want->is_entry ? &p->entry : &p->exit;
    return p->owner == want->owner && end->kind == OVF_PASSAGE_CROSSED &&
           fabs((double)end->t_ns - want->t_s * 1e9) <= v->tolerance_ns &&
           geodesic_m(end->lat_deg, end->lon_deg, want->lat_deg, want->lon_deg) <= v->tolerance_m;
}

static void check(struct vector *v, int line)
{
    struct ovf_walk walk = {0};
    struct ovf_passages passages = {0};
    struct ovf_members wanted;
    size_t n_ends = 0;
    memset(&wanted, 0xff, sizeof wanted);
    fixture_finish(&v->f);
    walk_fixes(&v->f.layer, v->fixes, v->n_fixes, 1e6, &walk);
    assert_int_equal(ovf_passages_find(&v->f.layer, v->fixes, &walk.steps, &wanted, 0, &passages),
                     OVF_OK);
    for (size_t i = 0; i < passages.n; i++) {
        n_ends += passages.items[i].entry.kind == OVF_PASSAGE_CROSSED ? 1 : 0;
        n_ends += passages.items[i].exit.kind == OVF_PASSAGE_CROSSED ? 1 : 0;
    }
    assert_int_equal(n_ends, v->n_expected);
    for (size_t k = 0; k < v->n_expected; k++) {
        bool found = false;
        for (size_t i = 0; i < passages.n; i++)
            found = found || matches(v, &v->expected[k], &passages.items[i]);
        if (!found)
            fail_msg("vector that ends in line %d: expectation %zu is not met", line, k + 1);
    }
    ovf_passages_deinit(&passages);
    ovf_walk_deinit(&walk);
    fixture_end(&v->f);
}

static void read_line(struct vector *v, const char *line)
{
    double numbers[MAX_NUMBERS];
    char word[16];
    char name[32];
    int used = 0;
    if (sscanf(line, "airspace %31s %n", name, &used) == 1) {
        assert_true(v->n_names < MAX_NAMES);
        const size_t n = read_numbers(line + used, numbers);
        snprintf(v->names[v->n_names], sizeof v->names[0], "%s", name);
        fixture_ring(&v->f, v->n_names++, numbers, n / 2);
    } else if (strncmp(line, "track", 5) == 0) {
        const size_t n = read_numbers(line + 5, numbers);
        for (size_t i = 0; i + 2 < n; i += 3)
            v->fixes[v->n_fixes++] = fix_deg(numbers[i + 2], numbers[i], numbers[i + 1]);
    } else if (sscanf(line, "tolerance %lf mm %lf ns", &numbers[0], &numbers[1]) == 2) {
        v->tolerance_m = numbers[0] / 1000;
        v->tolerance_ns = numbers[1];
    } else if (sscanf(line, "expect %15s %31s %n", word, name, &used) == 2) {
        assert_true(v->n_expected < MAX_EXPECTED);
        assert_int_equal(read_numbers(line + used, numbers), 3);
        v->expected[v->n_expected++] = (struct expected){
            strcmp(word, "entry") == 0, owner_of(v, name), numbers[0], numbers[1], numbers[2]};
    } else {
        fail_msg("no such line: %s", line);
    }
}

static void golden_vectors_hold(void **state)
{
    (void)state;
    struct vector v;
    char line[1024];
    int number = 0;
    int n_checked = 0;
    FILE *file = fopen(ovf_test_source("tests/vectors/crossing/equator.vec"), "r");
    assert_non_null(file);
    begin(&v);
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        if (line[0] == '#' || line[0] == '\n')
            continue;
        if (strncmp(line, "end", 3) != 0) {
            read_line(&v, line);
            continue;
        }
        check(&v, number);
        n_checked++;
        begin(&v);
    }
    fclose(file);
    fixture_end(&v.f);
    assert_int_equal(n_checked, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(golden_vectors_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
