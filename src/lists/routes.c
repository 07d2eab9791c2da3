/* SPDX-License-Identifier: Apache-2.0 */
/* Routes by callsign. */
#include "lists/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/ascii.h"
#include "base/sha256.h"
#include "base/time.h"
#include "lists/columns.h"
#include "lists/lines.h"
#include "read/field.h"

enum { COLUMN_CALLSIGN, COLUMN_FROM, COLUMN_TO, COLUMN_SINCE, COLUMN_UNTIL };

#define SOURCE "routes sha256:"

struct ovf_routes {
    char source[sizeof SOURCE + OVF_SHA256_HEX_SIZE];
    struct ovf_stated_route *items; /* by callsign */
    size_t n;
    size_t capacity;
};

static const struct ovf_column_name names[] = {{"callsign", COLUMN_CALLSIGN},
                                               {"from", COLUMN_FROM},
                                               {"to", COLUMN_TO},
                                               {"valid_from", COLUMN_SINCE},
                                               {"valid_to", COLUMN_UNTIL}};

static bool read_header(struct ovf_bytes line, struct ovf_fields *fields,
                        struct ovf_columns *columns)
{
    return ovf_columns_read(line, names, sizeof names / sizeof *names, fields, columns) &&
           ovf_columns_have(columns, COLUMN_CALLSIGN) && ovf_columns_have(columns, COLUMN_FROM) &&
           ovf_columns_have(columns, COLUMN_TO);
}

/** Letters, digits and hyphens. */
static bool read_airport(struct ovf_bytes text, char code[OVF_ROUTE_AIRPORT_SIZE])
{
    if (text.len == 0 || text.len >= OVF_ROUTE_AIRPORT_SIZE)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = text.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-')
            return false;
        code[i] = (char)ovf_ascii_upper(c);
    }
    code[text.len] = '\0';
    return true;
}

/** The first moment of a day that is stated; \p absent_ns where none is. */
static bool read_day(struct ovf_bytes text, int64_t absent_ns, int64_t *t_ns)
{
    *t_ns = absent_ns;
    return text.len == 0 || (text.len == 10 && ovf_time_parse_iso(text, t_ns));
}

static enum ovf_reject read_row(const struct ovf_columns *columns, const struct ovf_fields *fields,
                                struct ovf_stated_route *out)
{
    if (!ovf_read_callsign(ovf_columns_field(columns, fields, COLUMN_CALLSIGN), out->callsign) ||
        !read_airport(ovf_columns_field(columns, fields, COLUMN_FROM), out->from) ||
        !read_airport(ovf_columns_field(columns, fields, COLUMN_TO), out->to))
        return OVF_REJECT_BAD_TEXT;
    if (!read_day(ovf_columns_field(columns, fields, COLUMN_SINCE), INT64_MIN, &out->since_ns) ||
        !read_day(ovf_columns_field(columns, fields, COLUMN_UNTIL), INT64_MAX, &out->until_ns))
        return OVF_REJECT_BAD_TIME;
    if (out->until_ns <= INT64_MAX - OVF_NS_PER_DAY)
        out->until_ns += OVF_NS_PER_DAY;
    return OVF_REJECT_N;
}

static enum ovf_status read_rows(struct ovf_bytes text, const struct ovf_columns *columns,
                                 struct ovf_fields *fields, struct ovf_routes *routes,
                                 struct ovf_tally *rows)
{
    struct ovf_bytes line;
    while (ovf_lines_next(&text, &line)) {
        struct ovf_stated_route route = {.callsign = ""};
        const enum ovf_reject reason = ovf_fields_split(line, columns->separator, fields)
                                           ? read_row(columns, fields, &route)
                                           : OVF_REJECT_BAD_TEXT;
        if (reason != OVF_REJECT_N) {
            ovf_tally_reject(rows, reason);
            continue;
        }
        struct ovf_stated_route *const grown =
            ovf_array_reserve(routes->items, &routes->capacity, routes->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        routes->items = grown;
        routes->items[routes->n++] = route;
        ovf_tally_use(rows);
    }
    return OVF_OK;
}

static enum ovf_status take_source(struct ovf_bytes text, struct ovf_routes *routes)
{
    struct ovf_digest digest;
    const enum ovf_status st = ovf_sha256(text, &digest);
    if (st != OVF_OK)
        return st;
    memcpy(routes->source, SOURCE, sizeof SOURCE);
    ovf_digest_format(&digest, OVF_SHA256_BYTES, routes->source + sizeof SOURCE - 1);
    return OVF_OK;
}

static int compare_callsigns(const void *a, const void *b)
{
    const struct ovf_stated_route *x = a;
    const struct ovf_stated_route *y = b;
    return strcmp(x->callsign, y->callsign);
}

enum ovf_status ovf_routes_new(struct ovf_bytes text, struct ovf_tally *rows,
                               struct ovf_routes **out, struct ovf_error *err)
{
    struct ovf_fields fields;
    struct ovf_columns columns;
    struct ovf_tally counts = {0};
    struct ovf_bytes line;
    struct ovf_bytes rest = ovf_lines_begin(text);
    if (!ovf_lines_next(&rest, &line) || !read_header(line, &fields, &columns))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "no table of routes: a header with callsign, from and to is due");
    struct ovf_routes *const routes = calloc(1, sizeof *routes);
    enum ovf_status st = routes != NULL ? take_source(text, routes) : OVF_E_NOMEM;
    if (st == OVF_OK)
        st = read_rows(rest, &columns, &fields, routes, &counts);
    if (st != OVF_OK) {
        ovf_routes_free(routes);
        return ovf_error_set(err, st, "out of memory for the table of routes");
    }
    if (routes->n > 0)
        qsort(routes->items, routes->n, sizeof *routes->items, compare_callsigns);
    *rows = counts;
    *out = routes;
    return OVF_OK;
}

void ovf_routes_free(struct ovf_routes *routes)
{
    if (routes == NULL)
        return;
    free(routes->items);
    free(routes);
}

const char *ovf_routes_source(const struct ovf_routes *routes)
{
    return routes->source;
}

/** The first row of \p callsign, or where it would be. */
static size_t first_of(const struct ovf_routes *routes, const char *callsign)
{
    size_t low = 0;
    size_t high = routes->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(routes->items[middle].callsign, callsign) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct ovf_stated_route *ovf_routes_find(const struct ovf_routes *routes,
                                               const char *callsign, int64_t t_ns)
{
    const struct ovf_stated_route *found = NULL;
    if (callsign[0] == '\0')
        return NULL;
    for (size_t i = first_of(routes, callsign);
         i < routes->n && strcmp(routes->items[i].callsign, callsign) == 0; i++) {
        const struct ovf_stated_route *route = &routes->items[i];
        if (t_ns < route->since_ns || t_ns >= route->until_ns)
            continue;
        if (found != NULL &&
            (strcmp(found->from, route->from) != 0 || strcmp(found->to, route->to) != 0))
            return NULL;
        found = route;
    }
    return found;
}
