/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts to many who listen:
 *
 *   bench_serve LISTENERS ALERTS_PER_SECOND SECONDS
 *
 * A server in this process, with limits raised, tells so many alerts of 2 kB; one thread reads what all listeners are
 * told. An alert holds its number and the time it was told at, so that how late it is read, and whether one is missing,
 * is known. Prints "note received N", "note lost N", "note p50_ms T", "note p99_ms T", "note worst_ms T". Server and
 * listeners share the machine: what is measured is no better than what a server alone would do. */
#include "bench.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/server.h"

enum { MAX_LISTENERS = 10000, ALERT_BYTES = 2000, TAIL = 8192 };

static const char program[] = "bench_serve";

/** What was read of one stream and is no whole alert yet. */
struct listener {
    char text[TAIL];
    size_t len;
    int64_t next; /* the number that is due */
};

struct bench {
    size_t n_listeners;
    size_t n_alerts;
    int64_t step_ns;
    struct ovf_server *server;
    char port[8];
    struct pollfd *waits;
    struct listener *listeners;
    float *late_ms;
    size_t n_read;
    size_t n_lost;
};

static int64_t now_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- the server ---- */

static enum ovf_status hear(void *context, const void *data, size_t len)
{
    static const char at[] = "http://127.0.0.1:";
    struct bench *const b = context;
    if (len > sizeof at && len < 100) {
        char text[100];
        memcpy(text, data, len);
        text[len] = '\0';
        const char *const found = strstr(text, at);
        if (found != NULL)
            (void)snprintf(b->port, sizeof b->port, "%.5s", found + sizeof at - 1);
    }
    return OVF_OK;
}

static void sleep_until(int64_t t_ns)
{
    const struct timespec t = {.tv_sec = t_ns / 1000000000, .tv_nsec = t_ns % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0)
        ;
}

static void *tell(void *context)
{
    struct bench *const b = context;
    char line[ALERT_BYTES + 1];
    int64_t at_ns = now_ns();
    for (size_t i = 0; i < b->n_alerts; i++) {
        sleep_until(at_ns += b->step_ns);
        memset(line, ' ', ALERT_BYTES);
        const int n =
            snprintf(line, sizeof line, "{\"at\":%lld,\"n\":%zu,", (long long)now_ns(), i);
        line[n] = ' ';
        line[ALERT_BYTES - 1] = '}';
        const struct ovf_bytes bytes = {(const unsigned char *)line, ALERT_BYTES};
        if (ovf_server_alert(b->server, "a", OVF_WATCH_INSIDE, bytes) != OVF_OK)
            bench_die(program, "an alert was not told");
    }
    return NULL;
}

/* ---- who listens ---- */

static int join(const struct bench *b)
{
    static const char request[] = "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    struct sockaddr_in to = {.sin_family = AF_INET};
    char text[1024];
    to.sin_port = htons((uint16_t)strtoul(b->port, NULL, 10));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const union {
        const struct sockaddr_in *in;
        const struct sockaddr *any;
    } address = {&to};
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, address.any, sizeof to) != 0 ||
        send(fd, request, sizeof request - 1, 0) != (ssize_t)sizeof request - 1 ||
        recv(fd, text, sizeof text, 0) < 12 || memcmp(text, "HTTP/1.1 200", 12) != 0)
        bench_die(program, "a listener is not admitted");
    return fd;
}

/** Takes the alerts that are whole; a cut one stays. */
static void take(struct bench *b, struct listener *l)
{
    char *at = l->text;
    l->text[l->len] = '\0';
    for (char *found; (found = strstr(at, "{\"at\":")) != NULL && strchr(found, '}') != NULL;) {
        char *rest;
        const int64_t told_ns = strtoll(found + 6, &rest, 10);
        const int64_t n = strtoll(rest + 5, &at, 10);
        b->n_lost += (size_t)(n - l->next);
        l->next = n + 1;
        b->late_ms[b->n_read++] = (float)((double)(now_ns() - told_ns) / 1e6);
    }
    const char *const cut = strstr(at, "{\"at\":");
    const size_t keep = cut != NULL ? strlen(cut) : strlen(at) < 6 ? strlen(at) : 6;
    const size_t len = l->len;
    l->len = keep;
    memmove(l->text, l->text + len - keep, keep);
}

