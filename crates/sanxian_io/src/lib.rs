//! Readers, writers and normalising: GDAL, PROJ, GeoJSON and boundary TXT.
