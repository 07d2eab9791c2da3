/* SPDX-License-Identifier: Apache-2.0 */
/* Tells alerts as a program would:  tool_notify CONFIG [SECONDS]
 * Each line of standard input is "EVENT ADDRESS WATCH JSON", or "test". Waits up to SECONDS (20) for the
 * channels, then prints the counts; what is for people goes to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "notify/notify.h"

enum { LINE_BYTES = 70000 };

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
    const struct ovf_sink sinks[] = {{print, &out}, {print, &talk}};
    const long wait_s = argc > 2 ? strtol(argv[2], NULL, 10) : 20;
    struct ovf_notify *notify = NULL;
    struct ovf_error err = {""};
    struct ovf_notify_counts counts;
    if (argc < 2 || ovf_notify_open(argv[1], &sinks[0], &sinks[1], &notify, &err) != OVF_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    tell_all(notify);
    const bool is_told = ovf_notify_flush(notify, 1000 * wait_s);
    ovf_notify_count(notify, &counts);
    printf("%s: sent %d, failed %d, dropped %d\n", is_told ? "done" : "not done",
           (int)counts.n_sent, (int)counts.n_failed, (int)counts.n_dropped);
    ovf_notify_free(notify);
    return 0;
}
