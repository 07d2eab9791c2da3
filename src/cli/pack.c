/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the pack. The program knows no place of its build tree: what is built lies beside it. */
#include "cli/pack.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** The folder of the running program with its "/"; "" when the system does not tell. */
static void own_folder(char folder[OVF_PACK_PATH_SIZE])
{
    const ssize_t n = readlink("/proc/self/exe", folder, OVF_PACK_PATH_SIZE - 1);
    folder[n > 0 ? n : 0] = '\0';
    char *const slash = strrchr(folder, '/');
    if (slash != NULL)
        slash[1] = '\0';
}

/** A path that is cut short names another file: it is none. */
static bool is_there(char path[OVF_PACK_PATH_SIZE], const char *folder, const char *name)
{
    const int n = snprintf(path, OVF_PACK_PATH_SIZE, "%s%s", folder, name);
    return n > 0 && n < OVF_PACK_PATH_SIZE && access(path, F_OK) == 0;
}

enum ovf_status ovf_pack_find(const char *given, char path[OVF_PACK_PATH_SIZE],
                              struct ovf_error *err)
{
    static const char beside[] = "overflight.pack";
    char folder[OVF_PACK_PATH_SIZE];
    const char *const named = given != NULL ? given : getenv(OVF_PACK_VARIABLE);
    if (named != NULL && (given != NULL || named[0] != '\0')) {
        if (snprintf(path, OVF_PACK_PATH_SIZE, "%s", named) < OVF_PACK_PATH_SIZE)
            return OVF_OK;
        path[0] = '\0';
        return ovf_error_set(err, OVF_E_NOTFOUND, "the name of the pack is too long");
    }
    own_folder(folder);
    if (folder[0] != '\0' &&
        (is_there(path, folder, beside) || is_there(path, folder, OVF_PACK_FROM_PROGRAM)))
        return OVF_OK;
    if (is_there(path, "", OVF_PACK_INSTALLED))
        return OVF_OK;
    path[0] = '\0';
    return ovf_error_set(err, OVF_E_NOTFOUND,
                         "no reference data: neither %s%s nor %s%s nor %s is there; install the "
                         "pack, or name it with --pack FILE or $" OVF_PACK_VARIABLE,
                         folder, beside, folder, OVF_PACK_FROM_PROGRAM, OVF_PACK_INSTALLED);
}

/** The folder \p path lies in, with "page" behind it. False: there is none. */
static bool page_beside(char path[OVF_PACK_PATH_SIZE])
{
    static const char name[] = "page";
    char *const slash = strrchr(path, '/');
    const size_t len = slash != NULL ? (size_t)(slash + 1 - path) : 0;
    if (len == 0 || len + sizeof name > OVF_PACK_PATH_SIZE)
        return false;
    memcpy(path + len, name, sizeof name);
    return access(path, F_OK) == 0;
}

enum ovf_status ovf_page_find(const char *given, char path[OVF_PACK_PATH_SIZE],
                              struct ovf_error *err)
{
    static const char *const beside[] = {"overflight.pack", OVF_PACK_FROM_PROGRAM};
    char folder[OVF_PACK_PATH_SIZE];
    if (given != NULL)
        return snprintf(path, OVF_PACK_PATH_SIZE, "%s", given) < OVF_PACK_PATH_SIZE
                   ? OVF_OK
                   : ovf_error_set(err, OVF_E_NOTFOUND, "the name of the page is too long");
    own_folder(folder);
    for (size_t i = 0; folder[0] != '\0' && i < sizeof beside / sizeof *beside; i++) {
        const int n = snprintf(path, OVF_PACK_PATH_SIZE, "%s%s", folder, beside[i]);
        if (n > 0 && n < OVF_PACK_PATH_SIZE && page_beside(path))
            return OVF_OK;
    }
    (void)snprintf(path, OVF_PACK_PATH_SIZE, "%s", OVF_PACK_INSTALLED);
    if (page_beside(path))
        return OVF_OK;
    path[0] = '\0';
    return ovf_error_set(err, OVF_E_NOTFOUND,
                         "the page is not there: it was not built with the program; name its "
                         "folder with --page DIR");
}
