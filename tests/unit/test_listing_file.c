/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in all their formats. Rows of sdn.csv are as in OFAC's lists; the XML is written after the
 * published schemas (sdn.xsd, the UN's consolidated list), the CSV of plane-alert-db after its header. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "lists/listing_file.h"
#include "lists/xml.h"

struct result {
    struct ovf_listing_set set;
    struct ovf_listing_report report;
    struct ovf_error err;
    enum ovf_status status;
};

static struct result read_with(struct ovf_bytes text, const char *comments,
                               enum ovf_list_format format)
{
    struct result r = {.status = OVF_OK};
    r.status = ovf_listing_file_read(text, ovf_bytes_from_text(comments), format, &r.set, &r.report,
                                     &r.err);
    if (r.status == OVF_OK) {
        assert_int_equal(r.report.rows.n_read, r.report.rows.n_used + r.report.rows.n_repeated +
                                                   ovf_tally_rejected(&r.report.rows));
        assert_int_equal(r.set.n, r.report.rows.n_used);
        assert_int_equal(r.set.n, r.report.n_aircraft + r.report.n_entities);
    } else {
        assert_int_equal(r.set.n, 0);
    }
    return r;
}

static struct result read_text(const char *text)
{
    return read_with(ovf_bytes_from_text(text), "", OVF_LIST_FORMAT_N);
}

/** The whole text of an entry. */
static void assert_listing(const struct result *r, size_t i, const char *text)
{
    assert_true(i < r->set.n);
    const struct ovf_listing listing = ovf_listing_set_at(&r->set, i);
    char got[2048];
    (void)snprintf(got, sizeof got, "%.*s", (int)listing.text.len, (const char *)listing.text.data);
    assert_string_equal(got, text);
}

/** One value of the first entry, "" for none. */
static void assert_value(const struct result *r, size_t i, enum ovf_listing_key key, size_t nth,
                         const char *want)
{
    assert_true(i < r->set.n);
    const struct ovf_bytes value = ovf_listing_value(ovf_listing_set_at(&r->set, i), key, nth);
    char got[2048];
    (void)snprintf(got, sizeof got, "%.*s", (int)value.len, (const char *)value.data);
    assert_string_equal(got, want);
}

/* ---- sdn.csv ---- */

#define NULLS "-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"

static void an_aircraft_of_sdn_csv_is_read_whole(void **state)
{
    (void)state;
    struct result r = read_text(
        "15433,\"XX-GOQ\",\"aircraft\",\"SDGT] [NPWMD\"," NULLS
        "\"Aircraft Construction Number (also called L/N or S/N or F/N) 2006; Aircraft Manufacture "
        "Date 1998; Aircraft Mode S Transponder Code F10031; Aircraft Model An-74T-200; Aircraft "
        "Operator SIM AIR; alt. Aircraft Operator SIM CARGO; Previous Aircraft Tail Number XX-AAA; "
        "Aircraft Manufacturer's Serial Number (MSN) 365470991032; Aircraft Tail Number XX-GOQ; "
        "Nationality of Registration Man, Isle of; Linked To: SIM AIR CO.; Linked To: OTHER "
        "S.A.\"\r\n\x1A");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.format, OVF_LIST_SDN_CSV);
    assert_int_equal(r.report.n_aircraft, 1);
    assert_false(r.report.has_date);
    assert_listing(
        &r, 0,
        "id 15433\nkind aircraft\nname XX-GOQ\nregistration XX-GOQ\n"
        "previous_registration XX-AAA\nicao24 f10031\nmsn 365470991032\n"
        "construction_number 2006\nmodel An-74T-200\noperator SIM AIR\noperator SIM CARGO\n"
        "linked_to SIM AIR CO.\nlinked_to OTHER S.A.\nnationality Man, Isle of\n"
        "programme SDGT\nprogramme NPWMD\n"
        "remarks Aircraft Construction Number (also called L/N or S/N or F/N) 2006; Aircraft "
        "Manufacture Date 1998; Aircraft Mode S Transponder Code F10031; Aircraft Model "
        "An-74T-200; Aircraft Operator SIM AIR; alt. Aircraft Operator SIM CARGO; Previous "
        "Aircraft Tail Number XX-AAA; Aircraft Manufacturer's Serial Number (MSN) 365470991032; "
        "Aircraft Tail Number XX-GOQ; Nationality of Registration Man, Isle of; Linked To: SIM AIR "
        "CO.; Linked To: OTHER S.A.\n");
    ovf_listing_set_deinit(&r.set);
}

