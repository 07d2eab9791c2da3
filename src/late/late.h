/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries that the program loads when it first calls them (docs/adr/0008-late-libraries.md).
 *
 * A file beside this one defines what is called of a library, under the library's own names, and passes each call
 * on. Whoever calls includes the library's header and knows nothing of it. Only the program is linked with these;
 * tests and other programs are linked with the libraries themselves. A function that is called and stands in none
 * of them links the library as ever: tests/integration/test_start.py tells. */
#ifndef OVF_LATE_LATE_H
#define OVF_LATE_LATE_H

#include <stdatomic.h>
#include <stddef.h>

enum ovf_late_library {
    OVF_LATE_ARCHIVE,
    OVF_LATE_PROJ,
    OVF_LATE_CURL,
    OVF_LATE_MICROHTTPD,
    OVF_LATE_MOSQUITTO,
    OVF_LATE_LIBRARIES
};

typedef void ovf_late_function(void);

/** Finds \p name of \p library, which is loaded if it was not yet, and notes it in \p found. Any number of threads may
 * call. What cannot be had ends the process as the dynamic linker does at its start: a message and exit status 127. */
ovf_late_function *ovf_late_find(enum ovf_late_library library, const char *name,
                                 _Atomic(ovf_late_function *) *found);

/** Loads all of them now: for what runs for days, in which files may run out, or be replaced by others. */
void ovf_late_load_all(void);

/** \p name of \p library as the pointer \p function, which has its type. */
#define OVF_LATE_FUNCTION(library, name, function)                                                 \
    static _Atomic(ovf_late_function *) found;                                                     \
    ovf_late_function *at = atomic_load_explicit(&found, memory_order_acquire);                    \
    if (at == NULL)                                                                                \
        at = ovf_late_find(library, #name, &found);                                                \
    __typeof__(&(name)) const function = (__typeof__(&(name)))at

/** Defines \p name, which passes \p arguments on and returns what comes back. */
#define OVF_LATE(library, type, name, parameters, arguments)                                       \
    type name parameters                                                                           \
    {                                                                                              \
        OVF_LATE_FUNCTION(library, name, function);                                                \
        return function arguments;                                                                 \
    }

/** The same of one that returns nothing. */
#define OVF_LATE_VOID(library, name, parameters, arguments)                                        \
    void name parameters                                                                           \
    {                                                                                              \
        OVF_LATE_FUNCTION(library, name, function);                                                \
        function arguments;                                                                        \
    }

#endif
