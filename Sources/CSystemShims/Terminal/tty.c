#include "include/blz_tty.h"
