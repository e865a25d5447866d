//! Which differences count as errors of digitising: too small, or too narrow.

use sanxian_model::conflict::DigitisingError;
use sanxian_model::{Answer, ConflictKind, DifferencePatch, LandNature, SquareMetres, meaning};

use super::options::ConflictOptions;

/// Why a patch counts as an error of digitising; none when it stands.
pub(super) fn digitising_error(
    patch: &DifferencePatch,
    options: &ConflictOptions,
) -> Option<DigitisingError> {
    // Of the plans that contradict another one here: what a third says is no matter of how small the difference may be.
    let count = patch.answers.len();
    let contradicts =
        |at: &usize| (0..count).any(|other| other != *at && patch.kind_of(*at, other).is_conflict());
    let twice = patch.kind == ConflictKind::ClaimedTwice;
    let of_classes = || {
        let places = (0..count).filter(|at| twice || contradicts(at));
        places.filter_map(|at| least_area(patch.answers[at]))
    };
    let least = options.least_area.or_else(|| of_classes().min_by(|a, b| a.get().total_cmp(&b.get())));
    if let Some(least) = least.filter(|least| patch.area < *least) {
        return Some(DigitisingError::Small { least });
    }
    let least = options.least_width;
    (patch.mean_width < least).then_some(DigitisingError::Narrow { least })
}

/// The same for ground that a pair of layers covers, which has no class: only a smallest area that the user gives counts.
pub(super) fn digitising_of_pair(
    patch: &DifferencePatch,
    options: &ConflictOptions,
) -> Option<DigitisingError> {
    if let Some(least) = options.least_area.filter(|least| patch.area < *least) {
        return Some(DigitisingError::Small { least });
    }
    let least = options.least_width;
    (patch.mean_width < least).then_some(DigitisingError::Narrow { least })
}

/// The smallest patch of a class that a survey maps; see [`ConflictOptions::least_area`].
pub(super) fn least_area(answer: Answer) -> Option<SquareMetres> {
    let class = answer.class()?;
    let meaning = meaning(class.scheme, class.code)?;
    let is_facility = meaning.class.is_some_and(|class| class.code.starts_with("0602"));
    Some(SquareMetres(match meaning.nature {
        // What may build or not is as small as what builds.
        LandNature::Construction | LandNature::Mixed => 200.0,
        LandNature::Farm => {
            if is_facility {
                200.0
            } else {
                400.0
            }
        }
        LandNature::Unused | LandNature::Sea => 600.0,
    }))
}
