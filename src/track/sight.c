/* SPDX-License-Identifier: Apache-2.0 */
#include "track/sight.h"

#include <math.h>

#define M_PER_ROOT 4120.0

double ovf_sight_m(const struct ovf_detect_config *config,
                   const struct ovf_receiver_place *receiver, double height_m)
{
    const double receiver_m = receiver->has_height ? receiver->height_m : config->sight_receiver_m;
    return (1 + config->sight_share) * M_PER_ROOT * (sqrt(height_m) + sqrt(receiver_m));
}
