//! Boundary points of surveyed parcels as text (勘测定界 TXT): header, parcel lines, point lines.
//!
//! Everybody writes it a little differently: with or without header keys, closing points or zone numbers, with
//! north first or east first, in GBK or UTF-8. What is read here is every variant that can be told apart; what
//! contradicts itself is an error with its line.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{Field, Schema};
use sanxian_model::{FaultKind, PolygonColumnBuilder, Position};

use crate::crs::{OwnCrs, crs_from_user, of_boundary_txt};
use crate::read::boundary_rings::{Point, rings_of};
use crate::read::delivered::{Delivered, SeenOnReading};
use crate::read::{ReadError, text};

/// Key of the schema's metadata under which the header travels, for writing it again.
pub(crate) const HEADER: &str = "boundary-txt-header";
/// Column of the point names, ring after ring: `J1,J2,J3;J4,J5,J6`.
pub(crate) const POINT_NAMES: &str = "界址点号";
/// The columns that a parcel line has, in its order; more fields are called 字段9, 字段10, …
pub(crate) const COLUMNS: [&str; 8] =
    ["界址点数", "地块面积(公顷)", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码"];
/// The section in which the parcels are.
pub(crate) const PARCELS: &str = "[地块坐标]";

/// Whether the bytes of a text file are of this kind.
pub(crate) fn is_boundary_txt(bytes: &[u8]) -> bool {
    text::decode_file(bytes).0.lines().any(|line| line.trim() == PARCELS)
}

/// Reads a whole file.
pub(crate) fn read(
    path: &str,
    layer: &str,
    bytes: &[u8],
    encoding: Option<&str>,
) -> Result<Delivered, ReadError> {
    let (text, encoding) = match encoding {
        Some(name) => {
            let known = text::given(name)?;
            (known.encoding.decode(bytes).0, known.to_string())
        }
        None => text::decode_file(bytes),
    };
    let file = File::parse(path, &text)?;
    let order = file.order(path)?;
    let mut builder = PolygonColumnBuilder::new();
    let (mut rows, mut seen, mut point_names) = (Vec::new(), Vec::new(), Vec::new());
    for (row, parcel) in file.parcels.iter().enumerate() {
        let row = row as u32;
        let kind = parcel.fields.get(4).map_or("", String::as_str);
        if parcel.points.is_empty() || !matches!(kind, "面" | "") {
            let kind_of_fault =
                if parcel.points.is_empty() { FaultKind::Empty } else { FaultKind::NotPolygon };
            let detail = (!kind.is_empty()).then(|| format!("图形属性 {kind}"));
            seen.push(SeenOnReading { row, kind: kind_of_fault, kept: false, detail });
            point_names.push(None);
            continue;
        }
        let points: Vec<Point<'_>> = parcel.points.iter().map(|point| point.placed(order)).collect();
        let assembled = rings_of(&points);
        parcel.hold_to_count(path, &points, assembled.implied_closings)?;
        builder.push_feature(assembled.polygons.iter().map(|rings| rings.iter().map(|ring| &ring.positions)));
        point_names.push(Some(assembled.names()));
        rows.push(row);
    }
    Ok(Delivered {
        layer: layer.to_owned(),
        driver: "boundary TXT".to_owned(),
        encoding,
        crs: file.crs(order),
        features: file.parcels.len(),
        polygons: builder.finish(),
        rows,
        fids: (1..=file.parcels.len() as i64).collect(),
        attributes: file.attributes(point_names),
        seen,
    })
}

/// Which of the two numbers of a point is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    NorthEast,
    EastNorth,
    LatitudeLongitude,
    LongitudeLatitude,
}

struct File<'a> {
    /// Everything before the parcels, as it stands.
    header: &'a str,
    parcels: Vec<Parcel<'a>>,
}

struct Parcel<'a> {
    line: usize,
    fields: Vec<String>,
    points: Vec<Row<'a>>,
}

struct Row<'a> {
    name: &'a str,
    ring: u32,
    numbers: [f64; 2],
}

impl<'a> File<'a> {
    fn parse(path: &str, text: &'a str) -> Result<Self, ReadError> {
        let start = text.find(PARCELS).unwrap_or(0);
        let header = &text[..start];
        let mut parcels: Vec<Parcel<'a>> = Vec::new();
        let lines_before = header.matches('\n').count();
        for (offset, line) in text[start..].lines().enumerate() {
            let number = lines_before + offset + 1;
            let wrong = |reason: String| {
                ReadError::BoundaryTxt {
                path: path.to_owned(),
                line: number,
                reason,
                advice: "write points as `J1,1,X,Y` and parcels as `点数,面积,编号,名称,面,图幅号,用途,地类编码,@`".to_owned(),
            }
            };
            let line = line.trim();
            if line.is_empty() || offset == 0 {
                continue;
            }
            if line.starts_with('[') {
                // A section that follows is not about parcels.
                break;
            }
            let cells: Vec<&str> = line.split([',', '，']).map(str::trim).collect();
            if let Some(end) = cells.iter().position(|cell| *cell == "@") {
                let fields = cells[..end].iter().map(|cell| (*cell).to_owned()).collect();
                parcels.push(Parcel { line: number, fields, points: Vec::new() });
                continue;
            }
            let Some(parcel) = parcels.last_mut() else {
                return Err(wrong("a point stands before the first parcel line".to_owned()));
            };
            parcel.points.push(
                Row::parse(&cells)
                    .ok_or_else(|| wrong(format!("`{line}` is neither a parcel nor a point")))?,
            );
        }
        Ok(Self { header, parcels })
    }

