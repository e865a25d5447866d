//! The check that the guessed roles make.

use sanxian_io::{CrsChoice, ReadOptions};
use sanxian_model::Role;
use sanxian_report::info::{CommandLine, LayerInfo};

/// Roles that have a flag of their own, in the order in which reports list them.
const FLAGS: [(Role, &str); 3] = [
    (Role::REDLINE, "--redline"),
    (Role::FARMLAND, "--farmland"),
    (Role::URBAN_BOUNDARY, "--urban-boundary"),
];

/// A check of the plans and projects against the lines, or of the lines alone; none where neither is there. Layers without a role,
/// without features or that cannot be read are left out. What the user said about reading is said again.
pub(super) fn of(layers: &[&LayerInfo], options: &ReadOptions) -> Option<CommandLine> {
    let usable = layers
        .iter()
        .filter(|layer| layer.contents().is_some_and(|contents| contents.crs.is_ok() && contents.used > 0));
    let mut of_role: Vec<(&Role, &str)> = Vec::new();
    for layer in usable {
        let Some(guess) = &layer.role else { continue };
        // A source may be named twice; a check takes a layer once.
        if !of_role.contains(&(&guess.role, &layer.source)) {
            of_role.push((&guess.role, &layer.source));
        }
    }
    let sources = |role: &Role| -> Vec<&str> {
        of_role.iter().filter(|(of, _)| *of == role).map(|(_, source)| *source).collect()
    };
    let (plans, projects) = (sources(&Role::PLAN), sources(&Role::PROJECT));
    let has_subject = !(plans.is_empty() && projects.is_empty());
    let has_line = FLAGS.iter().any(|(role, _)| !sources(role).is_empty());
    let has_zone = has_line || !sources(&Role::PARK).is_empty();
    if !(has_subject && has_zone || has_line) {
        return None;
    }
    let mut groups = vec![vec!["sanxian".to_owned(), if has_subject { "check" } else { "lines" }.to_owned()]];
    if let Some(plan) = plans.first() {
        groups[0].push((*plan).to_owned());
    }
    let mut flag = |flag: &str, value: String| groups.push(vec![flag.to_owned(), value]);
    for plan in plans.iter().skip(1) {
        flag("--zone", format!("{}={plan}", Role::PLAN));
    }
    for project in projects {
        flag("--project", project.to_owned());
    }
    for (role, name) in &FLAGS {
        for source in sources(role) {
            flag(name, source.to_owned());
        }
    }
    let with_flag =
        |role: &Role| [Role::PLAN, Role::PROJECT].contains(role) || FLAGS.iter().any(|(of, _)| of == role);
    for (role, source) in of_role.iter().filter(|(role, _)| !with_flag(role)) {
        if **role == Role::PARK && has_subject {
            flag("--park", (*source).to_owned());
        } else {
            flag("--zone", format!("{role}={source}"));
        }
    }
    if let Some(crs) = &options.crs {
        flag(
            "--crs",
            match crs {
                CrsChoice::Plane => "none".to_owned(),
                CrsChoice::Named(name) => name.clone(),
            },
        );
    }
    if let Some(encoding) = &options.encoding {
        flag("--encoding", encoding.clone());
    }
    Some(CommandLine { groups })
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Crs, CrsOrigin, RoleGuess, RoleReason};
    use sanxian_report::info::{Contents, IdentifierInfo, LayerContents};

    use super::*;

    fn layer(role: &Role, source: &str, used: usize) -> LayerInfo {
        let contents = LayerContents {
            driver: "GPKG".to_owned(),
            used,
            crs: Ok((Crs::plane(), CrsOrigin::Given)),
            extent: None,
            encoding: "UTF-8".to_owned(),
            fields: Vec::new(),
            identifiers: IdentifierInfo::default(),
            classes: None,
            faults: Vec::new(),
        };
        LayerInfo {
            name: source.to_owned(),
            source: source.to_owned(),
            geometry: "Polygon".to_owned(),
            features: Some(used as u64),
            role: Some(RoleGuess { role: role.clone(), reason: RoleReason::BoundaryPoints }),
            contents: Contents::Read(Box::new(contents)),
        }
    }

    fn told(layers: &[LayerInfo], options: &ReadOptions) -> Option<String> {
        of(&layers.iter().collect::<Vec<_>>(), options)
            .map(|command| command.words().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn plans_are_checked_against_the_lines_and_lines_alone_among_themselves() {
        let reading = ReadOptions { crs: Some(CrsChoice::Plane), ..ReadOptions::default() };
        let (a, b) = (layer(&Role::PLAN, "a", 1), layer(&Role::PLAN, "b", 1));
        let (redline, park) = (layer(&Role::REDLINE, "r", 1), layer(&Role::PARK, "p", 1));
        let all = [redline.clone(), a.clone(), park.clone(), b, a.clone()];
        let wanted = "sanxian check a --zone plan=b --redline r --park p --crs none";
        assert_eq!(told(&all, &reading).as_deref(), Some(wanted));
        let given = ReadOptions::default();
        let lines = told(&[redline, park], &given);
        assert_eq!(lines.as_deref(), Some("sanxian lines --redline r --zone park=p"));
        assert_eq!(told(std::slice::from_ref(&a), &given), None, "nothing to check it against");
        assert_eq!(told(&[a, layer(&Role::REDLINE, "r", 0)], &given), None, "an empty line");
    }
}
