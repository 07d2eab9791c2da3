/* SPDX-License-Identifier: Apache-2.0 */
/* Families of models. Designators are those of ICAO Doc 8643; the words are how lists and registers write
 * the models that stand on sanctions lists, and the airliners that could be taken for them. */
#include "lists/model_family.h"

#include "base/ascii.h"

struct family {
    const char *name;
    const char *words; /* letters and digits, somewhere in the model; the longest found counts */
    const char *designators; /* the whole model */
};

static const struct family families[] = {
    {"a300", "A300", "A30B A306 A3ST"},
    {"a310", "A310", ""},
    {"a318", "A318", ""},
    {"a319", "A319", "A19N"},
    {"a320", "A320", "A20N"},
    {"a321", "A321", "A21N"},
    {"a330", "A330", "A332 A333 A337 A338 A339"},
    {"a340", "A340", "A342 A343 A345 A346"},
    {"a350", "A350", "A359 A35K"},
    {"a380", "A380", "A388"},
    {"an12", "AN12 ANTONOV12", ""},
    {"an24", "AN24 ANTONOV24", ""},
    {"an26", "AN26 ANTONOV26", ""},
    {"an72", "AN72 AN74 ANTONOV72 ANTONOV74", ""}, /* one designator for both */
    {"an124", "AN124 ANTONOV124", "A124"},
    {"an140", "AN140 ANTONOV140", "A140"},
    {"an148", "AN148 AN158 ANTONOV148", "A148 A158 A148100"},
    {"as365", "AS365", "AS65"},
    {"atr42", "ATR42", "AT43 AT44 AT45 AT46"},
    {"atr72", "ATR72", "AT72 AT73 AT75 AT76"},
    {"aw139", "AW139", "A139"},
    {"b707", "B707 BOEING707", "B701 B703"},
    {"b727", "B727 BOEING727", "B721 B722 R721 R722"},
    {"b737", "B737 BOEING737", "B731 B732 B733 B734 B735 B736 B738 B739 B37M B38M B39M B3XM"},
    {"b747", "B747 BOEING747", "B741 B742 B743 B744 B748 B74D B74R B74S N74S BLCF"},
    {"b757", "B757 BOEING757", "B752 B753"},
    {"b767", "B767 BOEING767", "B762 B763 B764"},
    {"b777", "B777 BOEING777", "B772 B773 B77L B77W"},
    {"b787", "B787 BOEING787", "B788 B789 B78X"},
    {"bae125", "BAE125 HAWKER800 HAWKER850 HAWKER900 HS125", "H25A H25B H25C"},
    {"bae146", "BAE146 B146 RJ70 RJ85 RJ100 RJ300", "B461 B462 B463 RJ1H"},
    {"beech1900", "BEECH1900", "1900C 1900D B190"},
    {"c208", "CESSNA208 C208", "208 208B"},
    {"challenger600", "CL600 CHALLENGER600 CHALLENGER601 CHALLENGER604 CHALLENGER605", "CL60"},
    {"crj", "CRJ100 CRJ200 CL6002B19", "CRJ1 CRJ2"},
    {"dc9", "DC9", "DC91 DC92 DC93 DC94 DC95"},
    {"dhc7", "DHC7 DASH7", ""},
    {"dhc8", "DHC8 DASH8", "DH8A DH8B DH8C DH8D"},
    {"erj135", "ERJ135 EMB135 LEGACY600 LEGACY650", "E135 E35L"},
    {"erj145", "ERJ145 EMB145", "E145 E45X"},
    {"erj190", "ERJ190 ERJ195 EMB190 EMB195", "E190 E195"},
    {"f28", "F28 FOKKER28", ""},
    {"f50", "F50 FOKKER50", ""},
    {"f100", "F100 FOKKER100", ""},
    {"falcon20", "FALCON20", "FA20 FALCON200 FALCON200EX"},
    {"falcon50", "FALCON50", "FA50"},
    {"falcon900", "FALCON900", "F900"},
    {"falcon2000", "FALCON2000", "F2TH"},
    {"falcon7x", "FALCON7X FALCON8X", "FA7X FA8X"},
    {"g200", "GULFSTREAM200 GALAXY", "GALX G200"},
    {"global", "GLOBALEXPRESS GLOBAL5000 GLOBAL6000 BD7001A10 BD7001A11", "GLEX GL5T"},
    {"gv", "GULFSTREAMV GULFSTREAM550 G550", "GLF5 GV"},
    {"gvi", "G650 GULFSTREAMVI", "GLF6 GVI"},
    {"il18", "IL18 ILYUSHIN18", ""},
    {"il62", "IL62 ILYUSHIN62", ""},
    {"il76", "IL76 ILYUSHIN76", ""},
    {"il86", "IL86 ILYUSHIN86", ""},
    {"il96", "IL96 ILYUSHIN96", ""},
    {"learjet45", "LEARJET45", "LJ45"},
    {"learjet60", "LEARJET60", "LJ60"},
    {"md11", "MD11", ""},
    {"md80", "MD80 MD81 MD82 MD83 MD87 MD88", ""},
    {"ssj100", "SSJ100 RRJ95 SUPERJET100", "SU95"},
    {"tu134", "TU134 TUPOLEV134", "T134 T134B"},
    {"tu154", "TU154 TUPOLEV154", "T154 T154B T154M"},
    {"tu204", "TU204 TU214 TUPOLEV204", "T204 T204100 T204300"},
    {"yak40", "YAK40", "YK40"},
    {"yak42", "YAK42", "YK42"},
};

