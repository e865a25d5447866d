//! Which roles and which words of field maps a run knows. A mistyped one must not pass for one of the user's own: the
//! rules would look for a layer or a column that nobody gave.

use std::collections::{BTreeMap, BTreeSet};

use sanxian_layer::canonical_name_of_column;
use sanxian_model::Role;
use sanxian_model::nearest::nearest;
use sanxian_rules::{Quota, RuleBook, canonical_names};

use super::{Config, ConfigError};

/// Words of filters that a run computes, so that no column can give them.
const COMPUTED: [&str; 5] = ["role", "overlap_m2", "overlap_share", "outside_m2", "zone_count"];

/// The roles, the words of field maps and the quotas that a run knows.
#[derive(Debug, Clone)]
pub struct KnownNames<'b> {
    roles: BTreeSet<&'b Role>,
    fields: BTreeSet<&'b str>,
    /// Each with a sample of what it must be.
    quotas: BTreeMap<&'b str, Quota>,
}

impl<'b> KnownNames<'b> {
    /// Those of the model, those that rules name, and roles that the user declares.
    #[must_use]
    pub fn of(book: &'b RuleBook, own: impl IntoIterator<Item = &'b Role>) -> Self {
        let mut roles: BTreeSet<&Role> = Role::KNOWN.iter().chain(own).collect();
        let mut fields: BTreeSet<&str> = canonical_names().collect();
        let mut quotas = BTreeMap::new();
        for rule in book.rules() {
            roles.extend(rule.roles.iter().chain(rule.zone()));
            for filter in rule.subject_filter.iter().chain(rule.all_exceptions().map(|it| &it.filter)) {
                fields.extend(filter.names());
            }
            fields.extend(rule.predicate.names());
            quotas.extend(rule.predicate.quotas());
            let evidence = rule.all_exceptions().flat_map(|exception| &exception.evidence);
            fields.extend(evidence.map(String::as_str));
        }
        fields.retain(|name| !COMPUTED.contains(name));
        Self { roles, fields, quotas }
    }

    /// Refuses a role that is neither known, nor declared, nor named by a rule. `place` is where it was given.
    ///
    /// # Errors
    /// [`ConfigError::UnknownRole`].
    pub fn check_role(&self, role: &Role, place: impl Into<String>) -> Result<(), ConfigError> {
        if self.roles.contains(role) {
            return Ok(());
        }
        let known: Vec<String> = self.roles.iter().map(|role| role.name().to_owned()).collect();
        let nearest = nearest(role.name(), known.iter().map(String::as_str));
        Err(ConfigError::UnknownRole { role: role.clone(), place: place.into(), nearest, known })
    }

    /// Refuses a word of a field map that no rule reads: the mapping would be ignored, and the rules would go without
    /// the column.
    ///
    /// # Errors
    /// [`ConfigError::UnknownField`].
    pub fn check_field(&self, role: &Role, name: &str, place: impl Into<String>) -> Result<(), ConfigError> {
        if self.fields.contains(name) {
            return Ok(());
        }
        let nearest = canonical_name_of_column(role, name)
            .map(str::to_owned)
            .or_else(|| nearest(name, self.fields.iter().copied()));
        let known = self.fields.iter().map(|&name| name.to_owned()).collect();
        Err(ConfigError::UnknownField { name: name.to_owned(), place: place.into(), nearest, known })
    }

    /// Refuses a quota that no rule asks for: a floor or cap with a slip in its name would never be judged. Refuses one of another kind
    /// than rules ask for, too.
    ///
    /// # Errors
    /// [`ConfigError::UnknownQuota`], [`ConfigError::QuotaOfOtherKind`].
    pub fn check_quota(&self, name: &str, quota: Quota, place: impl Into<String>) -> Result<(), ConfigError> {
        let (name, place) = (name.to_owned(), place.into());
        match self.quotas.get(name.as_str()) {
            None => {
                let nearest = nearest(&name, self.quotas.keys().copied());
                let known = self.quotas.keys().map(|&name| name.to_owned()).collect();
                Err(ConfigError::UnknownQuota { name, place, nearest, known })
            }
            Some(wanted) if std::mem::discriminant(wanted) != std::mem::discriminant(&quota) => {
                let is_area = matches!(wanted, Quota::Area(_));
                Err(ConfigError::QuotaOfOtherKind { name, place, is_area })
            }
            Some(_) => Ok(()),
        }
    }

    /// Refuses all of these in a config.
    ///
    /// # Errors
    /// [`ConfigError::UnknownRole`], [`ConfigError::UnknownField`], [`ConfigError::UnknownQuota`],
    /// [`ConfigError::QuotaOfOtherKind`].
    pub fn check_config(&self, config: &Config) -> Result<(), ConfigError> {
        for (name, quota) in config.quotas.iter() {
            let file = config.file.as_deref().map_or_else(String::new, |file| file.display().to_string());
            self.check_quota(name, quota, format!("{file}: quotas.{name}"))?;
        }
        for layer in &config.layers {
            self.check_role(&layer.role, layer.place())?;
            for name in layer.fields.keys() {
                self.check_field(&layer.role, name, layer.field_place(name))?;
            }
        }
        Ok(())
    }
}
