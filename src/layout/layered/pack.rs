//! Pass 8: pieces without an edge between them, in rows.
//!
//! Next-fit decreasing height (Coffman, Garey, Johnson, Tarjan: Performance bounds for level-oriented two-dimensional
//! packing algorithms, SIAM J. Comput. 9 (1980)), with the row length that comes nearest to the wanted shape.
//!
//! *Before:* sizes. *After:* upper left corners; no two overlap, `gap` apart.

use crate::order::sort_by;

/// Row lengths that are tried, as multiples of the side of a square of the same area.
const TRIES: [f64; 12] = [0.5, 0.7, 0.85, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0];

/// Corners of all pieces, and the size of it all.
pub(super) type Packing = (Vec<(f64, f64)>, (f64, f64));

/// Chooses the best row length.
pub(super) fn pack(sizes: &[(f64, f64)], gap: f64, aspect: f64) -> Packing {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    sort_by(&mut order, |&a, &b| sizes[b].1.total_cmp(&sizes[a].1));
    let area: f64 = sizes.iter().map(|size| (size.0 + gap) * (size.1 + gap)).sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let mut best: Option<(f64, Packing)> = None;
    for factor in TRIES {
        let length = (factor * area.sqrt()).max(widest);
        let packing = rows(sizes, &order, gap, length);
        // The side of the least frame of the wanted shape that holds the drawing.
        let cost = (packing.1.0 / aspect).max(packing.1.1);
        if best.as_ref().is_none_or(|best| cost < best.0) {
            best = Some((cost, packing));
        }
    }
    best.map_or((Vec::new(), (0.0, 0.0)), |best| best.1)
}

fn rows(sizes: &[(f64, f64)], order: &[usize], gap: f64, length: f64) -> Packing {
    let mut corners = vec![(0.0, 0.0); sizes.len()];
    let (mut x, mut y, mut height, mut width) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    for &piece in order {
        let size = sizes[piece];
        if x > 0.0 && x + size.0 > length {
            y += height + gap;
            (x, height) = (0.0, 0.0);
        }
        corners[piece] = (x, y);
        height = height.max(size.1);
        width = width.max(x + size.0);
        x += size.0 + gap;
    }
    (corners, (width, y + height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_pieces_fill_a_frame_of_the_wanted_shape() {
        let (corners, size) = pack(&[(10.0, 10.0); 8], 0.0, 2.0);
        assert_eq!(size, (40.0, 20.0));
        assert_eq!(corners[5], (10.0, 10.0));
        assert_eq!(pack(&[], 5.0, 1.0), (vec![], (0.0, 0.0)));
    }

    #[test]
    fn pieces_never_overlap() {
        let sizes: Vec<(f64, f64)> =
            (0..40).map(|i| (f64::from(i * 7 % 11) + 1.0, f64::from(i * 5 % 13) + 1.0)).collect();
        let (corners, _) = pack(&sizes, 1.0, 1.5);
        for a in 0..sizes.len() {
            for b in 0..a {
                let apart = corners[a].0 + sizes[a].0 < corners[b].0
                    || corners[b].0 + sizes[b].0 < corners[a].0
                    || corners[a].1 + sizes[a].1 < corners[b].1
                    || corners[b].1 + sizes[b].1 < corners[a].1;
                assert!(apart, "{a} and {b}");
            }
        }
    }
}
