/* SPDX-License-Identifier: Apache-2.0 */
/* Where a command's results go: standard output, or a file that appears when it is whole. */
#ifndef OVF_CLI_OUTPUT_H
#define OVF_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/sink.h"

struct ovf_output {
    FILE *file;
    const char *path; /* NULL: standard output */
    char *part_path;  /* what is written until it is whole; NULL: path itself, a device or a pipe */
    struct ovf_sink sink;
};

/** Open \p path, or standard output for NULL and "-". Says on stderr what went wrong and returns false
 * then. */
bool ovf_output_open(const char *path, struct ovf_output *out);

/** Finish it (\p keep) or throw it away. False, with a message, when the last bytes cannot be written. */
bool ovf_output_close(struct ovf_output *output, bool keep);

/** A sink on standard error; what cannot be written there is lost. */
struct ovf_sink ovf_output_talk(void);

#endif
