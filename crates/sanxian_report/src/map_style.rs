//! How features are coloured on a map by what a column says, as a QGIS style (QML) and as the OGC's styled layer descriptor
//! (SLD); and how a line is drawn as background.

use std::fmt::Write as _;

use sanxian_model::{Lang, Role, Severity};

use crate::words::{self, pick};

/// A style in the two languages that map programs read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapStyle {
    /// Name shown in the list of styles.
    pub name: String,
    /// For QGIS.
    pub qml: String,
    /// For everything else.
    pub sld: String,
}

/// One value of the column that a layer is coloured by.
pub(crate) struct Category {
    /// What the column has.
    pub(crate) value: String,
    /// What a legend says.
    pub(crate) label: String,
    /// Red, green and blue.
    pub(crate) colour: [u8; 3],
}

/// The lines that a map shows, and the red, green and blue of their outlines.
pub(crate) const LINES: [(Role, [u8; 3]); 3] =
    [(Role::REDLINE, [168, 0, 0]), (Role::FARMLAND, [188, 140, 0]), (Role::URBAN_BOUNDARY, [60, 60, 60])];

/// Red, green and blue of what is written on findings.
const LABEL: [u8; 3] = [30, 30, 30];

/// Red, green and blue of a severity: distinguishable without seeing red and green apart.
pub(crate) fn severity_colour(severity: Severity) -> [u8; 3] {
    match severity {
        Severity::Error => [215, 25, 28],
        Severity::Warning => [253, 174, 97],
        Severity::Note => [44, 123, 182],
    }
}

/// Findings by the column `severity`, the worst first as a legend lists them, `opacity` of 255; columns get the headings in
/// `aliases`, and what the column `label` has is written on them, unless that is empty.
pub(crate) fn by_severity(lang: Lang, aliases: &[(String, String)], opacity: u8, label: &str) -> MapStyle {
    let category = |severity: Severity| Category {
        value: severity.name().to_owned(),
        label: words::severity(severity, lang).to_owned(),
        colour: severity_colour(severity),
    };
    let categories: Vec<Category> = Severity::ALL.into_iter().rev().map(category).collect();
    by_column(pick(lang, "按等级", "by severity"), "severity", &categories, aliases, opacity, label)
}

/// A fill by what `column` says, `opacity` of 255; columns get the headings in `aliases`.
pub(crate) fn by_column(
    name: &str,
    column: &str,
    categories: &[Category],
    aliases: &[(String, String)],
    opacity: u8,
    label: &str,
) -> MapStyle {
    MapStyle {
        name: name.to_owned(),
        qml: qml(column, categories, aliases, opacity, label),
        sld: sld(column, categories, opacity, label),
    }
}

/// An outline without fill, for what lies under the features that a map is about; what the column `label` has is written on it, unless
/// that is empty.
pub(crate) fn outline(name: &str, [r, g, b]: [u8; 3], label: &str, aliases: &[(String, String)]) -> MapStyle {
    let name = escape(name);
    let headings = headings(aliases);
    let (labels, written) = (labels(label, [r, g, b]), written(label, [r, g, b]));
    let enabled = u8::from(!label.is_empty());
    let qml = format!(
        r#"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.16" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="{enabled}">
 <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="style" type="QString" value="no"/>
      <Option name="outline_color" type="QString" value="{r},{g},{b},255"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="outline_width" type="QString" value="0.66"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
{labels} <aliases>
{headings} </aliases>
 <layerGeometryType>2</layerGeometryType>
</qgis>
"#
    );
    let sld = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se">
 <NamedLayer>
  <se:Name>{name}</se:Name>
  <UserStyle>
   <se:FeatureTypeStyle>
    <se:Rule>
     <se:PolygonSymbolizer>
      <se:Stroke>
       <se:SvgParameter name='stroke'>#{r:02x}{g:02x}{b:02x}</se:SvgParameter>
       <se:SvgParameter name='stroke-width'>2</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
{written}    </se:Rule>
   </se:FeatureTypeStyle>
  </UserStyle>
 </NamedLayer>
</StyledLayerDescriptor>
"#
    );
    MapStyle { name, qml, sld }
}

/// Labels in a style of QGIS: what a column has, with a white buffer, as long as features are large enough on the screen.
fn labels(column: &str, [r, g, b]: [u8; 3]) -> String {
    if column.is_empty() {
        return String::new();
    }
    let column = escape(column);
    format!(
        r#" <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="{column}" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="8" fontSizeUnit="Point" textColor="{r},{g},{b},255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230"/>
   </text-style>
   <placement placement="0" fitInPolygonOnly="0" polygonPlacementFlags="2"/>
   <rendering obstacle="0" mergeLines="0" minFeatureSize="4" fontMinPixelSize="3" fontMaxPixelSize="10000"/>
  </settings>
 </labeling>
"#
    )
}

