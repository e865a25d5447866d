//! What sources hold and how it would be read, for people ([`document()`]) and for programs ([`write()`]). Nothing is judged.

mod command_line;
mod document;
mod explained;
mod geometry_words;
mod json;
mod layer_info;
mod layer_section;
mod source_info;
mod words;
mod write;

pub use command_line::CommandLine;
pub use document::document;
pub use layer_info::{
    ClassInfo, Contents, FaultGroup, FieldInfo, FieldKind, IdentifierInfo, LayerContents, LayerInfo,
    SchemeReason,
};
pub use source_info::{Inspection, SourceInfo};
pub use write::{InfoFormat, write};