static void nothing_is_made_of_nulls_persons_and_vessels(void **state)
{
    (void)state;
    struct result r = read_text("1,\"SIM AIR\",-0- ,-0- ," NULLS "-0- \r\n"
                                "2,\"DOE, John\",\"individual\",\"SDGT\"," NULLS "-0- \r\n"
                                "3,\"SIM STAR\",\"vessel\",\"SDGT\"," NULLS "-0- \r\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.n_entities, 1);
    assert_int_equal(r.report.n_others, 2);
    assert_listing(&r, 0, "id 1\nkind entity\nname SIM AIR\n");
    ovf_listing_set_deinit(&r.set);
}

/* The list names the A300's serial number "construction number" and nothing else; of a 747 that is the
 * line number, and the serial number stands beside it. */
static void a_construction_number_is_the_serial_number_of_what_has_no_other(void **state)
{
    (void)state;
    struct result r = read_text(
        "1,\"MSN 550\",\"aircraft\",\"SDGT\"," NULLS
        "\"Aircraft Construction Number (also called L/N or S/N or F/N) 550.\"\n"
        "2,\"XX-MNA\",\"aircraft\",\"SDGT\"," NULLS
        "\"Aircraft Construction Number (also called L/N or S/N or F/N) 811; Aircraft "
        "Manufacturer's Serial Number (MSN) 24383.\"\n"
        "3,\"XX-MNB\",\"aircraft\",\"SDGT\"," NULLS "\"Aircraft Serial Identification 258512.\"\n");
    assert_int_equal(r.status, OVF_OK);
    assert_value(&r, 0, OVF_LISTING_MSN, 0, "550");
    assert_value(&r, 0, OVF_LISTING_REGISTRATION, 0, "");
    assert_value(&r, 1, OVF_LISTING_MSN, 0, "24383");
    assert_value(&r, 1, OVF_LISTING_MSN, 1, "");
    assert_value(&r, 1, OVF_LISTING_CONSTRUCTION_NUMBER, 0, "811");
    assert_value(&r, 2, OVF_LISTING_MSN, 0, "258512");
    ovf_listing_set_deinit(&r.set);
}

static void bad_codes_are_left_out_and_counted(void **state)
{
    (void)state;
    struct result r = read_text(
        "1,\"XX-A\",\"aircraft\",\"SDGT\"," NULLS "\"Aircraft Mode S Transponder Code 7342B.\"\n"
        "2,\"XX-B\",\"aircraft\",\"SDGT\"," NULLS "\"Aircraft Mode S Transponder Code f1 00 a1.\"\n"
        "3,\"XX-C\",\"aircraft\",\"SDGT\"," NULLS
        "\"Aircraft Mode S Transponder Code ~f100a1; Aircraft Tail Number XX-C <b>.\"\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.n_aircraft, 3);
    assert_int_equal(r.report.n_bad_values, 3);
    assert_value(&r, 0, OVF_LISTING_ICAO24, 0, "");
    assert_value(&r, 1, OVF_LISTING_ICAO24, 0, "f100a1");
    assert_value(&r, 2, OVF_LISTING_ICAO24, 0, "");
    assert_value(&r, 2, OVF_LISTING_REGISTRATION, 0, "XX-C");
    assert_value(&r, 2, OVF_LISTING_REGISTRATION, 1, "");
    ovf_listing_set_deinit(&r.set);
}

/** A row whose remarks are \p n characters and end in the middle of a word: "; Aircraft Tai". */
static struct result read_long_remarks(int n, const char *comments)
{
    static const char end[] = "; Aircraft Tai";
    char text[2048];
    (void)snprintf(text, sizeof text, "7,\"XX-L\",\"aircraft\",\"SDGT\"," NULLS "\"%0*d%s\"\n",
                   n - (int)(sizeof end - 1), 0, end);
    return read_with(ovf_bytes_from_text(text), comments, OVF_LIST_FORMAT_N);
}

static void remarks_of_1000_characters_go_on_in_the_comments_or_are_told_to_be_cut(void **state)
{
    (void)state;
    static const char comments[] = "6,\"; Aircraft Model NO\"\r\n"
                                   "7,\"l Number XX-LL; Aircraft Model A\"\r\n"
                                   "7,\"N-26.\"\r\n\x1A";
    struct result r = read_long_remarks(999, "");
    assert_int_equal(r.report.n_cut, 0);
    ovf_listing_set_deinit(&r.set);
    r = read_long_remarks(1000, "");
    assert_int_equal(r.report.n_cut, 1);
    assert_value(&r, 0, OVF_LISTING_CUT, 0, "1");
    ovf_listing_set_deinit(&r.set);
    r = read_long_remarks(1000, "8,\"of another\"\n");
    assert_int_equal(r.report.n_cut, 1);
    ovf_listing_set_deinit(&r.set);
    r = read_long_remarks(1000, comments);
    assert_int_equal(r.report.n_cut, 0);
    assert_value(&r, 0, OVF_LISTING_REGISTRATION, 0, "XX-LL");
    assert_value(&r, 0, OVF_LISTING_MODEL, 0, "AN-26");
    ovf_listing_set_deinit(&r.set);
}

static void line_ends_quotes_and_bad_rows_of_sdn_csv(void **state)
{
    (void)state;
    struct result r = read_text("\xEF\xBB\xBF"
                                "1,\"SIM \"\"A\"\" AIR\",-0- ,\"X\"," NULLS "-0- \r" /* CR alone */
                                "2,\"SIM B,-0- ,\"X\"," NULLS "-0- \r"
                                "3,\"SIM C\",-0- ,\"X\",-0- \r"
                                "4,\"SIM D\",-0- ,\"X\"," NULLS "-0- ,-0- \r"
                                "five,\"SIM E\",-0- ,\"X\"," NULLS "-0- \r"
                                "6,\"SIM \xFF\",-0- ,\"X\"," NULLS "-0- \r"
                                "7,\"SIM \xE2\x80\xAE\",-0- ,\"X\"," NULLS "-0- \r"
                                "8,-0- ,-0- ,\"X\"," NULLS "-0- \r"
                                "9,\"SIM F\",-0- ,\"X\"," NULLS "-0- \r"
                                "9,\"SIM F\",-0- ,\"X\"," NULLS "-0- \r"
                                "9,\"SIM G\",-0- ,\"X\"," NULLS "-0- \r");
    assert_int_equal(r.status, OVF_OK);
    assert_value(&r, 0, OVF_LISTING_NAME, 0, "SIM \"A\" AIR");
    assert_value(&r, 1, OVF_LISTING_NAME, 0, "SIM F");
    assert_int_equal(r.set.n, 2);
    assert_int_equal(r.report.rows.n_read, 11);
    assert_int_equal(r.report.rows.n_repeated, 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_BAD_TEXT], 3);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_ROW_SHORT], 2);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_ROW_LONG], 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_BAD_NUMBER], 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_DUPLICATE_KEY], 1);
    ovf_listing_set_deinit(&r.set);
}

