//! How a layer is drawn: the `layer_styles` table that QGIS reads from a GeoPackage.

/// A style in the two languages that programs read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerStyle {
    /// Name shown in the list of styles.
    pub name: String,
    /// Style of QGIS, as XML.
    pub qml: String,
    /// Styled Layer Descriptor, as XML; may be empty.
    pub sld: String,
}

/// The statements that make the table and register it, so that GDAL lists it and no reader warns.
pub(crate) const CREATE: [&str; 2] = [
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), \
     f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, \
     styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), \
     update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))",
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES \
     ('layer_styles', 'attributes', 'layer_styles', '', strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
];

/// The statement that adds the style of one layer as its default.
pub(crate) fn insert(table: &str, geometry_column: &str, style: &LayerStyle) -> String {
    format!(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, \
         styleSLD, useAsDefault, description, owner, ui) VALUES ('', '', {}, {}, {}, {}, {}, 1, '', '', NULL)",
        quoted(table),
        quoted(geometry_column),
        quoted(&style.name),
        quoted(&style.qml),
        quoted(&style.sld),
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
