/* SPDX-License-Identifier: Apache-2.0 */
/* What a function that can fail returns. Bad input is not among these: it is a counted result
 * (base/tally.h); a status says that the caller's request or the world failed. */
#ifndef OVF_BASE_STATUS_H
#define OVF_BASE_STATUS_H

enum ovf_status {
    OVF_OK = 0,
    OVF_E_NOMEM,    /* an allocation failed */
    OVF_E_RANGE,    /* an argument is outside its documented range */
    OVF_E_FORMAT,   /* bytes are not in the format they should be in */
    OVF_E_LIMIT,    /* a documented limit was reached */
    OVF_E_NOTFOUND, /* a name, file or package is not there */
    OVF_E_IO,       /* the operating system refused or failed */
    OVF_E_STOPPED,  /* the caller's sink or a signal asked to stop */
};

#if defined(__GNUC__)
#define OVF_NODISCARD __attribute__((warn_unused_result))
#define OVF_PRINTF(fmt_index, args_index) __attribute__((format(printf, fmt_index, args_index)))
#else
#define OVF_NODISCARD
#define OVF_PRINTF(fmt_index, args_index)
#endif

#endif
