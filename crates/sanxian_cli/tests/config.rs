//! Mistakes in `sanxian.toml`: each is told with file, line, column and what was meant, in the language of the run.

use std::fs;
use std::process::Command;

/// What a check by this config says.
fn said(config: &str, lang: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("sanxian.toml"), config).expect("a file");
    let ran = Command::new(env!("CARGO_BIN_EXE_sanxian"))
        .args(["check", "--lang", lang])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let said = String::from_utf8(ran.stderr).expect("text");
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(ran.stdout.is_empty());
    said
}

fn is_told(config: &str, place: &str, en: &str, zh: &str) {
    let (english, chinese) = (said(config, "en"), said(config, "zh"));
    assert!(english.contains(&format!("  where: sanxian.toml:{place}\n")), "{english}");
    assert!(chinese.contains(&format!("  位置: sanxian.toml:{place}\n")), "{chinese}");
    assert!(english.starts_with("error: ") && english.contains(en), "{english}");
    assert!(chinese.starts_with("错误: ") && chinese.contains(zh), "{chinese}");
}

#[test]
fn a_syntax_error() {
    is_told("lang = \"zh\"\nprofile = \n", "2:11", "this is not TOML", "不是有效的 TOML");
}

#[test]
fn an_unknown_key() {
    is_told("\ntolerence = \"1 m2\"", "2:1", "did you mean `tolerance`?", "是否想写 `tolerance`？");
}

#[test]
fn a_wrong_type() {
    is_told(
        "exit-zero = \"yes\"",
        "1:13",
        "expected true or false, found string",
        "应为 true 或 false，现为字符串",
    );
}

#[test]
fn an_unknown_role() {
    is_told(
        "[layers]\nplan = \"a\"\nfarmlands = \"b\"",
        "3:1",
        "did you mean `farmland`?",
        "是否想写 `farmland`？",
    );
}

#[test]
fn an_unknown_field() {
    let config = "[layers.plan]\nsource = \"a\"\nfields = { landclass = \"A\" }";
    is_told(config, "3:12", "did you mean `land_class`?", "是否想写 `land_class`？");
}

#[test]
fn a_mistake_in_a_rule_of_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("own.toml"), "\nname = 3").expect("a file");
    let ran = Command::new(env!("CARGO_BIN_EXE_sanxian"))
        .args(["rule", "--rules", "own.toml", "--lang", "zh"])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said.contains("位置: own.toml:2:8") && said.contains("应为引号中的文字"), "{said}");
}
