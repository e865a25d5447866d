//! Boundary points of surveyed parcels as text (勘测定界 TXT): header, parcel lines, point lines.
//!
//! Everybody writes it a little differently: with or without header keys, closing points or zone numbers, with
//! north first or east first, in GBK or UTF-8. What is read here is every variant that can be told apart; what
//! contradicts itself is an error with its line.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{Field, Schema};
use sanxian_model::{FaultKind, PolygonColumnBuilder, Text};

use crate::crs::{OwnCrs, crs_from_user, of_boundary_txt};
use crate::read::boundary_rings::{Point, rings_of};
use crate::read::boundary_sections::{Order, Parcel, Part, begins_parcels, parts};
use crate::read::{FromFile, ReadError, text};
use sanxian_layer::{Delivered, SeenOnReading};

/// Key of the schema's metadata under which the header travels, for writing it again.
pub(crate) const HEADER: &str = "boundary-txt-header";
/// Key beside it, set when eastings came without the zone number.
pub(crate) const BARE_EASTINGS: &str = "boundary-txt-bare-eastings";
/// Column of the point names, ring after ring: `J1,J2,J3;J4,J5,J6`.
pub(crate) const POINT_NAMES: &str = "界址点号";
/// The columns that a parcel line has, in its order; more fields are called 字段9, 字段10, …
pub(crate) const COLUMNS: [&str; 8] =
    ["界址点数", "地块面积(公顷)", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码"];

/// Whether the bytes of a text file are of this kind.
pub(crate) fn is_boundary_txt(bytes: &[u8]) -> bool {
    text::decode_file(bytes).0.lines().any(begins_parcels)
}

/// Reads a whole file.
pub(crate) fn read(
    path: &str,
    layer: &str,
    bytes: &[u8],
    encoding: Option<&str>,
) -> Result<FromFile, ReadError> {
    let (text, encoding) = match encoding {
        Some(name) => {
            let known = text::given(name)?;
            (known.encoding.decode(bytes).0, known.to_string())
        }
        None => text::decode_file(bytes),
    };
    let file = File { path, parts: parts(path, &text)? };
    let orders = file.parts.iter().map(|part| file.order(part)).collect::<Result<Vec<_>, _>>()?;
    let mut builder = PolygonColumnBuilder::new();
    let (mut rows, mut seen, mut point_names) = (Vec::new(), Vec::new(), Vec::new());
    for (row, (order, parcel)) in file.parcels(&orders).enumerate() {
        let row = row as u32;
        let kind = parcel.fields.get(4).map_or("", String::as_str);
        if parcel.points.is_empty() || !matches!(kind, "面" | "") {
            let kind_of_fault =
                if parcel.points.is_empty() { FaultKind::Empty } else { FaultKind::NotPolygon };
            let detail = (!kind.is_empty())
                .then(|| Text::new(format!("图形属性为 `{kind}`"), format!("its kind of shape is `{kind}`")));
            seen.push(SeenOnReading { row, kind: kind_of_fault, kept: false, detail });
            point_names.push(None);
            continue;
        }
        let points: Vec<Point<'_>> = parcel.points.iter().map(|point| point.placed(order)).collect();
        let assembled = rings_of(&points);
        file.hold_to_count(parcel, &points, assembled.implied_closings)?;
        for ring in &assembled.outside {
            let detail = Text::new(
                format!("圈号 {ring} 的界址线在圈号 1 之外，作为地块的另一部分使用，不作为洞"),
                format!("ring {ring} lies outside ring 1: it is used as a further part, not as a hole"),
            );
            seen.push(SeenOnReading { row, kind: FaultKind::Nesting, kept: true, detail: Some(detail) });
        }
        builder.push_feature(assembled.polygons.iter().map(|rings| rings.iter().map(|ring| &ring.positions)));
        point_names.push(Some(assembled.names()));
        rows.push(row);
    }
    let features = point_names.len();
    let crs = file.crs(&orders)?;
    let delivered = Delivered {
        layer: layer.to_owned(),
        driver: "boundary TXT".to_owned(),
        encoding,
        features,
        polygons: builder.finish(),
        rows,
        fids: (1..=features as i64).collect(),
        attributes: file.attributes(point_names, &orders),
        seen,
    };
    Ok(FromFile { delivered, crs })
}

struct File<'a, 'p> {
    path: &'p str,
    parts: Vec<Part<'a>>,
}

impl<'a> File<'a, '_> {
    /// All parcels in the order of the file, with the order of the numbers in their part.
    fn parcels<'s>(&'s self, orders: &'s [Order]) -> impl Iterator<Item = (Order, &'s Parcel<'a>)> {
        self.parts
            .iter()
            .zip(orders)
            .flat_map(|(part, order)| part.parcels.iter().map(move |parcel| (*order, parcel)))
    }

    /// Whether the eastings have no zone number in front.
    fn has_bare_eastings(&self, orders: &[Order]) -> bool {
        let first = self.parcels(orders).find_map(|(order, parcel)| Some((order, parcel.points.first()?)));
        first.is_some_and(|(order, row)| {
            matches!(order, Order::NorthEast | Order::EastNorth) && row.placed(order).position[0] < 1e6
        })
    }

    fn wrong(&self, line: usize, reason: Text, advice: Text) -> ReadError {
        ReadError::BoundaryTxt { path: self.path.to_owned(), line, reason, advice: advice.into() }
    }

    /// North and east tell themselves apart by their digits; all points of a part must agree.
    fn order(&self, part: &Part<'_>) -> Result<Order, ReadError> {
        let mut found: Option<Order> = None;
        for row in part.parcels.iter().flat_map(|parcel| &parcel.points) {
            let wrong = |zh: &str, en: &str| {
                let advice = Text::new(
                    "先写 X（北，7 位），后写 Y（东，6 位，带带号时 8 位）",
                    "write X (north, 7 digits) before Y (east, 6 digits, or 8 with the zone number)",
                );
                let name = row.name;
                self.wrong(
                    row.line,
                    Text::new(format!("界址点 `{name}` {zh}"), format!("point `{name}` {en}")),
                    advice,
                )
            };
            let order = row.order().ok_or_else(|| wrong("不在中国范围内", "lies nowhere in China"))?;
            if found.is_some_and(|found| found != order) {
                return Err(wrong(
                    "的两个数与前面各点次序相反",
                    "has its two numbers the other way round than the points before",
                ));
            }
            found = Some(order);
        }
        Ok(found.unwrap_or(Order::NorthEast))
    }

    /// The one CRS that all parts have.
    fn crs(&self, orders: &[Order]) -> Result<OwnCrs, ReadError> {
        let mut agreed: Option<(&Part<'_>, OwnCrs)> = None;
        for (part, order) in self.parts.iter().zip(orders) {
            if let Some((line, unit)) = part.key(UNIT)
                && !matches!(unit, "米" | "度" | "m" | "M")
            {
                let reason = Text::new(
                    format!("不支持以 `{unit}` 为计量单位的坐标"),
                    format!("coordinates in `{unit}` are not read"),
                );
                let advice = Text::new("以米或度为单位提供", "deliver metres (米) or degrees (度)");
                return Err(self.wrong(line, reason, advice));
            }
            if part.parcels.iter().all(|parcel| parcel.points.is_empty()) {
                continue;
            }
            let own = crs_of(part, *order);
            let Some((first, crs)) = &mut agreed else {
                agreed = Some((part, own));
                continue;
            };
            let keys = [DATUM, WIDTH, ZONE, MERIDIAN, UNIT];
            let value = |part: &Part<'_>, names| part.key(names).map(|(_, value)| value.to_owned());
            let differs = |names| {
                let (a, b) = (value(first, names), value(part, names));
                a.is_some() && b.is_some() && a != b
            };
            let same = match (&*crs, &own) {
                (OwnCrs::Missing, OwnCrs::Missing) => !keys.into_iter().any(differs),
                (OwnCrs::Stated(a) | OwnCrs::Assumed(a), OwnCrs::Stated(b) | OwnCrs::Assumed(b)) => {
                    a == b && !differs(UNIT)
                }
                _ => false,
            };
            if !same {
                let words = |crs: &OwnCrs| match crs {
                    OwnCrs::Missing => Text::new("未知坐标系", "no known system"),
                    OwnCrs::Assumed(crs) | OwnCrs::Stated(crs) => Text::from(crs.short_name()),
                };
                let (here, before) = (words(&own), words(crs));
                let reason = Text::new(
                    format!("自此行起的地块坐标系为 {}，之前为 {}，或计量单位不同", here.zh, before.zh),
                    format!(
                        "the parcels that begin here are in {}, those before in {}, or their units differ",
                        here.en, before.en
                    ),
                );
                let advice = Text::new(
                    "每种坐标系单独提供一个文件",
                    "deliver each coordinate system in a file of its own",
                );
                return Err(self.wrong(part.line, reason, advice));
            }
            if matches!(own, OwnCrs::Stated(_)) {
                *crs = own;
            }
        }
        Ok(agreed.map_or(OwnCrs::Missing, |(_, crs)| crs))
    }

    /// A parcel that announces more points than follow was cut. Whether closing rows count differs.
    fn hold_to_count(
        &self,
        parcel: &Parcel<'_>,
        points: &[Point<'_>],
        implied: usize,
    ) -> Result<(), ReadError> {
        let Some(announced) = parcel.fields.first().and_then(|count| count.parse::<usize>().ok()) else {
            return Ok(());
        };
        if points.len() + implied >= announced {
            return Ok(());
        }
        let follow = points.len();
        let reason = Text::new(
            format!("地块应有 {announced} 个界址点，实有 {follow} 个"),
            format!("the parcel announces {announced} points and {follow} follow"),
        );
        Err(self.wrong(
            parcel.line,
            reason,
            Text::new("文件不完整，重新导出", "the file is cut: export it again"),
        ))
    }

    fn attributes(&self, point_names: Vec<Option<String>>, orders: &[Order]) -> RecordBatch {
        let parcels = || self.parts.iter().flat_map(|part| &part.parcels);
        let rows = point_names.len();
        let widest = parcels().map(|parcel| parcel.fields.len()).max().unwrap_or(0);
        let mut columns: Vec<(String, ArrayRef)> = Vec::new();
        for index in 0..widest.max(COLUMNS.len()) {
            let name =
                COLUMNS.get(index).map_or_else(|| format!("字段{}", index + 1), |name| (*name).to_owned());
            let values: StringArray = parcels().map(|parcel| parcel.fields.get(index).cloned()).collect();
            columns.push((name, Arc::new(values)));
        }
        columns.push((POINT_NAMES.to_owned(), Arc::new(StringArray::from(point_names))));
        let fields: Vec<Field> =
            columns.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
        let header = self.parts.first().map(Part::header_text).unwrap_or_default();
        let mut metadata = HashMap::from([(HEADER.to_owned(), header)]);
        if self.has_bare_eastings(orders) {
            metadata.insert(BARE_EASTINGS.to_owned(), String::new());
        }
        let schema = Schema::new(fields).with_metadata(metadata);
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        RecordBatch::try_new_with_options(
            Arc::new(schema),
            columns.into_iter().map(|(_, array)| array).collect(),
            &options,
        )
        .expect("each column has a row for each parcel")
    }
}

const DATUM: &[&str] = &["坐标系", "坐标系统"];
const WIDTH: &[&str] = &["几度分带", "分带"];
const ZONE: &[&str] = &["带号"];
const MERIDIAN: &[&str] = &["中央子午线", "中央经线"];
const UNIT: &[&str] = &["计量单位"];

/// The CRS that the header and the eastings of a part tell.
fn crs_of(part: &Part<'_>, order: Order) -> OwnCrs {
    let datum = part.key(DATUM).map_or("", |(_, value)| value);
    let known = |crs| if datum.is_empty() { OwnCrs::Assumed(crs) } else { OwnCrs::Stated(crs) };
    if matches!(order, Order::LatitudeLongitude | Order::LongitudeLatitude) {
        if !(datum.is_empty() || datum.contains("2000")) {
            return OwnCrs::Missing;
        }
        return crs_from_user("EPSG:4490").map_or(OwnCrs::Missing, known);
    }
    let number = |names: &[&str]| {
        let (_, value) = part.key(names)?;
        let digits: String =
            value.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let width = number(WIDTH).filter(|width| matches!(width, 3 | 6));
    let by_meridian = number(MERIDIAN).map(|meridian| match width {
        Some(6) => meridian.saturating_add(3) / 6,
        _ => meridian / 3,
    });
    let zone = number(ZONE).or(by_meridian);
    let first = part.parcels.iter().find_map(|parcel| parcel.points.first());
    let Some(first) = first else { return OwnCrs::Missing };
    match of_boundary_txt(datum, width, zone, first.placed(order).position[0]) {
        Some(Ok(crs)) => known(crs),
        _ => OwnCrs::Missing,
    }
}
