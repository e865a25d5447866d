# What the build scripts of `proj-sys` and `gdal-src` do not ask of CMake. It reaches CMake as a toolchain file, which is read first.
if(CMAKE_SOURCE_DIR MATCHES "/PROJSRC/")
  # proj.db is inside of the program and no other one is read: one of another version on the machine would be refused.
  set(EMBED_RESOURCE_FILES ON CACHE BOOL "")
  set(USE_ONLY_EMBEDDED_RESOURCE_FILES ON CACHE BOOL "")
  set(EMBED_PROJ_DATA_PATH OFF CACHE BOOL "")
else()
  # Recoding by the iconv of glibc, and XML by a static Expat: without it KML cannot be read.
  set(GDAL_USE_ICONV ON CACHE BOOL "")
  set(GDAL_USE_EXPAT ON CACHE BOOL "")
  set(EXPAT_LIBRARY "$ENV{STATIC_EXPAT}" CACHE FILEPATH "")
  set(OGR_ENABLE_DRIVER_KML ON CACHE BOOL "")
  # The network model, the algorithms of the command `gdal`, and codecs of raster formats: none is used.
  set(ENABLE_GNM OFF CACHE BOOL "")
  set(GDAL_ENABLE_ALGORITHMS OFF CACHE BOOL "")
  foreach(codec GIF JPEG JPEG12 LERC OPENCAD PNG)
    set(GDAL_USE_${codec}_INTERNAL OFF CACHE BOOL "")
  endforeach()
endif()
