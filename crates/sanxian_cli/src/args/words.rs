//! Words on the command line that stand for values of the library.

use clap::ValueEnum;
use sanxian::info::InfoFormat;
use sanxian::revisions::FindingChange;
use sanxian::{AreaMethod, Lang, OnInvalid, Severity, report};

/// A word on the command line that stands for a value of the library.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident => $target:ty { $($(#[$doc:meta])* $variant:ident = $value:expr),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub(crate) enum $name { $($(#[$doc])* $variant),+ }

        impl From<$name> for $target {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => $value),+ }
            }
        }
    };
}

words! {
    /// Language.
    LangArg => Lang {
        /// 中文
        Zh = Lang::Zh,
        /// English
        En = Lang::En,
    }
}

words! {
    /// What to do with invalid geometry.
    OnInvalidArg => OnInvalid {
        /// Repair it and say so
        Repair = OnInvalid::Repair,
        /// Leave it out and say so; the run ends with 3
        Skip = OnInvalid::Skip,
        /// End the run with 2
        Error = OnInvalid::Error,
    }
}

words! {
    /// How areas are measured.
    AreaArg => AreaMethod {
        /// Within edges that are straight in the CRS of the plan
        Straight = AreaMethod::Straight,
        /// Features by the national formula on the vertices as they are; their parts in proportion
        National = AreaMethod::National,
    }
}

words! {
    /// Format of a report.
    FormatArg => report::Format {
        /// Tables for a person
        Full = report::Format::Full,
        /// Tables as Markdown
        #[value(name = "md", alias = "markdown")]
        Markdown = report::Format::Markdown,
        /// One line for each finding
        Concise = report::Format::Concise,
        /// One document with everything
        Json = report::Format::Json,
        /// One finding a line
        Ndjson = report::Format::Ndjson,
        /// Findings as map features
        Geojson = report::Format::GeoJson,
        /// Findings and patches as styled layers
        Gpkg = report::Format::Gpkg,
        /// Findings as a sheet
        Csv = report::Format::Csv,
        /// A map as a picture
        Svg = report::Format::Svg,
        /// SARIF 2.1.0, for code scanning
        Sarif = report::Format::Sarif,
        /// Test results as JUnit XML
        Junit = report::Format::Junit,
        /// Annotations of GitHub, as workflow commands
        Github = report::Format::GitHub,
        /// Code Quality of GitLab
        Gitlab = report::Format::GitLab,
        /// Diagnostics of reviewdog
        Rdjson = report::Format::Rdjson,
    }
}

words! {
    /// Format of a table of overlaps.
    OverlapFormatArg => report::OverlapFormat {
        /// A sheet
        Csv = report::OverlapFormat::Csv,
        /// One document
        Json = report::OverlapFormat::Json,
        /// One pair a line
        Ndjson = report::OverlapFormat::Ndjson,
    }
}

words! {
    /// Format of what sources hold.
    InfoFormatArg => InfoFormat {
        /// Tables for a person
        Full = InfoFormat::Full,
        /// Tables as Markdown
        #[value(name = "md", alias = "markdown")]
        Markdown = InfoFormat::Markdown,
        /// For programs, with the same keys in every language
        Json = InfoFormat::Json,
    }
}

words! {
    /// Format of rule cards.
    CardFormatArg => report::CardFormat {
        /// For a terminal
        Text = report::CardFormat::Text,
        /// For a page
        Markdown = report::CardFormat::Markdown,
        /// For programs
        Json = report::CardFormat::Json,
    }
}

words! {
    /// From which severity on a run fails.
    FailOn => Option<Severity> {
        /// Findings that block
        Error = Some(Severity::Error),
        /// And those that need a document
        Warning = Some(Severity::Warning),
        /// Any finding
        Note = Some(Severity::Note),
        /// No finding
        Never = None,
    }
}

words! {
    /// Which changes of findings fail a run.
    ChangeArg => Option<FindingChange> {
        /// New findings
        New = Some(FindingChange::New),
        /// New and worse findings
        Worse = Some(FindingChange::Worse),
        /// None
        Never = None,
    }
}

words! {
    /// A severity.
    SeverityArg => Severity {
        /// Findings that block
        Error = Severity::Error,
        /// Those that need a document
        Warning = Severity::Warning,
        /// Those for information
        Note = Severity::Note,
    }
}
