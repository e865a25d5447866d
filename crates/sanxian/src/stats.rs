//! What a run costs: time by stage, and how much there was to do. Never part of a report, which is the same
//! bytes each time.

/// A stage of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and normalising.
    Read,
    /// Building indexes and measuring single features.
    Index,
    /// Measuring overlaps and making the ledger.
    Overlap,
    /// Judging by the rules, and cutting pieces.
    Rules,
    /// Writing.
    Write,
}

impl Stage {
    /// The word for it in statistics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Index => "index",
            Self::Overlap => "overlap",
            Self::Rules => "rules",
            Self::Write => "write",
        }
    }
}

/// What a run cost.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stats {
    /// Seconds spent reading and normalising.
    pub read_seconds: f64,
    /// Seconds spent indexing.
    pub index_seconds: f64,
    /// Seconds spent measuring overlaps, the ledger included.
    pub overlap_seconds: f64,
    /// Seconds spent judging and cutting pieces.
    pub rules_seconds: f64,
    /// Features in use over all layers.
    pub features: usize,
    /// Vertices in use over all layers.
    pub vertices: usize,
    /// Pairs of a plan patch and a zone feature that share area.
    pub pairs: usize,
}
