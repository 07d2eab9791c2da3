/* SPDX-License-Identifier: Apache-2.0 */
/* What the named inputs hold: a list of members (files, files in archives, standard input), each of
 * which can be read on its own, in any order, by any thread, without unpacking archives to disk.
 *
 * An input is a file, a directory (searched recursively, in name order; hidden files and symbolic
 * links to directories are passed over), a tar (plain or gzip), a tar split in parts (NAME.tar.aa,
 * NAME.tar.ab ..., given in any order or as a quoted glob: the parts together are one input), a zip,
 * or "-" for standard input; a named pipe or device is read as standard input is. What is inside
 * decides, not names: gzip, tar and zip are recognised by their bytes, and a file that is named is
 * read whatever it is called. In directories and archives the members to read are told by their names
 * (source/sniff.h); others are counted as not used; directories in archives count as nothing.
 * Members of archives without a byte are rejected here already and are no items.
 * Archives inside archives or directories are not looked into.
 * A plain tar on disk is only indexed; its members are read where they lie. What cannot be read twice
 * or there (a pipe, a compressed tar, a zip) is kept in an unlinked temporary file in $TMPDIR or /tmp,
 * as stored in the tar.
 *
 * A file that changes between listing and reading is unreadable: its digest would not be its own.
 */
#ifndef OVF_SOURCE_CATALOG_H
#define OVF_SOURCE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/tally.h"
#include "source/space.h"

struct ovf_inflate;

enum ovf_item_kind {
    OVF_ITEM_TRACE,    /* JSON inside */
    OVF_ITEM_TABLE,    /* text with separators inside */
    OVF_ITEM_STATES,   /* OpenSky's JSON inside */
    OVF_ITEM_AIRCRAFT, /* readsb's JSON of aircraft inside */
    OVF_ITEM_FRAMES,   /* a receiver's frames inside */
    OVF_ITEM_SBS,      /* BaseStation's lines inside */
};

struct ovf_item {
    uint32_t input; /* index of the input it stands in */
    enum ovf_item_kind kind;
    const char *name; /* path, or path in the archive without "./" and doubled slashes */
    uint64_t offset;  /* private to the catalog: where the stored bytes lie */
    uint64_t stored_bytes;
    bool has_address_hint; /* the file name says which aircraft: trace_full_<hex>.json */
    uint32_t address_hint; /* as base/tally's names: 24 bits, bit 24 for '~' */
};

struct ovf_input {
    const char *path; /* as given; for split parts the common stem ("x.tar") */
    bool is_archive;
    bool is_folder;           /* it has no bytes of its own */
    bool has_digest;          /* of a stream at once, of a file after ovf_catalog_hash */
    struct ovf_digest digest; /* of the input's own bytes (all parts in order) */
    uint64_t n_bytes;         /* of a directory: of the members to read */
    uint64_t n_not_used;      /* members of other kinds */
    struct ovf_tally members; /* rejections found while listing (names, links, truncation) */
    char trouble[160];        /* the first such rejection in words, printable UTF-8; "" */
};

struct ovf_catalog; /* after ovf_catalog_new, only ovf_catalog_hash changes it */

