//! The second revision of the sample county: the county as it was, with what `revised.rs` changes.

use anyhow::{Context, Result, ensure};
use sanxian_model::Position;

use super::super::coverage::Coverage;
use super::super::table::Cell;
use super::super::write::MadeLayer;
use super::edition::Edition;
use super::layout::{CELL, ORIGIN};
use super::lines::{
    self, BoundaryZone, FarmlandPatch, Line, RedlineFeature, boundary_zones, farmland_patches,
    redline_features,
};
use super::plan::{self, PlanPatch};
use super::planting::{NO_AREA, Planting};
use super::record::{planted_identifier, recorded_again, recorded_area, revised_identifier, unit_at};
use super::revised::{Becomes, From, Revised, RevisedLine, RevisedPatch};

/// What a revised shape says of itself: 修改 and the case of `PLANTING.md`.
fn remark(case: usize) -> Cell<'static> {
    format!("修改{case:02}").into()
}

/// The layers of `revision.gpkg`. The plan has another name, and its patches stand in another order.
pub(super) fn layers(coverage: &Coverage, planting: &Planting, revised: &Revised) -> Result<Vec<MadeLayer>> {
    let mut patches = plan_patches(plan::patches(coverage, planting), revised)?;
    patches.reverse();
    Ok(vec![
        plan::plan("GHYDYH2027", &patches, Edition::Revised)?,
        lines::redline(&redline(redline_features(coverage, planting), &revised.redline)?, Edition::Revised)?,
        lines::farmland(
            &farmland(farmland_patches(coverage, planting), &revised.farmland)?,
            Edition::Revised,
        )?,
        lines::boundary(&boundary(boundary_zones(coverage, planting), revised)?, Edition::Revised)?,
    ])
}

fn plan_patches(before: Vec<PlanPatch>, revised: &Revised) -> Result<Vec<PlanPatch>> {
    let (redrawn, mut patches): (Vec<PlanPatch>, Vec<PlanPatch>) =
        before.into_iter().partition(|patch| revised.cells.contains(&cell_of(&patch.rings)));
    let mut issued: Vec<usize> = Vec::new();
    let mut issue = |case: usize| {
        issued.push(case);
        revised_identifier("2010", case, issued.iter().filter(|of| **of == case).count())
    };
    for revised in &revised.patches {
        let RevisedPatch { case, from, class, evidence, reissued, rings } = revised;
        let earlier = match from {
            From::Nothing => None,
            From::Cell(i, j) => redrawn.iter().find(|patch| cell_of(&patch.rings) == (*i, *j)),
            From::Planted(of, number) => {
                let bsm = planted_identifier("2010", *of, *number);
                redrawn.iter().find(|patch| patch.bsm == bsm)
            }
        };
        let patch = if let Some(earlier) = earlier {
            PlanPatch {
                bsm: if *reissued { issue(*case) } else { earlier.bsm.clone() },
                class,
                area: recorded_again(earlier.area, rings),
                evidence: evidence.unwrap_or(earlier.evidence),
                rings: rings.clone(),
                ..earlier.clone()
            }
        } else {
            ensure!(*from == From::Nothing, "case {case} goes on from {from:?}, which is not drawn anew");
            PlanPatch {
                bsm: issue(*case),
                unit: unit_at(rings[0][0]),
                class,
                area: recorded_area(rings),
                evidence: evidence.unwrap_or_default(),
                remark: remark(*case),
                rings: rings.clone(),
            }
        };
        patches.push(patch);
    }
    Ok(patches)
}

/// The cell that has the middle of a patch.
fn cell_of(rings: &[Vec<Position>]) -> (i64, i64) {
    let of_axis = |axis: usize| rings[0].iter().map(move |position| position[axis]);
    let middle = [0, 1].map(|axis| {
        let (least, most) = (of_axis(axis).fold(f64::MAX, f64::min), of_axis(axis).fold(f64::MIN, f64::max));
        ((f64::midpoint(least, most) - ORIGIN[axis]) / CELL).floor() as i64
    });
    middle.into()
}

fn redline(mut features: Vec<RedlineFeature>, revised: &[RevisedLine]) -> Result<Vec<RedlineFeature>> {
    for revised in revised {
        let (case, number) = revised.of.context("no redline is added")?;
        let bsm = planted_identifier("3010", case, number);
        let feature = features.iter_mut().find(|feature| feature.bsm == bsm).context(bsm)?;
        match &revised.becomes {
            Becomes::Zone(zone) => feature.zone = zone,
            becomes => change(&mut feature.line, becomes, revised.approval)?,
        }
        ensure!(feature.zone != NO_AREA, "a redline outside nature protected areas is not revised");
    }
    Ok(features)
}

fn farmland(mut patches: Vec<FarmlandPatch>, revised: &[RevisedLine]) -> Result<Vec<FarmlandPatch>> {
    for revised in revised {
        let Some((case, number)) = revised.of else {
            let Becomes::Shape(ring) = &revised.becomes else { continue };
            let mut line = Line::new(vec![ring.clone()], remark(revised.case));
            line.approval = revised.approval;
            let bsm = revised_identifier("4010", revised.case, 1);
            patches.push(FarmlandPatch { bsm, number: 9000 + revised.case, class: "0103", line });
            continue;
        };
        let bsm = planted_identifier("4010", case, number);
        let at = patches.iter().position(|patch| patch.bsm == bsm).context(bsm)?;
        if matches!(revised.becomes, Becomes::Nothing) {
            patches.remove(at);
        } else {
            change(&mut patches[at].line, &revised.becomes, revised.approval)?;
        }
    }
    Ok(patches)
}

fn change(line: &mut Line, becomes: &Becomes, approval: Option<&'static str>) -> Result<()> {
    let Becomes::Shape(ring) = becomes else { anyhow::bail!("{becomes:?} is no shape") };
    line.rings = vec![ring.clone()];
    line.area = recorded_again(line.area, &line.rings);
    line.approval = approval;
    Ok(())
}

fn boundary(mut zones: Vec<BoundaryZone>, revised: &Revised) -> Result<Vec<BoundaryZone>> {
    let revised = &revised.boundary;
    for window in &revised.filled {
        let rings = &mut zones[0].line.rings;
        let at = rings.iter().position(|ring| ring == window).context("the window to fill is there")?;
        rings.remove(at);
    }
    for (zone, window, approval) in &revised.cut {
        let line = &mut zones[*zone].line;
        line.rings.push(window.clone());
        line.approval = approval.or(line.approval);
    }
    for zone in &mut zones {
        zone.line.area = recorded_again(zone.line.area, &zone.line.rings);
    }
    zones.extend(revised.added.iter().map(|(case, ring)| BoundaryZone {
        bsm: revised_identifier("5010", *case, 1),
        code: "410",
        line: Line::new(vec![ring.clone()], Cell::Empty),
    }));
    Ok(zones)
}
