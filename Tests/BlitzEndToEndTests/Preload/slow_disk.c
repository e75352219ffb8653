// Preloaded into the program under test: a disk that does not answer, or answers with an error.
//
//   SLOW_DISK_FILES  part of the paths that are concerned
//   SLOW_DISK_SPARES reads of at most so many bytes are answered
//   SLOW_DISK_GATE   a path: reads wait until there is a file; without it they fail. The first to
//                    wait makes a file of that name with .met behind

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

typedef ssize_t read_at(int descriptor, void *target, size_t count, off_t offset);

static int is_concerned(int descriptor, size_t count) {
  char link[64], path[4096];
  const char *part = getenv("SLOW_DISK_FILES");
  const char *spared = getenv("SLOW_DISK_SPARES");
  if (spared != NULL && count <= strtoul(spared, NULL, 10)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (part == NULL || length < 0) return 0;
  path[length] = 0;
  return strstr(path, part) != NULL;
}

ssize_t pread(int descriptor, void *target, size_t count, off_t offset) {
  read_at *next = (read_at *)dlsym(RTLD_NEXT, "pread");
  if (is_concerned(descriptor, count)) {
    const char *gate = getenv("SLOW_DISK_GATE");
    if (gate == NULL) {
      errno = EIO;
      return -1;
    }
    char met[4096];
    snprintf(met, sizeof met, "%s.met", gate);
    close(open(met, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    while (access(gate, F_OK) != 0) usleep(5000);
  }
  return next(descriptor, target, count, offset);
}
