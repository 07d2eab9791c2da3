/* SPDX-License-Identifier: Apache-2.0 */
/* A small store, a view of it, and what its documents say. */
#ifndef OVF_TESTS_VIEW_FIXTURE_H
#define OVF_TESTS_VIEW_FIXTURE_H

#include "test.h"

#include <string.h>

#include "case/case_file.h"
#include "gpkg_fixture.h"
#include "view/view.h"

static inline struct ovf_store_time at(int64_t s)
{
    return (struct ovf_store_time){true, s * OVF_NS_PER_S};
}

/** Crossing number \p i, which enters at second 100 \p i; ids run the other way. */
static inline void put_crossing(struct gpkg_fixture *f, int i, const char *flag,
                                const char *watches)
{
    char id[40];
    char flight[40];
    char icao24[8];
    char json[200];
    snprintf(id, sizeof id, "c%03d", 999 - i);
    snprintf(flight, sizeof flight, "f%03d", i);
    snprintf(icao24, sizeof icao24, "f1%04d", i);
    snprintf(json, sizeof json, "{\"type\":\"crossing\",\"id\":\"%s\",\"db_flags\":[\"%s\"]}", id,
             flag);
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = flag,
        .icao24 = icao24,
        .callsign = i % 2 == 0 ? "SIMA" : "SIMB",
        .airspace = i < 3 ? "IQ" : "zone:noon",
        .kind = i < 3 ? "country" : "zone",
        .role = "overflight",
        .class = "observed",
        .entry_time_min = at(100 * i),
        .exit_time_max = at(100 * i + 50),
        .flight_id = flight,
        .flight_start = at(0),
        .flight_end = at(5000),
        .watches = watches,
        .simulated = true,
        .json = json,
    };
    const struct ovf_store_flight flight_row = {.id = flight,
                                                .rev = "1",
                                                .icao24 = icao24,
                                                .flight_start = at(0),
                                                .flight_end = at(5000),
                                                .simulated = true,
                                                .json = "{}"};
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
    assert_int_equal(ovf_store_put_flight(f->store, &flight_row, &f->err), OVF_OK);
}

static inline void put_finding(struct gpkg_fixture *f, const char *id, const char *rule,
                               const char *about)
{
    char json[200];
    snprintf(json, sizeof json,
             "{\"type\":\"finding\",\"id\":\"%s\",\"reasons\":[],\"sources\":[]}", id);
    const struct ovf_store_finding row = {.id = id,
                                          .rev = "1",
                                          .rule = rule,
                                          .verdict = "covered",
                                          .about_kind = "crossing",
                                          .about_id = about,
                                          .as_of = at(9000),
                                          .json = json};
    assert_int_equal(ovf_store_put_finding(f->store, &row, &f->err), OVF_OK);
}

/** Six crossings; number 1 is LADD, 2 PIA, 4 both a PIA and met by the watch. */
static inline struct gpkg_fixture fixture(void)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    gpkg_begin(&f, 1);
    put_crossing(&f, 5, "interesting", "other");
    put_crossing(&f, 4, "pia", "other,corridor");
    put_crossing(&f, 3, "military", "");
    put_crossing(&f, 2, "pia", "");
    put_crossing(&f, 1, "ladd", "corridors");
    put_crossing(&f, 0, "military", "corridor");
    put_finding(&f, "aa", "permit/1", "c999");
    put_finding(&f, "bb", "closure/1", "c998");
    put_finding(&f, "cc", "closure/1", "c995");
    gpkg_commit(&f);
    return f;
}

static inline struct ovf_view *open_view_as(const struct gpkg_fixture *f,
                                            const struct ovf_case *the_case,
                                            enum ovf_view_mode mode, bool is_public)
{
    const struct ovf_view_source source = {.store_path = f->path,
                                           .the_case = the_case,
                                           .title = "t",
                                           .mode = mode,
                                           .is_public = is_public};
    struct ovf_view *view = NULL;
    struct ovf_error err = {""};
    if (ovf_view_open(&source, &view, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return view;
}

static inline struct ovf_view *open_view(const struct gpkg_fixture *f,
                                         const struct ovf_case *the_case, bool is_public)
{
    return open_view_as(f, the_case, OVF_VIEW_SERVE, is_public);
}

static inline const char *text_of(struct ovf_buffer *text)
{
    assert_int_equal(ovf_buffer_append(text, "", 1), OVF_OK);
    text->len--;
    return (const char *)text->data;
}

/** The document, in \p text. */
static inline const char *document(struct ovf_view *view, enum ovf_view_document which,
                                   const struct ovf_view_query *query, struct ovf_buffer *text)
{
    struct ovf_error err = {""};
    text->len = 0;
    if (ovf_view_write(view, which, query, text, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return text_of(text);
}

static inline size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at_ = strstr(text, what); at_ != NULL; at_ = strstr(at_ + 1, what))
        n++;
    return n;
}

static inline void assert_says(const char *text, const char *what)
{
    if (strstr(text, what) == NULL)
        fail_msg("%s\n is not in\n%s", what, text);
}

static inline struct ovf_view_query asked(const char *name, const char *value)
{
    struct ovf_view_query query = ovf_view_query_all();
    struct ovf_error err = {""};
    if (ovf_view_query_set(&query, name, ovf_bytes_from_text(value), &err) != OVF_OK)
        fail_msg("%s", err.text);
    return query;
}

#define WATCHES "watches:\n  - {name: corridor, over: [IQ]}\n"

static inline struct ovf_case read_case(const char *yaml, struct ovf_case_store *store)
{
    struct ovf_case out = {0};
    struct ovf_error err = {""};
    if (ovf_case_file_read(ovf_bytes_from_text(yaml), store, &out, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return out;
}

#endif
