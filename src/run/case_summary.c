/* SPDX-License-Identifier: Apache-2.0 */
#include "run/case_summary.h"

#include "base/utf8.h"

static enum ovf_status put_text(const char *before, const char *text, struct ovf_buffer *out)
{
    const enum ovf_status st = ovf_buffer_append_text(out, before);
    return st == OVF_OK ? ovf_utf8_append_line(ovf_bytes_from_text(text), out) : st;
}

static enum ovf_status put_list(const char *before, const struct ovf_case_list *list,
                                struct ovf_buffer *out)
{
    const char *const *const words = list->items;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        st = put_text(i == 0 ? before : ", ", words[i], out);
    return st;
}

static enum ovf_status put_watch(const struct ovf_case_watch *watch, struct ovf_buffer *out)
{
    static const char *const hows[] = {" over ", " over all of ", " over, in order, "};
    enum ovf_status st = ovf_buffer_printf(out, "  %s:", watch->name.text);
    if (st == OVF_OK && watch->from != NULL)
        st = put_text(" from ", watch->from, out);
    if (st == OVF_OK)
        st = put_list(hows[watch->how], &watch->over, out);
    if (st == OVF_OK && watch->to != NULL)
        st = put_text(" to ", watch->to, out);
    return st == OVF_OK ? ovf_buffer_append_text(out, "\n") : st;
}

static enum ovf_status put_counts(const struct ovf_case *the_case, struct ovf_buffer *out)
{
    const struct {
        const char *what;
        size_t n;
    } counts[] = {
        {"inputs", the_case->inputs.n},        {"zones", the_case->zones.n},
        {"lists", the_case->lists.n},          {"operators", the_case->operators.n},
        {"permit lists", the_case->permits.n}, {"rules of no permit", the_case->not_required.n},
        {"closures", the_case->closures.n},    {"orders to land", the_case->orders.n},
        {"embargoes", the_case->embargoes.n},  {"inspections", the_case->inspections.n},
        {"requests", the_case->requests.n},    {"claims", the_case->claims.n},
        {"notes", the_case->notes.n},
    };
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof counts / sizeof *counts && st == OVF_OK; i++) {
        if (counts[i].n > 0)
            st = ovf_buffer_printf(out, "%s: %zu\n", counts[i].what, counts[i].n);
    }
    return st;
}

enum ovf_status ovf_case_summary(const struct ovf_case *the_case, struct ovf_buffer *out)
{
    const struct ovf_case_watch *const watches = the_case->watches.items;
    enum ovf_status st = put_text("case: ", the_case->name, out);
    if (st == OVF_OK && the_case->question != NULL)
        st = put_text("\nquestion: ", the_case->question, out);
    if (st == OVF_OK && the_case->store != NULL)
        st = put_text("\nstore: ", the_case->store, out);
    if (st == OVF_OK)
        st = put_list("\ntags: ", &the_case->tags, out);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "\nwatches: %zu\n", the_case->watches.n);
    for (size_t i = 0; i < the_case->watches.n && st == OVF_OK; i++)
        st = put_watch(&watches[i], out);
    return st == OVF_OK ? put_counts(the_case, out) : st;
}
