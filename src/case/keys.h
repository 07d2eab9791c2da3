/* SPDX-License-Identifier: Apache-2.0 */
/* Writing tables of keys (private to src/case). */
#ifndef OVF_CASE_KEYS_H
#define OVF_CASE_KEYS_H

#include "case/schema.h"

/** A key of struct \p of_struct: what is said of it beside its type, as designated initialisers. */
#define OVF_KEY(key_name, of_struct, member, kind, ...)                                            \
    {                                                                                              \
        .name = (key_name), .type = OVF_KEY_##kind, .offset = offsetof(struct of_struct, member),  \
        __VA_ARGS__                                                                                \
    }

#define OVF_CASE_TABLE(table_what, table_keys, of_struct)                                          \
    {                                                                                              \
        .what = (table_what), .keys = (table_keys),                                                \
        .n_keys = sizeof(table_keys) / sizeof *(table_keys), .size = sizeof(struct of_struct)      \
    }

#define REQUIRED .flags = OVF_KEY_REQUIRED
#define LIST .flags = OVF_KEY_LIST
#define REQUIRED_LIST .flags = (OVF_KEY_REQUIRED | OVF_KEY_LIST)

#endif
