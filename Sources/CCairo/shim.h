// Cairo, Fontconfig and the little of FreeType that is needed, without pkg-config.
#ifndef CCAIRO_SHIM_H
#define CCAIRO_SHIM_H

#include <cairo/cairo.h>
#include <cairo/cairo-pdf.h>
#include <fontconfig/fontconfig.h>

// cairo-ft.h and ft2build.h are found only through pkg-config's include folders, so the three
// functions that are used are declared here. Their binary interfaces have been stable for
// twenty years.
extern cairo_font_face_t *cairo_ft_font_face_create_for_pattern(FcPattern *pattern);
extern int FT_Init_FreeType(void **library);
extern void FT_Library_Version(void *library, int *major, int *minor, int *patch);
extern int FT_Done_FreeType(void *library);

#endif