/**
 * List what \p paths hold.
 *
 * \retval OVF_E_NOTFOUND  a path does not exist or a glob matches nothing; \p err names it
 * \retval OVF_E_FORMAT    a split archive lacks a part: \p err says which
 * A gzip archive whose checksum is wrong gives no members: some byte is wrong and nobody knows which.
 * One that is cut short gives those that were whole before the cut.
 *
 * \retval OVF_E_IO        the system failed (a named file that cannot be read, no room in the temporary
 *                         folder); \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_catalog_new(const char *const *paths, size_t n_paths,
                                              struct ovf_catalog **out, struct ovf_error *err);
void ovf_catalog_free(struct ovf_catalog *catalog);

size_t ovf_catalog_n_inputs(const struct ovf_catalog *catalog);
const struct ovf_input *ovf_catalog_input(const struct ovf_catalog *catalog, size_t i);
size_t ovf_catalog_n_items(const struct ovf_catalog *catalog);
const struct ovf_item *ovf_catalog_item(const struct ovf_catalog *catalog, size_t i);

/** Read input \p i through for its digest, unless that is known or it is a directory. Several threads may do
 * so beside those that load, each with another input.
 * \retval OVF_E_IO  it cannot be read, or is not what was listed; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_catalog_hash(struct ovf_catalog *catalog, size_t i,
                                               struct ovf_error *err);

struct ovf_window;

/** Buffers, inflate state and open file of one thread. Zero-initialise. */
struct ovf_loader {
    struct ovf_space_reader reader;
    struct ovf_buffer stored;
    bool has_stored;          /* the member loaded last could be read */
    struct ovf_digest digest; /* of a member that was read through for it; zeros */
    struct ovf_buffer inflated;
    struct ovf_inflate *inflate;
    struct ovf_sha256 *hash;
    struct ovf_window *window;
};
void ovf_loader_deinit(struct ovf_loader *loader);

/** The most that ovf_catalog_load reads or inflates: a day's trace takes a tenth of it. */
#define OVF_LOAD_MAX_BYTES (UINT64_C(64) << 20)

/** Members that are stored in more bytes are better read in a window. */
#define OVF_WINDOW_FROM_BYTES (UINT64_C(512) << 10)

/**
 * Read one member whole, inflated when it is gzip (by content).
 *
 * \param[out] bytes   the content; borrowed from \p loader until its next use
 * \param[out] digest  as ovf_loader_digest gives it; NULL: it is not wanted yet
 * \param[out] reject  why it is rejected (then \p bytes is empty), else OVF_REJECT_N
 * \param[out] err     for a rejected member: what
 * \retval OVF_OK      also for a rejected member
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_catalog_load(const struct ovf_catalog *catalog, size_t item,
                                               struct ovf_loader *loader, struct ovf_bytes *bytes,
                                               struct ovf_digest *digest, enum ovf_reject *reject,
                                               struct ovf_error *err);

/** SHA-256 of the member that \p loader loaded or read through last, as stored; zeros when it could not be read.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_loader_digest(struct ovf_loader *loader,
                                                struct ovf_digest *digest);

/** Read a member of any size through for what ovf_loader_digest then gives: zeros when it could not be read.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_catalog_digest(const struct ovf_catalog *catalog, size_t item,
                                                 struct ovf_loader *loader, struct ovf_error *err);

/**
 * Begin to read a member of any size in a window, with ovf_loader_more.
 * \param[out] is_open  then the loader must be closed again; false: it cannot be read so, and ovf_catalog_load
 *                      tells why
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_catalog_open(const struct ovf_catalog *catalog, size_t item,
                                               struct ovf_loader *loader, bool *is_open,
                                               struct ovf_error *err);
void ovf_loader_close(struct ovf_loader *loader);

/** Of the \p loader that is open: keep the last \p n_kept bytes of the window at its front and fill what is
 * behind them; false when nothing fits or the member is broken.
 * \param[out] is_last  all of the member came, and it is whole */
bool ovf_loader_more(struct ovf_loader *loader, size_t n_kept, struct ovf_bytes *window,
                     bool *is_last);

/** Takes the next piece of a member; a status other than OVF_OK stops and is returned. */
typedef enum ovf_status ovf_piece_fn(void *context, struct ovf_bytes piece);

/** As ovf_catalog_load, in pieces of at most 1 MiB and bounded memory, for members of any size. What
 * was handed over before a rejection is found must be undone by the caller. */
OVF_NODISCARD enum ovf_status ovf_catalog_stream(const struct ovf_catalog *catalog, size_t item,
                                                 ovf_piece_fn *piece, void *context,
                                                 struct ovf_digest *digest, enum ovf_reject *reject,
                                                 struct ovf_error *err);

#endif
