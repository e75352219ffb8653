#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "include/blz_curses.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#undef columns  // terminfo's short names would rewrite ours

enum { MAX_PAIRS = 250 };  // fits `short` pairs and 8-colour terminals' tables

struct blz_curses {
  SCREEN *screen;
  FILE *output, *input;
  int descriptor;      // memory that ncurses writes its bytes to
  uint8_t *bytes;      // the same, read back
  size_t capacity;
  short pairs[MAX_PAIRS][2];  // foreground and background of pair i + 1
  int pair_count;
  int cursor_row, cursor_column;
  int is_suspended;
};

static int codeset_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int blz_locale_is_utf8(void) {
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  const char *wanted = NULL;
  for (int i = 0; i < 3 && !wanted; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) wanted = value;
  }
  // Only the character type: numbers keep their dot.
  if (wanted && setlocale(LC_CTYPE, "")) return codeset_is_utf8();
  return setlocale(LC_CTYPE, "C.UTF-8") && codeset_is_utf8();
}

static void destroy(blz_curses *screen) {
  if (screen->output) fclose(screen->output);
  else if (screen->descriptor >= 0) close(screen->descriptor);
  if (screen->input) fclose(screen->input);
  free(screen->bytes);
  free(screen);
}

blz_curses *blz_curses_open(const char *type, int rows, int columns) {
  blz_curses *screen = calloc(1, sizeof *screen);
  if (!screen) return NULL;
  screen->cursor_row = -1;
  screen->descriptor = memfd_create("blitz screen", MFD_CLOEXEC);
  screen->output = screen->descriptor < 0 ? NULL : fdopen(screen->descriptor, "w");
  screen->input = fopen("/dev/null", "re");
  // LINES and COLUMNS of the environment may be those of another terminal.
  use_env(FALSE);
  use_tioctl(TRUE);
  if (screen->output && screen->input)
    screen->screen = newterm(type, screen->output, screen->input);
  if (!screen->screen) {
    destroy(screen);
    return NULL;
  }
  set_term(screen->screen);
  nonl();
  typeahead(-1);
  idlok(stdscr, FALSE);
  idcok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  curs_set(0);
  // newterm wrote for another size; the first update enters the screen again, with the right one.
  blz_curses_suspend(screen);
  blz_curses_resize(screen, rows, columns);
  return screen;
}

void blz_curses_close(blz_curses *screen) {
  endwin();
  delscreen(screen->screen);
  destroy(screen);
}

void blz_curses_resize(blz_curses *screen, int rows, int columns) {
  resize_term(rows, columns);
  blz_curses_repaint(screen);
}

void blz_curses_repaint(blz_curses *screen) {
  (void)screen;
  clearok(curscr, TRUE);
}

void blz_curses_suspend(blz_curses *screen) {
  endwin();
  // Leaving is spelt by the one restore string, so ncurses' own is thrown away.
  lseek(screen->descriptor, 0, SEEK_SET);
  clearok(curscr, TRUE);
  screen->is_suspended = 1;
}

static short pair_for(blz_curses *screen, int foreground, int background) {
  if (foreground < 0 && background < 0) return 0;
  for (int i = 0; i < screen->pair_count; i++)
    if (screen->pairs[i][0] == foreground && screen->pairs[i][1] == background)
      return (short)(i + 1);
  int next = screen->pair_count + 1;
  if (next > MAX_PAIRS || next >= COLOR_PAIRS) return 0;
  if (init_pair((short)next, (short)foreground, (short)background) == ERR) return 0;
  screen->pairs[next - 1][0] = (short)foreground;
  screen->pairs[next - 1][1] = (short)background;
  screen->pair_count = next;
  return (short)next;
}

void blz_curses_put(
    blz_curses *screen, int row, int column, uint32_t scalar, int foreground, int background,
    int attributes) {
  attr_t attr = A_NORMAL;
  if (attributes & BLZ_BOLD) attr |= A_BOLD;
  if (attributes & BLZ_DIM) attr |= A_DIM;
  if (attributes & BLZ_REVERSE) attr |= A_REVERSE;
  if (attributes & BLZ_UNDERLINE) attr |= A_UNDERLINE;
  wchar_t text[2] = {(wchar_t)scalar, 0};
  cchar_t cell;
  if (setcchar(&cell, text, attr, pair_for(screen, foreground, background), NULL) == OK)
    mvadd_wch(row, column, &cell);
}

void blz_curses_cursor(blz_curses *screen, int row, int column) {
  if (row != screen->cursor_row) {
    leaveok(stdscr, row < 0);
    curs_set(row >= 0);
  }
  screen->cursor_row = row;
  screen->cursor_column = column;
}

// Reads back what ncurses wrote and empties its memory.
static size_t drain(blz_curses *screen) {
  off_t length = lseek(screen->descriptor, 0, SEEK_CUR);
  if (length <= 0) return 0;
  if ((size_t)length > screen->capacity) {
    uint8_t *larger = realloc(screen->bytes, (size_t)length * 2);
    if (!larger) return 0;
    screen->bytes = larger;
    screen->capacity = (size_t)length * 2;
  }
  ssize_t count = pread(screen->descriptor, screen->bytes, (size_t)length, 0);
  lseek(screen->descriptor, 0, SEEK_SET);
  return count < 0 ? 0 : (size_t)count;
}

// Entering the screen, ncurses resets the palette, which we never change and the person may have.
static size_t without_palette_reset(blz_curses *screen, size_t count) {
  const char *reset = blz_curses_string(screen, "oc");
  size_t length = reset ? strlen(reset) : 0;
  uint8_t *found = length ? memmem(screen->bytes, count, reset, length) : NULL;
  if (!found) return count;
  memmove(found, found + length, (size_t)(screen->bytes + count - found) - length);
  return count - length;
}

const uint8_t *blz_curses_update(blz_curses *screen, size_t *count) {
  if (screen->cursor_row >= 0) move(screen->cursor_row, screen->cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
  *count = drain(screen);
  if (screen->is_suspended) *count = without_palette_reset(screen, *count);
  screen->is_suspended = 0;
  return screen->bytes;
}

int blz_curses_colors(blz_curses *screen) {
  (void)screen;
  return tigetnum("colors");
}

int blz_curses_flag(blz_curses *screen, const char *name) {
  (void)screen;
  return tigetflag((char *)name) > 0;
}

const char *blz_curses_string(blz_curses *screen, const char *name) {
  (void)screen;
  const char *value = tigetstr((char *)name);
  return value == (const char *)-1 ? NULL : value;
}
