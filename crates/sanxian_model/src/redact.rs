//! Passwords go out of everything that is shown: reports, messages and logs travel.

use std::borrow::Cow;

/// What stands in place of a secret.
pub const HIDDEN: &str = "***";
/// A key whose name holds one of these has a secret value: `sslpassword`, `PWD`, `access_token` ...
const SECRET_KEYS: [&str; 9] =
    ["password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "api_key", "access_key"];

/// A text with the passwords of connections in it hidden: `key = value` in the manners of libpq, ODBC and `MySQL`,
/// the user part of a URL, and `OCI:user/password@`. Where it is unclear how far a password goes, more is hidden.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut secrets: Vec<(usize, usize)> = Vec::new();
    secrets.extend(text.match_indices('=').filter_map(|(at, _)| value_of_secret_key(text, at)));
    secrets.extend(text.match_indices("://").filter_map(|(at, _)| password_in_url(text, at + 3)));
    secrets.extend(text.match_indices("OCI:").filter_map(|(at, _)| {
        let rest = &text[at + 4..];
        let (slash, sign) = (rest.find('/')?, rest.rfind('@')?);
        (slash < sign).then_some((at + 4 + slash + 1, at + 4 + sign))
    }));
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    secrets.sort_unstable();
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (from, to) in secrets {
        if from >= done {
            shown.push_str(&text[done..from]);
            shown.push_str(HIDDEN);
        }
        done = done.max(to);
    }
    shown.push_str(&text[done..]);
    Cow::Owned(shown)
}

/// The value behind an equals sign, when the word before it names a secret.
fn value_of_secret_key(text: &str, equals: usize) -> Option<(usize, usize)> {
    let before = text[..equals].trim_end();
    let of_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let key = &before[before.trim_end_matches(of_key).len()..];
    let key = key.to_ascii_lowercase();
    if !SECRET_KEYS.iter().any(|secret| key.contains(secret)) {
        return None;
    }
    let rest = &text[equals + 1..];
    let start = equals + 1 + rest.len() - rest.trim_start().len();
    let value = &text[start..];
    let length = match value.chars().next()? {
        quote @ ('\'' | '"') => quoted(value, quote),
        '{' => quoted(value, '}'),
        _ => bare(value, is_odbc(text)),
    };
    (length > 0).then_some((start, start + length))
}

/// In these a password may have blanks and ends at a semicolon.
fn is_odbc(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    ["MSSQL:", "ODBC:", "DRIVER="].iter().any(|word| upper.contains(word))
}

/// Length of a quoted value: a quote is written twice or behind a backslash. To the end when it is not closed.
fn quoted(value: &str, close: char) -> usize {
    let mut chars = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && close != '}' || c == close && chars.peek().is_some_and(|(_, next)| *next == close) {
            chars.next();
        } else if c == close {
            return at + c.len_utf8();
        }
    }
    value.len()
}

/// Length of a value without quotes. A comma, a semicolon or an ampersand may be part of it, unless a key follows.
fn bare(value: &str, blanks: bool) -> usize {
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        let ends = match c {
            _ if escaped => false,
            c if c.is_whitespace() => !blanks,
            ';' | ',' | '&' => key_follows(&value[at + 1..], c == ';'),
            _ => false,
        };
        if ends {
            return at;
        }
        escaped = c == '\\' && !escaped;
    }
    value.len()
}

/// Whether the next word is a key; those of ODBC may have blanks.
fn key_follows(rest: &str, blanks: bool) -> bool {
    let of_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-') || blanks && c == ' ';
    let after = rest.trim_start_matches(of_key);
    rest.trim().is_empty() || after.starts_with('=') && after.len() < rest.len()
}

/// The password in `user:password@host`, which begins at `start`.
fn password_in_url(text: &str, start: usize) -> Option<(usize, usize)> {
    let rest = &text[start..];
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '<' | '>'));
    let url = &rest[..end.unwrap_or(rest.len())];
    let colon = url.find([':', '/', '?', '@']).filter(|at| url[*at..].starts_with(':'))?;
    let host = url[colon..].find(['/', '?']).map_or(url.len(), |at| colon + at);
    let sign = url[..host].rfind('@').or_else(|| {
        // A slash in the password, unless the number of a port stands there.
        let port = url[colon + 1..host].bytes().all(|b| b.is_ascii_digit());
        if port { None } else { url.find('@') }
    })?;
    (colon < sign).then_some((start + colon + 1, start + sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_every_manner_are_hidden() {
        for (given, shown) in [
            ("PG:host=db password=geheim user=me", "PG:host=db password=*** user=me"),
            ("PG:host=db password = geheim user=me", "PG:host=db password = *** user=me"),
            ("PG:password='a b' user=me", "PG:password=*** user=me"),
            ("PG:password = 'a\\' b''c' user=me", "PG:password = *** user=me"),
            ("PG:password=a\\ b user=me", "PG:password=*** user=me"),
            ("PG:password='never closed", "PG:password=***"),
            ("PG:sslpassword=geheim sslkey=a", "PG:sslpassword=*** sslkey=a"),
            ("PG:host=db PASSWORD=geheim,;& user=me", "PG:host=db PASSWORD=*** user=me"),
            ("PG:password=one password=two", "PG:password=*** password=***"),
            ("postgresql://u:geheim@h/db", "postgresql://u:***@h/db"),
            ("PG:postgresql://u:ge@he@h/db", "PG:postgresql://u:***@h/db"),
            ("PG:postgresql://u:ge/heim@h/db", "PG:postgresql://u:***@h/db"),
            ("postgresql://h/db?user=u&password=geheim&ssl=1", "postgresql://h/db?user=u&password=***&ssl=1"),
            ("MYSQL:plan,user=u,password=geheim,host=h", "MYSQL:plan,user=u,password=***,host=h"),
            ("MSSQL:server=h;uid=u;pwd=ge heim;database=d", "MSSQL:server=h;uid=u;pwd=***;database=d"),
            ("MSSQL:server=h;PWD={ge;h}}eim};database=d", "MSSQL:server=h;PWD=***;database=d"),
            ("MSSQL:server=h;uid=u;Password=geheim;", "MSSQL:server=h;uid=u;Password=***;"),
            ("http://u:geheim@host/a.geojson", "http://u:***@host/a.geojson"),
            ("/vsicurl/https://u:geheim@host/a?token=t&b=1", "/vsicurl/https://u:***@host/a?token=***&b=1"),
            ("OCI:u/geheim@host", "OCI:u/***@host"),
            (
                "connection to 'host=h password=geheim' failed: no `http://u:geheim@h`",
                "connection to 'host=h password=*** failed: no `http://u:***@h`",
            ),
        ] {
            assert_eq!(redact(given), shown);
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "PG:host=db user=me dbname=plan",
            "postgresql://me@db:5432/plan",
            "http://host:8080/user@place/a.json",
            "C:\\plan\\a.gpkg",
            "规划=2035.gpkg",
            "+proj=tmerc +lon_0=111",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
