//! The flags of one command, as far as they are about a check, and how they go over a config.

use sanxian::config::{FailOn, KnownNames, LayerConfig};
use sanxian::{Config, ConfigError, Lang, Role, Severity};

use crate::args::{Destination, Failing, ForRole, LineSources, Reading, RuleChoice};

/// The flags of one command, as far as they are about a check.
pub(crate) struct Flags<'a> {
    /// Sources named on the command line, by role.
    pub(crate) named: Vec<(Role, String)>,
    pub(crate) lines: &'a LineSources,
    pub(crate) reading: &'a Reading,
    pub(crate) rules: &'a RuleChoice,
    /// What fails the run; none where the command has its own answer.
    pub(crate) failing: Option<&'a Failing>,
    pub(crate) output: &'a Destination,
    /// `--lang`, if it was given.
    pub(crate) lang: Option<Lang>,
    /// Language of the locale.
    pub(crate) locale: Lang,
}

impl Flags<'_> {
    /// Every source on the command line.
    pub(crate) fn named(&self) -> Vec<(Role, String)> {
        let lines = self.lines;
        let mut named = self.named.clone();
        for (role, sources) in [
            (Role::REDLINE, &lines.redline),
            (Role::FARMLAND, &lines.farmland),
            (Role::URBAN_BOUNDARY, &lines.urban_boundary),
        ] {
            named.extend(sources.iter().map(|source| (role.clone(), source.clone())));
        }
        named.extend(lines.zone.iter().cloned());
        named
    }

    /// Refuses roles and words of field maps that a run does not know.
    pub(crate) fn check_names(&self, known: &KnownNames<'_>) -> Result<(), ConfigError> {
        for (role, source) in self.named() {
            known.check_role(&role, format!("{role}={source}"))?;
        }
        for given in self.reading.crs.iter().chain(&self.reading.encoding) {
            if let Some(role) = &given.role {
                known.check_role(role, format!("{role}={}", given.value))?;
            }
        }
        for (role, filter) in &self.reading.filter {
            known.check_role(role, format!("--where {role}={filter}"))?;
        }
        for (name, quota) in &self.rules.quota {
            known.check_quota(name, *quota, format!("--quota {name}"))?;
        }
        for field in &self.reading.field {
            let place = format!("--field {}.{}={}", field.role, field.name, field.column);
            known.check_role(&field.role, &*place)?;
            known.check_field(&field.role, &field.name, place)?;
        }
        Ok(())
    }

    /// Puts what the flags say over what the config says. Rules and roles of the user's own are added to those of the
    /// config beforehand, because names are checked against them.
    pub(crate) fn put_over(&self, config: &mut Config) {
        let RuleChoice { profile, select, ignore, rules: _, tolerance, quota, sliver_width, area, baseline } =
            self.rules;
        over(&mut config.profile, profile.clone());
        for (setting, flag) in [(&mut config.select, select), (&mut config.ignore, ignore)] {
            if !flag.is_empty() {
                setting.clone_from(flag);
            }
        }
        over(&mut config.baseline, baseline.clone());
        over(&mut config.tolerance, *tolerance);
        for (name, quota) in quota {
            config.quotas.set(name, *quota);
        }
        over(&mut config.sliver_width, *sliver_width);
        over(&mut config.area, area.map(Into::into));
        over(&mut config.on_invalid, self.reading.on_invalid.map(Into::into));
        over(&mut config.allow_empty, given(self.reading.allow_empty));
        let Destination { output_format, output, overwrite, bom, rows, stats } = self.output;
        let program = &mut config.program;
        let severity = |word| Option::<Severity>::from(word).map_or(FailOn::Never, FailOn::Severity);
        if let Some(Failing { fail_on, exit_zero, require_complete, accepting: _ }) = self.failing {
            over(&mut program.fail_on, fail_on.map(severity));
            over(&mut program.exit_zero, given(*exit_zero));
            over(&mut program.require_complete, given(*require_complete));
        }
        over(&mut program.lang, self.lang);
        over(&mut program.output_format, output_format.map(Into::into));
        if !output.is_empty() {
            program.output.clone_from(output);
        }
        over(&mut program.overwrite, given(*overwrite));
        over(&mut program.bom, given(*bom));
        over(&mut program.rows, *rows);
        over(&mut program.stats, stats.clone());
        config.layers = self.layers(std::mem::take(&mut config.layers));
        for layer in &mut config.layers {
            self.put_over_layer(layer);
        }
    }

    /// The layers of a config, those of a role replaced by those of the same role on the command line, then the others.
    fn layers(&self, config: Vec<LayerConfig>) -> Vec<LayerConfig> {
        let mut named = self.named();
        // What the command line asks about is what is judged: a project is not asked about because a config names it.
        let subjects = [Role::PLAN, Role::PROJECT];
        let roles: Vec<Role> = named.iter().map(|(role, _)| role.clone()).collect();
        let asked = roles.iter().any(|role| subjects.contains(role));
        let mut layers = Vec::new();
        for mut layer in config {
            if roles.contains(&layer.role) {
                let Some(at) = named.iter().position(|(role, _)| *role == layer.role) else { continue };
                layer.source = named.remove(at).1;
            } else if asked && subjects.contains(&layer.role) {
                continue;
            }
            layers.push(layer);
        }
        layers.extend(named.into_iter().map(|(role, source)| LayerConfig::new(role, source)));
        // Reports list layers in this order: the plan, the project, the lines in the order of precedence, the rest.
        layers.sort_by_key(|layer| {
            (layer.role != Role::PLAN, layer.role != Role::PROJECT, layer.role.precedence())
        });
        layers
    }

    /// Puts how the command line says that a layer is read over what the config says.
    fn put_over_layer(&self, layer: &mut LayerConfig) {
        let role = &layer.role;
        over(&mut layer.crs, of_role(&self.reading.crs, role));
        over(&mut layer.encoding, of_role(&self.reading.encoding, role));
        let fields = self.reading.field.iter().filter(|field| field.role == *role);
        layer.fields.extend(fields.map(|field| (field.name.clone(), field.column.clone())));
        let filter = self.reading.filter.iter().rev().find(|(of, _)| of == role);
        over(&mut layer.filter, filter.map(|(_, filter)| filter.clone()));
        if *role == Role::PLAN {
            over(&mut layer.scheme, self.reading.scheme);
        }
    }
}

/// What a flag says, over what a config says.
fn over<T>(setting: &mut Option<T>, flag: Option<T>) {
    if flag.is_some() {
        *setting = flag;
    }
}

/// A switch says something only when it is given.
fn given(switch: bool) -> Option<bool> {
    switch.then_some(true)
}

/// What is given for the role; what is given for it by name wins over what is given for all.
fn of_role(given: &[ForRole], role: &Role) -> Option<String> {
    let named = given.iter().rev().find(|value| value.role.as_ref() == Some(role));
    let all = || given.iter().rev().find(|value| value.role.is_none());
    named.or_else(all).map(|value| value.value.clone())
}