/// The same in a styled layer descriptor.
fn written(column: &str, [r, g, b]: [u8; 3]) -> String {
    if column.is_empty() {
        return String::new();
    }
    let column = escape(column);
    format!(
        r"     <se:TextSymbolizer>
      <se:Label><ogc:PropertyName>{column}</ogc:PropertyName></se:Label>
      <se:Font><se:SvgParameter name='font-size'>11</se:SvgParameter></se:Font>
      <se:Halo><se:Radius>1.5</se:Radius></se:Halo>
      <se:Fill><se:SvgParameter name='fill'>#{r:02x}{g:02x}{b:02x}</se:SvgParameter></se:Fill>
     </se:TextSymbolizer>
"
    )
}

fn headings(aliases: &[(String, String)]) -> String {
    let mut headings = String::new();
    for (index, (field, alias)) in aliases.iter().enumerate() {
        let (field, alias) = (escape(field), escape(alias));
        let _ = writeln!(headings, r#"  <alias index="{index}" field="{field}" name="{alias}"/>"#);
    }
    headings
}

fn qml(
    column: &str,
    categories: &[Category],
    aliases: &[(String, String)],
    opacity: u8,
    label: &str,
) -> String {
    let (mut entries, mut symbols, mut values) = (String::new(), String::new(), String::new());
    for (index, Category { value, label, colour: [r, g, b] }) in categories.iter().enumerate() {
        let (value, label) = (escape(value), escape(label));
        let _ = writeln!(
            entries,
            r#"   <category symbol="{index}" value="{value}" label="{label}" type="string" render="true"/>"#
        );
        let _ = writeln!(
            symbols,
            r#"   <symbol name="{index}" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="{r},{g},{b},{opacity}"/>
      <Option name="style" type="QString" value="solid"/>
      <Option name="outline_color" type="QString" value="{r},{g},{b},255"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="outline_width" type="QString" value="0.46"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>"#
        );
        let _ = writeln!(
            values,
            r#"       <Option type="Map"><Option name="{label}" type="QString" value="{value}"/></Option>"#
        );
    }
    let headings = headings(aliases);
    let (labels, enabled) = (labels(label, LABEL), u8::from(!label.is_empty()));
    format!(
        r#"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.16" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="{enabled}">
 <renderer-v2 type="categorizedSymbol" attr="{column}" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
{entries}  </categories>
  <symbols>
{symbols}  </symbols>
 </renderer-v2>
{labels} <fieldConfiguration>
  <field name="{column}">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
{values}      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
{headings} </aliases>
 <layerGeometryType>2</layerGeometryType>
</qgis>
"#
    )
}

fn sld(column: &str, categories: &[Category], opacity: u8, label: &str) -> String {
    let mut rules = String::new();
    let opacity = f64::from(opacity) / 255.0;
    let written = written(label, LABEL);
    for Category { value, label, colour: [r, g, b] } in categories {
        let (value, label) = (escape(value), escape(label));
        let _ = writeln!(
            rules,
            r"    <se:Rule>
     <se:Name>{value}</se:Name>
     <se:Description><se:Title>{label}</se:Title></se:Description>
     <ogc:Filter>
      <ogc:PropertyIsEqualTo>
       <ogc:PropertyName>{column}</ogc:PropertyName>
       <ogc:Literal>{value}</ogc:Literal>
      </ogc:PropertyIsEqualTo>
     </ogc:Filter>
     <se:PolygonSymbolizer>
      <se:Fill>
       <se:SvgParameter name='fill'>#{r:02x}{g:02x}{b:02x}</se:SvgParameter>
       <se:SvgParameter name='fill-opacity'>{opacity:.2}</se:SvgParameter>
      </se:Fill>
      <se:Stroke>
       <se:SvgParameter name='stroke'>#{r:02x}{g:02x}{b:02x}</se:SvgParameter>
       <se:SvgParameter name='stroke-width'>1.5</se:SvgParameter>
      </se:Stroke>
     </se:PolygonSymbolizer>
{written}    </se:Rule>"
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se">
 <NamedLayer>
  <se:Name>{column}</se:Name>
  <UserStyle>
   <se:FeatureTypeStyle>
{rules}   </se:FeatureTypeStyle>
  </UserStyle>
 </NamedLayer>
</StyledLayerDescriptor>
"#
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_severity_has_its_colour_in_both_styles() {
        let aliases = [("area_m2".to_owned(), "area \"m²\" & more".to_owned())];
        let style = by_severity(Lang::Zh, &aliases, 150, "code");
        for (word, rgb, hex) in [
            ("error", "215,25,28,150", "#d7191c"),
            ("warning", "253,174,97,150", "#fdae61"),
            ("note", "44,123,182,150", "#2c7bb6"),
        ] {
            assert!(style.qml.contains(&format!("value=\"{word}\"")) && style.qml.contains(rgb), "{word}");
            assert!(
                style.sld.contains(hex) && style.sld.contains(&format!("<ogc:Literal>{word}<")),
                "{word}"
            );
        }
        assert!(style.qml.contains("area &quot;m²&quot; &amp; more"));
        assert!(style.qml.contains("fieldName=\"code\"") && style.sld.contains("<ogc:PropertyName>code<"));
        let bare = by_severity(Lang::Zh, &aliases, 150, "");
        assert!(!bare.qml.contains("<labeling") && !bare.sld.contains("TextSymbolizer"));
        assert!(style.qml.contains("不符合") && !style.qml.contains("label=\"error\""));
    }
}
