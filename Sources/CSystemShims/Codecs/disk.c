#define _GNU_SOURCE
#include "include/blz_disk.h"

#include <errno.h>
#include <unistd.h>

int blz_disk_synchronize(int descriptor) {
  return syncfs(descriptor) ? errno : 0;
}
