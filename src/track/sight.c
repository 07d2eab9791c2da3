/* SPDX-License-Identifier: Apache-2.0 */
#include "track/sight.h"

#include <math.h>

#define M_PER_ROOT 4120.0

double ovf_sight_m(const struct ovf_detect_config *config, double height_m)
{
    return (1 + config->sight_share) * M_PER_ROOT *
           (sqrt(height_m) + sqrt(config->sight_receiver_m));
}
