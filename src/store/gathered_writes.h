/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite writes a file page by page, also where one follows the other. Through this VFS, else the system's own, those
 * go to the system together, some at a time. What is not written yet is written before anything else is asked of the
 * file: synchronising above all, so that what is committed is as safe as ever. With a WAL, and so for whoever shares
 * the file, each page goes at once. */
#ifndef OVF_STORE_GATHERED_WRITES_H
#define OVF_STORE_GATHERED_WRITES_H

#include "base/status.h"

/** Registered once; its name for sqlite3_open_v2, or NULL where SQLite has no VFS at all. */
const char *ovf_gathered_writes_vfs(void);

#endif
