/* SPDX-License-Identifier: Apache-2.0 */
/* `overflight scan`: inputs to crossings, in threads, in one order whatever their number. */
#ifndef OVF_RUN_SCAN_H
#define OVF_RUN_SCAN_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sink.h"
#include "question/request.h"

enum ovf_scan_outcome {
    OVF_SCAN_DONE,
    OVF_SCAN_FOUND,       /* done, and findings of the case ask for a look */
    OVF_SCAN_BAD_REQUEST, /* \p err says what is wrong with which option */
    OVF_SCAN_NO_INPUT,    /* nothing usable was read */
    OVF_SCAN_FAILED,      /* the world */
};

/** Where results go. */
struct ovf_scan_output {
    /** Called once, when the request is known to be good and before any input is read. */
    enum ovf_status (*open)(void *context, struct ovf_sink *out, struct ovf_error *err);
    /** Whether \p path is the file that results are written to. May be NULL: none is. */
    bool (*is_file)(void *context, const char *path);
    /** All results are written: make them stay (\p keep) or throw them away. Called before the account is
     * told, so that it is not told of results that are lost; not after a failure. */
    enum ovf_status (*finish)(void *context, bool keep, struct ovf_error *err);
    void *context;
};

/** Results go to \p out; the account of what was read, for people, to \p talk. */
enum ovf_scan_outcome ovf_scan(const struct ovf_question_request *request,
                               const struct ovf_scan_output *out, const struct ovf_sink *talk,
                               struct ovf_error *err);

#endif
