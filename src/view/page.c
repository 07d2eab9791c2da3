/* SPDX-License-Identifier: Apache-2.0 */
/* Putting the page together. All text of others goes through ovf_view_html_text, or stands in a document as a JSON
 * string in which '<' is written as an escape, so that none can end its element. Scripts and styles are admitted by
 * their hashes alone. */
#include "view/page.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/sha256.h"
#include "view/figures.h"
#include "view/view_parts.h"

static const char plain_html[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>overflight</title>\n"
    "<link rel=\"stylesheet\" href=\"page.css\">\n</head>\n<body>\n<main id=\"report\"></main>\n"
    "<script src=\"page.js\"></script>\n</body>\n</html>\n";

static const char plain_css[] =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1.5rem}"
    "table{border-collapse:collapse;font-size:12px;margin:1rem 0}"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{border-bottom:1px solid #8886;padding:.15rem .5rem;text-align:left;vertical-align:top}"
    "figure{margin:0 0 1rem;break-inside:avoid}figcaption{font-size:13px}"
    ".notice{border-left:4px solid #b60;padding-left:.8rem}"
    "@media print{thead{display:table-header-group}tr{break-inside:avoid}}";

/* Where scripts run, the page's style hides the static report on a screen: said before it is read, as the layout of
 * thousands of rows takes seconds. */
static const char early_script[] = "document.documentElement.classList.add('js');";

/** A report being written. The first failure sticks. */
struct page {
    struct ovf_view *view;
    const struct ovf_view_page *files;
    const struct ovf_sink *out;
    struct ovf_error *err;
    enum ovf_status status;
    struct ovf_buffer text; /* what is written next */
};

static void keep(struct page *p, enum ovf_status st)
{
    if (p->status == OVF_OK)
        p->status = st;
}

static void flush(struct page *p)
{
    if (p->status == OVF_OK)
        p->status = ovf_sink_write(p->out, p->text.data, p->text.len);
    p->text.len = 0;
}

static void put(struct page *p, const char *text)
{
    if (p->status == OVF_OK)
        p->status = ovf_buffer_append_text(&p->text, text);
}

static void put_bytes(struct page *p, struct ovf_bytes bytes)
{
    flush(p);
    if (p->status == OVF_OK)
        p->status = ovf_sink_write(p->out, bytes.data, bytes.len);
}

static void put_text(struct page *p, const char *text)
{
    if (p->status == OVF_OK)
        p->status = ovf_view_html_text(&p->text, ovf_bytes_from_text(text));
}

/* ---- the policy ---- */

enum { BASE64_SIZE = 45 };

static void base64(const struct ovf_digest *digest, char text[BASE64_SIZE])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = 0;
    for (size_t i = 0; i < OVF_SHA256_BYTES; i += 3) {
        uint32_t three = (uint32_t)digest->bytes[i] << 16;
        for (size_t k = 1; k < 3 && i + k < OVF_SHA256_BYTES; k++)
            three |= (uint32_t)digest->bytes[i + k] << (16 - 8 * k);
        for (unsigned k = 0; k < 4; k++)
            text[n++] = i + k <= OVF_SHA256_BYTES ? letters[three >> (18 - 6 * k) & 63] : '=';
    }
    text[n] = '\0';
}

static void put_hash(struct page *p, struct ovf_bytes content)
{
    struct ovf_digest digest;
    char text[BASE64_SIZE];
    keep(p, ovf_sha256(content, &digest));
    if (p->status != OVF_OK)
        return;
    base64(&digest, text);
    keep(p, ovf_buffer_printf(&p->text, "'sha256-%s'", text));
}

