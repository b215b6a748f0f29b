// zlib, which Cairo itself needs for PNG and PDF and whose development package Cairo's brings.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

#endif
