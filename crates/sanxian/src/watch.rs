//! Who follows a run, and may end it.

use std::fmt;
use std::sync::Arc;

use sanxian_geom::Stop;

use crate::error::Error;
use crate::stats::Stage;

/// Follows a run: hears of each stage as it begins, and can end it from another thread.
///
/// ```
/// use geo_types::polygon;
/// use sanxian::{Check, Error, Layer, Watch, crs};
///
/// # fn main() -> Result<(), Error> {
/// # let square = polygon![(x: 480_000.0, y: 3.79e6), (x: 480_010.0, y: 3.79e6), (x: 480_010.0, y: 3.791e6)];
/// let watch = Watch::default().on_stage(|stage| println!("{}", stage.name()));
/// // For another thread; here the user has had enough at once.
/// let stop = watch.stop();
/// stop.ask();
/// let plan = Layer::from_geo(&[square], crs::from_epsg(4546)?)?;
/// assert!(matches!(Check::new(plan).watch(watch).run(), Err(Error::Stopped)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Watch {
    on_stage: Option<Arc<dyn Fn(Stage) + Send + Sync>>,
    stop: Stop,
}

impl Watch {
    /// Calls `told` when a stage begins, on the thread of the run.
    #[must_use]
    pub fn on_stage(mut self, told: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        self.on_stage = Some(Arc::new(told));
        self
    }

    /// What ends the run: after [`Stop::ask`] it returns [`Error::Stopped`] soon.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// A stage begins, unless the run is to end.
    pub(crate) fn begin(&self, stage: Stage) -> Result<(), Error> {
        self.go_on()?;
        if let Some(told) = &self.on_stage {
            told(stage);
        }
        Ok(())
    }

    /// An error when the run is to end.
    pub(crate) fn go_on(&self) -> Result<(), Error> {
        if self.stop.is_asked() { Err(Error::Stopped) } else { Ok(()) }
    }

    /// What inner loops ask.
    pub(crate) fn asked(&self) -> &Stop {
        &self.stop
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("stop", &self.stop).finish_non_exhaustive()
    }
}
