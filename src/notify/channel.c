/* SPDX-License-Identifier: Apache-2.0 */
/* What channels share, and the simplest of them. */
#include "notify/channel.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/file.h"

enum { MAX_SECRET_BYTES = 4096 };

enum ovf_status ovf_secret_read(const char *path, char **secret, struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    size_t len = 0;
    *secret = NULL;
    if (path == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_file_read(path, MAX_SECRET_BYTES, &text, err);
    while (st == OVF_OK && len < text.len && text.data[len] >= ' ')
        len++;
    if (st == OVF_OK && len == 0)
        st = ovf_error_set(err, OVF_E_FORMAT, "%s: its first line is empty", path);
    char *const found = st == OVF_OK ? malloc(len + 1) : NULL;
    if (found != NULL) {
        memcpy(found, text.data, len);
        found[len] = '\0';
        *secret = found;
    } else if (st == OVF_OK) {
        st = ovf_error_set(err, OVF_E_NOMEM, "no memory");
    }
    ovf_buffer_deinit(&text);
    return st;
}

int ovf_notify_thread(pthread_t *thread, void *(*work)(void *), void *context)
{
    sigset_t all;
    sigset_t old;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    const int status = pthread_create(thread, NULL, work, context);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    return status;
}

struct printer {
    struct ovf_sink out;
    struct ovf_buffer line;
};

static enum ovf_status print_open(const struct ovf_channel_setup *setup, void **channel,
                                  struct ovf_error *err)
{
    struct printer *const printer = calloc(1, sizeof *printer);
    if (printer == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "no memory");
    printer->out = *setup->out;
    *channel = printer;
    return OVF_OK;
}

static enum ovf_delivery print_deliver(void *channel, const struct ovf_alert *alert,
                                       struct ovf_delivery_note *note)
{
    struct printer *const printer = channel;
    printer->line.len = 0;
    enum ovf_status st = ovf_buffer_append(&printer->line, alert->line.data, alert->line.len);
    if (st == OVF_OK)
        st = ovf_buffer_append(&printer->line, "\n", 1);
    if (st == OVF_OK)
        st = ovf_sink_write(&printer->out, printer->line.data, printer->line.len);
    if (st == OVF_OK)
        return OVF_DELIVERED;
    (void)snprintf(note->why, sizeof note->why, "it could not be written");
    return OVF_DELIVER_NEVER;
}

static void print_close(void *channel)
{
    struct printer *const printer = channel;
    ovf_buffer_deinit(&printer->line);
    free(printer);
}

const struct ovf_channel_kind_ops ovf_channel_stdout = {print_open, print_deliver, print_close};
