/* SPDX-License-Identifier: Apache-2.0 */
/* The library from the command line's side: where it is, importing a map into it, and an edition out of
 * it. */
#ifndef OVF_QUESTION_LIBRARY_FILE_H
#define OVF_QUESTION_LIBRARY_FILE_H

#include "airspace/edition.h"
#include "base/sink.h"
#include "store/library.h"

enum { OVF_LIBRARY_PATH_SIZE = 4096 };

/**
 * \p given when not NULL, else overflight/library.db in $XDG_DATA_HOME, else in ~/.local/share.
 * False when there is nowhere: neither is set, or the path is too long.
 */
bool ovf_library_path(const char *given, char path[OVF_LIBRARY_PATH_SIZE]);

/** Make the folders above \p path that are not there. */
void ovf_library_make_folders(const char *path);

/** What is to be imported; NULL where it is not said. */
struct ovf_import_request {
    const char *path;
    enum ovf_airspace_kind kind;
    const char *name; /* of the edition; else the file's, without folder and ending */
    const char *library_path;
    const char *pack_path; /* codes and places of states; without it they are not compared */
    const char *code_property;
    const char *licence;
    const char *attribution;
    bool skip_bad;
    int64_t now_ns;
};

/**
 * Import a file. What was repaired or is odd goes to \p talk, line by line, and into the library.
 * \param[out] out     the edition kept
 * \param[out] is_new  false: the same was there
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_RANGE  the file; \p err names the feature
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_import_file(const struct ovf_import_request *request,
                                              const struct ovf_sink *talk,
                                              struct ovf_library_edition *out, bool *is_new,
                                              struct ovf_error *err);

/** Make the edition \p kept of the library. Its edition is NAME@HASH, twelve characters of it. */
OVF_NODISCARD enum ovf_status ovf_library_edition_open(struct ovf_library *library,
                                                       const struct ovf_library_edition *kept,
                                                       struct ovf_edition *out,
                                                       struct ovf_error *err);

#endif
