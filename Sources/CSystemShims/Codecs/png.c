#include "include/blz_png.h"
