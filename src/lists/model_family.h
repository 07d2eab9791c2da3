/* SPDX-License-Identifier: Apache-2.0 */
/* The family of an aircraft model, however it is written: "Ilyushin IL-76TD", "IL76-TD" and the ICAO
 * designator IL76 are one; a serial number means something within one family only. */
#ifndef OVF_LISTS_MODEL_FAMILY_H
#define OVF_LISTS_MODEL_FAMILY_H

#include <stdbool.h>

#include "base/bytes.h"

/** The family's name, "a340"; NULL when \p model is none that is known. Static. */
const char *ovf_model_family(struct ovf_bytes model);

/** Whether both are of one family; of models that are not known, whether their letters and digits are the
 * same. False when either is empty. */
bool ovf_model_same_family(struct ovf_bytes a, struct ovf_bytes b);

#endif
