// The few ncurses calls we use, without its macros and names. ncurses keeps the model of the text
// panes and knows the terminal's spelling; it writes into memory, never to the terminal.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct blz_curses blz_curses;

enum { BLZ_BOLD = 1, BLZ_DIM = 2, BLZ_REVERSE = 4, BLZ_UNDERLINE = 8 };

// Sets the character encoding from the environment. Without any locale variable, or with one that
// is not installed here, C.UTF-8 is taken. Returns 1 when the encoding is UTF-8.
int blz_locale_is_utf8(void);

// Starts ncurses for a terminal type; null when terminfo does not know it. At most one at a time.
blz_curses *blz_curses_open(const char *type, int rows, int columns);
void blz_curses_close(blz_curses *screen);

// Takes a new size; everything is repainted at the next update.
void blz_curses_resize(blz_curses *screen, int rows, int columns);

// Forgets what the terminal shows; everything is repainted at the next update.
void blz_curses_repaint(blz_curses *screen);

// Makes ncurses forget that it entered full-screen mode; the next update enters it again.
void blz_curses_suspend(blz_curses *screen);

// Puts one character; colours are the terminal's numbers, or -1 for its own.
void blz_curses_put(
  blz_curses *screen, int row, int column, uint32_t scalar, int foreground, int background,
  int attributes);

// Shows the cursor at a place, or hides it when `row` is negative.
void blz_curses_cursor(blz_curses *screen, int row, int column);

// Brings the terminal up to date; the bytes to send stay valid until the next call.
const uint8_t *blz_curses_update(blz_curses *screen, size_t *count);

// Terminfo: the number of colours, whether a flag is set, the bytes of a string (null: absent).
int blz_curses_colors(blz_curses *screen);
int blz_curses_flag(blz_curses *screen, const char *name);
const char *blz_curses_string(blz_curses *screen, const char *name);
