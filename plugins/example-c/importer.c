/* An importer in C11 for AIMC files: the line "AIMC", then lines of goal|date|value.
 * Each line becomes a row of a grid table, under a header row; a line with another number of fields is reported. */
#include "aimline_importer.h"
#include <string.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}
enum { FIELDS = 3 };

static AimStatus probe(const AimHost *host, const AimInput *file, AimProbe *answer) {
  (void)host;
  if (file->len >= 5 && memcmp(file->data, "AIMC\n", 5) == 0) {
    answer->confidence = 95;
    strcpy(answer->variant, "AIMC");
    strcpy(answer->reason, "begins with AIMC");
  }
  return AIM_OK;
}

static AimStatus line(const AimHost *host, int32_t grid, int32_t diagnostics, AimLoc at, const char *start, const char *end) {
  AimStr cells[1 + FIELDS] = {TEXT("ttt"), {0}, {0}, {0}};
  uint32_t n = 0;
  for (const char *field = start; field != NULL; n++) {
    const char *bar = memchr(field, '|', (size_t)(end - field)), *stop = bar ? bar : end;
    if (n < FIELDS && stop > field) cells[1 + n] = (AimStr){field, (size_t)(stop - field)};
    field = bar ? bar + 1 : NULL;
  }
  if (n == FIELDS) return host->row(host->ctx, grid, &at, cells, 1 + FIELDS);
  const AimStr problem[] = {TEXT("F016"), TEXT("warning"), {0}, {start, (size_t)(end - start)}, TEXT("goal|date|value"), {0}};
  return host->row(host->ctx, diagnostics, &at, problem, 6);
}

static AimStatus read_file(const AimHost *host, const AimInput *file) {
  static const char *const columns[] = {"code", "severity", "at", "seen", "expected", "help"};
  static const AimStr header[] = {TEXT("hhh"), TEXT("goal"), TEXT("date"), TEXT("value")};
  const char *const data = (const char *)file->data, *const end = data + file->len;
  AimLoc at = {{NULL, 0}, 1, 0};
  int32_t grid = host->table(host->ctx, "", NULL, 0);
  if (grid < 0) return -grid;
  int32_t diagnostics = host->table(host->ctx, "diagnostics", columns, 6);
  if (diagnostics < 0) return -diagnostics;
  AimStatus status = host->row(host->ctx, grid, &at, header, 1 + FIELDS);
  for (const char *start = data + 5; start < end && status == AIM_OK;) {
    const char *newline = memchr(start, '\n', (size_t)(end - start)), *stop = newline ? newline : end;
    at.row++;
    at.byte = (uint64_t)(start - data);
    if (stop > start) status = line(host, grid, diagnostics, at, start, stop);
    if (status == AIM_OK && at.row % 1024 == 0) status = host->progress(host->ctx, at.byte);
    start = newline ? newline + 1 : end;
  }
  return status;
}

static AimStatus import(const AimHost *host, const AimInput *const *files, uint32_t n) {
  AimStatus status = AIM_OK;
  for (uint32_t i = 0; i < n && status == AIM_OK; i++) status = read_file(host, files[i]);
  return status;
}

static const AimPlugin plugin = {AIM_MAGIC, sizeof(AimPlugin), AIM_ABI_MAJOR, AIM_ABI_MINOR, 0,
  "{\"name\":\"example-c\",\"version\":\"0.1.0\",\"license\":\"MIT OR Apache-2.0\",\"formats\":[\"AIMC lines\"],\"signatures\":[\"text\"]}",
  probe, import};

AIM_EXPORT const AimPlugin *aimline_importer(uint32_t host_major) { return host_major == AIM_ABI_MAJOR ? &plugin : NULL; }
