//! The lines as background of a map: outlines in customary colours, with their names.

use sanxian_model::{Lang, Layer, PolygonColumnBuilder, Role};

use crate::columns::Columns;
use crate::map_layer::MapLayer;
use crate::map_style::{LINES, outline};
use crate::words::pick;

/// A map layer for each line that is among some layers, in the order of precedence.
pub(crate) fn line_layers(layers: &[Layer], lang: Lang) -> Vec<MapLayer> {
    LINES.into_iter().filter_map(|(role, colour)| of_role(layers, &role, colour, lang)).collect()
}

fn of_role(layers: &[Layer], role: &Role, colour: [u8; 3], lang: Lang) -> Option<MapLayer> {
    let mut shapes = PolygonColumnBuilder::new();
    let mut ids = Vec::new();
    for layer in layers.iter().filter(|layer| layer.role == *role) {
        for row in 0..layer.len() {
            shapes.push_view(layer.polygons.feature(row));
            ids.push((layer.text("id", row), layer.text("name", row)));
        }
    }
    if ids.is_empty() {
        return None;
    }
    let mut columns = Columns::default();
    columns.text("line_id", pick(lang, "标识码", "identifier"), ids.iter().map(|(id, _)| id.clone()));
    columns.text("name", pick(lang, "名称", "name"), ids.iter().map(|(_, name)| name.clone()));
    let (attributes, aliases) = columns.batch();
    let title = role.title();
    Some(MapLayer {
        name: role.name().replace('-', "_"),
        description: title.in_lang(lang).to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: outline(title.in_lang(lang), colour, "name", &aliases),
    })
}
