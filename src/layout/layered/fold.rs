//! Pass 2b: columns instead of ranks where ranks would make the drawing far too tall or too wide.
//!
//! The items are dealt into so many columns that the drawing gets the wanted shape and then exchanged, two at a time,
//! while that makes the edges shorter or lets more of them point to the right (simulated annealing on slots, as
//! Kirkpatrick, Gelatt, Vecchi: Optimization by simulated annealing, Science 220 (1983), §placement). Short edges in a
//! given area are few crossings: two random lines of total length L in an area A cross L² / πA times.
//!
//! *Before:* ranks. *After:* a column for each item and a position in it; edges within a column are possible.

use super::part::{Part, Reach, Side};
use super::random::Random;

/// What a backward edge costs, in column widths.
const BACKWARD: f64 = 0.35;
const TRIES_PER_ITEM: usize = 400;
const MOST_TRIES: usize = 400_000;

/// Room that an arrangement needs besides the items.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Room {
    /// Between layers.
    pub along: f64,
    /// Between items of a layer.
    pub across: f64,
    /// Wanted width divided by height.
    pub aspect: f64,
}

/// A column for each item, from 0, and the position of its middle.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Columns {
    pub of: Vec<usize>,
    pub y: Vec<f64>,
}

/// Width divided by height of a drawing with these layers.
pub(super) fn shape(part: &Part, layers: &[usize], room: Room) -> f64 {
    let count = layers.iter().max().map_or(0, |&last| last + 1);
    let (mut widths, mut heights) = (vec![0.0_f64; count], vec![0.0; count]);
    for (&(width, height), &layer) in part.sizes.iter().zip(layers) {
        widths[layer] = widths[layer].max(width);
        heights[layer] += height + room.across;
    }
    let width: f64 = widths.iter().map(|width| width + room.along).sum();
    width / heights.into_iter().fold(1.0, f64::max)
}

/// Deals the items into columns and improves that.
pub(super) fn fold(part: &Part, ranks: &[usize], room: Room, seed: u64) -> Columns {
    let mut board = Board::deal(part, ranks, room);
    let count = part.items.len();
    let mut random = Random::new(seed);
    let tries = (count * TRIES_PER_ITEM).min(MOST_TRIES);
    let rounds = 40;
    let mut heat = 0.6 * board.pitch;
    for _ in 0..rounds {
        for _ in 0..tries / rounds {
            let one = random.below(count);
            let other = board.partner(one, &mut random);
            let change = board.exchange_cost(one, other);
            if change < 0.0 || random.share() < (-change / heat).exp() {
                board.exchange(one, other);
            }
        }
        board.stack();
        heat *= 0.85;
    }
    Columns { of: board.column, y: board.y }
}

/// The state of the search.
struct Board {
    column: Vec<usize>,
    y: Vec<f64>,
    /// The items of each column from the top down.
    stacks: Vec<Vec<usize>>,
    place: Vec<usize>,
    heights: Vec<f64>,
    /// Distance from column to column.
    pitch: f64,
    /// For each item: other item, weight, and whether the edge starts at the item.
    near: Vec<Vec<(usize, f64, bool)>>,
    /// For each item: pull to the left and to the right border.
    border: Vec<[f64; 2]>,
}

impl Board {
    fn deal(part: &Part, ranks: &[usize], room: Room) -> Self {
        let count = part.items.len();
        let heights: Vec<f64> = part.sizes.iter().map(|size| size.1 + room.across).collect();
        let total: f64 = heights.iter().sum();
        let widest = part.sizes.iter().map(|size| size.0).fold(0.0, f64::max);
        let mean = part.sizes.iter().map(|size| size.0).sum::<f64>() / count as f64;
        let pitch = f64::midpoint(widest, mean) + room.along;
        let columns = ((room.aspect * total / pitch).sqrt().round() as usize).clamp(1, count);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&item| ranks[item]);
        let mut board = Self {
            column: vec![0; count],
            y: vec![0.0; count],
            stacks: vec![Vec::new(); columns],
            place: vec![0; count],
            heights,
            pitch,
            near: vec![Vec::new(); count],
            border: vec![[0.0; 2]; count],
        };
        let mut filled = 0.0;
        for item in order {
            let middle = filled + board.heights[item] / 2.0;
            filled += board.heights[item];
            board.column[item] = ((middle / total * columns as f64) as usize).min(columns - 1);
            board.stacks[board.column[item]].push(item);
        }
        for link in &part.links {
            match link.reach {
                Reach::Within { source, target } => {
                    board.near[source].push((target, 1.0, true));
                    board.near[target].push((source, 1.0, false));
                }
                Reach::Border { item, side: Side::Left } => board.border[item][0] += 1.0,
                Reach::Border { item, side: Side::Right } => board.border[item][1] += 1.0,
            }
        }
        for near in &mut board.near {
            near.sort_by_key(|&(other, _, out)| (other, out));
            near.dedup_by(|next, kept| {
                let same = (next.0, next.2) == (kept.0, kept.2);
                kept.1 += if same { next.1 } else { 0.0 };
                same
            });
        }
        board.stack();
        board
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
        let near = &self.near[one];
        if near.is_empty() || random.share() < 0.5 {
            return random.below(self.column.len());
        }
        let goal = near[random.below(near.len())].0;
        let column = (self.column[goal] + random.below(3)).saturating_sub(1).min(self.stacks.len() - 1);
        let stack = &self.stacks[column];
        let place = stack.partition_point(|&item| self.y[item] < self.y[goal]);
        stack.get(place.min(stack.len().saturating_sub(1))).copied().unwrap_or(one)
    }

    /// How much longer (or worse directed) the edges get when two items change places.
    fn exchange_cost(&self, one: usize, other: usize) -> f64 {
        if one == other {
            return 0.0;
        }
        let (here, there) = ((self.column[one], self.y[one]), (self.column[other], self.y[other]));
        self.cost(one, there, other) - self.cost(one, here, other) + self.cost(other, here, one)
            - self.cost(other, there, one)
    }

    /// The cost of the edges of an item that stands at `at`; those to `except` keep their length.
    fn cost(&self, item: usize, (column, y): (usize, f64), except: usize) -> f64 {
        let mut cost = 0.0;
        for &(other, weight, out) in &self.near[item] {
            if other == except {
                continue;
            }
            let across = y - self.y[other];
            let along = (self.column[other] as f64 - column as f64) * if out { self.pitch } else { -self.pitch };
            let backward = if along <= 0.0 { BACKWARD * self.pitch } else { 0.0 };
            cost += weight * (along.hypot(across) + backward);
        }
        let [left, right] = self.border[item];
        let last = self.stacks.len() - 1;
        cost + self.pitch * (left * column as f64 + right * (last - column.min(last)) as f64)
    }

    fn exchange(&mut self, one: usize, other: usize) {
        self.stacks[self.column[one]][self.place[one]] = other;
        self.stacks[self.column[other]][self.place[other]] = one;
        self.column.swap(one, other);
        self.place.swap(one, other);
        self.y.swap(one, other);
    }
}
