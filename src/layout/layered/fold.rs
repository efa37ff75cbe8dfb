//! Pass 2b: columns instead of ranks where ranks would make the drawing far too tall or too wide.
//!
//! The items are dealt into so many columns that the drawing gets the wanted shape and then exchanged, two at a time,
//! while that makes the edges shorter or lets more of them point to the right (Kirkpatrick, Gelatt, Vecchi:
//! Optimization by simulated annealing, Science 220 (1983), §placement; losses are accepted below a random threshold
//! as Dueck, Scheuer: Threshold accepting, 1990, which needs no exponentials). Short edges in a given area mean few
//! crossings: two random sets of lines cross in proportion to the product of their lengths.
//!
//! *Before:* ranks. *After:* a column for each item and a position in it; edges within a column are possible.

use crate::order::sort_by;

use super::part::{Part, Reach, Side};
use super::random::Random;

/// Least gain, in column widths, that is lost sight of at the beginning and at the end.
const HEAT: f64 = 2.5;
/// Passing edges take at most so much room as a multiple of the items.
const MOST_PASSING: f64 = 0.6;
const COOLING: f64 = 0.85;
const ROUNDS: usize = 40;

/// Room that an arrangement needs besides the items.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Room {
    /// Between layers.
    pub along: f64,
    /// Between items of a layer.
    pub across: f64,
    /// Between edges, about.
    pub edge: f64,
    /// Wanted width divided by height.
    pub aspect: f64,
}

impl Room {
    /// For a drawing that is to be planned wider than it shall become.
    pub(super) fn stretched(self, stretch: f64) -> Self {
        Self { aspect: (self.aspect * stretch).clamp(0.1, 10.0), ..self }
    }
}

/// How to search.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Search {
    pub seed: u64,
    /// Exchanges tried for each item.
    pub tries: usize,
    /// Columns more than the shape asks for.
    pub wider: usize,
    /// What an edge costs that does not point to the right, in column widths.
    pub backward: f64,
}

/// Never more exchanges in all.
const MOST_TRIES: usize = 300_000;

/// A column for each item, from 0, and the position of its middle.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Columns {
    pub of: Vec<usize>,
    pub y: Vec<f64>,
}

/// Width divided by height of a drawing with these layers.
pub(super) fn shape(part: &Part, layers: &[usize], room: Room) -> f64 {
    let layers = &layers[..part.sizes.len()];
    let count = layers.iter().max().map_or(0, |&last| last + 1);
    let (mut widths, mut heights) = (vec![0.0_f64; count], vec![0.0; count]);
    for (&(width, height), &layer) in part.sizes.iter().zip(layers) {
        widths[layer] = widths[layer].max(width);
        heights[layer] += height + room.across;
    }
    let width: f64 = widths.iter().filter(|width| **width > 0.0).map(|width| width + room.along).sum();
    width / heights.into_iter().fold(1.0, f64::max)
}

/// The same if all layers were equally tall, as columns will be when edges pass between their items.
pub(super) fn even_shape(part: &Part, layers: &[usize], room: Room) -> f64 {
    let mut heights = vec![0.0; layers.iter().max().map_or(0, |&last| last + 1)];
    for (size, &layer) in part.sizes.iter().zip(layers) {
        heights[layer] += size.1 + room.across;
    }
    let used = heights.iter().filter(|height| **height > 0.0).count().max(1);
    let mean = heights.iter().sum::<f64>() / used as f64;
    shape(part, layers, room) * heights.into_iter().fold(1.0, f64::max) / mean.max(1.0)
}

/// Deals the items into columns and improves that.
pub(super) fn fold(part: &Part, ranks: &[usize], room: Room, search: Search) -> Columns {
    let mut board = Board::deal(part, ranks, room, search);
    let count = part.items.len();
    let mut random = Random::new(search.seed);
    let tries = (count * search.tries).min(MOST_TRIES);
    let mut heat = HEAT * board.pitch;
    for _ in 0..ROUNDS {
        for _ in 0..tries / ROUNDS {
            let one = random.below(count);
            let other = board.partner(one, &mut random);
            if one != other && board.exchange_cost(one, other) < heat * random.share() {
                board.exchange(one, other);
            }
        }
        board.stack();
        heat *= COOLING;
    }
    Columns { of: board.column, y: board.y }
}

/// Another item, how much the edges to it count, and whether they start here.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Near {
    other: u32,
    weight: f32,
    out: bool,
}

/// The state of the search.
struct Board {
    column: Vec<usize>,
    /// Left edge of each item's column, if all were equally wide, and middle of each item.
    x: Vec<f64>,
    y: Vec<f64>,
    /// The items of each column from the top down.
    stacks: Vec<Vec<usize>>,
    place: Vec<usize>,
    heights: Vec<f64>,
    /// Distance from column to column.
    pitch: f64,
    /// Cost of an edge that does not point to the right.
    backward: f64,
    /// Where the neighbours of each item start in `near`.
    starts: Vec<usize>,
    near: Vec<Near>,
    /// For each item: pull to the left and to the right border.
    border: Vec<[f64; 2]>,
}

