//! One line for each finding that changed: `change path#layer:feature: CODE rule: message, more area`. Unchanged ones are counted in
//! the last line.

use std::io::{self, Write};

use sanxian_model::Lang;
use sanxian_model::revision::FindingChange;

use crate::concise::one_line;
use crate::message;
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::words::pick;

pub(super) fn write(revisions: &Revisions<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for pair in revisions.pairs.iter().filter(|pair| pair.change != FindingChange::Unchanged) {
        let (report, finding) = revisions.finding(pair);
        let place = &finding.subject;
        write!(out, "{} {}#{}:", words::change(pair.change, lang), place.path, place.layer)?;
        if let Some(fid) = place.fid {
            write!(out, "{fid}:")?;
        }
        let said = one_line(&message::sentence_in(report, finding, lang));
        write!(out, " {} {}: {said}", finding.code, finding.rule)?;
        if let Some(more) = pair.more {
            write!(out, "{}{} m²", pick(lang, "，", ", "), words::more(more))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", one_line(&words::headline(revisions, lang)))
}
