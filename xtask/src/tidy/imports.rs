//! What one Rust file declares, imports and names by path, tests left out.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The names of a path, the first one first.
pub(crate) type Path = Vec<String>;

/// What one file says of others.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// Modules that have files of their own.
    pub(crate) children: Vec<String>,
    /// What `use` brings in.
    pub(crate) uses: Vec<Use>,
    /// Paths in the code, with their lines.
    pub(crate) paths: Vec<(Path, usize)>,
    /// All names in the code outside `use`.
    pub(crate) names: BTreeSet<String>,
}

/// One name that `use` brings in.
#[derive(Debug)]
pub(crate) struct Use {
    /// The name in this file; `*` for all of a module.
    pub(crate) name: String,
    pub(crate) path: Path,
    /// Whether others may take it from here.
    pub(crate) re_exported: bool,
    pub(crate) line: usize,
}

impl Imports {
    /// Reads the text of a file; none when it is no Rust.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut imports = Self::default();
        imports.read(TokenStream::from_str(text).ok()?, 0);
        Some(imports)
    }

    /// Reads tokens that stand in so many modules within the file.
    fn read(&mut self, stream: TokenStream, within: usize) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            if is_test_attribute(rest) {
                at += item_length(rest);
            } else if is_ident(rest.first(), "use") && !is_punct(rest.get(1), '<') {
                let end = rest.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(rest.len());
                self.read_use(&rest[1..end], Path::new(), is_re_export(&tokens[..at]), within);
                at += end;
            } else if is_ident(rest.first(), "mod") && is_punct(rest.get(2), ';') {
                self.children.extend(rest.get(1).map(ToString::to_string));
                at += 3;
            } else if let (true, Some(TokenTree::Group(body))) = (is_ident(rest.first(), "mod"), rest.get(2))
            {
                self.read(body.stream(), within + 1);
                at += 3;
            } else {
                at += self.read_code(&tokens, at, within);
            }
        }
    }

    /// Reads a group, a path or any other token; returns how many tokens that were.
    fn read_code(&mut self, tokens: &[TokenTree], at: usize, within: usize) -> usize {
        let first = match &tokens[at] {
            TokenTree::Group(group) => {
                self.read(group.stream(), within);
                return 1;
            }
            TokenTree::Ident(first) => first,
            _ => return 1,
        };
        self.names.insert(first.to_string());
        let mut path = vec![first.to_string()];
        let mut length = 1;
        while let Some(TokenTree::Ident(name)) = tokens.get(at + length + 2)
            && is_separator(&tokens[at + length..])
        {
            self.names.insert(name.to_string());
            path.push(name.to_string());
            length += 3;
        }
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        // After a type or a receiver: `<T as Trait>::of`, `::std::fs`, `layer.len`.
        let is_start = !is_punct(before, ':') && !is_punct(before, '.') || is_colon_of_type(&tokens[..at]);
        if path.len() > 1 && is_start {
            let line = first.span().start().line;
            self.paths.extend(from_file(path, within).map(|path| (path, line)));
        }
        length
    }

    /// Reads a tree of `use` below a path.
    fn read_use(&mut self, tokens: &[TokenTree], mut path: Path, re_exported: bool, within: usize) {
        let line = tokens.first().map_or(0, |token| token.span().start().line);
        let mut name = None;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    name = tokens.get(at + 1).map(ToString::to_string);
                    at += 1;
                }
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == '*' => name = Some("*".to_owned()),
                TokenTree::Group(group) => {
                    let branches: Vec<TokenTree> = group.stream().into_iter().collect();
                    for branch in branches.split(|token| is_punct(Some(token), ',')) {
                        if !branch.is_empty() {
                            self.read_use(branch, path.clone(), re_exported, within);
                        }
                    }
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        let Some(name) = name.or_else(|| path.last().cloned()) else { return };
        self.uses.extend(from_file(path, within).map(|path| Use { name, path, re_exported, line }));
    }
}

/// A path as the file itself would write it; none when it stays in a module within the file.
fn from_file(mut path: Path, within: usize) -> Option<Path> {
    let up = path.iter().take_while(|name| *name == "super").count();
    match path[0].as_str() {
        "self" if within > 0 => None,
        "super" if within > up => None,
        "super" if within > 0 => {
            path.drain(..within);
            if within == up {
                path.insert(0, "self".to_owned());
            }
            Some(path)
        }
        _ => Some(path),
    }
}

