/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers to and from text, independent of the locale. The grammar is JSON's, with a leading '+'
 * and leading zeros allowed (CSV files have them): [+-] digits [. digits] [eE [+-] digits].
 * NaN, infinities, hexadecimal, an empty text and more than OVF_NUMBER_MAX_CHARS are refused. */
#ifndef OVF_BASE_NUMBER_H
#define OVF_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

#define OVF_NUMBER_MAX_CHARS 32
#define OVF_NUMBER_SIZE 48 /* room for a printed number and its NUL */

/** Correctly rounded; false also for what overflows to infinity. */
bool ovf_number_parse_double(struct ovf_bytes text, double *value);

/** An integer without fraction or exponent that fits. */
bool ovf_number_parse_int(struct ovf_bytes text, int64_t *value);

/** The number times 10^\p n_decimals (0 to 9), rounded half away from zero; exact otherwise. */
bool ovf_number_parse_scaled(struct ovf_bytes text, int n_decimals, int64_t *value);

/** \p value / 10^\p n_decimals with exactly that many decimals (0 to 9), never "-0". */
void ovf_number_format_scaled(int64_t value, int n_decimals, char text[OVF_NUMBER_SIZE]);

/** \p value, finite and below 1e15 in size, with exactly \p n_decimals (0 to 6), half away from zero. */
void ovf_number_format(double value, int n_decimals, char text[OVF_NUMBER_SIZE]);

#endif
