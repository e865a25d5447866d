//! The columns of a layer, and what they are taken for.

use arrow_schema::DataType;
use sanxian_model::Layer;
use sanxian_report::info::{FieldInfo, FieldKind};

pub(super) fn of(layer: &Layer) -> Vec<FieldInfo> {
    let meanings = |name: &str| {
        let of = layer.fields.iter().filter(|(_, column)| *column == name);
        of.map(|(canonical, _)| canonical.clone()).collect()
    };
    let fields = layer.attributes.schema_ref().fields().iter();
    fields
        .map(|field| FieldInfo {
            name: field.name().clone(),
            kind: kind(field.data_type()),
            meanings: meanings(field.name()),
        })
        .collect()
}

fn kind(of: &DataType) -> FieldKind {
    match of {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => FieldKind::Text,
        DataType::Boolean => FieldKind::Boolean,
        DataType::Date32 | DataType::Date64 => FieldKind::Date,
        DataType::Time32(_) | DataType::Time64(_) => FieldKind::Time,
        DataType::Timestamp(..) => FieldKind::DateTime,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            FieldKind::Binary
        }
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => FieldKind::List,
        DataType::Dictionary(_, values) => kind(values),
        DataType::Decimal128(..) | DataType::Decimal256(..) => FieldKind::Real,
        other if other.is_integer() => FieldKind::Integer,
        other if other.is_floating() => FieldKind::Real,
        _ => FieldKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_columns_have_a_word_each() {
        assert_eq!(kind(&DataType::Int64), FieldKind::Integer);
        assert_eq!(kind(&DataType::Float32), FieldKind::Real);
        assert_eq!(kind(&DataType::LargeUtf8), FieldKind::Text);
        let coded = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
        assert_eq!(kind(&coded), FieldKind::Text);
    }
}
