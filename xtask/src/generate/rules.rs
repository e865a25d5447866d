//! The pages of the rules: one card a page and language, and a table of all.

use std::fmt::Write as _;

use sanxian_model::{Lang, Severity};
use sanxian_rules::{Rule, RuleBook, Status, card_markdown};

use super::page::Page;

/// A page for each rule in each language, and `docs/rules/README.md`.
pub(crate) fn pages() -> Vec<Page> {
    let book = RuleBook::embedded();
    let mut rules: Vec<&Rule> = book.rules().iter().collect();
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    let cards = rules.iter().flat_map(|rule| [card(rule, Lang::En), card(rule, Lang::Zh)]);
    std::iter::once(index(&rules)).chain(cards).collect()
}

/// Name of the page of a rule.
fn file_name(rule: &Rule, lang: Lang) -> String {
    let language = match lang {
        Lang::En => "",
        Lang::Zh => ".zh",
    };
    format!("{}-{}{language}.md", rule.code, rule.name)
}

fn card(rule: &Rule, lang: Lang) -> Page {
    let (other, link, source) = match lang {
        Lang::En => (Lang::Zh, "中文", "Made from"),
        Lang::Zh => (Lang::En, "English", "出自"),
    };
    let mut text = page_headings(&card_markdown(rule, lang));
    let _ = write!(
        text,
        "\n---\n\n[{link}]({}) · {source} [`{file}`](../../data/rules/{file}) · `sanxian rule {}`\n",
        file_name(rule, other),
        rule.code,
        file = rule.file
    );
    Page { path: format!("docs/rules/{}", file_name(rule, lang)), text }
}

/// A card is written to stand below a title; on a page of its own it is the title.
fn page_headings(card: &str) -> String {
    card.lines().map(|line| line.strip_prefix('#').filter(|rest| rest.starts_with('#')).unwrap_or(line)).fold(
        String::new(),
        |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        },
    )
}

fn index(rules: &[&Rule]) -> Page {
    let mut text = String::from(
        "# Rules · 规则\n\n\
         Written by `cargo xtask generate` from `data/rules`; edit the rule files, not these pages.\n\
         由 `cargo xtask generate` 根据 `data/rules` 生成；请修改规则文件，不要修改这些页面。\n\n\
         The demand of a *stable* rule was read, in the law's own words or in a copy; that of a *preview* rule was not, or something that it lets pass was not.\n\
         “正式”规则的要求读到了原文或转载；“依据待核”规则的要求，或其例外，没有读到。\n\n\
         | Code 编号 | Rule | 规则 | Severity 级别 | Status 状态 | Demand 依据 |\n|---|---|---|---|---|---|\n",
    );
    for rule in rules {
        let severity = match rule.severity {
            Severity::Error => "error 不符合",
            Severity::Warning => "warning 需核实",
            Severity::Note => "note 提示",
        };
        let status = match rule.status {
            Status::Stable => "stable 正式",
            Status::Preview => "preview 依据待核",
            Status::Deprecated => "deprecated 停用",
        };
        let grade = rule.sources.first().map_or_else(String::new, |demand| {
            format!("{} {}", demand.grade.name(), demand.grade.title(Lang::Zh))
        });
        let _ = writeln!(
            text,
            "| {} | [{}]({}) | [{}]({}) | {severity} | {status} | {grade} |",
            rule.code,
            rule.title(Lang::En),
            file_name(rule, Lang::En),
            rule.title(Lang::Zh),
            file_name(rule, Lang::Zh),
        );
    }
    Page { path: "docs/rules/README.md".to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_a_page_in_both_languages_and_a_row() {
        let pages = pages();
        let book = RuleBook::embedded();
        assert_eq!(pages.len(), 1 + 2 * book.rules().len());
        for rule in book.rules() {
            assert!(pages[0].text.contains(&format!("]({}) |", file_name(rule, Lang::Zh))), "{}", rule.code);
        }
    }

    #[test]
    fn a_page_has_one_title() {
        for page in pages() {
            let titles = page.text.lines().filter(|line| line.starts_with("# ")).count();
            assert_eq!(titles, 1, "{}", page.path);
        }
    }

    #[test]
    fn a_page_links_the_file_of_its_rule() {
        let root = crate::root::root().expect("run by cargo");
        for rule in RuleBook::embedded().rules() {
            assert!(root.join("data/rules").join(&*rule.file).is_file(), "{}", rule.file);
        }
    }
}
