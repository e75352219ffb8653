#define _GNU_SOURCE
#include "include/blz_tty.h"

#include <blz_faults.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// What the restore needs; written before `armed` is set, only read afterwards.
static struct {
  int fd;
  struct termios modes;
  uint8_t bytes[512];
  size_t count;
} saved;
static atomic_int armed;

int blz_tty_open(const char *path) {
  int flags = O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK;
  int fd = open(path ? path : "/dev/tty", flags);
  if (fd < 0 && !path) {
    const char *name = ttyname(STDOUT_FILENO);
    if (name) fd = open(name, flags);
  }
  if (fd >= 0 && !isatty(fd)) {
    close(fd);
    fd = -1;
  }
  if (fd < 0) errno = ENOTTY;
  return fd;
}

void blz_tty_size(int fd, int size[4]) {
  struct winsize window = {0};
  ioctl(fd, TIOCGWINSZ, &window);
  size[0] = window.ws_row;
  size[1] = window.ws_col;
  size[2] = window.ws_xpixel;
  size[3] = window.ws_ypixel;
}

int blz_tty_enter(int fd, const uint8_t *restore, size_t count) {
  struct termios raw;
  if (tcgetattr(fd, &raw) != 0) return -1;
  if (!atomic_load(&armed)) {
    saved.fd = fd;
    saved.modes = raw;
    saved.count = count < sizeof saved.bytes ? count : sizeof saved.bytes;
    memcpy(saved.bytes, restore, saved.count);
    // Armed before the first change: a signal in between restores what is still in place.
    atomic_store(&armed, 1);
  }

  raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF | ICRNL | INLCR | IGNCR | ISTRIP);
  raw.c_oflag &= ~(tcflag_t)OPOST;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
  raw.c_lflag |= ISIG;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (tcsetattr(fd, TCSANOW, &raw) == 0) return 0;
  atomic_store(&armed, 0);
  return -1;
}

// Writes everything, or as much as the terminal takes within half a second. A queue that stands
// still is thrown away once, because the restore matters more than what was in it.
static void write_all(int fd, const uint8_t *bytes, size_t count) {
  int patience = 5;
  while (count > 0) {
    ssize_t n = write(fd, bytes, count);
    if (n > 0) {
      bytes += n;
      count -= (size_t)n;
    } else if (n < 0 && errno == EINTR) {
      continue;
    } else if (n < 0 && errno == EAGAIN && patience-- > 0) {
      if (patience == 1) tcflush(fd, TCOFLUSH);
      struct pollfd wait = {.fd = fd, .events = POLLOUT};
      poll(&wait, 1, 100);
    } else {
      return;
    }
  }
}

void blz_tty_restore_now(void) {
  if (!atomic_exchange(&armed, 0)) return;
  int error = errno;
  // In the background, writing modes would stop us for good.
  sigset_t background, before;
  sigemptyset(&background);
  sigaddset(&background, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &background, &before);
  write_all(saved.fd, saved.bytes, saved.count);
  // What nobody has read yet are reports of the mouse and answers, which the shell would take for keys.
  tcflush(saved.fd, TCIFLUSH);
  tcsetattr(saved.fd, TCSANOW, &saved.modes);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
}

ptrdiff_t blz_tty_write(int fd, const uint8_t *bytes, size_t count) {
  ssize_t n;
  do n = write(fd, bytes, count);
  while (n < 0 && errno == EINTR);
  return n < 0 && errno == EAGAIN ? 0 : n;
}

ptrdiff_t blz_tty_read(int fd, uint8_t *bytes, size_t count) {
  ssize_t n;
  do n = read(fd, bytes, count);
  while (n < 0 && errno == EINTR);
  if (n > 0) return n;
  return n < 0 && errno == EAGAIN ? 0 : -1;
}

int blz_tty_backlog(int fd) {
  int bytes = 0;
  return ioctl(fd, TIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

int blz_tty_wait_writable(int fd, int milliseconds) {
  struct pollfd wait = {.fd = fd, .events = POLLOUT};
  return poll(&wait, 1, milliseconds) > 0 && (wait.revents & POLLOUT) != 0;
}

static const int reported[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT, SIGTSTP};
// SIGBUS has another owner, which calls us before it lets the process die.
static const int fatal[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS,
                            // From elsewhere, not by a fault:
                            SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGIO, SIGPWR,
                            SIGSTKFLT};
enum { REPORTED = sizeof reported / sizeof *reported, FATAL = sizeof fatal / sizeof *fatal };
enum { FAULTS = 6 };

static int wake[2] = {-1, -1};
static struct sigaction before_reported[REPORTED], before_fatal[FATAL];
static _Alignas(16) uint8_t fault_stack[64 * 1024];

static void report(int number) {
  int error = errno;
  uint8_t byte = (uint8_t)number;
  // A full pipe holds more wake-ups than anyone needs; the byte may be lost.
  if (write(wake[1], &byte, 1) < 0) {}
  errno = error;
}

static void die(int number) {
  blz_tty_restore_now();
  signal(number, SIG_DFL);
  raise(number);
}

void blz_signals_decline_prompts(void) {
  if (getenv("SWIFT_BACKTRACE")) return;
  static const int prompting[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGQUIT};
  for (size_t i = 0; i < sizeof prompting / sizeof *prompting; i++) {
    struct sigaction found;
    if (sigaction(prompting[i], NULL, &found) == 0 && found.sa_handler != SIG_IGN)
      signal(prompting[i], SIG_DFL);
  }
}

int blz_signals_install(void) {
  if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) return -1;

  // A stack overflow leaves no stack to handle it on.
  stack_t stack = {.ss_sp = fault_stack, .ss_size = sizeof fault_stack};
  sigaltstack(&stack, NULL);

  struct sigaction action = {0};
  sigfillset(&action.sa_mask);
  action.sa_handler = report;
  action.sa_flags = SA_RESTART;
  for (int i = 0; i < REPORTED; i++) sigaction(reported[i], &action, &before_reported[i]);
  action.sa_handler = die;
  action.sa_flags = SA_ONSTACK | (int)SA_RESETHAND;
  for (int i = 0; i < FATAL; i++) {
    sigaction(fatal[i], &action, &before_fatal[i]);
    // What the caller ignores does not end us either.
    if (i >= FAULTS && before_fatal[i].sa_handler == SIG_IGN)
      sigaction(fatal[i], &before_fatal[i], NULL);
  }

  blz_faults_on_death(blz_tty_restore_now);

  static atomic_int registered;
  if (!atomic_exchange(&registered, 1)) atexit(blz_tty_restore_now);
  return wake[0];
}

void blz_signals_remove(void) {
  blz_faults_on_death(NULL);
  for (int i = 0; i < REPORTED; i++) sigaction(reported[i], &before_reported[i], NULL);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before_fatal[i], NULL);
}

void blz_signals_stop(int fd) {
  struct sigaction stop = {0}, ours;
  stop.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &stop, &ours);
  do raise(SIGTSTP);
  // Continued by `bg`: the terminal is not ours to draw on, so wait for `fg`.
  while (tcgetpgrp(fd) > 0 && tcgetpgrp(fd) != getpgrp());
  sigaction(SIGTSTP, &ours, NULL);
}
