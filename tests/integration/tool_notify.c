/* SPDX-License-Identifier: Apache-2.0 */
/* Tells alerts as a program would:  tool_notify CONFIG [SECONDS]
 * Each line of standard input is "EVENT ADDRESS WATCH JSON", or "test". Waits up to SECONDS (20) for the
 * channels, then prints the counts; what is for people goes to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "notify/notify.h"
#include "source/file.h"

enum { LINE_BYTES = 70000, MAX_CONFIG_BYTES = 100000 };

static enum ovf_status print(void *context, const void *data, size_t len)
{
    const int *const fd = context;
    return write(*fd, data, len) == (ssize_t)len ? OVF_OK : OVF_E_IO;
}

static void tell(struct ovf_notify *notify, char *line)
{
    char *words[3];
    char *rest = line;
    struct ovf_alert alert = {.event = OVF_ALERT_ENTERED};
    for (int i = 0; i < 3; i++) {
        words[i] = rest;
        rest += strcspn(rest, " ");
        if (*rest != '\0')
            *rest++ = '\0';
    }
    for (int event = 0; event < OVF_ALERT_EVENT_N; event++) {
        if (strcmp(words[0], ovf_alert_event_name((enum ovf_alert_event)event)) == 0)
            alert.event = (enum ovf_alert_event)event;
    }
    alert.icao24 = (uint32_t)strtoul(words[1], NULL, 16);
    alert.watch = words[2];
    alert.line = ovf_bytes_from_text(rest);
    ovf_notify_alert(notify, &alert);
}

static void tell_all(struct ovf_notify *notify)
{
    static char line[LINE_BYTES];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "test") == 0)
            printf("test: %s\n", ovf_notify_test(notify, 20000) ? "all told" : "not all told");
        else
            tell(notify, line);
    }
}

int main(int argc, char **argv)
{
    static int out = STDOUT_FILENO;
    static int talk = STDERR_FILENO;
    struct ovf_buffer text = {0};
    struct ovf_case_store store = {0};
    struct ovf_case_notify settings;
    struct ovf_notify *notify = NULL;
    struct ovf_error err = {""};
    struct ovf_notify_counts counts;
    enum ovf_status st =
        argc > 1 ? ovf_file_read(argv[1], MAX_CONFIG_BYTES, &text, &err) : OVF_E_RANGE;
    if (st == OVF_OK)
        st = ovf_case_notify_read(ovf_buffer_bytes(&text), &store, &settings, &err);
    if (st == OVF_OK) {
        const struct ovf_notify_config config = {&settings, {print, &out}, {print, &talk}};
        st = ovf_notify_new(&config, &notify, &err);
    }
    if (st != OVF_OK) {
        fprintf(stderr, "%s\n", err.text);
    } else {
        tell_all(notify);
        const bool is_told =
            ovf_notify_flush(notify, argc > 2 ? 1000 * strtol(argv[2], NULL, 10) : 20000);
        ovf_notify_count(notify, &counts);
        printf("%s: sent %d, failed %d, dropped %d\n", is_told ? "done" : "not done",
               (int)counts.n_sent, (int)counts.n_failed, (int)counts.n_dropped);
    }
    ovf_notify_free(notify);
    ovf_case_store_deinit(&store);
    ovf_buffer_deinit(&text);
    return st == OVF_OK ? 0 : 1;
}
