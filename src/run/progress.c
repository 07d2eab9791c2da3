/* SPDX-License-Identifier: Apache-2.0 */
/* The progress bar. */
#include "run/progress.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "source/running_clock.h"

struct ovf_progress {
    pthread_mutex_t lock;
    const char *what;
    int64_t start_ns;
    int64_t shown_ns;
    bool drawn;
};

struct ovf_progress *ovf_progress_new(const char *what)
{
    if (!isatty(STDERR_FILENO))
        return NULL;
    struct ovf_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL)
        return NULL;
    if (pthread_mutex_init(&progress->lock, NULL) != 0) {
        free(progress);
        return NULL;
    }
    progress->what = what;
    progress->start_ns = ovf_running_ns();
    return progress;
}

void ovf_progress_free(struct ovf_progress *progress)
{
    if (progress == NULL)
        return;
    if (progress->drawn)
        (void)fprintf(stderr, "\r\033[K");
    (void)pthread_mutex_destroy(&progress->lock);
    free(progress);
}

static void draw(const char *what, size_t done, size_t total, double seconds)
{
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];
    const size_t filled = total > 0 ? done * WIDTH / total : 0;
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[WIDTH] = '\0';
    const double left_s = done > 0 ? seconds * (double)(total - done) / (double)done : 0;
    (void)fprintf(stderr, "\r%s [%s] %zu/%zu  %.0f s left \033[K", what, bar, done, total, left_s);
}

void ovf_progress_show(struct ovf_progress *progress, size_t done, size_t total)
{
    if (progress == NULL)
        return;
    (void)pthread_mutex_lock(&progress->lock);
    const int64_t now_ns = ovf_running_ns();
    if (now_ns - progress->start_ns > OVF_NS_PER_S &&
        now_ns - progress->shown_ns > OVF_NS_PER_S / 10) {
        draw(progress->what, done, total, ovf_time_seconds(progress->start_ns, now_ns));
        progress->shown_ns = now_ns;
        progress->drawn = true;
    }
    (void)pthread_mutex_unlock(&progress->lock);
}
