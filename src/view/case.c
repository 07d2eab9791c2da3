/* SPDX-License-Identifier: Apache-2.0 */
/* The case, as its page tells it: what was asked, what was found, what was said by whom, and the sources. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "track/address.h"
#include "view/view_parts.h"

static void put_day(struct ovf_json_writer *json, const char *key, int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    if (t_ns == INT64_MIN || t_ns == INT64_MAX)
        return;
    ovf_time_format(t_ns, 0, text);
    text[10] = '\0';
    ovf_json_text(json, key, text);
}

static void put_text(struct ovf_json_writer *json, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0')
        ovf_json_text(json, key, text);
}

static void put_source(struct ovf_json_writer *json, const char *source, bool second_hand)
{
    ovf_json_text(json, "source", source);
    if (second_hand)
        ovf_json_bool(json, "second_hand", true);
}

static void put_texts(struct ovf_json_writer *json, const char *key,
                      const struct ovf_case_list *list)
{
    ovf_json_open(json, key, '[');
    for (size_t i = 0; i < list->n; i++)
        ovf_json_text(json, NULL, ((const char *const *)list->items)[i]);
    ovf_json_close(json, ']');
}

/* ---- findings about an entry ---- */

static enum ovf_status put_id(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_json_text(&w->json, NULL, ovf_view_column(stmt, 0));
    return OVF_OK;
}

