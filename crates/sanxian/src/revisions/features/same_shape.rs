//! Features of one and the same shape in both revisions: found by a hash of their coordinates, before anything is measured.

use std::sync::Arc;

use rayon::prelude::*;
use sanxian_model::PolygonColumn;

use super::shape::{hash, is_one_shape};
use super::side::Side;

/// Features that one thread hashes at a time.
const AT_A_TIME: usize = 1 << 10;

/// Pairs of features of the two revisions that have one and the same shape, wherever their rings begin and in whatever order
/// their parts are; each is in one pair at most, and pairs are in the order of the older revision. Of several features of one
/// shape those of one identifier are pairs, and the rest in the order of their identifiers.
pub(super) fn same_shape([old, new]: [Side<'_>; 2], ids: [&[Option<Arc<str>>]; 2]) -> Vec<(u32, u32)> {
    let [of_old, of_new] = [old, new].map(|side| hashes(side.polygons()));
    let mut rest = &of_new[..];
    let (mut alone, mut several): (Vec<(u32, u32)>, Vec<_>) = (Vec::with_capacity(of_old.len()), Vec::new());
    for rows in of_old.chunk_by(|a, b| a.0 == b.0) {
        let hash = rows[0].0;
        // Hashes follow each other so closely that the next is near.
        rest = &rest[rest.iter().take_while(|(other, _)| *other < hash).count()..];
        let partners = &rest[..rest.iter().take_while(|(other, _)| *other == hash).count()];
        match (rows, partners) {
            ([(_, row)], [(_, partner)]) => alone.push((*row, *partner)),
            (_, []) => {}
            _ => several.push([(old, rows, ids[0]), (new, partners, ids[1])]),
        }
    }
    let is_same = |&(row, partner): &(u32, u32)| is_same((old, row), (new, partner));
    let mut pairs: Vec<(u32, u32)> = alone.into_par_iter().with_min_len(AT_A_TIME).filter(is_same).collect();
    pairs.extend(several.into_iter().flat_map(of_several));
    pairs.par_sort_unstable();
    pairs
}

/// A side, features of it with their hash, and the identifiers of all of its features.
type Several<'a> = (Side<'a>, &'a [(u64, u32)], &'a [Option<Arc<str>>]);

/// Pairs among several features of one hash.
fn of_several([(old, rows, ids_old), (new, partners, ids_new)]: [Several<'_>; 2]) -> Vec<(u32, u32)> {
    let by_id = |rows: &[(u64, u32)], ids: &[Option<Arc<str>>]| {
        let mut rows: Vec<u32> = rows.iter().map(|(_, row)| *row).collect();
        rows.sort_by_key(|row| (ids[*row as usize].clone(), *row));
        rows
    };
    let (mut rows, mut partners) = (by_id(rows, ids_old), by_id(partners, ids_new));
    let mut pairs = Vec::new();
    for same_id in [true, false] {
        rows.retain(|&row| {
            let id = ids_old[row as usize].as_deref();
            let fits = |partner: &u32| {
                let has_id = id.is_some() && id == ids_new[*partner as usize].as_deref();
                (has_id || !same_id) && is_same((old, row), (new, *partner))
            };
            let Some(at) = partners.iter().position(fits) else { return true };
            pairs.push((row, partners.remove(at)));
            false
        });
    }
    pairs
}

/// The hash of the shape of each feature, with its number, in the order of hashes.
fn hashes(polygons: &PolygonColumn) -> Vec<(u64, u32)> {
    let rows: Vec<u32> = (0..polygons.len() as u32).collect();
    let hash = |row: &u32| (hash(polygons.feature(*row as usize)), *row);
    let mut hashes: Vec<(u64, u32)> = rows.par_iter().with_min_len(AT_A_TIME).map(hash).collect();
    hashes.par_sort_unstable();
    hashes
}

/// Whether two features have one shape.
fn is_same(old: (Side<'_>, u32), new: (Side<'_>, u32)) -> bool {
    let [a, b] = [old, new].map(|(side, row)| side.polygons().feature(row as usize));
    is_one_shape(a, b)
}
