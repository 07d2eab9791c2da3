/* SPDX-License-Identifier: Apache-2.0 */
/* Styles in QGIS's own words (QML, as QGIS 3 reads it), cut down to what is drawn: a renderer and its
 * symbols; what is not said is QGIS's default. Colours are told apart by people with red-green blindness
 * (Okabe and Ito 2008). */
#include "store/styles.h"

#include "base/buffer.h"

/** How one kind of row is drawn. */
struct pen {
    const char *class; /* the value of column class that it is for; NULL: all */
    const char *colour;
    const char *width_mm;
    const char *dash;
};

struct style {
    const char *table;
    const char *description;
    const struct pen *pens;
    size_t n_pens;
    bool is_area; /* outlines, filled with nearly nothing */
};

static const struct pen flight_pens[] = {{NULL, "128,128,128,160", "0.2", "solid"}};
static const struct pen gap_pens[] = {{NULL, "90,90,90,255", "0.3", "dot"}};
static const struct pen airspace_pens[] = {{NULL, "0,114,178,255", "0.3", "solid"}};
static const struct pen crossing_pens[] = {
    {"observed", "213,94,0,255", "0.6", "solid"},
    {"bracketed", "230,159,0,255", "0.6", "solid"},
    {"necessary", "204,121,167,255", "0.6", "dash"},
    {"near_certain", "240,228,66,255", "0.6", "dash"},
    {"possible", "86,180,233,255", "0.4", "dash"},
    {"impossible", "0,158,115,255", "0.3", "dot"},
    {"inconsistent", "0,0,0,255", "0.3", "dot"},
};

#define PENS(p) .pens = (p), .n_pens = sizeof(p) / sizeof *(p)

static const struct style styles[] = {
    {.table = "flights", .description = "thin grey lines", PENS(flight_pens)},
    {.table = "crossings", .description = "by class", PENS(crossing_pens)},
    {.table = "gaps",
     .description = "dotted geodesics: not where the aircraft flew",
     PENS(gap_pens)},
    {.table = "airspaces", .description = "outlines", PENS(airspace_pens), .is_area = true},
};

static enum ovf_status append_option(struct ovf_buffer *qml, const char *name, const char *value)
{
    return ovf_buffer_printf(qml, "<Option type=\"QString\" name=\"%s\" value=\"%s\"/>", name,
                             value);
}

static enum ovf_status append_symbol(struct ovf_buffer *qml, const struct pen *pen, size_t number,
                                     bool is_area)
{
    enum ovf_status st = ovf_buffer_printf(
        qml, "<symbol type=\"%s\" name=\"%zu\"><layer class=\"%s\"><Option type=\"Map\">",
        is_area ? "fill" : "line", number, is_area ? "SimpleFill" : "SimpleLine");
    if (st == OVF_OK && is_area)
        st = append_option(qml, "color", "0,114,178,20");
    if (st == OVF_OK)
        st = append_option(qml, is_area ? "outline_color" : "line_color", pen->colour);
    if (st == OVF_OK)
        st = append_option(qml, is_area ? "outline_width" : "line_width", pen->width_mm);
    if (st == OVF_OK)
        st = append_option(qml, is_area ? "outline_style" : "line_style", pen->dash);
    return st != OVF_OK ? st : ovf_buffer_append_text(qml, "</Option></layer></symbol>\n");
}

static enum ovf_status append_categories(struct ovf_buffer *qml, const struct style *style)
{
    enum ovf_status st = ovf_buffer_append_text(qml, "<categories>\n");
    for (size_t i = 0; i < style->n_pens && st == OVF_OK; i++)
        st = ovf_buffer_printf(
            qml, "<category symbol=\"%zu\" value=\"%s\" label=\"%s\" render=\"true\"/>\n", i,
            style->pens[i].class, style->pens[i].class);
    return st != OVF_OK ? st : ovf_buffer_append_text(qml, "</categories>\n");
}

static enum ovf_status append_qml(struct ovf_buffer *qml, const struct style *style)
{
    const bool by_class = style->pens[0].class != NULL;
    enum ovf_status st = ovf_buffer_printf(
        qml,
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        "<qgis version=\"3.22\" styleCategories=\"Symbology\">\n<renderer-v2 type=\"%s\"%s>\n",
        by_class ? "categorizedSymbol" : "singleSymbol", by_class ? " attr=\"class\"" : "");
    if (st == OVF_OK && by_class)
        st = append_categories(qml, style);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(qml, "<symbols>\n");
    for (size_t i = 0; i < style->n_pens && st == OVF_OK; i++)
        st = append_symbol(qml, &style->pens[i], i, style->is_area);
    return st != OVF_OK ? st : ovf_buffer_append_text(qml, "</symbols>\n</renderer-v2>\n</qgis>\n");
}

/* As QGIS makes it. */
static const char table_sql[] =
    "CREATE TABLE layer_styles(id INTEGER PRIMARY KEY NOT NULL, f_table_catalog TEXT(256),"
    " f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),"
    " styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,"
    " owner TEXT(30), ui TEXT(30),"
    " update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))";

static enum ovf_status fill(sqlite3_stmt *stmt, struct ovf_error *err)
{
    struct ovf_buffer qml = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sizeof styles / sizeof *styles && st == OVF_OK; i++) {
        qml.len = 0;
        st = append_qml(&qml, &styles[i]);
        if (st != OVF_OK)
            break;
        sqlite3_bind_text(stmt, 1, styles[i].table, -1, SQLITE_STATIC);
        sqlite3_bind_text64(stmt, 2, (const char *)qml.data, qml.len, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_text(stmt, 3, styles[i].description, -1, SQLITE_STATIC);
        st = ovf_sql_run(stmt, err);
    }
    ovf_buffer_deinit(&qml);
    return st;
}

enum ovf_status ovf_store_create_styles(sqlite3 *db, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    enum ovf_status st = ovf_sql_exec(db, table_sql, err);
    if (st == OVF_OK)
        st = ovf_gpkg_add_attributes(db, "layer_styles", "How QGIS draws the layers", err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(
            db,
            "INSERT INTO layer_styles(f_table_catalog,f_table_schema,f_table_name,"
            "f_geometry_column,styleName,styleQML,styleSLD,useAsDefault,description,owner)"
            " VALUES('','',?1,'" OVF_GPKG_GEOMETRY "','overflight',?2,'',1,?3,'')",
            &stmt, err);
    if (st == OVF_OK)
        st = fill(stmt, err);
    sqlite3_finalize(stmt);
    return st;
}
