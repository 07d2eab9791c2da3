/* SPDX-License-Identifier: Apache-2.0 */
/* The dispersion by moments. With e the exposure times the weekday's factor and x = n / e, the difference of two
 * days at rate r has the mean square r (1 + d r) (1/e + 1/e'); what it exceeds r by is d r^2, and x x' has the mean
 * r^2. Sums of both over all pairs give d: what is quiet adds to neither. */
#include "series/rate.h"

enum { MAX_LAG_DAYS = 3, MIN_DAYS_FOR_WEEKDAYS = 28 };

struct weekdays {
    double factors[7];
    double freedom; /* what squares are multiplied by, as the factors come from the same days */
};

static struct weekdays weekdays_of(const struct ovf_series *series, size_t from, size_t until)
{
    struct weekdays weekdays = {{1, 1, 1, 1, 1, 1, 1}, 1};
    struct ovf_counted by_day[7] = {{0, 0}};
    struct ovf_counted all = {0, 0};
    size_t n = 0;
    for (size_t i = from; i < until; i++) {
        const struct ovf_series_day *day = &series->days[i];
        if (!ovf_series_day_tells(day))
            continue;
        struct ovf_counted *sum = &by_day[ovf_series_weekday(series, i)];
        sum->n += day->n;
        sum->exposure += day->exposure;
        all.n += day->n;
        all.exposure += day->exposure;
        n++;
    }
    if (n < MIN_DAYS_FOR_WEEKDAYS || !(all.n > 0))
        return weekdays;
    for (int w = 0; w < 7; w++) {
        if (by_day[w].exposure > 0)
            weekdays.factors[w] = by_day[w].n / by_day[w].exposure * all.exposure / all.n;
    }
    weekdays.freedom = (double)n / (double)(n - 6);
    return weekdays;
}

/** The exposure times the weekday's factor; 0 for a day that says nothing. */
static double effective(const struct ovf_series *series, const struct weekdays *weekdays, size_t i)
{
    const struct ovf_series_day *day = &series->days[i];
    return ovf_series_day_tells(day)
               ? day->exposure * weekdays->factors[ovf_series_weekday(series, i)]
               : 0;
}

struct ovf_dispersion ovf_dispersion_estimate(const struct ovf_series *series, size_t from,
                                              size_t until)
{
    const struct weekdays weekdays = weekdays_of(series, from, until);
    struct ovf_dispersion out = {0, 1, 0};
    double squares = 0;
    double means = 0;
    double products = 0;
    for (size_t j = from; j < until; j++) {
        const double e = effective(series, &weekdays, j);
        const double n = series->days[j].n;
        for (size_t i = j - from > MAX_LAG_DAYS ? j - MAX_LAG_DAYS : from; i < j; i++) {
            const double e_then = effective(series, &weekdays, i);
            const double n_then = series->days[i].n;
            if (!(e > 0 && e_then > 0))
                continue;
            const double change = n / e - n_then / e_then;
            squares += change * change / (1 / e + 1 / e_then) * weekdays.freedom;
            means += (n + n_then) / (e + e_then);
            products += n / e * (n_then / e_then);
            out.n_pairs++;
        }
    }
    if (means > 0)
        out.index = squares / means;
    if (out.index >= OVF_POISSON_MAX_INDEX && products > 0)
        out.dispersion = (squares - means) / products;
    return out;
}