/* ---- sdn.xml ---- */

#define SDN_BODY                                                                                   \
    "<publshInformation><Publish_Date>05/03/2024</Publish_Date><Record_Count>3</Record_Count>"     \
    "</publshInformation>"                                                                         \
    "<sdnEntry><uid>48727</uid><lastName>XX-PUS</lastName><sdnType>Aircraft</sdnType>"             \
    "<remarks>(Linked To: SIM AIR); Linked To: SIM AIR.</remarks>"                                 \
    "<programList><program>SDGT</program><program>IFSR</program></programList>"                    \
    "<idList><id><uid>1</uid><idType>Aircraft Mode S Transponder Code</idType>"                    \
    "<idNumber>F10032</idNumber></id>"                                                             \
    "<id><uid>2</uid><idType>Aircraft Manufacturer's Serial Number (MSN)</idType>"                 \
    "<idNumber>1023409321</idNumber></id>"                                                         \
    "<id><uid>3</uid><idType>Aircraft Model</idType><idNumber>IL-76TD</idNumber></id>"             \
    "<id><uid>4</uid><idType>Gender</idType><idNumber>none</idNumber></id></idList></sdnEntry>"    \
    "<sdnEntry><uid>7</uid><firstName>John</firstName><lastName>DOE</lastName>"                    \
    "<sdnType>Individual</sdnType></sdnEntry>"                                                     \
    "<sdnEntry><uid>8</uid><lastName>SIM &amp; AIR</lastName><sdnType>Entity</sdnType>"            \
    "<akaList><aka><uid>9</uid><type>a.k.a.</type><lastName>SIMAIR</lastName></aka></akaList>"     \
    "</sdnEntry>"

