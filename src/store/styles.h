/* SPDX-License-Identifier: Apache-2.0 */
/* How QGIS draws the tables when they are opened: its table `layer_styles`. */
#ifndef OVF_STORE_STYLES_H
#define OVF_STORE_STYLES_H

#include "store/gpkg.h"

/** Make and fill the table, in the open transaction. */
OVF_NODISCARD enum ovf_status ovf_store_create_styles(sqlite3 *db, struct ovf_error *err);

#endif
