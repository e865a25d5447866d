//! A document as GitHub-flavoured Markdown: headings, tables with figures flush right, notes as lists. Every column
//! is there, whatever its width.

use std::fmt::Write as _;

use sanxian_model::Lang;

use crate::document::{Block, Cell, Column, Document, Heading, Section, Sentence, Table, Tone};

/// The document as text.
pub(crate) fn text(document: &Document<'_>) -> String {
    folded(document, None, |_| true, "")
}

/// The document with the sections that are not open folded under it, behind a title; `lead` is Markdown that stands before all sections.
pub(crate) fn folded(
    document: &Document<'_>,
    lead: Option<&str>,
    is_open: impl Fn(&Section<'_>) -> bool,
    title: &str,
) -> String {
    let mut page = Page { lang: document.lang, text: String::new(), in_list: false };
    page.paragraph(&format!("# {}", words(&document.title)));
    page.sentence(&document.conclusion.sentence);
    page.sentence(&document.conclusion.basis);
    if let Some(lead) = lead {
        page.paragraph(lead);
    }
    let (open, folded): (Vec<&Section<'_>>, Vec<&Section<'_>>) =
        document.sections.iter().partition(|section| is_open(section));
    for section in open {
        page.section(section);
    }
    if !folded.is_empty() {
        page.paragraph(&format!("<details>\n<summary>{title}</summary>"));
        for section in folded {
            page.section(section);
        }
        page.paragraph("</details>");
    }
    page.text
}

/// The text so far, and how to write more of it.
struct Page {
    lang: Lang,
    text: String,
    /// Whether the last line is an item of a list, so that the next item needs no blank line.
    in_list: bool,
}

impl Page {
    /// A block after a blank line.
    fn paragraph(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
        self.in_list = false;
    }

    fn item(&mut self, text: &str) {
        if !self.in_list {
            self.text.push('\n');
        }
        let _ = writeln!(self.text, "- {}", at_start(&words(text)));
        self.in_list = true;
    }

    /// Lines between fences that are longer than any run of backticks in them.
    fn code(&mut self, lines: &str) {
        let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.paragraph(&format!("{fence}sh\n{lines}\n{fence}"));
    }

    fn section(&mut self, section: &Section<'_>) {
        if let Some(heading) = &section.heading {
            let marks = "#".repeat(usize::from(section.level) + 1);
            self.paragraph(&format!("{marks} {}", heading_text(heading)));
        }
        for block in &section.blocks {
            match block {
                Block::Sentence(sentence) => self.sentence(sentence),
                Block::Table(table) => self.table(table),
                Block::Note(note) => self.item(&note.text),
                Block::Code(lines) => self.code(lines),
                // Markdown has no map.
                Block::Figure(_) => {}
            }
        }
    }

    fn sentence(&mut self, sentence: &Sentence) {
        let text = words(&sentence.text);
        self.paragraph(&match sentence.tone {
            Tone::Plain | Tone::Dim | Tone::Note => at_start(&text),
            Tone::Strong | Tone::Good | Tone::Warning | Tone::Error => format!("**{text}**"),
        });
    }

    fn table(&mut self, table: &Table) {
        let headings = table.columns.iter().map(|column| cell(&column.heading(self.lang)));
        let rules = table.columns.iter().map(|c| if c.kind.is_figure() { "---:" } else { "---" }.to_owned());
        let mut text = row(headings) + "\n" + &row(rules);
        for cells in &table.rows {
            let _ = write!(text, "\n{}", row(self.printed(table, cells)));
        }
        if let Some(total) = &table.total {
            let cells = self.printed(table, &total.cells);
            let _ = write!(text, "\n{}", row(cells.map(|cell| strong(&cell))));
        }
        self.paragraph(&text);
        if table.left_off > 0 {
            self.item(&match self.lang {
                Lang::Zh => format!("…… 另有 {} 行未列出", table.left_off),
                Lang::En => format!("... and {} more", table.left_off),
            });
        }
    }

    fn printed<'t>(&self, table: &'t Table, cells: &'t [Cell]) -> impl Iterator<Item = String> + use<'t> {
        let lang = self.lang;
        table.columns.iter().zip(cells).map(move |(column, cell)| printed(column, cell, lang))
    }
}

fn printed(column: &Column, value: &Cell, lang: Lang) -> String {
    match value {
        Cell::Value(value) => code(&one_line(value)).replace('|', "\\|"),
        _ => cell(&column.print(value, lang)),
    }
}

fn heading_text(heading: &Heading) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(heading.code.as_deref().map(words));
    parts.push(words(&heading.text));
    parts.extend(heading.name.as_deref().map(code));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let mut text = "|".to_owned();
    for cell in cells {
        let _ = write!(text, " {cell} |");
    }
    text
}

