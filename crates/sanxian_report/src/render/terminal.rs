//! A document on a terminal: tables that fit its width, sentences broken to it, colours where it has them.

use std::fmt::Write as _;

use sanxian_model::Lang;

use crate::document::{Block, Column, Document, Heading, Kind, Section, Sentence, Table, Tone};
use crate::grid::{self, Grid};
use crate::paint::Paint;
use crate::words;
use crate::wrap::wrap;

/// Terminals narrower than this are treated as this wide.
const NARROWEST: usize = 20;

/// The document as text, `width` columns wide.
pub(crate) fn text(document: &Document<'_>, width: usize, colour: bool) -> String {
    let width = width.max(NARROWEST);
    let mut page = Page {
        lang: document.lang,
        width,
        // A narrow terminal has no room for blanks at the left.
        indent: if width >= 50 { 2 } else { 0 },
        paint: Paint::new(colour),
        text: String::new(),
    };
    page.sentence(&document.conclusion.sentence, 0);
    page.sentence(&document.conclusion.basis, 0);
    let mut before: Option<&Section<'_>> = None;
    for section in &document.sections {
        page.section(section, before);
        before = Some(section);
    }
    page.text
}

/// The text so far, and how to write more of it.
struct Page {
    lang: Lang,
    width: usize,
    indent: usize,
    paint: Paint,
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn section(&mut self, section: &Section<'_>, before: Option<&Section<'_>>) {
        let of_rule = section.heading.as_ref().is_some_and(|heading| heading.code.is_some());
        // A rule follows the heading of its severity without a blank line.
        if !of_rule || before.is_none_or(|before| before.level >= section.level) {
            self.line("");
        }
        if let Some(heading) = &section.heading {
            self.heading(heading);
        }
        for block in &section.blocks {
            match block {
                Block::Sentence(sentence) => self.sentence(sentence, 0),
                Block::Table(table) => self.table(table),
                Block::Note(note) => self.note(&note.text),
                Block::Code(lines) => self.code(lines),
                // A terminal draws no map.
                Block::Figure(_) => {}
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let Some(code) = &heading.code else {
            self.words(&heading.text, heading.tone, 0);
            return;
        };
        let mut text = code.clone();
        if !heading.text.is_empty() {
            let _ = write!(text, " {}", heading.text);
        }
        if let Some(name) = &heading.name {
            let _ = write!(text, "  {name}");
        }
        let blanks = " ".repeat(self.indent);
        for line in wrap(&text, self.width - self.indent) {
            let line = match line.split_once(' ') {
                Some((first, rest)) if first == code => {
                    format!("{} {}", self.toned(first, heading.tone), self.paint.bold(rest))
                }
                _ => self.paint.bold(&line),
            };
            self.line(&format!("{blanks}{line}"));
        }
    }

    fn sentence(&mut self, sentence: &Sentence, indent: usize) {
        self.words(&sentence.text, sentence.tone, indent);
    }

    fn note(&mut self, text: &str) {
        self.words(text, Tone::Dim, self.indent);
    }

    /// Lines that are copied from the terminal, so never broken here.
    fn code(&mut self, lines: &str) {
        let blanks = " ".repeat(self.indent);
        for line in lines.lines() {
            self.line(&format!("{blanks}{line}"));
        }
    }

    /// Words broken to the width; the colour is put on line by line.
    fn words(&mut self, text: &str, tone: Tone, indent: usize) {
        let blanks = " ".repeat(indent);
        for line in wrap(text, self.width - indent) {
            self.line(&format!("{blanks}{}", self.toned(&line, tone)));
        }
    }

    fn toned(&self, text: &str, tone: Tone) -> String {
        match tone {
            Tone::Plain => text.to_owned(),
            Tone::Strong => self.paint.bold(text),
            Tone::Dim => self.paint.dim(text),
            Tone::Good => self.paint.good(text),
            Tone::Note => self.paint.severity(sanxian_model::Severity::Note, text),
            Tone::Warning => self.paint.severity(sanxian_model::Severity::Warning, text),
            Tone::Error => self.paint.severity(sanxian_model::Severity::Error, text),
        }
    }

    fn table(&mut self, table: &Table) {
        let columns: Vec<(&str, grid::Kind)> =
            table.columns.iter().map(|column| (column.short_heading(), kind(column))).collect();
        let mut grid = Grid::new(&columns);
        for cells in table.lines() {
            let print = table.columns.iter().zip(cells).map(|(column, cell)| column.print(cell, self.lang));
            grid.row(print.collect());
        }
        let blanks = " ".repeat(self.indent);
        let fitted = grid.fit(self.width - self.indent);
        for line in fitted.lines {
            self.line(format!("{blanks}{line}").trim_end());
        }
        if table.left_off > 0 {
            let count = table.left_off;
            self.note(&match self.lang {
                Lang::Zh => format!("…… 另有 {count} 行未显示；用 -o 写入文件可得全部"),
                Lang::En => format!("... and {count} more; write a file with -o for all of them"),
            });
        }
        if let Some(text) = words::not_shown(&fitted.dropped, self.lang) {
            self.note(&text);
        }
    }
}

/// How a column may shrink.
fn kind(column: &Column) -> grid::Kind {
    match (column.kind, column.essential) {
        (kind, true) if kind.is_figure() => grid::Kind::Figure,
        (kind, false) if kind.is_figure() => grid::Kind::Convenience,
        (_, false) => grid::Kind::Aside,
        (Kind::Identifier, true) => grid::Kind::Key,
        (Kind::Path, true) => grid::Kind::Path,
        _ => grid::Kind::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::format::{self, Format};
    use crate::sample::Sample;
    use crate::summary::Summary;
    use crate::wrap::columns;

    fn shown(sample: &Sample, options: &Options) -> String {
        let mut bytes = Vec::new();
        format::write(&sample.report(), Format::Full, options, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    fn at(lang: Lang, width: usize) -> Options {
        Options { lang, width, ..Options::default() }
    }

    #[test]
    fn in_english() {
        insta::assert_snapshot!("full_en", shown(&Sample::county(), &at(Lang::En, 100)));
    }

    #[test]
    fn in_chinese() {
        insta::assert_snapshot!("full_zh", shown(&Sample::county(), &at(Lang::Zh, 100)));
    }

    #[test]
    fn on_a_narrow_terminal() {
        insta::assert_snapshot!("full_narrow", shown(&Sample::county(), &at(Lang::En, 48)));
    }

    #[test]
    fn without_findings() {
        insta::assert_snapshot!("full_clean", shown(&Sample::clean(), &at(Lang::En, 100)));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let sample = Sample::county();
        for lang in [Lang::Zh, Lang::En] {
            for width in 1..140 {
                let text = shown(&sample, &at(lang, width));
                let widest = text.lines().map(columns).max().unwrap_or(0);
                assert!(widest <= width.max(NARROWEST), "{widest} columns at width {width}:\n{text}");
            }
        }
    }

    #[test]
    fn a_clean_run_over_an_empty_layer_does_not_look_clean() {
        let mut sample = Sample::clean();
        let place = sanxian_model::place::Place {
            fid: None,
            id: None,
            ..Sample::county().findings[0].subject.clone()
        };
        let (kind, treatment) = (sanxian_model::FaultKind::EmptyLayer, sanxian_model::Treatment::Kept);
        sample.faults = vec![sanxian_model::Fault { place, kind, near: None, detail: None, treatment }];
        let text = shown(&sample, &at(Lang::En, 100));
        assert!(text.starts_with("Incomplete: no findings; 1 layer empty or far from the plan"), "{text}");
        assert!(!Summary::of(&sample.report()).complete());
    }

    #[test]
    fn rows_beyond_the_limit_are_counted_not_dropped() {
        let mut sample = Sample::county();
        sample.findings = vec![sample.findings[0].clone(); 7];
        let text = shown(&sample, &Options { rows: Some(5), ..at(Lang::En, 100) });
        assert!(text.contains("... and 2 more"), "{text}");
    }

    #[test]
    fn colour_is_all_that_colour_adds() {
        let sample = Sample::county();
        let coloured = shown(&sample, &Options { colour: true, ..at(Lang::En, 100) });
        let mut bare = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            bare.push_str(before);
            rest = after.split_once('m').expect("a sequence ends with m").1;
        }
        bare.push_str(rest);
        assert_eq!(bare, shown(&sample, &at(Lang::En, 100)));
        assert_ne!(bare, coloured);
    }
}
