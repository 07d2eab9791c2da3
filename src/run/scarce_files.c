/* SPDX-License-Identifier: Apache-2.0 */
#include "run/scarce_files.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

/* How both of its sentences begin, and the one of them that has no connection. */
static const char any[] = "Hit process or system resource limit at ";
static const char without[] = "Hit process or system resource limit at FIRST";

void ovf_scarce_files_note(void *scarce, const char *format, va_list arguments)
{
    static const struct timespec rest = {.tv_nsec = OVF_SCARCE_FILES_REST_MS * 1000000L};
    static const char words[] = OVF_SCARCE_FILES_WORDS;
    struct ovf_scarce_files *const s = scarce;
    (void)arguments;
    if (strncmp(format, any, strlen(any)) != 0)
        return;
    const bool is_first = atomic_fetch_add(&s->n, 1) == 0;
    if (is_first && s->talk != NULL && ovf_sink_write(s->talk, words, strlen(words)) != OVF_OK)
        return; /* what cannot be said is lost */
    if (strncmp(format, without, strlen(without)) == 0)
        (void)nanosleep(&rest, NULL);
}
