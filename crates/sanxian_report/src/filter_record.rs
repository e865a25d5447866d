//! The filters that the user set, for programs that read no list of inputs.

use sanxian_model::layer::RowFilter;
use serde::Serialize;

use crate::report::Input;

/// A filter of one input.
#[derive(Debug, Serialize)]
pub(crate) struct FilterRecord<'a> {
    role: &'a str,
    layer: &'a str,
    #[serde(rename = "where")]
    text: &'a str,
    filtered: usize,
}

impl<'a> FilterRecord<'a> {
    /// Those of the inputs that have one.
    pub(crate) fn of(inputs: &'a [Input]) -> Vec<Self> {
        let of_input = |input: &'a Input| {
            let RowFilter { text, left_out } = input.filter.as_ref()?;
            Some(Self { role: input.role.name(), layer: &input.layer, text, filtered: *left_out })
        };
        inputs.iter().filter_map(of_input).collect()
    }
}
