/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that the writer and the reader of the edge index share. */
#ifndef OVF_GEO_INDEX_FORMAT_H
#define OVF_GEO_INDEX_FORMAT_H

#define OVF_INDEX_MAGIC UINT32_C(0x5849564f) /* "OVIX" */
#define OVF_INDEX_VERSION 1
#define OVF_CELL_MIXED UINT32_C(0x80000000) /* the rest of the word is a record, not a set */

enum {
    OVF_INDEX_HEADER_WORDS = 8,
    OVF_INDEX_EDGE_WORDS = 5,
    OVF_INDEX_RECORD_WORDS = 3,
};

#endif