    fn key(&self, names: &[&str]) -> Option<&str> {
        self.header.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            names.contains(&key.trim()).then(|| value.trim()).filter(|value| !value.is_empty())
        })
    }

    fn first_point(&self) -> Option<&Row<'a>> {
        self.parcels.iter().find_map(|parcel| parcel.points.first())
    }

    /// North and east tell themselves apart by their digits; all points must agree.
    fn order(&self, path: &str) -> Result<Order, ReadError> {
        let mut found: Option<Order> = None;
        for parcel in &self.parcels {
            for row in &parcel.points {
                let wrong = |reason: &str| ReadError::BoundaryTxt {
                    path: path.to_owned(),
                    line: parcel.line,
                    reason: format!("point `{}` of this parcel {reason}", row.name),
                    advice: "write X (north, 7 digits) before Y (east, 6 digits, or 8 with the zone number)"
                        .to_owned(),
                };
                let order = order_of(row.numbers).ok_or_else(|| wrong("lies nowhere in China"))?;
                if found.is_some_and(|found| found != order) {
                    return Err(wrong("has its two numbers the other way round than the points before"));
                }
                found = Some(order);
            }
        }
        Ok(found.unwrap_or(Order::NorthEast))
    }

    /// The CRS that header and eastings tell.
    fn crs(&self, order: Order) -> OwnCrs {
        let datum = self.key(&["坐标系", "坐标系统"]).unwrap_or_default();
        let known = |crs| if datum.is_empty() { OwnCrs::Assumed(crs) } else { OwnCrs::Stated(crs) };
        if matches!(order, Order::LatitudeLongitude | Order::LongitudeLatitude) {
            let code = if datum.is_empty() || datum.contains("2000") {
                "EPSG:4490"
            } else {
                return OwnCrs::Missing;
            };
            return crs_from_user(code).map_or(OwnCrs::Missing, known);
        }
        let number = |names: &[&str]| {
            let digits: String = self
                .key(names)?
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse::<u32>().ok()
        };
        let width = number(&["几度分带", "分带"]).filter(|width| matches!(width, 3 | 6));
        let by_meridian = number(&["中央子午线", "中央经线"]).map(|meridian| match width {
            Some(6) => (meridian + 3) / 6,
            _ => meridian / 3,
        });
        let zone = number(&["带号"]).or(by_meridian);
        let Some(first) = self.first_point() else { return OwnCrs::Missing };
        let easting = first.placed(order).position[0];
        match of_boundary_txt(datum, width, zone, easting) {
            Some(Ok(crs)) => known(crs),
            _ => OwnCrs::Missing,
        }
    }

    fn attributes(&self, point_names: Vec<Option<String>>) -> RecordBatch {
        let widest = self.parcels.iter().map(|parcel| parcel.fields.len()).max().unwrap_or(0);
        let mut columns: Vec<(String, ArrayRef)> = Vec::new();
        for index in 0..widest.max(COLUMNS.len()) {
            let name =
                COLUMNS.get(index).map_or_else(|| format!("字段{}", index + 1), |name| (*name).to_owned());
            let values: StringArray =
                self.parcels.iter().map(|parcel| parcel.fields.get(index).cloned()).collect();
            columns.push((name, Arc::new(values)));
        }
        columns.push((POINT_NAMES.to_owned(), Arc::new(StringArray::from(point_names))));
        let fields: Vec<Field> =
            columns.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
        let header = self.header.replace("\r\n", "\n");
        let schema = Schema::new(fields).with_metadata(HashMap::from([(HEADER.to_owned(), header)]));
        let options = RecordBatchOptions::new().with_row_count(Some(self.parcels.len()));
        RecordBatch::try_new_with_options(
            Arc::new(schema),
            columns.into_iter().map(|(_, array)| array).collect(),
            &options,
        )
        .expect("each column has a row for each parcel")
    }
}

impl Parcel<'_> {
    /// A parcel that announces more points than follow was cut. Whether closing rows count differs.
    fn hold_to_count(&self, path: &str, points: &[Point<'_>], implied: usize) -> Result<(), ReadError> {
        let Some(announced) = self.fields.first().and_then(|count| count.parse::<usize>().ok()) else {
            return Ok(());
        };
        if points.len() + implied >= announced {
            return Ok(());
        }
        Err(ReadError::BoundaryTxt {
            path: path.to_owned(),
            line: self.line,
            reason: format!("the parcel announces {announced} points and {} follow", points.len()),
            advice: "the file is cut: export it again".to_owned(),
        })
    }
}

impl<'a> Row<'a> {
    fn parse(cells: &[&'a str]) -> Option<Self> {
        let [name, ring, first, second, ..] = cells else { return None };
        let numbers = [first.parse::<f64>().ok()?, second.parse::<f64>().ok()?];
        Some(Self { name, ring: ring.parse().ok()?, numbers })
    }

    fn placed(&self, order: Order) -> Point<'a> {
        let [first, second] = self.numbers;
        let position: Position = match order {
            Order::EastNorth | Order::LongitudeLatitude => [first, second],
            Order::NorthEast | Order::LatitudeLongitude => [second, first],
        };
        Point { name: self.name, ring: self.ring, position }
    }
}

fn order_of([first, second]: [f64; 2]) -> Option<Order> {
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
