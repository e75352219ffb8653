#define _GNU_SOURCE
#include "test_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static const char *split(const char *words, char **pointers, int count) {
  for (int i = 0; i < count; i++, words += strlen(words) + 1) pointers[i] = (char *)words;
  pointers[count] = NULL;
  return words;
}

int test_spawn(const char *words, int arguments, int variables, const char *folder,
               const int descriptors[3], const char *terminal) {
  char **argv = calloc((size_t)arguments + 1, sizeof *argv);
  char **envp = calloc((size_t)variables + 1, sizeof *envp);
  if (!argv || !envp) return -ENOMEM;
  split(split(words, argv, arguments), envp, variables);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (folder) posix_spawn_file_actions_addchdir_np(&actions, folder);
  for (int i = 0; i < 3; i++) {
    if (terminal || descriptors[i] < 0)
      posix_spawn_file_actions_addopen(&actions, i, terminal ? terminal : "/dev/null", O_RDWR, 0);
    else
      posix_spawn_file_actions_adddup2(&actions, descriptors[i], i);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                (terminal ? POSIX_SPAWN_SETSID : 0)));

  pid_t process = 0;
  int failure = posix_spawnp(&process, argv[0], &actions, &attributes, argv, envp);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  free(argv);
  free(envp);
  return failure ? -failure : process;
}

int test_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int test_terminal_open(char *path, size_t capacity) {
  int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  if (grantpt(descriptor) || unlockpt(descriptor) || ptsname_r(descriptor, path, capacity)) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

int test_terminal_resize(int descriptor, int columns, int rows) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}

int test_terminal_settings(int descriptor, unsigned settings[64]) {
  struct termios now;
  if (tcgetattr(descriptor, &now)) return -1;
  int count = 0;
  settings[count++] = now.c_iflag;
  settings[count++] = now.c_oflag;
  settings[count++] = now.c_cflag;
  settings[count++] = now.c_lflag;
  for (int i = 0; i < NCCS; i++) settings[count++] = now.c_cc[i];
  return count;
}
