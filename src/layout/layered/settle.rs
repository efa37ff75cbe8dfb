//! Positions across the flow that keep an order and least distances.
//!
//! Weighted least squares under `y[i+1] - y[i] >= gap`, solved exactly by pooling adjacent violators (Barlow et al.:
//! Statistical inference under order restrictions, 1972; used for layered drawings by Jünger, Mutzel, 1997).

/// One thing to be placed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Wish {
    /// Where its middle would like to be.
    pub at: f64,
    /// How much that counts; greater than zero.
    pub weight: f64,
    /// Least distance from the middle of the thing before; ignored for the first.
    pub gap: f64,
}

/// Things that have met and move together.
struct Pool {
    weight: f64,
    /// Sum of weight × (wish - distance from the first of all things when packed tightly).
    moment: f64,
    mean: f64,
    end: usize,
}

/// Places things; keeps its room from one time to the next.
#[derive(Default)]
pub(super) struct Settler {
    pools: Vec<Pool>,
    places: Vec<f64>,
}

impl Settler {
    /// The middle of each thing, in order.
    pub(super) fn settle(&mut self, wishes: &[Wish]) -> &[f64] {
        let Self { pools, places } = self;
        pools.clear();
        places.clear();
        let mut tight = 0.0;
        for (index, wish) in wishes.iter().enumerate() {
            if index > 0 {
                tight += wish.gap;
            }
            places.push(tight);
            let (mut weight, mut mean) = (wish.weight, wish.at - tight);
            let mut moment = weight * mean;
            while let Some(before) = pools.last() {
                if before.mean < mean {
                    break;
                }
                weight += before.weight;
                moment += before.moment;
                mean = moment / weight;
                pools.pop();
            }
            pools.push(Pool { weight, moment, mean, end: index + 1 });
        }
        let mut start = 0;
        for pool in &*pools {
            for place in &mut places[start..pool.end] {
                *place += pool.mean;
            }
            start = pool.end;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wishes: &[(f64, f64, f64)], expected: &[f64]) {
        let wishes: Vec<Wish> = wishes.iter().map(|&(at, weight, gap)| Wish { at, weight, gap }).collect();
        assert_eq!(Settler::default().settle(&wishes), expected);
    }

    #[test]
    fn things_with_room_get_their_wish() {
        check(&[(0.0, 1.0, 0.0), (10.0, 1.0, 5.0)], &[0.0, 10.0]);
        check(&[], &[]);
    }

    #[test]
    fn things_that_meet_share_the_way_by_weight() {
        check(&[(0.0, 1.0, 0.0), (0.0, 1.0, 4.0)], &[-2.0, 2.0]);
        check(&[(0.0, 3.0, 0.0), (0.0, 1.0, 4.0)], &[-1.0, 3.0]);
        check(&[(8.0, 1.0, 0.0), (4.0, 1.0, 2.0), (0.0, 1.0, 2.0)], &[2.0, 4.0, 6.0]);
    }
}
