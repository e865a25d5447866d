//! Identifiers of difference patches, which are the same in every run.

use std::collections::HashMap;

use rayon::prelude::*;
use sanxian_model::conflict::SourceShare;
use sanxian_model::{Answer, ConflictKind, DifferencePatch, Layer};

/// Gives each patch its identifier: its kind, and a number made of its answers and the identifiers of its sources. A feature
/// without identifier goes by its box. Of several patches that have all of these the second has `-2` after it, in the order
/// given.
pub(super) fn identify(patches: &mut [DifferencePatch], plans: &[Layer]) {
    let numbers: Vec<u64> = patches.par_iter().map(|patch| number(patch, plans)).collect();
    let mut seen: HashMap<(ConflictKind, u64), u32> = HashMap::with_capacity(patches.len());
    for (patch, number) in patches.iter_mut().zip(numbers) {
        let times = seen.entry((patch.kind, number)).and_modify(|times| *times += 1).or_insert(1);
        let kind = patch.kind.code().unwrap_or("MP");
        patch.id = if *times == 1 {
            format!("{kind}-{number:010x}")
        } else {
            format!("{kind}-{number:010x}-{times}")
        };
    }
}

/// The number that is made of answers and sources.
fn number(patch: &DifferencePatch, plans: &[Layer]) -> u64 {
    let mut parts: Vec<String> = patch
        .answers
        .iter()
        .map(|answer| match answer {
            Answer::Class(class) => format!("{}:{}", class.scheme, class.code),
            Answer::Unknown => "?".to_owned(),
            Answer::Nothing => "-".to_owned(),
        })
        .collect();
    let label = |source: &SourceShare| label(&plans[patch.plans[source.answer]], source.row as usize);
    let mut sources: Vec<String> =
        patch.sources.iter().map(|source| format!("{}={}", source.answer, label(source))).collect();
    sources.sort_unstable();
    parts.append(&mut sources);
    fnv_1a(parts.join("|").as_bytes()) >> 24
}

/// What a feature goes by.
pub(super) fn label(layer: &Layer, row: usize) -> String {
    if let Some(id) = layer.text("id", row).filter(|id| !id.trim().is_empty()) {
        return id;
    }
    let mut least = [f64::INFINITY; 2];
    let mut most = [f64::NEG_INFINITY; 2];
    for [x, y] in layer.polygons.feature(row).rings().flatten() {
        least = [least[0].min(*x), least[1].min(*y)];
        most = [most[0].max(*x), most[1].max(*y)];
    }
    format!("{least:?}{most:?}")
}

/// The 64-bit FNV-1a hash, which is the same on every machine and in every release.
pub(super) fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_its_authors() {
        // Test vectors of the authors of FNV.
        assert_eq!((fnv_1a(b""), fnv_1a(b"a")), (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c));
        assert_eq!(fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