impl Board {
    fn deal(part: &Part, ranks: &[usize], room: Room, search: Search) -> Self {
        let count = part.items.len();
        let heights: Vec<f64> = part.sizes.iter().map(|size| size.1 + room.across).collect();
        let total: f64 = heights.iter().sum();
        let widest = part.sizes.iter().map(|size| size.0).fold(0.0, f64::max);
        let mean = part.sizes.iter().map(|size| size.0).sum::<f64>() / count as f64;
        let pitch = f64::midpoint(widest, mean) + room.along;
        let columns = ((room.aspect * total / pitch).sqrt().round() as usize + search.wider).clamp(1, count);
        let mut order: Vec<usize> = (0..count).collect();
        sort_by(&mut order, |&a, &b| ranks[a].cmp(&ranks[b]));
        let passing = part.links.len() as f64 / 3.0 * room.edge * columns as f64 / total;
        let ends = shares(columns, passing.min(MOST_PASSING));
        let mut stacks = vec![Vec::new(); columns];
        let mut column = vec![0; count];
        let mut filled = 0.0;
        for item in order {
            let middle = filled + heights[item] / 2.0;
            filled += heights[item];
            column[item] = ends.partition_point(|&end| end < middle / total).min(columns - 1);
            stacks[column[item]].push(item);
        }
        let (starts, near) = neighbours(part);
        let mut board = Self {
            x: column.iter().map(|&column| column as f64 * pitch).collect(),
            y: vec![0.0; count],
            place: vec![0; count],
            border: borders(part),
            column,
            stacks,
            heights,
            pitch,
            backward: search.backward * pitch,
            starts,
            near,
        };
        board.stack();
        board
    }

    fn near(&self, item: usize) -> &[Near] {
        let (near, starts): (&[Near], &[usize]) = (&self.near, &self.starts);
        &near[starts[item]..starts[item + 1]]
    }

    /// Recomputes places and positions from the stacks, each column centred around zero.
    fn stack(&mut self) {
        for stack in &self.stacks {
            let mut y = -stack.iter().map(|&item| self.heights[item]).sum::<f64>() / 2.0;
            for (place, &item) in stack.iter().enumerate() {
                self.place[item] = place;
                self.y[item] = y + self.heights[item] / 2.0;
                y += self.heights[item];
            }
        }
    }

    /// Something to exchange the item with: now anything, now a thing near one of its neighbours.
    fn partner(&self, one: usize, random: &mut Random) -> usize {
        let near = self.near(one);
        if near.is_empty() || random.share() < 0.5 {
            return random.below(self.column.len());
        }
        let goal = near[random.below(near.len())].other as usize;
        let column = (self.column[goal] + random.below(3)).saturating_sub(1).min(self.stacks.len() - 1);
        let stack = &self.stacks[column];
        let place = stack.partition_point(|&item| self.y[item] < self.y[goal]);
        stack.get(place.min(stack.len().saturating_sub(1))).copied().unwrap_or(one)
    }

    /// How much longer (or worse directed) the edges get when two items change places.
    fn exchange_cost(&self, one: usize, other: usize) -> f64 {
        let (here, there) = ((self.x[one], self.y[one]), (self.x[other], self.y[other]));
        self.move_cost(one, other, here, there) + self.move_cost(other, one, there, here)
    }

    /// The same for one item that moves; edges to `except`, which takes its place, keep their length.
    fn move_cost(&self, item: usize, except: usize, from: (f64, f64), to: (f64, f64)) -> f64 {
        let (x, y): (&[f64], &[f64]) = (&self.x, &self.y);
        let [left, right] = self.border[item];
        let mut cost = (left - right) * (to.0 - from.0);
        for near in self.near(item) {
            let other = near.other as usize;
            let there = (x[other], y[other]);
            let weight = f64::from(near.weight);
            let (was, is) = if other == except {
                // Turned round; the other item sees the other half.
                (points_back(near.out, from.0, to.0), points_back(near.out, to.0, from.0))
            } else {
                let longer = (there.0 - to.0).abs() - (there.0 - from.0).abs() + (there.1 - to.1).abs()
                    - (there.1 - from.1).abs();
                cost += weight * longer;
                (points_back(near.out, from.0, there.0), points_back(near.out, to.0, there.0))
            };
            if was != is {
                let change = if other == except { self.backward / 2.0 } else { self.backward };
                cost += if is { weight * change } else { -weight * change };
            }
        }
        cost
    }

