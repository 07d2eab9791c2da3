/* SPDX-License-Identifier: Apache-2.0 */
/* Making folders, and removing empty ones. */
#include "source/folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum ovf_status ovf_folders_make(const char *path, struct ovf_error *err)
{
    char folder[4096];
    if (strlen(path) >= sizeof folder)
        return ovf_error_set(err, OVF_E_IO, "%.100s...: %s", path, strerror(ENAMETOOLONG));
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (slash == path)
            continue;
        (void)snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            return ovf_error_set(err, OVF_E_IO, "%s: %s", folder, strerror(errno));
    }
    return OVF_OK;
}

void ovf_folders_unmake(const char *path, int n)
{
    char folder[4096];
    if (strlen(path) >= sizeof folder)
        return;
    (void)snprintf(folder, sizeof folder, "%s", path);
    for (int i = 0; i < n; i++) {
        char *const slash = strrchr(folder, '/');
        if (slash == NULL)
            return;
        *slash = '\0';
        if (rmdir(folder) != 0)
            return;
    }
}
