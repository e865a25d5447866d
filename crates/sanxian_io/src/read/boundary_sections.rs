//! The sections of a boundary TXT: headers of `key=value` lines, and parcels with their point rows.
//!
//! A file may hold several of both, as when files were put together: parcels belong to the header above them.
//! A line that is neither is an error, since it may be a parcel.

use sanxian_model::{Position, Text};

use crate::read::ReadError;
use crate::read::boundary_rings::Point;

/// The section in which the parcels are.
pub(crate) const PARCELS: &str = "[地块坐标]";

/// The parcels under one header.
pub(crate) struct Part<'a> {
    /// Line on which the part begins.
    pub(crate) line: usize,
    /// The lines before the parcels, with their numbers; those of the part before when it has none of its own.
    pub(crate) header: Vec<(usize, &'a str)>,
    pub(crate) parcels: Vec<Parcel<'a>>,
}

/// A parcel line and the point rows that follow it.
pub(crate) struct Parcel<'a> {
    pub(crate) line: usize,
    pub(crate) fields: Vec<String>,
    pub(crate) points: Vec<Row<'a>>,
}

/// A point row; which of its two numbers is which shows when all are known.
pub(crate) struct Row<'a> {
    pub(crate) line: usize,
    pub(crate) name: &'a str,
    ring: u32,
    numbers: [f64; 2],
}

/// Which of the two numbers of a point is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    NorthEast,
    EastNorth,
    LatitudeLongitude,
    LongitudeLatitude,
}

/// Whether a line begins the parcels.
pub(crate) fn begins_parcels(line: &str) -> bool {
    trimmed(line) == PARCELS
}

/// A file that was put behind another brings its byte-order mark along.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
}

/// Takes a text apart.
pub(crate) fn parts<'a>(path: &str, text: &'a str) -> Result<Vec<Part<'a>>, ReadError> {
    let mut reader = Reader { path, parts: Vec::new(), header: Vec::new(), in_parcels: false };
    for (index, line) in text.lines().enumerate() {
        reader.line(index + 1, line)?;
    }
    match reader.header.iter().find(|(_, line)| !trimmed(line).is_empty()) {
        Some(&(line, words)) => {
            let section = trimmed(words);
            let reason = Text::new(
                format!("`{section}` 部分没有地块"),
                format!("`{section}` is a section without parcels"),
            );
            let advice = Text::new(
                "删除与地块无关的内容，或补充 [地块坐标]",
                "remove what is not about parcels, or add its [地块坐标]",
            );
            Err(reader.wrong(line, reason, advice))
        }
        None => Ok(reader.parts),
    }
}

struct Reader<'a, 'p> {
    path: &'p str,
    parts: Vec<Part<'a>>,
    /// Lines of the header that is being read.
    header: Vec<(usize, &'a str)>,
    in_parcels: bool,
}

impl<'a> Reader<'a, '_> {
    fn line(&mut self, number: usize, raw: &'a str) -> Result<(), ReadError> {
        let line = trimmed(raw);
        if line == PARCELS {
            self.begin_parcels(number);
            return Ok(());
        }
        self.in_parcels &= !line.starts_with('[');
        if !self.in_parcels {
            // `转换参数=0,0,0,0,0,0,0` looks like a row of numbers and is a key.
            let cells = cells_of(line);
            let is_row = Row::parse(number, &cells).is_some() || cells.contains(&"@");
            if is_row && !line.contains('=') {
                let reason = Text::new(
                    format!("`{line}` 不在 {PARCELS} 部分中"),
                    format!("`{line}` stands outside the section {PARCELS}"),
                );
                let advice = Text::new(
                    "地块和界址点应写在 [地块坐标] 行之后",
                    "put parcels and points below a line [地块坐标]",
                );
                return Err(self.wrong(number, reason, advice));
            }
            self.header.push((number, raw.trim_start_matches('\u{FEFF}')));
            return Ok(());
        }
        if line.is_empty() {
            return Ok(());
        }
        let cells = cells_of(line);
        let row = Row::parse(number, &cells);
        let parcels = &mut self.parts.last_mut().expect("parcels belong to a part").parcels;
        if let Some(end) = cells.iter().position(|cell| *cell == "@") {
            let fields = cells[..end].iter().map(|cell| (*cell).to_owned()).collect();
            parcels.push(Parcel { line: number, fields, points: Vec::new() });
            return Ok(());
        }
        match (parcels.last_mut(), row) {
            (Some(parcel), Some(row)) => {
                parcel.points.push(row);
                Ok(())
            }
            (None, _) => {
                let reason = Text::new("界址点之前没有地块行", "a point stands before the first parcel line");
                Err(self.wrong(number, reason, form_of_lines()))
            }
            (_, None) => {
                let reason = Text::new(
                    format!("`{line}` 既不是地块也不是界址点"),
                    format!("`{line}` is neither a parcel nor a point"),
                );
                Err(self.wrong(number, reason, form_of_lines()))
            }
        }
    }

