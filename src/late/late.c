/* SPDX-License-Identifier: Apache-2.0 */
#include "late/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_SYSTEM_FAILED = 4 }; /* as cli/cmd.h has it */

_Static_assert(sizeof(ovf_late_function *) == sizeof(void *), "what dlsym gives is a function");

/* The section that the calls are listed in: its bounds are the linker's. */
extern struct ovf_late_call *__start_ovf_late_calls[];
extern struct ovf_late_call *__stop_ovf_late_calls[];

/* Not exit(): other threads are at work, and what they hold is left as by any process that is killed. */
static _Noreturn void give_up(void)
{
    (void)fprintf(stderr, "overflight: cannot load a library: %s\n", dlerror());
    _exit(EXIT_SYSTEM_FAILED);
}

/** Never closed. Threads that come at once get the same one. */
static void *load(struct ovf_late_library *library)
{
    void *handle = atomic_load(&library->handle);
    if (handle != NULL)
        return handle;
    handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
    if (handle == NULL)
        give_up();
    atomic_store(&library->handle, handle);
    return handle;
}

ovf_late_function *ovf_late_find(struct ovf_late_call *call)
{
    ovf_late_function *function;
    void *const symbol = dlsym(load(call->library), call->symbol);
    if (symbol == NULL)
        give_up();
    memcpy(&function, &symbol, sizeof function);
    atomic_store_explicit(&call->function, function, memory_order_release);
    return function;
}

void ovf_late_find_all(void)
{
    /* cppcheck-suppress comparePointers; they are one array */
    for (struct ovf_late_call **call = __start_ovf_late_calls; call < __stop_ovf_late_calls; call++)
        (void)ovf_late_find(*call);
}
