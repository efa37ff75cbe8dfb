//! Layered drawing, box by box.
//!
//! Down the tree of boxes, for each box: [`part`] splits its contents into connected pieces; [`acyclic`] and [`rank`]
//! give layers, or [`fold`] and [`wrap`] give columns where layers would make
//! a strip; [`proper`] breaks long edges into dummies;
//! [`order`] sorts the layers so that few edges cross. The order of the edges around a box is then the order of the
//! ports on its border, which its own contents must follow.
//!
//! Up again: [`coordinates`] gives positions across the flow, [`channels`] along it, [`pack`] puts pieces side by side;
//! that is the size of the box, which its parent needs. At the end [`route`] joins the pieces of each edge and
//! [`labels`] finds room for its label.
//!
//! All this happens twice: sizes of boxes are guesses the first time; the second time they are known, and about where the
//! edges of a box come to its border. Of a small drawing several second times are planned; the one with the fewest
//! crossings stays.
//!
//! *Conventions.* "Along" is the direction of flow (x from left to right), "across" is y downwards; a drawing from top
//! to bottom is turned at the very end.

mod acyclic;
mod arrange;
mod channels;
mod coordinates;
mod crossings;
mod down;
mod fold;
mod frame;
mod labels;
mod nest;
mod order;
mod pack;
mod part;
mod proper;
mod random;
mod rank;
mod route;
mod settle;
mod sift;
mod style;
mod sweep;
mod up;
mod wrap;

use super::request::LayoutRequest;
use super::result::Layout;
use nest::Nest;
use style::Style;

/// So many edges are planned in all, the attempts together, and so many times at most.
const EDGES_IN_ATTEMPTS: usize = 540;
const MOST_ATTEMPTS: usize = 3;
/// Between the seeds of two attempts.
const NEXT_SEED: u64 = 77_777;

pub(super) fn place(request: &LayoutRequest) -> Layout {
    let nest = Nest::read(request);
    let style = Style::of(&request.options);
    let guess = up::estimate(&nest, &style);
    let sized = up::compose(&nest, &style, down::plan(&nest, &style, &guess));
    let mut best = down::plan(&nest, &style, &sized);
    for attempt in 1..(EDGES_IN_ATTEMPTS / nest.arcs.len().max(1)).min(MOST_ATTEMPTS) {
        let style = Style { seed: style.seed.wrapping_add(attempt as u64 * NEXT_SEED), ..style };
        let plan = down::plan(&nest, &style, &sized);
        if plan.cost() < best.cost() {
            best = plan;
        }
    }
    route::finish(request, &nest, &up::compose(&nest, &style, best))
}
