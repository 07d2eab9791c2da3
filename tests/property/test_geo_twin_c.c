/* SPDX-License-Identifier: Apache-2.0 */
/* Every edge against the index: see geo_twin_run.h. */
#include "property/geo_twin_run.h"

int main(void)
{
    return run_twin(3003);
}
