/* SPDX-License-Identifier: Apache-2.0 */
/* A file of this VFS is one of the system's behind it, and what is gathered for it. */
#include "store/gathered_writes.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include <sqlite3.h>

/* Pieces of the file that begin at multiples of their size, as the system's page cache likes them. SQLite's VFS for
 * Unix takes less than 128 KB at a time (os_unix.c, seekAndWriteFd). */
enum { PIECE_BYTES = 64 << 10 };

struct gathered_file {
    sqlite3_file base;
    unsigned char *bytes; /* NULL: each write goes on at once, as of a file that others share */
    sqlite3_int64 at;     /* of the first byte in the file */
    int n;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sqlite3_vfs vfs;
static sqlite3_vfs *system_vfs;

static sqlite3_file *real_file(struct gathered_file *file)
{
    return (sqlite3_file *)(file + 1);
}

static const sqlite3_io_methods *real_methods(struct gathered_file *file)
{
    return real_file(file)->pMethods;
}

/** What could not be written stays, so that the next call fails, too: SQLite does not heed what each returns. */
static int flush(struct gathered_file *file)
{
    const int code =
        file->n == 0 ? SQLITE_OK
                     : real_methods(file)->xWrite(real_file(file), file->bytes, file->n, file->at);
    if (code == SQLITE_OK)
        file->n = 0;
    return code;
}

static int write_gathered(sqlite3_file *base, const void *data, int n, sqlite3_int64 at)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    const bool fits =
        at == file->at + file->n && (at + n - 1) / PIECE_BYTES == file->at / PIECE_BYTES;
    if (file->n > 0 && !fits) {
        const int code = flush(file);
        if (code != SQLITE_OK)
            return code;
    }
    if (file->bytes == NULL || n > PIECE_BYTES)
        return real_methods(file)->xWrite(real_file(file), data, n, at);
    if (file->n == 0)
        file->at = at;
    memcpy(file->bytes + file->n, data, (size_t)n);
    file->n += n;
    return SQLITE_OK;
}

/* ---- what is asked of a file as it is, all of it written ---- */

#define AFTER_WRITING(name, method, declared, passed)                                              \
    static int name declared                                                                       \
    {                                                                                              \
        struct gathered_file *const file = (struct gathered_file *)base;                           \
        const int code = flush(file);                                                              \
        return code != SQLITE_OK ? code : real_methods(file)->method passed;                       \
    }

AFTER_WRITING(read_at, xRead, (sqlite3_file * base, void *out, int n, sqlite3_int64 at),
              (real_file(file), out, n, at))
AFTER_WRITING(synchronise, xSync, (sqlite3_file * base, int flags), (real_file(file), flags))
AFTER_WRITING(lock, xLock, (sqlite3_file * base, int level), (real_file(file), level))
AFTER_WRITING(check_lock, xCheckReservedLock, (sqlite3_file * base, int *out),
              (real_file(file), out))
AFTER_WRITING(control, xFileControl, (sqlite3_file * base, int what, void *value),
              (real_file(file), what, value))

/** Without writing: a file is measured and cut, too, to take back what found no room. */
static int get_size(sqlite3_file *base, sqlite3_int64 *size)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    const int code = real_methods(file)->xFileSize(real_file(file), size);
    if (code == SQLITE_OK && file->n > 0 && *size < file->at + file->n)
        *size = file->at + file->n;
    return code;
}

static int truncate_to(sqlite3_file *base, sqlite3_int64 size)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    if (size <= file->at)
        file->n = 0;
    else if (size < file->at + file->n)
        file->n = (int)(size - file->at);
    const int code = flush(file);
    return code != SQLITE_OK ? code : real_methods(file)->xTruncate(real_file(file), size);
}

/** What could not be written is forgotten: the file may be another's from here on, and its journal knows better. */
static int unlock(sqlite3_file *base, int level)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    const int written = flush(file);
    file->n = 0;
    const int unlocked = real_methods(file)->xUnlock(real_file(file), level);
    return written != SQLITE_OK ? written : unlocked;
}

static int close_file(sqlite3_file *base)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    const int written = flush(file);
    const int closed = real_methods(file)->xClose(real_file(file));
    sqlite3_free(file->bytes);
    return written != SQLITE_OK ? written : closed;
}

/* ---- the rest goes straight through ---- */

#define THROUGH(name, method, declared, passed)                                                    \
    static int name declared                                                                       \
    {                                                                                              \
        struct gathered_file *const file = (struct gathered_file *)base;                           \
        return real_methods(file)->method passed;                                                  \
    }

THROUGH(sector_size, xSectorSize, (sqlite3_file * base), (real_file(file)))
THROUGH(characteristics, xDeviceCharacteristics, (sqlite3_file * base), (real_file(file)))
THROUGH(shm_lock, xShmLock, (sqlite3_file * base, int offset, int n, int flags),
        (real_file(file), offset, n, flags))
THROUGH(shm_unmap, xShmUnmap, (sqlite3_file * base, int remove), (real_file(file), remove))

/** With a WAL others share the file, and know by the memory that they share as well what of it is written. */
static int shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    const int code = flush(file);
    if (code != SQLITE_OK)
        return code;
    sqlite3_free(file->bytes);
    file->bytes = NULL;
    return real_methods(file)->xShmMap(real_file(file), region, size, extend, out);
}

static void shm_barrier(sqlite3_file *base)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    real_methods(file)->xShmBarrier(real_file(file));
}

/** Without xFetch, which maps a file: it would show what is not written yet as it was. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_at,
    .xWrite = write_gathered,
    .xTruncate = truncate_to,
    .xSync = synchronise,
    .xFileSize = get_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* ---- the VFS ---- */

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags,
                     int *flags_out)
{
    struct gathered_file *const file = (struct gathered_file *)base;
    (void)self;
    memset(file, 0, sizeof *file);
    const int code = system_vfs->xOpen(system_vfs, name, real_file(file), flags, flags_out);
    if (real_methods(file) == NULL)
        return code;
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0)
        file->bytes = sqlite3_malloc(PIECE_BYTES);
    file->base.pMethods = &methods; /* also after a failure: it is closed then */
    return code;
}

static void make_vfs(void)
{
    system_vfs = sqlite3_vfs_find(NULL);
    if (system_vfs == NULL)
        return;
    vfs = *system_vfs;
    vfs.pNext = NULL;
    vfs.zName = "overflight-gathered-writes";
    vfs.szOsFile = (int)sizeof(struct gathered_file) + system_vfs->szOsFile;
    vfs.xOpen = open_file;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        system_vfs = NULL;
}

const char *ovf_gathered_writes_vfs(void)
{
    (void)pthread_once(&once, make_vfs);
    return system_vfs != NULL ? vfs.zName : NULL;
}
