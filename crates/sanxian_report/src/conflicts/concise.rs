//! One line for each difference patch, as compilers write them: `path#layer:feature: CODE id: answers, area`. The feature is
//! the one that the patch has most of. Then a line with what the comparison amounts to.

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::concise::one_line;
use crate::conflicts::comparison::Comparison;
use crate::conflicts::words;
use crate::figures;
use crate::words::pick;

pub(super) fn write(comparison: &Comparison<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for (_, patch) in comparison.listed() {
        if !patch.sources.is_empty() {
            let place = comparison.source_place(patch, 0);
            write!(out, "{}#{}:", place.path, place.layer)?;
            if let Some(fid) = place.fid {
                write!(out, "{fid}:")?;
            }
            write!(out, " ")?;
        }
        let said = one_line(&words::sentence(comparison, patch, lang));
        let (code, id, area) = (patch.kind.code().unwrap_or_default(), &patch.id, figures::m2(patch.area));
        writeln!(out, "{code} {id}: {said}{}{area} m²", pick(lang, "，", ", "))?;
    }
    for (_, patch) in comparison.listed_in_pairs() {
        let pair = &comparison.pairs[patch.pair];
        let first = patch.sources.first().and_then(|source| comparison.pair_feature(patch, source));
        if let Some((_, place)) = first {
            write!(out, "{}#{}:", place.path, place.layer)?;
            if let Some(fid) = place.fid {
                write!(out, "{fid}:")?;
            }
            write!(out, " ")?;
        }
        let (title, area) = (one_line(pair.title.in_lang(lang)), figures::m2(patch.area));
        writeln!(out, "{} {}: {title}{}{area} m²", pair.code, patch.id, pick(lang, "，", ", "))?;
    }
    for placement in comparison.placements.iter().filter(|placement| words::is_off(placement)) {
        let Some((name, place)) = comparison.project(placement) else { continue };
        write!(out, "{}#{}:", place.path, place.layer)?;
        if let Some(fid) = place.fid {
            write!(out, "{fid}:")?;
        }
        let verdict = words::placement(placement.verdict(), lang);
        let (placed, area) = (figures::m2(placement.placed), figures::m2(placement.area));
        write!(out, " {}: {verdict} {placed} / {area} m²", one_line(&name))?;
        if let Some(outside) = placement.outside_parks() {
            let outside = figures::m2(outside);
            write!(out, "{}{outside} m²", pick(lang, "，园区外 ", ", outside parks "))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", one_line(&words::headline(comparison, lang)))
}