fn strong(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("**{text}**") }
}

/// Text in a table, where a vertical bar ends a cell even within code.
fn cell(text: &str) -> String {
    marked_up(text, true)
}

/// Text anywhere else.
pub(crate) fn words(text: &str) -> String {
    marked_up(text, false)
}

/// Text in which no character is taken for markup but pairs of backticks, with which the rules mark names of fields.
fn marked_up(text: &str, in_table: bool) -> String {
    let text = one_line(text);
    let ticks = text.matches('`').count();
    if ticks % 2 == 1 || text.contains("``") {
        return escaped(&text);
    }
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        match (number % 2, in_table) {
            (0, _) => out.push_str(&escaped(part)),
            (_, true) => out.push_str(&code(part).replace('|', "\\|")),
            (_, false) => out.push_str(&code(part)),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let markup = match c {
            // Within a word it is no markup, and names of columns are full of it.
            '_' => !(before.is_alphanumeric() && rest.peek().is_some_and(|after| after.is_alphanumeric())),
            _ => matches!(c, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'),
        };
        if markup {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A value as code, whatever it holds.
fn code(text: &str) -> String {
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// A block must not begin with what would make it a heading, a list or a rule.
fn at_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['#', '+', '-', '=']) {
        format!("\\{text}")
    } else if digits > 0 && text[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text.to_owned()
    }
}

/// A value that comes from data may hold a line break; a cell must stay on its line.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::format::{self, Format};
    use crate::sample::Sample;

    fn written(sample: &Sample, lang: Lang) -> String {
        let mut bytes = Vec::new();
        let options = Options { lang, ..Options::default() };
        format::write(&sample.report(), Format::Markdown, &options, &mut bytes).expect("memory");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    #[test]
    fn in_both_languages() {
        insta::assert_snapshot!("markdown_en", written(&Sample::county(), Lang::En));
        insta::assert_snapshot!("markdown_zh", written(&Sample::county(), Lang::Zh));
    }

    #[test]
    fn the_verdict_stands_first() {
        let text = written(&Sample::clean(), Lang::En);
        assert!(text.starts_with("# Control line check\n\n**Conforms: no findings**\n"), "{text}");
    }

    /// Cells in a line of a table: bars that no backslash stands before.
    fn cells(line: &str) -> usize {
        let bars = line
            .match_indices('|')
            .filter(|(at, _)| line[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0);
        bars.count() - 1
    }

    #[test]
    fn every_row_has_the_cells_of_its_heading_whatever_the_data_holds() {
        let mut sample = Sample::county();
        for finding in &mut sample.findings {
            finding.name = Some("a|b\r\nc\\|d `e|f` *g* <h>".to_owned());
            if let sanxian_model::Measure::Value { found, .. } = &mut finding.measure {
                *found = "`|`\n|".to_owned();
            }
        }
        let text = written(&sample, Lang::En);
        let mut tables = 0;
        let mut wanted = None;
        for line in text.lines() {
            if !line.starts_with('|') {
                wanted = None;
                continue;
            }
            tables += usize::from(wanted.is_none());
            assert_eq!(cells(line), *wanted.get_or_insert(cells(line)), "{line}");
        }
        assert_eq!(tables, 11, "{text}");
        assert!(text.contains(r"a\|b c\\\|d `e\|f` \*g\* \<h\>"), "{text}");
        assert!(text.contains(r"`` `\|` \| ``"), "{text}");
    }

    #[test]
    fn nothing_is_taken_for_markup() {
        assert_eq!(words("approval_no of _x_"), r"approval_no of \_x\_");
        assert_eq!(words("fill in `a_b|c`"), "fill in `a_b|c`");
        assert_eq!(words("one ` only"), r"one \` only");
        assert_eq!(at_start("# 1"), r"\# 1");
        assert_eq!(at_start("1. x"), r"1\. x");
        assert_eq!(code("a``b"), "``` a``b ```");
    }

    #[test]
    fn rows_beyond_the_limit_are_counted() {
        let mut sample = Sample::county();
        sample.findings = vec![sample.findings[0].clone(); 7];
        let mut bytes = Vec::new();
        let options = Options { rows: Some(5), ..Options::default() };
        format::write(&sample.report(), Format::Markdown, &options, &mut bytes).expect("memory");
        let text = String::from_utf8(bytes).expect("reports are UTF-8");
        assert_eq!(text.matches("| 410881000000000002 |").count(), 5, "{text}");
        assert!(text.contains("\n- ... and 2 more\n"), "{text}");
    }
}
