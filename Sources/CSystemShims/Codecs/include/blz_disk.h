#pragma once

// Brings all that was written to the file system behind an open descriptor to its disk; 0 or errno.
int blz_disk_synchronize(int descriptor);
