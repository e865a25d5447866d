//! A check as a config says.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Config;
use crate::baseline::read_baseline;
use crate::check::{Check, CheckOptions};
use crate::error::Error;

impl Config {
    /// The check that the config describes: its layers are read, its rules and options taken.
    ///
    /// # Errors
    /// [`Error::Config`], [`Error::Baseline`], and those of [`Layer::read`].
    pub fn check(&self) -> Result<Check, Error> {
        let book = self.book()?;
        let layers = self.layers.par_iter().map(|layer| {
            let source = self.source(layer);
            let layer = source.read()?;
            Ok((source.role, layer))
        });
        let layers = layers.collect::<Result<Vec<_>, Error>>()?;
        let baseline = self.baseline.as_deref().map(read_baseline).transpose()?.map(Arc::new);
        let options = CheckOptions { baseline, ..self.options() };
        let check = Check::lines().rules(book).options(options);
        Ok(layers.into_iter().fold(check, |check, (role, layer)| check.layer(role, layer)))
    }
}

impl Check {
    /// The check that a `sanxian.toml` describes.
    ///
    /// ```no_run
    /// use std::path::Path;
    ///
    /// use sanxian::Check;
    ///
    /// # fn main() -> Result<(), sanxian::Error> {
    /// let report = Check::from_config(Path::new("county/sanxian.toml"))?.run()?;
    /// println!("{:?}", report.summary().verdict());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Config`] for a mistake in the file or in rules that it names, and those of [`Layer::read`].
    pub fn from_config(path: &Path) -> Result<Self, Error> {
        Config::read(path)?.check()
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Explain, Lang};

    use super::*;

    #[test]
    fn a_config_is_run_and_its_mistakes_are_told() {
        let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo/sanxian.toml");
        let report = Check::from_config(&county).and_then(Check::run).expect("the sample county");
        assert!(report.findings().iter().any(|finding| &*finding.code == "BF-01"));
        let config = Config::parse(&county, "[layers]\nfarmlands = \"county.gpkg\"").expect("a config");
        let told = config.check().expect_err("a slip").explain().lines(Lang::Zh);
        assert!(told.contains("sanxian.toml:2:1") && told.contains("是否想写 `farmland`？"), "{told}");
    }
}
