//! Where do made-up numbers come from?
//!
//! From `SplitMix64` (Steele, Lea and Flood, 2014), written out here so that a county is the same bytes on
//! any machine and with any version of any crate. Values are drawn by *place*, not by turn: the stream for
//! an edge depends on the seed and the edge alone, so two neighbours that each ask for their common edge
//! get the same one, and nothing needs to be stored.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream that belongs to a thing of kind `kind` at grid place (`i`, `j`).
    pub(crate) fn at(seed: u64, kind: u64, i: i64, j: i64) -> Self {
        let mut stream = Self(seed);
        for part in [kind, i as u64, j as u64] {
            stream.0 = stream.next() ^ part.wrapping_mul(0xff51_afd7_ed55_8ccd);
        }
        stream
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number in [-1, 1).
    pub(crate) fn signed(&mut self) -> f64 {
        self.unit() * 2.0 - 1.0
    }

    /// A whole number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // Each use picks from a short list, where the bias of a plain remainder is below 1e-17.
        (self.next() % end as u64) as usize
    }

    /// One of a list.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A smooth bumpy field over the plane, in [0, 1): random values on a lattice with lines between them,
/// two octaves. Only sums and products, so it is the same everywhere.
pub(crate) fn bumps(seed: u64, x: f64, y: f64) -> f64 {
    let octave = |kind: u64, x: f64, y: f64| {
        let (i, j) = (x.floor(), y.floor());
        let (u, v) = (x - i, y - j);
        let value = |di: i64, dj: i64| Random::at(seed, kind, i as i64 + di, j as i64 + dj).unit();
        let south = value(0, 0) * (1.0 - u) + value(1, 0) * u;
        let north = value(0, 1) * (1.0 - u) + value(1, 1) * u;
        south * (1.0 - v) + north * v
    };
    octave(101, x, y) * 0.7 + octave(102, x * 3.0, y * 3.0) * 0.3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // First outputs of SplitMix64 for the seed 1234567, from its reference implementation.
        let mut stream = Random(1_234_567);
        assert_eq!([stream.next(), stream.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn places_have_their_own_streams() {
        let first = |kind, i, j| Random::at(7, kind, i, j).next();
        assert_eq!(first(1, 2, 3), first(1, 2, 3));
        assert_ne!(first(1, 2, 3), first(1, 3, 2));
        assert_ne!(first(1, 2, 3), first(2, 2, 3));
    }
}
