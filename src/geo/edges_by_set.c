/* SPDX-License-Identifier: Apache-2.0 */
#include "geo/edges_by_set.h"

#include <stdlib.h>

void ovf_edges_by_set_deinit(struct ovf_edges_by_set *edges)
{
    free(edges->edges);
    free(edges->first);
    *edges = (struct ovf_edges_by_set){0};
}

/* Counting sort. While edges are put in their places first[s] is where the next one of s - 1 goes. */
enum ovf_status ovf_edges_by_set_make(const struct ovf_index *index, struct ovf_edges_by_set *out)
{
    const uint32_t n_sets = index->n_sets;
    uint32_t *const edges = malloc(((size_t)index->n_edges + 1) * sizeof *edges);
    uint32_t *const first = calloc((size_t)n_sets + 2, sizeof *first);
    if (edges == NULL || first == NULL) {
        free(edges);
        free(first);
        return OVF_E_NOMEM;
    }
    for (uint32_t i = 0; i < index->n_edges; i++) {
        const uint32_t set = ovf_index_edge(index, i).set;
        if (set < n_sets)
            first[set + 2]++;
    }
    for (uint32_t s = 2; s < n_sets + 2; s++)
        first[s] += first[s - 1];
    for (uint32_t i = 0; i < index->n_edges; i++) {
        const uint32_t set = ovf_index_edge(index, i).set;
        if (set < n_sets)
            edges[first[set + 1]++] = i;
    }
    *out = (struct ovf_edges_by_set){edges, first};
    return OVF_OK;
}

static bool is_owned(const struct ovf_index *index, uint32_t set, uint32_t owner)
{
    struct ovf_members members;
    ovf_index_set(index, set, &members);
    return ovf_members_has(&members, owner);
}

static int compare_numbers(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

enum ovf_status ovf_edges_of_owner(const struct ovf_edges_by_set *edges,
                                   const struct ovf_index *index, uint32_t owner, uint32_t **out,
                                   size_t *n_out)
{
    size_t n = 0;
    for (uint32_t s = 0; s < index->n_sets; s++)
        n += is_owned(index, s, owner) ? edges->first[s + 1] - edges->first[s] : 0;
    uint32_t *const numbers = malloc((n + 1) * sizeof *numbers);
    if (numbers == NULL)
        return OVF_E_NOMEM;
    n = 0;
    for (uint32_t s = 0; s < index->n_sets; s++) {
        if (!is_owned(index, s, owner))
            continue;
        for (uint32_t i = edges->first[s]; i < edges->first[s + 1]; i++)
            numbers[n++] = edges->edges[i];
    }
    if (n > 1)
        qsort(numbers, n, sizeof *numbers, compare_numbers);
    *out = numbers;
    *n_out = n;
    return OVF_OK;
}
