//! WKT as a tree of keywords, before anything is understood.

/// A keyword with what stands in its brackets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// In capitals.
    pub(super) keyword: String,
    pub(super) items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Node(Node),
    Text(String),
    Number(f64),
    /// A bare word, such as the direction of an axis.
    Word(String),
}

/// Spellings of one keyword, in capitals.
pub(super) type Keywords = &'static [&'static str];

/// Deeper than any definition.
const DEEPEST: usize = 32;

impl Node {
    /// The tree of a text; none when brackets or quotes do not close or something follows.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (node, rest) = node(text.trim_start(), 0)?;
        rest.trim().is_empty().then_some(node)
    }

    /// The first node below with one of these keywords.
    pub(super) fn child(&self, keywords: Keywords) -> Option<&Self> {
        self.children(keywords).next()
    }

    pub(super) fn children<'a>(&'a self, keywords: &'a [&str]) -> impl Iterator<Item = &'a Self> {
        self.items.iter().filter_map(|item| match item {
            Item::Node(node) if keywords.contains(&node.keyword.as_str()) => Some(node),
            _ => None,
        })
    }

    /// The name that stands first.
    pub(super) fn name(&self) -> &str {
        match self.items.first() {
            Some(Item::Text(text) | Item::Word(text)) => text,
            _ => "unnamed",
        }
    }

    pub(super) fn number(&self, place: usize) -> Option<f64> {
        match self.items.get(place)? {
            Item::Number(number) => Some(*number),
            // WKT 1 has codes in quotes.
            Item::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

fn node(text: &str, depth: usize) -> Option<(Node, &str)> {
    let (keyword, rest) = text.split_at(text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?);
    let mut rest = rest.trim_start().strip_prefix(['[', '('])?;
    if keyword.is_empty() || depth > DEEPEST {
        return None;
    }
    let mut items = Vec::new();
    loop {
        let (item, after) = item(rest.trim_start(), depth)?;
        items.push(item);
        let after = after.trim_start();
        if let Some(after) = after.strip_prefix([']', ')']) {
            return Some((Node { keyword: keyword.to_ascii_uppercase(), items }, after));
        }
        rest = after.strip_prefix(',')?;
    }
}

fn item(text: &str, depth: usize) -> Option<(Item, &str)> {
    if let Some(mut rest) = text.strip_prefix('"') {
        let mut name = String::new();
        loop {
            let (part, after) = rest.split_once('"')?;
            name.push_str(part);
            // A doubled quote is one of the name.
            let Some(more) = after.strip_prefix('"') else { return Some((Item::Text(name), after)) };
            name.push('"');
            rest = more;
        }
    }
    let end = text.find([',', '[', '(', ']', ')'])?;
    if text[end..].starts_with(['[', '(']) {
        return node(text, depth + 1).map(|(node, rest)| (Item::Node(node), rest));
    }
    let (word, rest) = text.split_at(end);
    let word = word.trim();
    let item = word.parse().map_or_else(|_| Item::Word(word.to_owned()), Item::Number);
    Some((item, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_brackets_and_blanks_are_taken_apart() {
        let tree = Node::parse("A[\"a \"\"b\"\"\", B ( 1.5e1, north ) ,C[\"7\"]]").expect("a tree");
        assert_eq!(tree.name(), "a \"b\"");
        let b = tree.child(&["B"]).expect("B");
        assert_eq!((b.number(0), &b.items[1]), (Some(15.0), &Item::Word("north".to_owned())));
        assert_eq!(tree.child(&["X", "C"]).and_then(|c| c.number(0)), Some(7.0));
    }

    #[test]
    fn what_does_not_close_is_no_tree() {
        for text in ["", "A", "A[", "A[1", "A[\"a]", "A[1]]", "A[1] B", "[1]", "A[,]x"] {
            assert_eq!(Node::parse(text), None, "{text}");
        }
        let deep = format!("{}1{}", "A[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(Node::parse(&deep), None);
    }
}