    fn exchange(&mut self, one: usize, other: usize) {
        self.stacks[self.column[one]][self.place[one]] = other;
        self.stacks[self.column[other]][self.place[other]] = one;
        self.column.swap(one, other);
        self.place.swap(one, other);
        self.x.swap(one, other);
        self.y.swap(one, other);
    }
}

/// Whether an edge between a thing at `here` and one at `there`, outgoing or incoming, does not point to the right.
fn points_back(out: bool, here: f64, there: f64) -> bool {
    if out { there <= here } else { here <= there }
}

/// Where each column ends in the row of all items, as a share of their height. Edges that pass need room most in the
/// middle, `passing` times that of the items on average.
fn shares(columns: usize, passing: f64) -> Vec<f64> {
    let room = |column: usize| {
        let across = (column as f64 + 0.5) / columns as f64;
        1.0 / (1.0 + 6.0 * passing * across * (1.0 - across))
    };
    let total: f64 = (0..columns).map(room).sum();
    let mut sum = 0.0;
    (0..columns)
        .map(|column| {
            sum += room(column) / total;
            sum
        })
        .collect()
}

/// The neighbours of each item, parallel edges joined.
fn neighbours(part: &Part) -> (Vec<usize>, Vec<Near>) {
    let mut pairs: Vec<(usize, usize, bool)> = Vec::with_capacity(2 * part.links.len());
    for link in &part.links {
        if let Reach::Within { source, target } = link.reach {
            pairs.push((source, target, true));
            pairs.push((target, source, false));
        }
    }
    sort_by(&mut pairs, Ord::cmp);
    let (mut starts, mut near) = (vec![0; part.items.len() + 1], Vec::<Near>::new());
    let mut before = None;
    for pair in pairs {
        if let Some(last) = near.last_mut().filter(|_| before == Some(pair)) {
            last.weight += 1.0;
        } else {
            near.push(Near { other: pair.1 as u32, weight: 1.0, out: pair.2 });
        }
        starts[pair.0 + 1] = near.len();
        before = Some(pair);
    }
    for item in 1..starts.len() {
        starts[item] = starts[item].max(starts[item - 1]);
    }
    (starts, near)
}

fn borders(part: &Part) -> Vec<[f64; 2]> {
    let mut border = vec![[0.0; 2]; part.items.len()];
    for link in &part.links {
        match link.reach {
            Reach::Border { item, side: Side::Left } => border[item][0] += 1.0,
            Reach::Border { item, side: Side::Right } => border[item][1] += 1.0,
            Reach::Within { .. } => {}
        }
    }
    border
}

#[cfg(test)]
mod tests {
    use super::super::part::Link;
    use super::*;

    fn part(items: usize, arcs: &[(usize, usize)]) -> Part {
        let link = |&(source, target): &(usize, usize)| Link {
            edge: 0,
            end: 0,
            reach: Reach::Within { source, target },
            label: (0.0, 0.0),
        };
        Part {
            items: (0..items).collect(),
            sizes: vec![(100.0, 40.0); items],
            links: arcs.iter().map(link).collect(),
            ports: [vec![], vec![]],
        }
    }

    const SEARCH: Search = Search { seed: 1, tries: 200, wider: 0, backward: 2.0 };
    const ROOM: Room = Room { along: 60.0, across: 24.0, edge: 8.0, aspect: 1.0 };

    #[test]
    fn a_tall_star_gets_several_columns_with_its_hub_in_the_middle() {
        let arcs: Vec<(usize, usize)> = (1..50).map(|leaf| (leaf, 0)).collect();
        let part = part(50, &arcs);
        let ranks: Vec<usize> = (0..50).map(|item| usize::from(item == 0)).collect();
        assert!(shape(&part, &ranks, ROOM) < 0.2);
        let columns = fold(&part, &ranks, ROOM, SEARCH);
        let shape = shape(&part, &columns.of, ROOM);
        assert!((0.5..2.0).contains(&shape), "{shape}");
        assert!(columns.y[0].abs() < 600.0, "{}", columns.y[0]);
    }

    #[test]
    fn neighbours_come_to_stand_side_by_side() {
        let arcs: Vec<(usize, usize)> = (0..15).map(|pair| (pair, 29 - pair)).collect();
        let columns = fold(&part(30, &arcs), &[0; 30], Room { aspect: 1.35, ..ROOM }, SEARCH);
        let near = arcs
            .iter()
            .filter(|&&(a, b)| columns.of[b] == columns.of[a] + 1 && (columns.y[a] - columns.y[b]).abs() < 70.0);
        let near = near.count();
        assert!(
            near >= 11,
            "{near} {:?}",
            arcs.iter()
                .map(|&(a, b)| (columns.of[a], columns.of[b], columns.y[a] as i32, columns.y[b] as i32))
                .collect::<Vec<_>>()
        );
    }
}
