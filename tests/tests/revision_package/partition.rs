//! Random partitions of a box, revised at random.

use proptest::prelude::*;
use sanxian::revisions::{RevisionOptions, compare_layers};

use crate::layers::{areas, only_layer};
use crate::making::{applied, reproduces};
use crate::plans::{FARM, HOUSING, Patch, WATER, patch, plan_in};

/// A partition of a box: columns of patches, each with its western and eastern edge.
type Columns = Vec<Column>;

/// A column: its edges, and the southern and northern edge, number of the class, and identifier of each patch.
type Column = ([f64; 2], Vec<([f64; 2], usize, String)>);

const CLASSES: [&str; 4] = [HOUSING, FARM, WATER, "1001"];

fn columns() -> impl Strategy<Value = Columns> {
    let of_column = (4..40_i32, prop::collection::vec((4..40_i32, 0..CLASSES.len()), 1..5));
    prop::collection::vec(of_column, 1..5).prop_map(|widths| {
        let (mut x, mut number) = (0.0, 0);
        let column = |(width, heights): (i32, Vec<(i32, usize)>)| {
            let west = x;
            x += f64::from(width) * 8.375;
            let mut y = 0.0;
            let patches = heights.into_iter().map(|(height, class)| {
                let south = y;
                y += f64::from(height) * 8.125;
                number += 1;
                ([south, y], class, format!("{number:03}"))
            });
            ([west, x], patches.collect())
        };
        widths.into_iter().map(column).collect()
    })
}

/// What a planner does to a partition: which column, which patch of it, and what.
fn revised(mut columns: Columns, steps: &[(usize, usize, u8)]) -> Columns {
    for (number, (column, at, what)) in steps.iter().enumerate() {
        let column = column % columns.len();
        if *what == 5 && column + 1 < columns.len() {
            let edge = columns[column].0[1] + 3.5;
            columns[column].0[1] = edge;
            columns[column + 1].0[0] = edge;
            continue;
        }
        let patches = &mut columns[column].1;
        if patches.is_empty() {
            continue;
        }
        let at = at % patches.len();
        match what {
            0 => patches[at].1 = (patches[at].1 + 1) % CLASSES.len(),
            1 => {
                let ([south, north], class, _) = patches[at].clone();
                let middle = south + (north - south) * 0.25;
                patches[at].0[1] = middle;
                patches.insert(at + 1, ([middle, north], class, format!("new {number}")));
            }
            2 if at + 1 < patches.len() => {
                let upper = patches.remove(at + 1);
                patches[at].0[1] = upper.0[1];
            }
            3 => drop(patches.remove(at)),
            4 => patches[at].2 = format!("anew {number}"),
            _ => {}
        }
    }
    columns
}

fn patches(columns: &Columns) -> Vec<Patch> {
    let of = |([west, east], patches): &Column| {
        patches
            .iter()
            .map(|([south, north], class, id)| patch(id, CLASSES[*class], [*west, *south, *east, *north]))
            .collect::<Vec<_>>()
    };
    columns.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_newer_partition_is_made_from_the_older_one(
        columns in columns(),
        steps in prop::collection::vec((0..4_usize, 0..4_usize, 0..6_u8), 0..6),
    ) {
        let old = patches(&columns);
        let new = patches(&revised(columns, &steps));
        prop_assume!(!new.is_empty());
        for epsg in [4546, 4490] {
            let [old, new] = [&old, &new].map(|patches| plan_in(patches, epsg));
            let package = reproduces(&old, &new);
            let [made, wanted] = [&applied(&package, &old), &new].map(|plan| areas(only_layer(plan), epsg));
            for (class, area) in &wanted {
                prop_assert!((made[class] - area).abs() <= 1e-6 + 1e-9 * area, "{class}");
            }
            // Ground of a class that grew or shrank is in the package, and no other.
            let ground: f64 = areas(package.change(), epsg).values().sum();
            let changes = compare_layers(&old, &new, &RevisionOptions::default()).expect("a comparison");
            let told: f64 = changes[0].real_ground().map(|ground| ground.area.get()).sum();
            prop_assert!((ground == 0.0) == (told == 0.0));
        }
    }
}
