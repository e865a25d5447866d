//! What is in one source.

use std::path::Path;

use rayon::prelude::*;
use sanxian_io::{ReadError, ReadOptions, SourceRef, list_layers};
use sanxian_model::{Explain, redact};
use sanxian_report::info::{Contents, LayerInfo, SourceInfo};

use crate::info::contents;

/// A layer as the source lists it.
struct Listed {
    name: String,
    geometry: String,
    polygons: bool,
    features: Option<u64>,
}

/// What GDAL calls a layer that may hold any geometry.
const ANY_GEOMETRY: &str = "Unknown (any)";

pub(super) fn look_at(source: &str, options: &ReadOptions) -> SourceInfo {
    let shown = redact(source).into_owned();
    let failed = |error: &ReadError| SourceInfo {
        source: shown.clone(),
        layers: Vec::new(),
        error: Some(error.explain()),
    };
    // Standard input can be read once, so nothing is listed before.
    let wanted = if source == "-" { Some("-".to_owned()) } else { SourceRef::parse(source).layer };
    let listed = match list(source) {
        Ok(listed) => listed,
        Err(error) => return failed(&error),
    };
    let is_only = listed.len() == 1;
    let mut listed: Vec<Listed> = match &wanted {
        Some(wanted) => listed.into_iter().filter(|layer| layer.name == *wanted).collect(),
        None => listed,
    };
    if let (Some(wanted), true) = (&wanted, listed.is_empty()) {
        // Some drivers know layers that they do not list.
        listed.push(Listed {
            name: wanted.clone(),
            geometry: ANY_GEOMETRY.to_owned(),
            polygons: true,
            features: None,
        });
    }
    let named = |layer: &Listed| {
        if wanted.is_some() || is_only { source.to_owned() } else { format!("{source}#{}", layer.name) }
    };
    let file = file_name(source).filter(|_| is_only && wanted.is_none());
    let none_of_polygons = listed.iter().all(|layer| !layer.polygons);
    let look = |layer: Listed| {
        let source = named(&layer);
        let read = layer.polygons.then(|| contents::read(&source, file.as_deref(), options));
        let mut info = LayerInfo {
            source: redact(&source).into_owned(),
            name: layer.name,
            geometry: layer.geometry,
            features: layer.features,
            role: None,
            contents: Contents::NotPolygons,
        };
        match read {
            Some(Ok(read)) => {
                info.name = read.name;
                info.features = Some(read.features as u64);
                info.role = read.role;
                info.contents = Contents::Read(Box::new(read.contents));
            }
            Some(Err(error)) => info.contents = Contents::Failed(Box::new(error.explain())),
            None => {}
        }
        info
    };
    let layers: Vec<LayerInfo> = listed.into_par_iter().map(look).collect();
    // A check that is given it would say why.
    let error = none_of_polygons.then(|| sanxian_io::read_found(source, None, options).err()).flatten();
    SourceInfo { source: shown.clone(), layers, error: error.map(|error| error.explain()) }
}

/// The layers of a source; standard input is one.
fn list(source: &str) -> Result<Vec<Listed>, ReadError> {
    if source == "-" {
        return Ok(Vec::new());
    }
    let of = |layer: sanxian_io::LayerInfo| Listed {
        name: layer.name,
        geometry: layer.geometry,
        polygons: layer.polygons,
        features: layer.features,
    };
    Ok(list_layers(source)?.into_iter().map(of).collect())
}

/// The name of a file, without what says its format.
fn file_name(source: &str) -> Option<String> {
    let path = Path::new(source);
    path.exists().then(|| path.file_stem().map(|stem| stem.to_string_lossy().into_owned())).flatten()
}
