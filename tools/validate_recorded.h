/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings of flights that were seen on the ground at an end, cut: one line each. */
#ifndef OVF_TOOLS_VALIDATE_RECORDED_H
#define OVF_TOOLS_VALIDATE_RECORDED_H

#include "validate_cut.h"

/** The head of the table whose lines follow. */
void recorded_print_head(void);

/** Read \p path, a CSV or a trace (not compressed), and print a line for each end of a flight in it that
 * is known from the ground. \retval OVF_E_FORMAT nothing of it can be read, and what the readers say */
enum ovf_status recorded_print(const struct ovf_airports *airports, const char *path,
                               struct ovf_error *err);

#endif
