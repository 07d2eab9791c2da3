/* SPDX-License-Identifier: Apache-2.0 */
/* Results to standard output or to a file. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum ovf_status write_file(void *context, const void *data, size_t len)
{
    return fwrite(data, 1, len, context) == len ? OVF_OK : OVF_E_IO;
}

static enum ovf_status write_talk(void *context, const void *data, size_t len)
{
    (void)context;
    (void)fwrite(data, 1, len, stderr);
    return OVF_OK;
}

struct ovf_sink ovf_output_talk(void)
{
    return (struct ovf_sink){write_talk, NULL};
}

static bool complain(const char *what, const char *path)
{
    fprintf(stderr, "overflight: cannot %s %s: %s\n", what, path, strerror(errno));
    return false;
}

/** Whether \p path is nothing that a file could take the place of: a device, a named pipe (written into
 * as they are), a directory (which cannot be opened for that). */
static bool is_no_regular_file(const char *path)
{
    struct stat what;
    return stat(path, &what) == 0 && !S_ISREG(what.st_mode);
}

bool ovf_output_open(const char *path, struct ovf_output *out)
{
    *out = (struct ovf_output){.file = stdout, .sink = {write_file, stdout}};
    if (path == NULL || strcmp(path, "-") == 0)
        return true;
    if (is_no_regular_file(path)) {
        out->file = fopen(path, "wb");
        out->path = path;
        out->sink.context = out->file;
        return out->file != NULL || complain("write", path);
    }
    const size_t size = strlen(path) + sizeof ".part";
    out->part_path = malloc(size);
    if (out->part_path == NULL)
        return complain("open", path);
    (void)snprintf(out->part_path, size, "%s.part", path);
    out->file = fopen(out->part_path, "wb");
    out->path = path;
    out->sink.context = out->file;
    if (out->file != NULL)
        return true;
    complain("write", out->part_path);
    free(out->part_path);
    return false;
}

bool ovf_output_close(struct ovf_output *output, bool keep)
{
    if (output->path == NULL)
        return fflush(stdout) == 0 || complain("write to", "standard output");
    if (output->part_path == NULL) {
        const bool written = fclose(output->file) == 0 || complain("write", output->path);
        *output = (struct ovf_output){0};
        return written;
    }
    const bool whole = fclose(output->file) == 0 || complain("write", output->part_path);
    bool kept = whole;
    if (!keep || !whole)
        (void)unlink(output->part_path);
    else if (rename(output->part_path, output->path) != 0)
        kept = complain("write", output->path);
    free(output->part_path);
    *output = (struct ovf_output){0};
    return kept;
}
