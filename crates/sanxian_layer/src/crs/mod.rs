//! Coordinate reference systems from their definitions alone, without PROJ: EPSG codes of a table, PROJJSON, WKT.