/// Whether an attribute that leaves the next item to tests begins here.
fn is_test_attribute(tokens: &[TokenTree]) -> bool {
    let (true, Some(TokenTree::Group(group))) = (is_punct(tokens.first(), '#'), tokens.get(1)) else {
        return false;
    };
    let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(condition)] = &attribute[..] else { return false };
    name == "cfg" && condition.stream().to_string() == "test"
}

/// How many tokens an item has, with its attributes.
fn item_length(tokens: &[TokenTree]) -> usize {
    let mut at = 0;
    while is_punct(tokens.get(at), '#') {
        at += 2;
    }
    let is_function = tokens[at..].iter().take(6).any(|token| is_ident(Some(token), "fn"));
    let ends_in_semicolon = !is_function
        && tokens[at..].iter().take(3).any(|token| {
            ["use", "const", "static", "type", "let"].iter().any(|word| is_ident(Some(token), word))
        });
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !ends_in_semicolon,
        token => is_punct(Some(token), ';'),
    };
    tokens[at..].iter().position(is_end).map_or(tokens.len(), |end| at + end + 1)
}

/// Whether the tokens before a `use` make it public, to all or to some.
fn is_re_export(before: &[TokenTree]) -> bool {
    match before {
        [.., last] if is_ident(Some(last), "pub") => true,
        [.., last, TokenTree::Group(group)] => {
            is_ident(Some(last), "pub") && group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    }
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

/// Whether the tokens end in one colon, after which a type stands.
fn is_colon_of_type(before: &[TokenTree]) -> bool {
    matches!(before, [.., last] if is_punct(Some(last), ':'))
        && !matches!(before, [.., first, _] if is_punct(Some(first), ':'))
}

fn is_ident(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_punct(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Vec<String> {
        let imports = Imports::of(text).expect("Rust");
        imports.uses.iter().map(|one| format!("{}={}", one.name, one.path.join("::"))).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        let imports = Imports::of(text).expect("Rust");
        imports.paths.iter().map(|(path, line)| format!("{line} {}", path.join("::"))).collect()
    }

    #[test]
    fn trees_of_use_are_taken_apart() {
        assert_eq!(
            uses("use crate::a::{self, B, c::{D as E, *}};\nuse super::f as _;"),
            ["a=crate::a", "B=crate::a::B", "E=crate::a::c::D", "*=crate::a::c", "_=super::f"]
        );
    }

    #[test]
    fn a_re_export_is_told_from_an_import() {
        let imports = Imports::of("use a::A; pub use a::B; pub(crate) use a::C;").expect("Rust");
        let re_exported: Vec<bool> = imports.uses.iter().map(|one| one.re_exported).collect();
        assert_eq!(re_exported, [false, true, true]);
    }

    #[test]
    fn paths_are_found_in_types_attributes_and_macros() {
        let text = "fn f(a: crate::a::A) -> b::B {\n  write!(a, \"crate::no\", super::c::D::new())\n}\n#[value(e::F)]\nstruct G;";
        assert_eq!(paths(text), ["1 crate::a::A", "1 b::B", "2 super::c::D::new", "4 e::F"]);
    }

    #[test]
    fn what_follows_a_type_or_a_receiver_begins_no_path() {
        assert_eq!(paths("<A as B>::c::D; ::std::fs::read; e.f::<crate::G>()"), ["1 crate::G"]);
    }

    #[test]
    fn comments_strings_and_tests_say_nothing() {
        let text = "//! crate::a::A\n// use crate::b;\n#[cfg(test)]\nuse crate::c::{C, D};\n#[cfg(test)]\n#[must_use]\nconst fn d() -> [u8; 2] { crate::e::F }\n#[cfg(test)]\nmod tests { use super::g; }\n#[cfg(test)]\nmod more;\n#[cfg(unix)]\nuse crate::h::H;";
        assert_eq!(uses(text), ["H=crate::h::H"]);
        assert!(paths(text).is_empty(), "{:?}", paths(text));
        assert!(Imports::of(text).expect("Rust").children.is_empty());
    }

    #[test]
    fn modules_within_a_file_are_part_of_it() {
        let text =
            "mod a;\nmod inner { use super::b::B; use super::super::c::C; use self::d::D; use crate::e::E; }";
        assert_eq!(uses(text), ["B=self::b::B", "C=super::c::C", "E=crate::e::E"]);
        assert_eq!(Imports::of(text).expect("Rust").children, ["a"]);
    }
}