    /// Parcels without a header of their own belong to the part before. Its points may not go on, though: a
    /// parcel line has to come first.
    fn begin_parcels(&mut self, number: usize) {
        self.in_parcels = true;
        let mut header = std::mem::take(&mut self.header);
        if header.iter().all(|(_, line)| trimmed(line).is_empty())
            && let Some(before) = self.parts.last()
        {
            header.clone_from(&before.header);
        }
        let line = header.first().map_or(number, |(line, _)| *line);
        self.parts.push(Part { line, header, parcels: Vec::new() });
    }

    fn wrong(&self, line: usize, reason: Text, advice: Text) -> ReadError {
        ReadError::BoundaryTxt { path: self.path.to_owned(), line, reason, advice: advice.into() }
    }
}

impl Part<'_> {
    /// The first value in the header under one of these keys, and its line.
    pub(crate) fn key(&self, names: &[&str]) -> Option<(usize, &str)> {
        self.header.iter().find_map(|&(number, line)| {
            let (key, value) = line.split_once('=')?;
            let value = value.trim();
            (names.contains(&trimmed(key)) && !value.is_empty()).then_some((number, value))
        })
    }

    /// The header as it stands.
    pub(crate) fn header_text(&self) -> String {
        self.header.iter().flat_map(|(_, line)| [*line, "\n"]).collect()
    }
}

/// How parcels and points are written.
fn form_of_lines() -> Text {
    const PARCEL: &str = "点数,面积,编号,名称,面,图幅号,用途,地类编码,@";
    Text::new(
        format!("界址点写作 `J1,1,X,Y`，地块写作 `{PARCEL}`"),
        format!("write points as `J1,1,X,Y` and parcels as `{PARCEL}`"),
    )
}

fn cells_of(line: &str) -> Vec<&str> {
    line.split([',', '，']).map(str::trim).collect()
}

impl<'a> Row<'a> {
    fn parse(line: usize, cells: &[&'a str]) -> Option<Self> {
        let [name, ring, first, second, more @ ..] = cells else { return None };
        let numbers = [first.parse::<f64>().ok()?, second.parse::<f64>().ok()?];
        // A remark may follow; a bracket there is the next section, behind a line that does not end.
        if more.iter().any(|cell| cell.contains('[')) {
            return None;
        }
        Some(Self { line, name, ring: ring.parse().ok()?, numbers })
    }

    /// The point with x east and y north.
    pub(crate) fn placed(&self, order: Order) -> Point<'a> {
        let [first, second] = self.numbers;
        let position: Position = match order {
            Order::EastNorth | Order::LongitudeLatitude => [first, second],
            Order::NorthEast | Order::LatitudeLongitude => [second, first],
        };
        Point { name: self.name, ring: self.ring, position }
    }

    /// North and east tell themselves apart by their digits; none when the point lies nowhere in China.
    pub(crate) fn order(&self) -> Option<Order> {
        let [first, second] = self.numbers;
        let north = |n: f64| (1e6..7e6).contains(&n);
        let east = |n: f64| (0.0..1e6).contains(&n) || (13e6..46e6).contains(&n);
        let longitude = |n: f64| (60.0..180.0).contains(&n);
        let latitude = |n: f64| (0.0..60.0).contains(&n);
        if north(first) && east(second) {
            Some(Order::NorthEast)
        } else if east(first) && north(second) {
            Some(Order::EastNorth)
        } else if latitude(first) && longitude(second) {
            Some(Order::LatitudeLongitude)
        } else if longitude(first) && latitude(second) {
            Some(Order::LongitudeLatitude)
        } else {
            None
        }
    }
}
