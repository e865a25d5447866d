//! Check land-use plans against the three lines.
