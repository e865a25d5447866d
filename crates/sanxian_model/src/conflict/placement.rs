//! Projects of other plans against the plan that they have to fit (项目落位): how much of each has a place there.

use crate::area::SquareMetres;
use crate::conflict::Answer;

/// How much of a project has a place in a plan. Areas are on the ellipsoid and add up to [`Self::area`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Number of the feature among the projects.
    pub row: u32,
    /// The project's class; unknown for one without: it then has its place on any construction land.
    pub class: Answer,
    /// Its area.
    pub area: SquareMetres,
    /// On ground for which the plan says the same, as far as that is certain of both.
    pub placed: SquareMetres,
    /// On ground for which the plan says something else.
    pub contradicted: SquareMetres,
    /// On ground of which nobody knows whether it is the same.
    pub unknown: SquareMetres,
    /// On ground that the plan does not cover.
    pub uncovered: SquareMetres,
    /// In industrial parks, each spot once; none when no parks were given.
    pub in_parks: Option<SquareMetres>,
    /// Less than this off its place is an error of digitising.
    pub least: SquareMetres,
}

/// Whether a project has a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlacementVerdict {
    /// None of it has (未落实).
    NoPlace,
    /// Some of it has (部分落实).
    InPart,
    /// Some of it lies where nobody knows (无法判断), and the rest has a place.
    Unknown,
    /// All of it has, errors of digitising aside (已落实).
    Placed,
}

impl PlacementVerdict {
    /// Every verdict, the gravest first.
    pub const ALL: [Self; 4] = [Self::NoPlace, Self::InPart, Self::Unknown, Self::Placed];

    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPlace => "no-place",
            Self::InPart => "in-part",
            Self::Unknown => "unknown",
            Self::Placed => "placed",
        }
    }
}

impl Placement {
    /// Whether it has a place.
    #[must_use]
    pub fn verdict(&self) -> PlacementVerdict {
        let less = |area: SquareMetres| area < self.least;
        let off = SquareMetres(self.contradicted.get() + self.uncovered.get());
        match (less(off), less(self.unknown), self.placed > SquareMetres::ZERO) {
            (true, true, true) => PlacementVerdict::Placed,
            (true, false, _) => PlacementVerdict::Unknown,
            (_, _, true) => PlacementVerdict::InPart,
            (_, _, false) if !less(self.unknown) => PlacementVerdict::Unknown,
            _ => PlacementVerdict::NoPlace,
        }
    }

    /// What of a project that belongs into a park lies outside of all parks; none for others, when no parks were given, and for
    /// what is an error of digitising.
    #[must_use]
    pub fn outside_parks(&self) -> Option<SquareMetres> {
        let outside = SquareMetres(self.area.get() - self.in_parks?.get());
        (self.belongs_in_park() && outside >= self.least).then_some(outside)
    }

    /// Whether a project belongs into an industrial park (产业进园入区): its class is industry or storage in land-sea-2023.
    #[must_use]
    pub fn belongs_in_park(&self) -> bool {
        let of_class = || {
            let class = self.class.class()?;
            let class = crate::crosswalk::meaning(class.scheme, class.code)?.class?;
            Some(["1001", "11"].iter().any(|group| class.code.starts_with(group)))
        };
        of_class().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Scheme;
    use crate::conflict::PlannedClass;

    fn placement([placed, contradicted, unknown, uncovered]: [f64; 4]) -> Placement {
        let area = SquareMetres(placed + contradicted + unknown + uncovered);
        let [placed, contradicted, unknown, uncovered] =
            [placed, contradicted, unknown, uncovered].map(SquareMetres);
        let least = SquareMetres(200.0);
        Placement {
            row: 0,
            class: Answer::Unknown,
            area,
            placed,
            contradicted,
            unknown,
            uncovered,
            in_parks: None,
            least,
        }
    }

    #[test]
    fn a_project_has_a_place_where_the_plan_says_the_same() {
        for (areas, verdict) in [
            ([1_000.0, 0.0, 0.0, 0.0], PlacementVerdict::Placed),
            ([1_000.0, 100.0, 0.0, 99.0], PlacementVerdict::Placed),
            ([1_000.0, 100.0, 0.0, 101.0], PlacementVerdict::InPart),
            ([1_000.0, 0.0, 300.0, 0.0], PlacementVerdict::Unknown),
            ([0.0, 0.0, 300.0, 0.0], PlacementVerdict::Unknown),
            ([0.0, 1_000.0, 300.0, 0.0], PlacementVerdict::Unknown),
            ([0.0, 1_000.0, 0.0, 0.0], PlacementVerdict::NoPlace),
            // Smaller than any difference that counts, and yet without a place.
            ([0.0, 50.0, 0.0, 0.0], PlacementVerdict::NoPlace),
        ] {
            assert_eq!(placement(areas).verdict(), verdict, "{areas:?}");
        }
    }

    #[test]
    fn industry_and_storage_belong_into_a_park() {
        let of = |code, in_parks: Option<f64>| {
            let class = PlannedClass::of(Scheme::LandSea2023, code).map_or(Answer::Unknown, Answer::Class);
            let in_parks = in_parks.map(SquareMetres);
            Placement { class, in_parks, ..placement([1_000.0, 0.0, 0.0, 0.0]) }
                .outside_parks()
                .map(SquareMetres::get)
        };
        assert_eq!(of("100101", Some(400.0)), Some(600.0));
        assert_eq!(of("1101", Some(900.0)), None);
        assert_eq!((of("100101", None), of("0701", Some(0.0)), of("1002", Some(0.0))), (None, None, None));
    }
}