#define SDN_XML                                                                                    \
    "<?xml version=\"1.0\" standalone=\"yes\"?>\n"                                                 \
    "<sdnList xmlns=\"http://tempuri.org/sdnList.xsd\">" SDN_BODY "</sdnList>"

static void assert_sdn_xml(const struct result *r)
{
    int64_t t_ns = 0;
    assert_int_equal(r->status, OVF_OK);
    assert_int_equal(r->report.format, OVF_LIST_SDN_XML);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-05-03"), &t_ns));
    assert_true(r->report.has_date);
    assert_int_equal(r->report.date_ns, t_ns);
    assert_int_equal(r->report.n_others, 1);
    assert_int_equal(r->set.n, 2);
    assert_listing(r, 0,
                   "id 48727\nkind aircraft\nname XX-PUS\nregistration XX-PUS\nicao24 f10032\n"
                   "msn 1023409321\nmodel IL-76TD\nlinked_to SIM AIR\nprogramme SDGT\n"
                   "programme IFSR\nremarks (Linked To: SIM AIR); Linked To: SIM AIR.\n");
    assert_listing(r, 1, "id 8\nkind entity\nname SIM & AIR\nname SIMAIR\n");
}

static void sdn_xml_gives_what_sdn_csv_gives(void **state)
{
    (void)state;
    struct result r = read_text(SDN_XML);
    assert_sdn_xml(&r);
    ovf_listing_set_deinit(&r.set);
    r = read_text("<s:sdnList xmlns:s=\"urn:x\"></s:sdnList>");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.set.n, 0);
    ovf_listing_set_deinit(&r.set);
}

/** \p text in UTF-16 with a byte order mark. */
static void to_utf16(const char *text, bool big, struct ovf_buffer *out)
{
    const unsigned char mark[2] = {big ? 0xFE : 0xFF, big ? 0xFF : 0xFE};
    assert_int_equal(ovf_buffer_append(out, mark, 2), OVF_OK);
    for (; *text != '\0'; text++) {
        const unsigned char two[2] = {big ? 0 : (unsigned char)*text,
                                      big ? (unsigned char)*text : 0};
        assert_int_equal(ovf_buffer_append(out, two, 2), OVF_OK);
    }
}

