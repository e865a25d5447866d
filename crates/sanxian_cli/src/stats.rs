//! The file of `--stats`: what a run cost. Never part of a report.

use std::path::Path;
use std::time::Instant;

use sanxian::Stats;
use serde::Serialize;

use crate::failure::Failure;
use crate::output;

#[derive(Serialize)]
struct StatsRecord {
    read_s: f64,
    index_s: f64,
    overlap_s: f64,
    rules_s: f64,
    write_s: f64,
    total_s: f64,
    features: usize,
    vertices: usize,
    pairs: usize,
    /// Null where the system does not tell.
    peak_rss_bytes: Option<u64>,
}

/// Writes what a run cost: `started` is when the program began, `writing` when it began to write.
pub(crate) fn write(path: &Path, stats: &Stats, started: Instant, write_seconds: f64) -> Result<(), Failure> {
    let record = StatsRecord {
        read_s: stats.read_seconds,
        index_s: stats.index_seconds,
        overlap_s: stats.overlap_seconds,
        rules_s: stats.rules_seconds,
        write_s: write_seconds,
        total_s: started.elapsed().as_secs_f64(),
        features: stats.features,
        vertices: stats.vertices,
        pairs: stats.pairs,
        peak_rss_bytes: peak_rss_bytes(),
    };
    output::to_file(path, |out| {
        serde_json::to_writer_pretty(&mut *out, &record)?;
        out.write_all(b"\n")
    })
}

/// The most memory the process has held, as Linux tells it.
fn peak_rss_bytes() -> Option<u64> {
    peak_of(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_the_line_that_holds_it() {
        assert_eq!(peak_of("VmPeak:\t  900 kB\nVmHWM:\t  812 kB\n"), Some(812 * 1024));
        assert_eq!(peak_of("Name:\tsanxian\n"), None);
    }
}
