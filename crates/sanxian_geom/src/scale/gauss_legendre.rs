//! Gauss-Legendre quadrature.

/// Nodes and weights of the Gauss-Legendre rule of four nodes: exact for polynomials up to the seventh degree.
pub(super) const GAUSS: [[f64; 2]; 4] = [
    [-0.861_136_311_594_052_6, 0.347_854_845_137_453_9],
    [-0.339_981_043_584_856_26, 0.652_145_154_862_546_1],
    [0.339_981_043_584_856_26, 0.652_145_154_862_546_1],
    [0.861_136_311_594_052_6, 0.347_854_845_137_453_9],
];