static bool is_hash(const char *text)
{
    return strncmp(text, "sha256-", 7) == 0 &&
           text[strspn(
               text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-")] == '\0';
}

/** No connect-src: nothing is asked for, but tiles where the user named some. A worker starts from a blob of the text
 * that the report holds. */
static void put_policy(struct page *p, struct ovf_bytes css)
{
    put(p, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
    put_hash(p, css);
    if (p->files->style_hash != NULL && is_hash(p->files->style_hash))
        keep(p, ovf_buffer_printf(&p->text, " '%s'", p->files->style_hash));
    const struct ovf_view_tiles *const tiles = p->view->source.tiles;
    if (p->files->js.len > 0) {
        put(p, "; script-src ");
        put_hash(p, ovf_bytes_from_text(early_script));
        put(p, " ");
        put_hash(p, p->files->js);
        put(p, "; worker-src blob:; img-src data: blob:");
        if (tiles != NULL && tiles->kind == OVF_TILES_XYZ)
            keep(p, ovf_buffer_printf(&p->text, " %s", tiles->origin));
        if (tiles != NULL)
            keep(p, ovf_buffer_printf(&p->text, "; connect-src %s", tiles->origin));
        put(p, "; require-trusted-types-for 'script'; trusted-types default");
    } else {
        put(p, "; img-src data:");
    }
    put(p, "; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" "
           "content=\"no-referrer\">\n");
}

/* ---- the text ---- */

static void put_notices(struct page *p)
{
    const struct ovf_view_withheld n = p->view->withheld;
    int64_t n_simulated = 0;
    keep(p, ovf_sql_int(p->view->db, "SELECT count(*) FROM crossings WHERE simulated", 0,
                        &n_simulated, p->err));
    if (n_simulated > 0)
        put(p, "<p class=\"notice\">Simulated: the traffic is invented, and what is found in it is "
               "evidence of nothing.</p>\n");
    if (p->view->source.is_public)
        keep(p, ovf_buffer_printf(&p->text,
                                  "<p class=\"notice\">Withheld from publication: LADD: %zu, PIA: "
                                  "%zu, permits: %zu, private notes: %zu.</p>\n",
                                  n.n_ladd, n.n_pia, n.n_permits, n.n_notes));
}

static void put_sentences(struct page *p, const char *id, const char *heading,
                          ovf_view_put_fn *words)
{
    struct ovf_buffer unused = {0};
    struct ovf_view_writing w = {p->view, ovf_json_begin(&unused), p->err, &p->text, NULL};
    keep(p, ovf_buffer_printf(&p->text, "<section id=\"%s\">\n<h2>%s</h2>\n", id, heading));
    if (p->status == OVF_OK)
        keep(p, words(&w));
    keep(p, w.json.status);
    put(p, "</section>\n");
    ovf_buffer_deinit(&unused);
}

static void put_figures(struct page *p)
{
    if (p->status == OVF_OK)
        keep(p, ovf_view_map_figure(p->view, &p->text, p->err));
    if (p->status == OVF_OK)
        keep(p, ovf_view_series_figure(p->view, &p->text, p->err));
    flush(p);
}

static void put_tables(struct page *p)
{
    size_t number = 1;
    for (size_t i = 0; i < ovf_view_table_count() && p->status == OVF_OK; i++) {
        size_t n_rows = 0;
        keep(p, ovf_view_table_html(p->view, i, number, &p->text, &n_rows, p->err));
        number += n_rows > 0 ? 1 : 0;
        flush(p);
    }
}

static enum ovf_status put_owed(void *context, sqlite3_stmt *stmt)
{
    struct page *const p = context;
    put(p, "<p>");
    put_text(p, ovf_view_column(stmt, 0));
    put(p, "</p>\n");
    return p->status;
}

static void put_attribution(struct page *p)
{
    const char *const of_pack = p->view->source.pack != NULL
                                    ? ovf_pack_text(p->view->source.pack, "countries.attribution")
                                    : NULL;
    put(p, "<section id=\"attribution\">\n<h2>Attribution</h2>\n");
    if (p->status == OVF_OK)
        keep(p, ovf_view_each(p->view, OVF_VIEW_OWED, of_pack, put_owed, p, p->err));
    if (p->view->source.tiles != NULL && p->files->js.len > 0)
        keep(p,
             ovf_buffer_printf(
                 &p->text,
                 "<p>Where scripts run, the map of this page asks %s for tiles: who answers there "
                 "learns what is looked at.</p>\n",
                 p->view->source.tiles->origin));
    put(p, "<p>Made by overflight " OVF_VERSION ".</p>\n</section>\n");
}

static void put_report(struct page *p)
{
    const struct ovf_case *const c = p->view->source.the_case;
    put(p, "<main id=\"report\">\n<h1>");
    put_text(p, ovf_view_title(p->view));
    put(p, "</h1>\n");
    if (c != NULL && c->question != NULL) {
        put(p, "<p class=\"question\">");
        put_text(p, c->question);
        put(p, "</p>\n");
    }
    put_notices(p);
    put_sentences(p, "answer", "Answer", ovf_view_put_answer);
    put_figures(p);
    put_tables(p);
    put_sentences(p, "method", "Method", ovf_view_put_method);
    put_sentences(p, "limits", "Limits", ovf_view_put_limits);
    if (c != NULL && c->tags.n > 0) {
        put(p, "<p class=\"tags\">Tags: ");
        for (size_t i = 0; i < c->tags.n; i++) {
            put(p, i > 0 ? ", " : "");
            put_text(p, ((const char *const *)c->tags.items)[i]);
        }
        put(p, "</p>\n");
    }
    put_attribution(p);
    put(p, "</main>\n");
}

/* ---- documents ---- */

/** U+2028 and U+2029 are E2 80 A8 and E2 80 A9; they and '<' stand in strings only. */
static void put_json(struct page *p, const struct ovf_buffer *json)
{
    size_t from = 0;
    for (size_t i = 0; i < json->len && p->status == OVF_OK; i++) {
        const unsigned char *const at = json->data + i;
        const bool is_separator =
            at[0] == 0xe2 && i + 2 < json->len && at[1] == 0x80 && (at[2] == 0xa8 || at[2] == 0xa9);
        if (*at != '<' && !is_separator)
            continue;
        keep(p, ovf_buffer_append(&p->text, json->data + from, i - from));
        put(p, *at == '<' ? "\\u003c" : at[2] == 0xa8 ? "\\u2028" : "\\u2029");
        i += is_separator ? 2 : 0;
        from = i + 1;
    }
    keep(p, ovf_buffer_append(&p->text, json->data + from, json->len - from));
}

static void put_document(struct page *p, enum ovf_view_document document)
{
    struct ovf_buffer json = {0};
    if (p->status == OVF_OK)
        keep(p, ovf_view_write(p->view, document, NULL, &json, p->err));
    keep(p, ovf_buffer_printf(&p->text, "<script type=\"application/json\" id=\"doc-%s\">",
                              ovf_view_name(document)));
    put_json(p, &json);
    put(p, "</script>\n");
    flush(p);
    ovf_buffer_deinit(&json);
}

static void put_scripts(struct page *p)
{
    for (unsigned i = 0; i < OVF_VIEW_N; i++) {
        if (ovf_view_has(p->view, (enum ovf_view_document)i))
            put_document(p, (enum ovf_view_document)i);
    }
    if (p->files->js.len == 0)
        return;
    put(p, "<script type=\"text/plain\" id=\"page-worker\">");
    put_bytes(p, p->files->worker);
    put(p, "</script>\n<script>");
    put_bytes(p, p->files->js);
    put(p, "</script>\n");
}

/* ---- all ---- */

/** Where \p what stands in \p text, letters in either case; its length when it does not. */
static size_t find(struct ovf_bytes text, size_t from, const char *what)
{
    const size_t len = strlen(what);
    for (size_t i = from; i + len <= text.len; i++) {
        if (strncasecmp((const char *)text.data + i, what, len) == 0)
            return i;
    }
    return text.len;
}

/** Write the page up to \p what, and skip that. */
static void copy_to(struct page *p, struct ovf_bytes html, size_t *at, const char *what)
{
    const size_t found = find(html, *at, what);
    if (p->status == OVF_OK && found == html.len)
        p->status = ovf_error_set(p->err, OVF_E_FORMAT, "the page has no %s", what);
    if (p->status != OVF_OK)
        return;
    put_bytes(p, (struct ovf_bytes){html.data + *at, found - *at});
    *at = found + strlen(what);
}

/** What is put into a script or style element must not end it. */
static void check_files(struct page *p)
{
    const struct ovf_bytes files[] = {p->files->css, p->files->js, p->files->worker};
    static const char *const ends[] = {"</script", "</style", "<!--"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            if (p->status == OVF_OK && find(files[i], 0, ends[k]) < files[i].len)
                p->status =
                    ovf_error_set(p->err, OVF_E_FORMAT, "the page's files hold \"%s\"", ends[k]);
        }
    }
}

enum ovf_status ovf_view_page_write(struct ovf_view *view, const struct ovf_view_page *page,
                                    const struct ovf_sink *out, struct ovf_error *err)
{
    struct page p = {.view = view, .files = page, .out = out, .err = err};
    const struct ovf_bytes html = page->html.len > 0 ? page->html : ovf_bytes_from_text(plain_html);
    const struct ovf_bytes css = page->css.len > 0 ? page->css : ovf_bytes_from_text(plain_css);
    size_t at = 0;
    check_files(&p);
    copy_to(&p, html, &at, "<title>overflight</title>");
    put(&p, "<title>");
    put_text(&p, ovf_view_title(view));
    put(&p, "</title>\n");
    put_policy(&p, css);
    if (page->js.len > 0) {
        put(&p, "<script>");
        put(&p, early_script);
        put(&p, "</script>\n");
    }
    copy_to(&p, html, &at, "<link rel=\"stylesheet\" href=\"page.css\">");
    put(&p, "<style>");
    put_bytes(&p, css);
    put(&p, "</style>");
    copy_to(&p, html, &at, "<main id=\"report\"></main>");
    put_report(&p);
    copy_to(&p, html, &at, "<script src=\"page.js\"></script>");
    put_scripts(&p);
    put_bytes(&p, (struct ovf_bytes){html.data + at, html.len - at});
    ovf_buffer_deinit(&p.text);
    return p.status;
}
