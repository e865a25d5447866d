//! Why the areal scale of a CRS could not be found.

use sanxian_model::{Explain, Explanation, Text};

/// Why the areal scale of a CRS could not be found.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub struct ScaleError {
    /// Easting.
    pub x: f64,
    /// Northing.
    pub y: f64,
    /// Which of the layers holds the place.
    pub layer: usize,
    /// The row in that layer of the feature that holds it.
    pub row: usize,
    /// What the projection said.
    pub cause: Text,
}

impl Explain for ScaleError {
    fn explain(&self) -> Explanation {
        let Self { x, y, .. } = self;
        Explanation::new(
            "coordinates-outside-crs",
            format!("({x}, {y}) 处没有经纬度：坐标在坐标系适用范围之外"),
            format!(
                "no longitude and latitude at ({x}, {y}): the coordinates lie outside the area of the CRS"
            ),
        )
        .because(self.cause.clone())
        .advise(
            "核对图层的坐标系，或用 --crs 指定正确的坐标系",
            "check the CRS of the layer, or declare the right one with --crs",
        )
    }
}
