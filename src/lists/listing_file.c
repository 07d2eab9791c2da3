/* SPDX-License-Identifier: Apache-2.0 */
/* Which format a list is in, and what all of them have in common: an id stands once. */
#include "lists/listing_file.h"

#include <stdlib.h>

#include "lists/lines.h"
#include "lists/listing_formats.h"

static const char *const format_names[OVF_LIST_FORMAT_N] = {
    [OVF_LIST_SDN_CSV] = "sdn-csv", [OVF_LIST_SDN_XML] = "sdn-xml",
    [OVF_LIST_UN_XML] = "un-xml",   [OVF_LIST_PLANE_ALERT] = "plane-alert",
    [OVF_LIST_CSV] = "csv",
};

const char *ovf_list_format_name(enum ovf_list_format format)
{
    return format_names[format];
}

/* ---- which ---- */

/** The bytes of the ASCII text \p name in \p start, where each may have a zero byte beside it (UTF-16). */
static bool holds(struct ovf_bytes start, const char *name)
{
    for (size_t begin = 0; begin < start.len; begin++) {
        size_t n = 0;
        for (size_t i = begin; i < start.len && name[n] != '\0'; i++) {
            if (start.data[i] == '\0')
                continue;
            if (start.data[i] != (unsigned char)name[n])
                break;
            n++;
        }
        if (name[n] == '\0')
            return true;
    }
    return false;
}

static bool is_xml(struct ovf_bytes start)
{
    for (size_t i = 0; i < start.len && i < 64; i++) {
        if (start.data[i] == '<')
            return true;
        /* Byte order marks and the zeros of UTF-16 may stand before it. */
        if (strchr(" \t\r\n\xEF\xBB\xBF\xFF\xFE", start.data[i]) == NULL)
            return false;
    }
    return false;
}

static enum ovf_list_format recognise(struct ovf_bytes text)
{
    const struct ovf_bytes start = {text.data, text.len < 4096 ? text.len : 4096};
    struct ovf_bytes line;
    if (is_xml(start))
        return holds(start, "<CONSOLIDATED_LIST") ? OVF_LIST_UN_XML : OVF_LIST_SDN_XML;
    text = ovf_lines_begin(text);
    if (!ovf_lines_next(&text, &line))
        return OVF_LIST_FORMAT_N;
    return ovf_ofac_csv_is_row(line) ? OVF_LIST_SDN_CSV : ovf_listing_csv_format(line);
}

/* ---- once ---- */

struct place {
    struct ovf_bytes id;
    size_t i; /* in the set */
};

static int compare_places(const void *a, const void *b)
{
    const struct place *const x = a;
    const struct place *const y = b;
    const int order = ovf_bytes_compare(x->id, y->id);
    return order != 0 ? order : (x->i > y->i) - (x->i < y->i);
}

/** Takes \p listing back, which says something about an id that \p first spoke of. */
static void count_twice(struct ovf_listing first, struct ovf_listing listing,
                        struct ovf_listing_report *report)
{
    report->rows.n_used--;
    if (ovf_bytes_compare(first.text, listing.text) == 0)
        report->rows.n_repeated++;
    else
        report->rows.n_rejected[OVF_REJECT_DUPLICATE_KEY]++;
    if (ovf_listing_is_aircraft(listing))
        report->n_aircraft--;
    else
        report->n_entities--;
    if (ovf_listing_value(listing, OVF_LISTING_CUT, 0).len > 0)
        report->n_cut--;
}

/** Keeps the first of each id among the listings from \p begin on. */
static enum ovf_status keep_first(struct ovf_listing_set *set, size_t begin,
                                  struct ovf_listing_report *report)
{
    const size_t n = set->n - begin;
    struct place *const places = malloc((n + 1) * sizeof *places);
    size_t n_kept = begin;
    if (places == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const struct ovf_listing listing = ovf_listing_set_at(set, begin + i);
        places[i] = (struct place){ovf_listing_value(listing, OVF_LISTING_ID, 0), begin + i};
    }
    qsort(places, n, sizeof *places, compare_places);
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (ovf_bytes_compare(places[i].id, places[first].id) != 0) {
            first = i;
            continue;
        }
        count_twice(ovf_listing_set_at(set, places[first].i), ovf_listing_set_at(set, places[i].i),
                    report);
        set->items[places[i].i].len = 0;
    }
    for (size_t i = begin; i < set->n; i++) {
        if (set->items[i].len > 0)
            set->items[n_kept++] = set->items[i];
    }
    set->n = n_kept;
    free(places);
    return OVF_OK;
}

static enum ovf_status read_as(enum ovf_list_format format, struct ovf_bytes text,
                               struct ovf_bytes comments, struct ovf_listing_set *set,
                               struct ovf_listing_report *report, struct ovf_error *err)
{
    switch (format) {
    case OVF_LIST_SDN_CSV:
        return ovf_ofac_csv_read(text, comments, set, report, err);
    case OVF_LIST_SDN_XML:
        return ovf_ofac_xml_read(text, set, report, err);
    case OVF_LIST_UN_XML:
        return ovf_un_xml_read(text, set, report, err);
    case OVF_LIST_PLANE_ALERT:
    case OVF_LIST_CSV:
        return ovf_listing_csv_read(text, set, report, err);
    case OVF_LIST_FORMAT_N:
        break;
    }
    return ovf_error_set(
        err, OVF_E_FORMAT,
        "no list that is known: neither XML, nor rows like those of sdn.csv, nor a "
        "header that names registration, icao24 or msn, or id and name");
}

enum ovf_status ovf_listing_file_read(struct ovf_bytes text, struct ovf_bytes comments,
                                      enum ovf_list_format format, struct ovf_listing_set *set,
                                      struct ovf_listing_report *report, struct ovf_error *err)
{
    const size_t n = set->n;
    const size_t len = set->text.len;
    struct ovf_listing_report counts = {.format =
                                            format == OVF_LIST_FORMAT_N ? recognise(text) : format};
    enum ovf_status st = read_as(counts.format, text, comments, set, &counts, err);
    if (st == OVF_OK)
        st = keep_first(set, n, &counts);
    if (st == OVF_OK) {
        *report = counts;
    } else {
        set->n = n;
        set->text.len = len;
    }
    return st;
}
