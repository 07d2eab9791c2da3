/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries that the program loads when it first calls them (docs/adr/0008-late-libraries.md).
 *
 * A file beside this one defines what is called of a library, under the library's own names, and passes each call
 * on. Whoever calls includes the library's header and knows nothing of it. Only the program is linked with these;
 * tests and other programs are linked with the libraries themselves. A function that is called and stands in none
 * of them links the library as ever: tests/integration/test_late.sh tells. */
#ifndef OVF_LATE_LATE_H
#define OVF_LATE_LATE_H

#include <stdatomic.h>
#include <stddef.h>

/** One a file, by the name of `library`. */
struct ovf_late_library {
    const char *soname; /* as the build found it: with the number of its interface */
    _Atomic(void *) handle;
};

typedef void ovf_late_function(void);

struct ovf_late_call {
    struct ovf_late_library *library;
    const char *symbol;
    _Atomic(ovf_late_function *) function; /* NULL: not found yet */
};

/** Finds the function, in its library, which is loaded if it was not yet. Any number of threads may call. What cannot be
 * had ends the process as a kill does, with a message and exit status 4. */
ovf_late_function *ovf_late_find(struct ovf_late_call *call);

/** Finds all functions now: for what runs for days, in which files may run out, or be replaced by others. */
void ovf_late_find_all(void);

/** Makes \p function what \p name is called by. The call is listed where ovf_late_find_all looks. */
#define OVF_LATE_FUNCTION(function, name)                                                          \
    static struct ovf_late_call call = {.library = &library, .symbol = #name};                     \
    static struct ovf_late_call *listed __attribute__((used, section("ovf_late_calls"))) = &call;  \
    ovf_late_function *found = atomic_load_explicit(&call.function, memory_order_acquire);         \
    __typeof__(&(name)) const function =                                                           \
        (__typeof__(&(name)))(found != NULL ? found : ovf_late_find(&call))

/** Defines \p name, which passes \p arguments on and returns what comes back. */
#define OVF_LATE(type, name, parameters, arguments)                                                \
    type name parameters                                                                           \
    {                                                                                              \
        OVF_LATE_FUNCTION(function, name);                                                         \
        return function arguments;                                                                 \
    }

/** The same of one that returns nothing. */
#define OVF_LATE_VOID(name, parameters, arguments)                                                 \
    void name parameters                                                                           \
    {                                                                                              \
        OVF_LATE_FUNCTION(function, name);                                                         \
        function arguments;                                                                        \
    }

#endif