static void xml_in_utf16_is_read_and_a_wrong_label_refused(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        struct ovf_buffer text = {0};
        to_utf16(SDN_XML, big == 1, &text);
        struct result r = read_with(ovf_buffer_bytes(&text), "", OVF_LIST_FORMAT_N);
        assert_sdn_xml(&r);
        ovf_listing_set_deinit(&r.set);
        ovf_buffer_deinit(&text);
    }
    static const char *const wrong[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><sdnList>" SDN_BODY "</sdnList>",
        "<?xml version=\"1.0\" encoding=\"EBCDIC-37\"?><sdnList>" SDN_BODY "</sdnList>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sdnList>\xE9</sdnList>",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(read_text(wrong[i]).status, OVF_E_FORMAT);
    struct result r = read_text("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><sdnList><sdnEntry>"
                                "<uid>1</uid><lastName>\xE9</lastName><sdnType>Entity</sdnType>"
                                "</sdnEntry></sdnList>");
    assert_value(&r, 0, OVF_LISTING_NAME, 0, "\xC3\xA9");
    ovf_listing_set_deinit(&r.set);
}

static const char laughs[] =
    "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><sdnList>&c;</sdnList>";

static void every_doctype_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "<!DOCTYPE sdnList><sdnList></sdnList>",
        laughs,
        "<!DOCTYPE l [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><sdnList>&f;</sdnList>",
        "<!DOCTYPE l [<!ENTITY % p SYSTEM \"http://127.0.0.1/\">%p;]><sdnList></sdnList>",
        "<!DOCTYPE l SYSTEM \"http://127.0.0.1/l.dtd\"><sdnList></sdnList>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct result r = read_text(bad[i]);
        assert_int_equal(r.status, OVF_E_FORMAT);
        assert_non_null(strstr(r.err.text, "DOCTYPE"));
    }
    assert_int_equal(read_text("<sdnList>&a;</sdnList>").status, OVF_E_FORMAT);
    assert_int_equal(read_text("<sdnList><sdnEntry></sdnList>").status, OVF_E_FORMAT);
    assert_int_equal(read_text("<html></html>").status, OVF_E_FORMAT);
    assert_int_equal(read_text("<").status, OVF_E_FORMAT);
}

static enum ovf_status read_nested(int depth)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, "<sdnList>"), OVF_OK);
    for (int i = 1; i < depth; i++)
        assert_int_equal(ovf_buffer_append_text(&text, "<x>"), OVF_OK);
    for (int i = 1; i < depth; i++)
        assert_int_equal(ovf_buffer_append_text(&text, "</x>"), OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, "</sdnList>"), OVF_OK);
    struct result r = read_with(ovf_buffer_bytes(&text), "", OVF_LIST_FORMAT_N);
    ovf_listing_set_deinit(&r.set);
    ovf_buffer_deinit(&text);
    return r.status;
}

/** \p len characters between \p before and \p after. */
static enum ovf_status read_between(const char *before, size_t len, const char *after)
{
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, before), OVF_OK);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(ovf_buffer_append(&text, "x", 1), OVF_OK);
    assert_int_equal(ovf_buffer_append_text(&text, after), OVF_OK);
    struct result r = read_with(ovf_buffer_bytes(&text), "", OVF_LIST_FORMAT_N);
    ovf_listing_set_deinit(&r.set);
    ovf_buffer_deinit(&text);
    return r.status;
}

static void xml_is_read_to_its_limits_and_no_further(void **state)
{
    (void)state;
    assert_int_equal(read_nested(OVF_XML_MAX_DEPTH - 1), OVF_OK);
    assert_int_equal(read_nested(OVF_XML_MAX_DEPTH), OVF_OK);
    assert_int_equal(read_nested(OVF_XML_MAX_DEPTH + 1), OVF_E_LIMIT);
    assert_int_equal(read_nested(100000), OVF_E_LIMIT);
    static const char *const around[][2] = {{"<sdnList a=\"", "\"></sdnList>"},
                                            {"<sdnList><x>", "</x></sdnList>"}};
    for (size_t i = 0; i < 2; i++) {
        for (size_t n = OVF_XML_MAX_TEXT_BYTES - 1; n <= OVF_XML_MAX_TEXT_BYTES + 1; n++)
            assert_int_equal(read_between(around[i][0], n, around[i][1]),
                             n <= OVF_XML_MAX_TEXT_BYTES ? OVF_OK : OVF_E_LIMIT);
    }
}

