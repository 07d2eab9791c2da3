/* SPDX-License-Identifier: Apache-2.0 */
/* What became of the input: read, used, rejected, with a reason for each rejection. Nothing is
 * dropped without being counted here. */
#ifndef OVF_BASE_TALLY_H
#define OVF_BASE_TALLY_H

#include <stdint.h>

enum ovf_reject {
    /* a whole member or file */
    OVF_REJECT_UNREADABLE,              /* the system could not read it */
    OVF_REJECT_GZIP_TRUNCATED,          /* compressed bytes end early */
    OVF_REJECT_GZIP_CORRUPT,            /* bad header, code, checksum or length */
    OVF_REJECT_GZIP_TRAILING,           /* bytes after the last gzip member that are no gzip */
    OVF_REJECT_COMPRESSED_TWICE,        /* compressed inside compressed: one level is read */
    OVF_REJECT_COMPRESSION_UNSUPPORTED, /* zstd, xz and the like: only gzip is read */
    OVF_REJECT_BOMB,                    /* expands beyond the ratio or size limit */
    OVF_REJECT_ARCHIVE_TRUNCATED,
    OVF_REJECT_ARCHIVE_CORRUPT,
    OVF_REJECT_NOT_A_FILE,     /* link, device, fifo in an archive */
    OVF_REJECT_UNSAFE_NAME,    /* empty, overlong, absolute or with '..' */
    OVF_REJECT_DUPLICATE_NAME, /* one name twice in one archive: none of them is picked */
    OVF_REJECT_TOO_LARGE,      /* over the size limit of a member, line or document */
    OVF_REJECT_EMPTY,
    OVF_REJECT_NOT_JSON,
    OVF_REJECT_JSON_TRUNCATED,
    OVF_REJECT_JSON_TRAILING, /* something after the document */
    OVF_REJECT_JSON_TOO_DEEP,
    OVF_REJECT_NOT_A_TRACE,  /* good JSON without what makes a trace */
    OVF_REJECT_NOT_A_TABLE,  /* no header line that names the columns needed */
    OVF_REJECT_NOT_STATES,   /* good JSON that is no OpenSky snapshot */
    OVF_REJECT_NOT_AIRCRAFT, /* good JSON that is no list of aircraft */
    OVF_REJECT_NO_FRAMES,    /* a receiver's recording without a frame */
    OVF_REJECT_NO_START, /* a recording whose times are not dated, or dated otherwise than they are */
    OVF_REJECT_DUPLICATE_KEY,
    OVF_REJECT_BAD_ADDRESS,
    OVF_REJECT_BAD_TEXT,        /* not UTF-8, or a NUL inside */
    OVF_REJECT_BAD_BASE_TIME,   /* the member's time stamp is absent or out of range */
    OVF_REJECT_HEADER_REPEATED, /* CSV: the header line stands again as a row */
    /* one row */
    OVF_REJECT_ROW_SHORT,
    OVF_REJECT_ROW_LONG,
    OVF_REJECT_WRONG_TYPE,      /* a text where a number is due, and the like */
    OVF_REJECT_BAD_NUMBER,      /* NaN, infinite, too long, not a number */
    OVF_REJECT_BAD_TIME,        /* absent, unparsable or out of range */
    OVF_REJECT_BAD_POSITION,    /* |lat| > 90, |lon| > 180 */
    OVF_REJECT_NO_POSITION,     /* nothing to place the row */
    OVF_REJECT_NULL_ISLAND,     /* both |lat| and |lon| below 0.01: a receiver's empty value */
    OVF_REJECT_TOO_MANY_ROWS,   /* beyond the limit of rows a member */
    OVF_REJECT_BAD_PARITY,      /* a frame that is not whole */
    OVF_REJECT_UNKNOWN_SENDER,  /* a frame that may be whole, of nobody who is known */
    OVF_REJECT_FORMAT_NOT_READ, /* a frame of a format that says nothing to us, Mode A/C */
    OVF_REJECT_OUT_OF_REACH,    /* a position that the aircraft cannot have reached */
    OVF_REJECT_UNCONFIRMED,     /* a first position that nothing agrees with yet */
    OVF_REJECT_MEMBER_REJECTED, /* good for itself, but what it stands in is rejected */
    OVF_REJECT_N
};

/** The reason in lower-case snake case, as it is printed. */
const char *ovf_reject_name(enum ovf_reject reason);

/** The same in words, for people. */
const char *ovf_reject_words(enum ovf_reject reason);

/** Counts of one kind of thing (members, or rows). read = used + repeated + sum of rejected. */
struct ovf_tally {
    uint64_t n_read;
    uint64_t n_used;
    uint64_t n_repeated; /* the same as one already read: counted once, no rejection */
    uint64_t n_rejected[OVF_REJECT_N];
};

static inline void ovf_tally_reject(struct ovf_tally *tally, enum ovf_reject reason)
{
    tally->n_read++;
    tally->n_rejected[reason]++;
}

static inline void ovf_tally_use(struct ovf_tally *tally)
{
    tally->n_read++;
    tally->n_used++;
}

/** Add \p more to \p sum, count by count. */
void ovf_tally_add(struct ovf_tally *sum, const struct ovf_tally *more);

/** What these rows stood in turned out to be rejected: those that were used or repeated are member_rejected. */
void ovf_tally_reject_all(struct ovf_tally *tally);

uint64_t ovf_tally_rejected(const struct ovf_tally *tally);

#endif
