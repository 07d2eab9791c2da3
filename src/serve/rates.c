/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/rates.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* 8,192 addresses. Which set an address is of nobody can foresee, so nobody can push out another at will. */
enum { N_SETS = 1024, N_WAYS = 8 };

struct bucket {
    struct ovf_client_address client;
    double tokens;
    int64_t t_ms;
    bool is_used;
};

struct ovf_rates {
    pthread_mutex_t lock;
    double rate_per_ms;
    double burst;
    uint64_t seed;
    struct bucket buckets[N_SETS][N_WAYS];
};

/* ---- addresses ---- */

static struct ovf_client_address of_ipv4(struct in_addr address)
{
    struct ovf_client_address out = {{[10] = 0xff, [11] = 0xff}};
    memcpy(out.bytes + 12, &address.s_addr, 4);
    return out;
}

static struct ovf_client_address of_ipv6(const struct in6_addr *address)
{
    struct ovf_client_address out = {{0}};
    const bool is_ipv4 = IN6_IS_ADDR_V4MAPPED(address);
    memcpy(out.bytes, address->s6_addr, is_ipv4 ? 16 : 8);
    return out;
}

struct ovf_client_address ovf_client_address_of(const struct sockaddr *address)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    if (address->sa_family == AF_INET) {
        memcpy(&in, address, sizeof in);
        return of_ipv4(in.sin_addr);
    }
    if (address->sa_family != AF_INET6)
        return (struct ovf_client_address){{0}};
    memcpy(&in6, address, sizeof in6);
    return of_ipv6(&in6.sin6_addr);
}

bool ovf_client_address_parse(const char *text, struct ovf_client_address *out)
{
    struct in_addr in;
    struct in6_addr in6;
    if (inet_pton(AF_INET, text, &in) == 1)
        *out = of_ipv4(in);
    else if (inet_pton(AF_INET6, text, &in6) == 1)
        *out = of_ipv6(&in6);
    else
        return false;
    return true;
}

bool ovf_client_address_forwarded(const char *header, struct ovf_client_address *out)
{
    char text[INET6_ADDRSTRLEN];
    const char *const comma = strrchr(header, ',');
    const char *const last = comma != NULL ? comma + 1 : header;
    const char *const from = last + strspn(last, " \t");
    const size_t n = strcspn(from, " \t");
    if (n >= sizeof text)
        return false;
    memcpy(text, from, n);
    text[n] = '\0';
    return ovf_client_address_parse(text, out);
}

/* ---- buckets ---- */

enum ovf_status ovf_rates_new(double rate_per_s, double burst, struct ovf_rates **out)
{
    struct ovf_rates *const rates = calloc(1, sizeof *rates);
    if (rates == NULL || pthread_mutex_init(&rates->lock, NULL) != 0) {
        free(rates);
        return OVF_E_NOMEM;
    }
    rates->rate_per_ms = rate_per_s / 1000;
    rates->burst = burst;
    if (getrandom(&rates->seed, sizeof rates->seed, 0) != (ssize_t)sizeof rates->seed) {
        ovf_rates_free(rates);
        return OVF_E_IO;
    }
    *out = rates;
    return OVF_OK;
}

void ovf_rates_free(struct ovf_rates *rates)
{
    if (rates == NULL)
        return;
    (void)pthread_mutex_destroy(&rates->lock);
    free(rates);
}

/** FNV-1a, begun with what nobody knows, and mixed. */
static size_t set_of(const struct ovf_rates *rates, const struct ovf_client_address *client)
{
    uint64_t hash = rates->seed;
    for (size_t i = 0; i < sizeof client->bytes; i++)
        hash = (hash ^ client->bytes[i]) * UINT64_C(0x100000001b3);
    hash ^= hash >> 32;
    return (size_t)(hash * UINT64_C(0x9e3779b97f4a7c15) >> 32) % N_SETS;
}

static struct bucket *find(struct ovf_rates *rates, const struct ovf_client_address *client,
                           int64_t now_ms)
{
    struct bucket *const set = rates->buckets[set_of(rates, client)];
    struct bucket *oldest = set;
    for (size_t i = 0; i < N_WAYS; i++) {
        if (set[i].is_used && memcmp(&set[i].client, client, sizeof *client) == 0)
            return &set[i];
        if (oldest->is_used && (!set[i].is_used || set[i].t_ms < oldest->t_ms))
            oldest = &set[i];
    }
    *oldest = (struct bucket){*client, rates->burst, now_ms, true};
    return oldest;
}

bool ovf_rates_take(struct ovf_rates *rates, const struct ovf_client_address *client, double n,
                    int64_t now_ms)
{
    if (rates->rate_per_ms <= 0)
        return true;
    (void)pthread_mutex_lock(&rates->lock);
    struct bucket *const bucket = find(rates, client, now_ms);
    bucket->tokens += (double)(now_ms - bucket->t_ms) * rates->rate_per_ms;
    if (bucket->tokens > rates->burst)
        bucket->tokens = rates->burst;
    bucket->t_ms = now_ms;
    const bool has = bucket->tokens >= n;
    if (has)
        bucket->tokens -= n;
    (void)pthread_mutex_unlock(&rates->lock);
    return has;
}
