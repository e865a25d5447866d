//! How many documents and features a GeoJSON text has, counted by its brackets alone.
//!
//! GDAL reads the first document of a text and leaves out what follows when it does not take the text for a
//! sequence, and it leaves out members of `features` that are no objects; neither is told, and both are missing in
//! its own count.

/// What a text of JSON consists of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Values at the top of the text, and runs of anything else.
    pub(crate) documents: usize,
    /// Members of the list `features` of each document.
    pub(crate) members: u64,
    /// The first of them that is no object, counted from one, and its line.
    pub(crate) no_object: Option<(u64, usize)>,
}

impl Outline {
    /// Counts; a text that is no JSON gives counts of what its brackets say.
    pub(crate) fn of(json: &[u8]) -> Self {
        let mut scan = Scan::default();
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let mut at = 0;
        while let Some(&byte) = json.get(at) {
            // Coordinates are nearly all of a file, and nothing in them counts but their brackets.
            if scan.depth > 2 && !matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b'\n') {
                at += 1;
                continue;
            }
            let end = if byte == b'"' { super::long_integers::end_of_text(json, at + 1) } else { at + 1 };
            scan.token(&json[at..end]);
            at = end;
        }
        scan.outline
    }
}

#[derive(Default)]
struct Scan<'a> {
    outline: Outline,
    lines: usize,
    depth: usize,
    /// Whether the document at the top has begun.
    in_document: bool,
    /// The last text of the object at the top, and the last one that was a key.
    text: &'a [u8],
    key: &'a [u8],
    in_features: bool,
    in_member: bool,
}

impl<'a> Scan<'a> {
    /// One byte, or a text with its quotes.
    fn token(&mut self, token: &'a [u8]) {
        let byte = token[0];
        if byte.is_ascii_whitespace() || byte == 0x1E {
            self.lines += usize::from(byte == b'\n');
            // A value of several bytes that is no text and no container, such as a number, ends here.
            self.in_document &= self.depth > 0;
            return;
        }
        if self.depth == 0 && !self.in_document {
            self.outline.documents += 1;
            self.in_document = true;
        }
        let in_list = self.in_features && self.depth == 2;
        if in_list && !self.in_member && !matches!(byte, b',' | b']') {
            self.in_member = true;
            self.outline.members += 1;
            if byte != b'{' {
                self.outline.no_object.get_or_insert((self.outline.members, self.lines + 1));
            }
        }
        match byte {
            b'{' | b'[' => {
                self.in_features |= self.depth == 1 && byte == b'[' && self.key == b"\"features\"";
                self.depth += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.in_features &= self.depth > 1;
                self.in_member &= self.depth > 1;
                self.in_document = self.depth > 0;
            }
            b'"' if self.depth == 1 => self.text = token,
            b':' if self.depth == 1 => self.key = self.text,
            b',' if self.depth == 1 => self.key = b"",
            b',' if in_list => self.in_member = false,
            _ => {}
        }
        self.lines += token.split(|byte| *byte == b'\n').skip(1).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_members_are_counted() {
        let count = |json: &str| {
            let outline = Outline::of(json.as_bytes());
            (outline.documents, outline.members, outline.no_object)
        };
        for (json, wanted) in [
            ("", (0, 0, None)),
            (r#"{"features":[]}"#, (1, 0, None)),
            ("\u{FEFF}{\"features\" : [ {\"a\":[1,{}]} , {} ] , \"b\":[1,2]}\n", (1, 2, None)),
            (r#"{"name":"features","list":[1,2],"features":[{"features":[1,2,3]}]}"#, (1, 1, None)),
            ("{\"features\":[{},\n\"{},{\",null]}", (1, 3, Some((2, 2)))),
            ("{}\n{}", (2, 0, None)),
            ("{}{}", (2, 0, None)),
            ("\u{1E}{}\n\u{1E}{}\n", (2, 0, None)),
            ("{},\n{}", (3, 0, None)),
            ("{}\n\u{FEFF}{}", (2, 0, None)),
            ("{}\rxx{}", (2, 0, None)),
            ("{\"a\":\"}{\"}", (1, 0, None)),
            ("}}]]", (4, 0, None)),
        ] {
            assert_eq!(count(json), wanted, "{json}");
        }
    }
}
