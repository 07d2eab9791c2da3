/* SPDX-License-Identifier: Apache-2.0 */
/* What lists/operators is made of. */
#ifndef OVF_LISTS_OPERATORS_PARTS_H
#define OVF_LISTS_OPERATORS_PARTS_H

/** The state of a designator that this program knows, alpha-2; "": it does not. */
const char *ovf_operators_known(const char *designator);

#endif