/* ---- the UN's list ---- */

static void the_uns_entities_are_in_force_from_their_day(void **state)
{
    (void)state;
    int64_t t_ns = 0;
    struct result r = read_text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<CONSOLIDATED_LIST dateGenerated=\"2024-05-03T23:00:01.123+01:00\"><INDIVIDUALS>"
        "<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>JOHN</FIRST_NAME><REFERENCE_NUMBER>XXi.001"
        "</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID>"
        "<VERSIONNUM>1</VERSIONNUM><FIRST_NAME>SIM AIR\n CARGO</FIRST_NAME><UN_LIST_TYPE>Sim"
        "</UN_LIST_TYPE><REFERENCE_NUMBER> XXe.001 </REFERENCE_NUMBER><LISTED_ON>2006-12-23Z"
        "</LISTED_ON><COMMENTS1>Operates aircraft.</COMMENTS1><LAST_DAY_UPDATED><VALUE>2014-12-17"
        "</VALUE></LAST_DAY_UPDATED><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>SIMCARGO"
        "</ALIAS_NAME></ENTITY_ALIAS><ENTITY_ADDRESS><COUNTRY>Nowhere</COUNTRY></ENTITY_ADDRESS>"
        "</ENTITY></ENTITIES></CONSOLIDATED_LIST>");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.format, OVF_LIST_UN_XML);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-05-03"), &t_ns));
    assert_true(r.report.has_date);
    assert_int_equal(r.report.date_ns, t_ns);
    assert_int_equal(r.report.n_others, 1);
    assert_listing(&r, 0,
                   "id XXe.001\nkind entity\nname SIM AIR CARGO\nname SIMCARGO\nprogramme Sim\n"
                   "from 2006-12-23\nremarks Operates aircraft.\n");
    ovf_listing_set_deinit(&r.set);
}

/* ---- tables with a header ---- */

static void a_table_of_ones_own_is_read_by_its_header(void **state)
{
    (void)state;
    struct result r = read_text(
        "Registration;previous_registration;icao24;msn;type_code;operator;from;to;source;note;id\n"
        "xx-mnb;XX-AAA|XX-BBB;F10031;26879;B744;SIM AIR;2012-09-19;2016-01-16;\"a; b\";x;\n"
        "XX-MNB;;;;;;2018-11-05;;;;\n"
        ";;;412;A310;;;;;;X1\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.format, OVF_LIST_CSV);
    assert_int_equal(r.report.n_aircraft, 3);
    assert_listing(&r, 0,
                   "id XX-MNB@2012-09-19\nkind aircraft\nname XX-MNB\nregistration XX-MNB\n"
                   "previous_registration XX-AAA\nprevious_registration XX-BBB\nicao24 f10031\n"
                   "msn 26879\nmodel B744\noperator SIM AIR\nfrom 2012-09-19\nto 2016-01-16\n"
                   "source a; b\n");
    assert_value(&r, 1, OVF_LISTING_ID, 0, "XX-MNB@2018-11-05");
    assert_value(&r, 2, OVF_LISTING_ID, 0, "X1");
    assert_value(&r, 2, OVF_LISTING_NAME, 0, "412");
    ovf_listing_set_deinit(&r.set);
}

static void who_is_known_by_a_former_tail_alone_is_an_aircraft(void **state)
{
    (void)state;
    struct result r = read_text("previous_registration,name\n"
                                "XX-AAA,\n"
                                "XX-AAB,SIM STAR\n"
                                ",SIM AIR\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.n_aircraft, 2);
    assert_int_equal(r.report.n_entities, 1);
    assert_value(&r, 0, OVF_LISTING_ID, 0, "XX-AAA");
    assert_value(&r, 1, OVF_LISTING_ID, 0, "SIM STAR");
    assert_value(&r, 2, OVF_LISTING_ID, 0, "SIM AIR");
    ovf_listing_set_deinit(&r.set);
}

static void rows_of_a_table_that_say_nothing_good_are_counted(void **state)
{
    (void)state;
    struct result r = read_text("id,kind,name,registration,from,to\n"
                                "1,entity,SIM AIR,,,\n"
                                "2,vessel,SIM STAR,,,\n"
                                "3,,,XX-C,2016-01-16,2012-09-19\n"
                                "4,,,XX-D,2016-02-30,\n"
                                "5,,,XX-E,,,more\n"
                                "6\n"
                                "7,,,XX-F\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.n_entities, 1);
    assert_int_equal(r.report.n_aircraft, 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_WRONG_TYPE], 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_BAD_TIME], 2);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_ROW_LONG], 1);
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_ROW_SHORT], 1);
    ovf_listing_set_deinit(&r.set);
}

