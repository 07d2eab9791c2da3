/* SPDX-License-Identifier: Apache-2.0 */
/* A PMTiles archive of which clients read parts (RFC 9110, 14). */
#ifndef OVF_SERVE_TILE_FILE_H
#define OVF_SERVE_TILE_FILE_H

#include "serve/answer.h"

/** An open archive. Initialise with {.fd = -1}. */
struct ovf_tile_file {
    int fd;
};

/** \retval OVF_E_NOTFOUND, OVF_E_IO  it cannot be opened; \retval OVF_E_FORMAT  pages could not draw it */
OVF_NODISCARD enum ovf_status ovf_tile_file_open(const char *path, struct ovf_tile_file *out,
                                                 struct ovf_error *err);
void ovf_tile_file_close(struct ovf_tile_file *file);

/** What a Range asks for. */
enum ovf_range {
    OVF_RANGE_WHOLE, /* nothing, or what need not be heeded: several at once, another unit, no range */
    OVF_RANGE_PART,
    OVF_RANGE_BEYOND, /* nothing that is there */
};

/** \p text: a header's value, or NULL; \p from and \p len are set of a part. */
enum ovf_range ovf_range_read(const char *text, uint64_t size, uint64_t *from, uint64_t *len);

/** Send what is asked for, or an error. Of \p method HEAD that is the whole. */
enum MHD_Result ovf_tile_file_send(const struct ovf_tile_file *file,
                                   const struct ovf_answer_policy *policy,
                                   struct MHD_Connection *connection, const char *method);

#endif
