/* SPDX-License-Identifier: Apache-2.0 */
/* What must not make a class stronger, in the thousand cases that inference asks for. */
#include "reach_bounds.h"

enum { N_CASES = OVF_SANITIZED ? 60 : 1000 };

static void a_larger_airspace_is_never_easier_to_avoid(void **state)
{
    (void)state;
    check_growth(91, N_CASES);
}

static void more_doubt_never_makes_a_class_stronger(void **state)
{
    (void)state;
    assert_true(check_doubt(92, N_CASES, true) > 0);
}

static void more_doubt_never_makes_a_class_stronger_with_simplified_walls(void **state)
{
    (void)state;
    assert_true(check_doubt(94, N_CASES, false) > 0);
}

static void simplified_walls_never_make_a_class_stronger(void **state)
{
    (void)state;
    check_simplified(93, N_CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_larger_airspace_is_never_easier_to_avoid),
        cmocka_unit_test(more_doubt_never_makes_a_class_stronger),
        cmocka_unit_test(more_doubt_never_makes_a_class_stronger_with_simplified_walls),
        cmocka_unit_test(simplified_walls_never_make_a_class_stronger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