static void plane_alert_db_is_known_by_its_header(void **state)
{
    (void)state;
    struct result r = read_text("$ICAO,$Registration,$Operator,$Type,$ICAO Type,#CMPG,$Tag 1,$#Tag "
                                "2,$#Tag 3,Category,$#Link\n"
                                "F10031,XX-MNB,Sim Air,Boeing 747-400,B744,Civ,Cargo,Heavy,,Sim "
                                "Sanctions,https://example.org/\n"
                                "F10032,XX-MNC\n"
                                "NOTHEX,,,,,,,,,,\n");
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.report.format, OVF_LIST_PLANE_ALERT);
    assert_int_equal(r.set.n, 2);
    assert_listing(&r, 0,
                   "id XX-MNB\nkind aircraft\nname XX-MNB\nregistration XX-MNB\nicao24 f10031\n"
                   "model Boeing 747-400\nmodel B744\noperator Sim Air\nprogramme Sim Sanctions\n"
                   "source https://example.org/\nremarks Cargo\nremarks Heavy\n");
    assert_int_equal(r.report.rows.n_rejected[OVF_REJECT_ROW_SHORT], 1);
    ovf_listing_set_deinit(&r.set);
}

static void what_is_no_list_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "\n\n", "a,b,c\n1,2,3\n", "name,operator\nx,y\n", "{}", "time,icao24x\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct result r = read_text(bad[i]);
        assert_int_equal(r.status, OVF_E_FORMAT);
        assert_true(r.err.text[0] != '\0');
    }
    assert_int_equal(
        read_with(ovf_bytes_from_text("registration\nXX-A\n"), "", OVF_LIST_SDN_XML).status,
        OVF_E_FORMAT);
    assert_int_equal(read_with(ovf_bytes_from_text(SDN_XML), "", OVF_LIST_UN_XML).status,
                     OVF_E_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_aircraft_of_sdn_csv_is_read_whole),
        cmocka_unit_test(nothing_is_made_of_nulls_persons_and_vessels),
        cmocka_unit_test(a_construction_number_is_the_serial_number_of_what_has_no_other),
        cmocka_unit_test(bad_codes_are_left_out_and_counted),
        cmocka_unit_test(remarks_of_1000_characters_go_on_in_the_comments_or_are_told_to_be_cut),
        cmocka_unit_test(line_ends_quotes_and_bad_rows_of_sdn_csv),
        cmocka_unit_test(sdn_xml_gives_what_sdn_csv_gives),
        cmocka_unit_test(xml_in_utf16_is_read_and_a_wrong_label_refused),
        cmocka_unit_test(every_doctype_is_refused),
        cmocka_unit_test(xml_is_read_to_its_limits_and_no_further),
        cmocka_unit_test(the_uns_entities_are_in_force_from_their_day),
        cmocka_unit_test(a_table_of_ones_own_is_read_by_its_header),
        cmocka_unit_test(who_is_known_by_a_former_tail_alone_is_an_aircraft),
        cmocka_unit_test(rows_of_a_table_that_say_nothing_good_are_counted),
        cmocka_unit_test(plane_alert_db_is_known_by_its_header),
        cmocka_unit_test(what_is_no_list_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
