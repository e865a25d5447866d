//! Findings as tables, JSON, GeoJSON, GeoPackage and CSV.
