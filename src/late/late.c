/* SPDX-License-Identifier: Apache-2.0 */
#include "late/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_NOT_LOADED = 127 };

_Static_assert(sizeof(ovf_late_function *) == sizeof(void *), "what dlsym gives is a function");

/* As the build found them, with the numbers of their interfaces; NULL: linked as an archive. */
/* clang-format off */
static const char *const sonames[OVF_LATE_LIBRARIES] = {
    [OVF_LATE_ARCHIVE] = OVF_SONAME_ARCHIVE,
    [OVF_LATE_PROJ] = OVF_SONAME_PROJ,
    [OVF_LATE_CURL] = OVF_SONAME_CURL,
    [OVF_LATE_MICROHTTPD] = OVF_SONAME_MICROHTTPD,
    [OVF_LATE_MOSQUITTO] = OVF_SONAME_MOSQUITTO,
};
/* clang-format on */

/* Never closed. Threads that come at once get the same one. */
static _Atomic(void *) handles[OVF_LATE_LIBRARIES];

/* Not exit(): others may be at work, and what they hold is left as by any process that is ended. */
static _Noreturn void give_up(void)
{
    (void)fprintf(stderr, "overflight: error while loading shared libraries: %s\n", dlerror());
    _exit(EXIT_NOT_LOADED);
}

static void *load(enum ovf_late_library library)
{
    void *handle = atomic_load(&handles[library]);
    if (handle != NULL)
        return handle;
    handle = dlopen(sonames[library], RTLD_LAZY | RTLD_LOCAL);
    if (handle == NULL)
        give_up();
    atomic_store(&handles[library], handle);
    return handle;
}

void ovf_late_load_all(void)
{
    for (enum ovf_late_library library = 0; library < OVF_LATE_LIBRARIES; library++) {
        if (sonames[library] != NULL)
            (void)load(library);
    }
}

ovf_late_function *ovf_late_find(enum ovf_late_library library, const char *name,
                                 _Atomic(ovf_late_function *) *found)
{
    void *const symbol = dlsym(load(library), name);
    if (symbol == NULL)
        give_up();
    ovf_late_function *function;
    memcpy(&function, &symbol, sizeof function);
    atomic_store_explicit(found, function, memory_order_release);
    return function;
}
