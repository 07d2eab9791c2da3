/* SPDX-License-Identifier: Apache-2.0 */
/* Where a command's results go: standard output, or a file that appears when it is whole.
 *
 * A regular file is written beside its place under a name of its own and renamed; a symbolic link is
 * followed first, so that it stays one. Devices, named pipes and sockets are written into as they are. */
#ifndef OVF_CLI_OUTPUT_H
#define OVF_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/sink.h"

struct ovf_output {
    FILE *file;       /* NULL: closed */
    const char *path; /* as given, borrowed; "standard output" */
    char *target;     /* what appears when it is whole; NULL: file is written into directly */
    char *part_path;  /* what is written until then */
    int error;        /* errno of the first failed write; 0: none */
    bool has_old;     /* a regular file stands at the target, or is written into */
    struct stat old;  /* it */
    struct ovf_sink sink;
};

/**
 * Open \p path, or standard output for NULL and "-". \p out must not move while it is open.
 * \retval OVF_E_IO     \p err says what went wrong; there is nothing to close
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_output_open(const char *path, struct ovf_output *out,
                                              struct ovf_error *err);

/** Whether the file \p path is the one that would be replaced or written into. */
bool ovf_output_is(const struct ovf_output *output, const char *path);

/**
 * Finish it (\p keep) or throw it away; nothing the second time. Standard output is only flushed.
 * \retval OVF_E_IO  the last bytes, or any before them, could not be written: \p err says so
 */
OVF_NODISCARD enum ovf_status ovf_output_close(struct ovf_output *output, bool keep,
                                               struct ovf_error *err);

/** Whether \p path (or NULL) names a store: by its ending .gpkg, in capitals or not, as QGIS and ogr2ogr
 * tell it. */
bool ovf_output_is_store(const char *path);

/** A sink on standard error; what cannot be written there is lost. */
struct ovf_sink ovf_output_talk(void);

#endif
