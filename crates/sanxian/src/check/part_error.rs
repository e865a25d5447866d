//! Why the parts of a check are not a whole.

use sanxian_model::{Explain, Explanation, Lang};

/// Why the parts of a check are not a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartError {
    /// Rows of the subject are in no part.
    Missing {
        /// How many.
        rows: usize,
        /// The first of them.
        first: u32,
    },
    /// A row of the subject is in two parts.
    Twice {
        /// The row.
        row: u32,
    },
    /// There is no such row.
    NoSuchRow {
        /// The row.
        row: u32,
    },
    /// What is about no row of the subject is not there, or there more than once.
    Rest {
        /// How often it is there.
        times: usize,
    },
}

impl Explain for PartError {
    fn explain(&self) -> Explanation {
        match *self {
            Self::Missing { rows, first } => Explanation::new(
                "part-missing",
                format!("{rows} 个图斑不在任何部分中，第一个是第 {first} 行（从 0 起）"),
                format!("{rows} patches are in no part, the first of them in row {first} (counted from 0)"),
            )
            .advise("补齐缺少的部分后再合并", "merge the part that is missing"),
            Self::Twice { row } => Explanation::new(
                "part-twice",
                format!("第 {row} 行（从 0 起）在两个部分中"),
                format!("row {row} (counted from 0) is in two parts"),
            )
            .advise("每个图斑只划入一个部分", "put each patch into one part"),
            Self::NoSuchRow { row } => Explanation::new(
                "part-no-such-row",
                format!("规划没有第 {row} 行（从 0 起）"),
                format!("the plan has no row {row} (counted from 0)"),
            )
            .advise("行号从 0 起，小于要素数", "count rows from 0, below the number of features"),
            Self::Rest { times } => Explanation::new(
                "part-rest",
                format!("与图斑无关的部分应有 1 份，现有 {times} 份"),
                format!("what is about no patch is there {times} times and not once"),
            )
            .advise("合并时恰好加入一份 `rest`", "merge one result of `rest`"),
        }
    }
}

impl std::fmt::Display for PartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.explain().lines(Lang::En))
    }
}

impl std::error::Error for PartError {}