static void read_some(struct bench *b, size_t i)
{
    struct listener *const l = &b->listeners[i];
    const ssize_t n =
        recv(b->waits[i].fd, l->text + l->len, sizeof l->text - l->len - 1, MSG_DONTWAIT);
    if (n == 0)
        bench_die(program, "a listener was dropped");
    if (n > 0) {
        l->len += (size_t)n;
        take(b, l);
    }
}

static void listen_to_all(struct bench *b)
{
    const size_t n_due = b->n_listeners * b->n_alerts;
    while (b->n_read + b->n_lost < n_due && poll(b->waits, b->n_listeners, 5000) > 0) {
        for (size_t i = 0; i < b->n_listeners; i++) {
            if (b->waits[i].revents != 0)
                read_some(b, i);
        }
    }
    b->n_lost = n_due - b->n_read;
}

/* ---- all of it ---- */

static void make(struct bench *b)
{
    const struct rlimit files = {MAX_LISTENERS * 3, MAX_LISTENERS * 3};
    b->waits = calloc(b->n_listeners, sizeof *b->waits);
    b->listeners = calloc(b->n_listeners, sizeof *b->listeners);
    b->late_ms = calloc(b->n_listeners * b->n_alerts, sizeof *b->late_ms);
    if (b->waits == NULL || b->listeners == NULL || b->late_ms == NULL)
        bench_die(program, "no memory");
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static int compare(const void *a, const void *b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;
    return (x > y) - (x < y);
}

static void print_late(struct bench *b)
{
    static const struct {
        const char *name;
        double share;
    } marks[] = {{"p50_ms", 0.5}, {"p99_ms", 0.99}, {"worst_ms", 1}};
    qsort(b->late_ms, b->n_read, sizeof *b->late_ms, compare);
    (void)printf("note received %zu\nnote lost %zu\n", b->n_read, b->n_lost);
    for (size_t i = 0; i < sizeof marks / sizeof *marks && b->n_read > 0; i++)
        (void)printf("note %s %.2f\n", marks[i].name,
                     (double)b->late_ms[(size_t)((double)(b->n_read - 1) * marks[i].share)]);
}

int main(int argc, char **argv)
{
    static const char *const place[] = {"127.0.0.1:0"};
    struct bench b = {.n_read = 0};
    struct ovf_error err = {""};
    pthread_t teller;
    if (argc != 4)
        bench_die(program, "usage: bench_serve LISTENERS ALERTS_PER_SECOND SECONDS");
    b.n_listeners = bench_count(program, argv[1], MAX_LISTENERS);
    const size_t rate = bench_count(program, argv[2], 10000);
    b.n_alerts = rate * bench_count(program, argv[3], 3600);
    b.step_ns = 1000000000 / (int64_t)rate;
    make(&b);
    const struct ovf_sink talk = {hear, &b};
    const struct ovf_server_options options = {.listen = place,
                                               .n_listen = 1,
                                               .max_sse = b.n_listeners,
                                               .max_sse_per_address = b.n_listeners,
                                               .is_live = true,
                                               .talk = &talk};
    if (ovf_server_open(&options, NULL, &b.server, &err) != OVF_OK)
        bench_die(program, err.text);
    for (size_t i = 0; i < b.n_listeners; i++)
        b.waits[i] = (struct pollfd){.fd = join(&b), .events = POLLIN};
    if (pthread_create(&teller, NULL, tell, &b) != 0)
        bench_die(program, "no thread");
    listen_to_all(&b);
    (void)pthread_join(teller, NULL);
    print_late(&b);
    ovf_server_close(b.server);
    for (size_t i = 0; i < b.n_listeners; i++)
        (void)close(b.waits[i].fd);
    free(b.waits);
    free(b.listeners);
    free(b.late_ms);
    return 0;
}