enum { MAX_MODEL = 64 };

/** The letters and digits of \p model, capitals; returns how many, 0 when there are more than MAX_MODEL. */
static size_t plain_letters(struct ovf_bytes model, char out[MAX_MODEL])
{
    size_t n = 0;
    for (size_t i = 0; i < model.len; i++) {
        const unsigned char c = ovf_ascii_upper(model.data[i]);
        if ((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
            continue;
        if (n == MAX_MODEL)
            return 0;
        out[n++] = (char)c;
    }
    return n;
}

/** The next word of \p words, separated by blanks; its length, 0 behind the last. */
static size_t next_word(const char **words)
{
    while (**words == ' ')
        ++*words;
    return strcspn(*words, " ");
}

static bool holds(const char *text, size_t len, const char *word, size_t word_len)
{
    for (size_t i = 0; i + word_len <= len; i++) {
        if (memcmp(text + i, word, word_len) == 0)
            return true;
    }
    return false;
}

/** How long the word or designator of \p family is that \p text is or holds; 0 for none. */
static size_t likeness(const struct family *family, const char *text, size_t len)
{
    size_t best = 0;
    size_t n;
    for (const char *word = family->words; (n = next_word(&word)) > 0; word += n) {
        if (n > best && holds(text, len, word, n))
            best = n;
    }
    for (const char *word = family->designators; (n = next_word(&word)) > 0; word += n) {
        if (n == len && memcmp(word, text, n) == 0)
            return MAX_MODEL;
    }
    return best;
}

const char *ovf_model_family(struct ovf_bytes model)
{
    char text[MAX_MODEL];
    const size_t len = plain_letters(model, text);
    const char *found = NULL;
    size_t best = 0;
    for (size_t i = 0; len > 0 && i < sizeof families / sizeof *families; i++) {
        const size_t n = likeness(&families[i], text, len);
        if (n > best) {
            best = n;
            found = families[i].name;
        }
    }
    return found;
}

bool ovf_model_same_family(struct ovf_bytes a, struct ovf_bytes b)
{
    char text_a[MAX_MODEL];
    char text_b[MAX_MODEL];
    const size_t len_a = plain_letters(a, text_a);
    const size_t len_b = plain_letters(b, text_b);
    const char *const family_a = ovf_model_family(a);
    const char *const family_b = ovf_model_family(b);
    if (len_a == 0 || len_b == 0)
        return false;
    if (family_a != NULL && family_b != NULL)
        return family_a == family_b;
    return family_a == family_b && len_a == len_b && memcmp(text_a, text_b, len_a) == 0;
}
