/* aimline_importer.h -- importer plugin ABI 1.0, for C11 and C++11.
 *
 * An importer reads one file and says what the file says, and where. It parses no date, score, code or identity.
 * All text is UTF-8. No memory changes owner in either direction. Structs are only appended to: struct_size tells
 * how far the other side's struct reaches, so test it before a member that is newer than 1.0 is used. */
#ifndef AIMLINE_IMPORTER_H
#define AIMLINE_IMPORTER_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#ifdef _WIN32
#define AIM_EXPORT __declspec(dllexport)
#else
#define AIM_EXPORT __attribute__((visibility("default")))
#endif
#define AIM_MAGIC UINT64_C(0x3150494D4C4D4941) /* "AIMLMIP1", little-endian */
#define AIM_ABI_MAJOR 1
#define AIM_ABI_MINOR 0

/* No enum: a value that the other side does not know must still be representable. */
typedef int32_t AimStatus;
#define AIM_OK 0
#define AIM_CANCELLED 1   /* the host said stop */
#define AIM_FORMAT 2      /* the file is not what it claims to be, or is damaged */
#define AIM_UNSUPPORTED 3 /* the format is understood, this variant of it is not supported */
#define AIM_LIMIT 4       /* a limit of the host would be passed */
#define AIM_OPTION 5      /* an option's value cannot be used */
#define AIM_INTERNAL 6    /* a fault of the importer */
#define AIM_PANIC 7       /* a panic or an exception, caught at the boundary */

/* ptr NULL: no value. There is no NUL at the end. */
typedef struct AimStr {
  const char *ptr;
  size_t len;
} AimStr;

/* Where a row stands. In a record table `part` is the place in the user's words ("goal 2 > report 3" written with
 * U+203A), in a grid table it is empty. */
typedef struct AimLoc {
  AimStr part;
  uint64_t row;  /* 1-based sheet row or line; 0: none */
  uint64_t byte; /* offset in the file; 0: unknown */
} AimLoc;

/* One file, mapped read-only. An importer opens no files. */
typedef struct AimInput {
  uint32_t struct_size, reserved;
  const char *name; /* base name, NUL-terminated: a hint, the content decides */
  const uint8_t *data;
  uint64_t len;
} AimInput;

/* Lent for one call, to be used on the calling thread only. When a function answers with anything but AIM_OK (or a
 * table id below 0), stop and return that status: a refusal is remembered, and no later call can succeed. */
typedef struct AimHost {
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  uint64_t features;     /* AIM_HOST_* bits; none in 1.0 */
  uint64_t max_unpacked; /* most bytes that one compressed member may unpack to */
  void *ctx;
  /* The value of an option from the [read] part of a mapping profile; NULL: not set. */
  const char *(*option)(void *ctx, const char *key);
  /* Announces a table and answers with its id (>= 0), or with a negative status.
   * A record table names its n columns (1 to 64) from the staged vocabulary.
   * A grid table has n = 0 and columns = NULL; its name is the sheet's name, as the user sees it, or "".
   * The table "diagnostics" has the columns code, severity, at, seen, expected, help. */
  int32_t (*table)(void *ctx, const char *name, const char *const *columns, uint32_t n);
  /* One row, copied before the call returns; blocks while the host is busy.
   * Record table: n is the announced number of columns.
   * Grid table: cells[0] is the `kinds` text, cells[1..n) are the cells from column A on; n may differ from row to
   * row, up to 16384. `kinds` has one letter a cell: t text, n number, p number in a percent format, d date (ISO),
   * f number in a fraction format, b bool, e error, z blank, m blank under a merged cell, h header name (a row of h
   * is sent when the set of columns grows). A capital letter is the cached result of a formula. Letters left off at
   * the end mean t. After a '|' come marks of the row: r hidden row. */
  AimStatus (*row)(void *ctx, int32_t table, const AimLoc *where, const AimStr *cells, uint32_t n);
  /* To be called every 50 ms or so: bytes of the file that are done. It must advance, or the host gives up. */
  AimStatus (*progress)(void *ctx, uint64_t bytes_done);
  /* Why the call is about to fail, in a user's words; quotes no cell. */
  void (*explain)(void *ctx, const char *text);
} AimHost;

/* Zeroed by the host. */
typedef struct AimProbe {
  uint32_t struct_size;
  int32_t confidence; /* 0 no; below 30 by name only; below 70 plausible; below 90 header seen; 90 and up signature */
  char variant[64], reason[192]; /* NUL-terminated */
} AimProbe;

/* Static and constant. */
typedef struct AimPlugin {
  uint64_t magic;
  uint32_t struct_size;
  uint16_t abi_major, abi_minor;
  uint64_t needs; /* AIM_HOST_* bits that it cannot do without */
  /* NUL-terminated JSON: {"name", "version", "license", "formats": [..], "signatures": [..]}. A signature is one of
   * "zip", "ole" (an old Office file), "text" (none of these) and "any"; the host probes an importer only for files that fit one. */
  const char *manifest;
  AimStatus (*probe)(const AimHost *, const AimInput *, AimProbe *);
  AimStatus (*import)(const AimHost *, const AimInput *const *, uint32_t n);
} AimPlugin;

/* The one symbol that a library exports. NULL when it cannot serve host_major. It must not allocate, print, start a
 * thread or fail. */
typedef const AimPlugin *(*AimEntry)(uint32_t host_major);
#define AIM_ENTRY_SYMBOL "aimline_importer"
#ifdef __cplusplus
}
#endif
#endif