/** "claim/began-in-march": what findings are about. */
static enum ovf_status put_findings(struct ovf_view_writing *w, const char *kind, const char *name)
{
    char about[OVF_VIEW_TEXT_SIZE * 2];
    (void)snprintf(about, sizeof about, "%s/%s", kind, name);
    ovf_json_open(&w->json, "findings", '[');
    const enum ovf_status st =
        ovf_view_each(w->view,
                      "SELECT f.id FROM temp.said s JOIN findings f ON f.fid=s.fid"
                      " WHERE f.about_kind||'/'||f.about_id=?1 ORDER BY s.n",
                      about, put_id, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}

/* ---- entries ---- */

static enum ovf_status put_watch(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_watch *const watch = entry;
    struct ovf_buffer words = {0};
    enum ovf_status st = ovf_view_watch_words(watch, &words);
    ovf_json_text(&w->json, "name", watch->name.text);
    ovf_json_bytes(&w->json, "words", ovf_buffer_bytes(&words));
    put_text(&w->json, "about", watch->about);
    ovf_buffer_deinit(&words);
    return st;
}

static enum ovf_status put_request(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_request *const request = entry;
    ovf_json_text(&w->json, "name", request->name.text);
    put_day(&w->json, "date", request->date_ns);
    ovf_json_text(&w->json, "by", request->by);
    ovf_json_text(&w->json, "to", request->to);
    ovf_json_text(&w->json, "asks", request->asks);
    ovf_json_text(&w->json, "watch", request->watch.text);
    put_source(&w->json, request->source, request->second_hand);
    return put_findings(w, "request", request->name.text);
}

static enum ovf_status put_claim(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_claim *const claim = entry;
    ovf_json_text(&w->json, "name", claim->name.text);
    put_day(&w->json, "date", claim->date_ns);
    ovf_json_text(&w->json, "party", claim->party);
    ovf_json_text(&w->json, "says", claim->says);
    put_text(&w->json, "predicate", claim->predicate);
    put_source(&w->json, claim->source, claim->second_hand);
    return put_findings(w, "claim", claim->name.text);
}

static void put_basis(struct ovf_json_writer *json, int64_t from_ns, int64_t to_ns,
                      const struct ovf_case_basis *basis)
{
    put_day(json, "valid_from", from_ns);
    put_day(json, "valid_to", to_ns);
    put_text(json, "contested_by", basis->contested_by);
    put_source(json, basis->source, basis->second_hand);
}

/** Whose order it is, where it names aircraft. */
static void put_named(struct ovf_json_writer *json, const struct ovf_case_order *order)
{
    const char *const *const registrations = order->registrations.items;
    const int64_t *const addresses = order->aircraft.items;
    if (order->registrations.n > 0) {
        ovf_json_open(json, "registrations", '[');
        for (size_t i = 0; i < order->registrations.n; i++)
            ovf_json_text(json, NULL, registrations[i]);
        ovf_json_close(json, ']');
    }
    if (order->aircraft.n > 0) {
        ovf_json_open(json, "aircraft", '[');
        for (size_t i = 0; i < order->aircraft.n; i++) {
            char text[OVF_ADDRESS_SIZE];
            ovf_address_format((uint32_t)addresses[i], text);
            ovf_json_text(json, NULL, text);
        }
        ovf_json_close(json, ']');
    }
}

static enum ovf_status put_order(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_order *const order = entry;
    ovf_json_text(&w->json, "name", order->name.text);
    ovf_json_text(&w->json, "by", order->by);
    ovf_json_text(&w->json, "watch", order->watch.text);
    put_named(&w->json, order);
    ovf_json_text(&w->json, "land_at", order->land_at);
    put_basis(&w->json, order->valid_from_ns, order->valid_to_ns, &order->basis);
    return put_findings(w, "order", order->name.text);
}

static enum ovf_status put_embargo(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_embargo *const embargo = entry;
    ovf_json_text(&w->json, "name", embargo->name.text);
    ovf_json_text(&w->json, "instrument", embargo->instrument);
    put_text(&w->json, "paragraph", embargo->paragraph);
    ovf_json_text(&w->json, "says", embargo->says);
    put_basis(&w->json, embargo->valid_from_ns, embargo->valid_to_ns, &embargo->basis);
    return OVF_OK;
}

static enum ovf_status put_inspection(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_inspection *const inspection = entry;
    ovf_json_text(&w->json, "name", inspection->name.text);
    put_day(&w->json, "date", inspection->date_ns);
    ovf_json_text(&w->json, "at", inspection->at);
    ovf_json_text(&w->json, "by", inspection->by);
    ovf_json_text(&w->json, "found", inspection->found);
    ovf_json_text(&w->json, "watch", inspection->watch.text);
    put_source(&w->json, inspection->source, inspection->second_hand);
    return put_findings(w, "inspection", inspection->name.text);
}

static enum ovf_status put_note(struct ovf_view_writing *w, const void *entry)
{
    const struct ovf_case_note *const note = entry;
    ovf_json_int(&w->json, "number", note->number);
    if (ovf_case_has(&note->head, &ovf_case_note_table, "answer_to"))
        ovf_json_int(&w->json, "answer_to", note->answer_to);
    ovf_json_text(&w->json, "author", note->author);
    ovf_json_time(&w->json, "time", note->t_ns);
    ovf_json_text(&w->json, "text", note->text);
    if (note->is_private)
        ovf_json_bool(&w->json, "private", true);
    return OVF_OK;
}

static bool is_withheld(const struct ovf_view_writing *w, const char *key, const void *entry)
{
    return w->view->source.is_public && strcmp(key, "notes") == 0 &&
           ((const struct ovf_case_note *)entry)->is_private;
}

static enum ovf_status put_list(struct ovf_view_writing *w, const char *key,
                                const struct ovf_case_list *list, size_t size,
                                enum ovf_status (*put)(struct ovf_view_writing *, const void *))
{
    enum ovf_status st = OVF_OK;
    ovf_json_open(&w->json, key, '[');
    for (size_t i = 0; i < list->n && st == OVF_OK; i++) {
        const void *const entry = (const char *)list->items + i * size;
        if (is_withheld(w, key, entry))
            continue;
        ovf_json_open(&w->json, NULL, '{');
        st = put(w, entry);
        ovf_json_close(&w->json, '}');
    }
    ovf_json_close(&w->json, ']');
    return st;
}

static enum ovf_status put_entries(struct ovf_view_writing *w, const struct ovf_case *c)
{
    const struct {
        const char *key;
        const struct ovf_case_list *list;
        size_t size;
        enum ovf_status (*put)(struct ovf_view_writing *, const void *);
    } lists[] = {
        {"watches", &c->watches, sizeof(struct ovf_case_watch), put_watch},
        {"requests", &c->requests, sizeof(struct ovf_case_request), put_request},
        {"claims", &c->claims, sizeof(struct ovf_case_claim), put_claim},
        {"orders", &c->orders, sizeof(struct ovf_case_order), put_order},
        {"embargoes", &c->embargoes, sizeof(struct ovf_case_embargo), put_embargo},
        {"inspections", &c->inspections, sizeof(struct ovf_case_inspection), put_inspection},
        {"notes", &c->notes, sizeof(struct ovf_case_note), put_note},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && st == OVF_OK; i++)
        st = put_list(w, lists[i].key, lists[i].list, lists[i].size, lists[i].put);
    put_texts(&w->json, "tags", &c->tags);
    return st;
}

static void put_missing(void *context, const char *path)
{
    struct ovf_view_writing *const w = context;
    ovf_json_bytes(&w->json, NULL, ovf_view_path(w->view, path));
}

enum ovf_status ovf_view_put_case(struct ovf_view_writing *w)
{
    static const struct ovf_case none;
    const struct ovf_case *const c =
        w->view->source.the_case != NULL ? w->view->source.the_case : &none;
    ovf_json_text(&w->json, "title", ovf_view_title(w->view));
    put_text(&w->json, "question", c->question);
    enum ovf_status st = ovf_view_put_answer(w);
    if (st == OVF_OK)
        st = ovf_view_put_method(w);
    if (st == OVF_OK)
        st = ovf_view_put_limits(w);
    if (st == OVF_OK)
        st = put_entries(w, c);
    if (st == OVF_OK)
        st = ovf_view_put_sources(w);
    ovf_json_open(&w->json, "missing", '[');
    if (st == OVF_OK)
        st = ovf_view_missing(w->view, put_missing, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}
