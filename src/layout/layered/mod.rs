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
//! All this happens three times: sizes of boxes are guesses the first time; the second time they are known, and columns
//! are searched; the third time it is known where the edges of a box come to its border, and orders adapt to that.
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
use up::Stage;

/// Larger drawings do without the third round, which gains a hundredth or two of the crossings.
const MOST_EDGES_REFINED: usize = 8000;

pub(super) fn place(request: &LayoutRequest) -> Layout {
    let nest = Nest::read(request);
    let style = Style::of(&request.options);
    let mut drawing = up::estimate(&nest, &style);
    let rounds = if nest.arcs.len() > MOST_EDGES_REFINED { 2 } else { 3 };
    for stage in [Stage::Sized, Stage::Settled, Stage::Settled].into_iter().take(rounds) {
        drawing = up::compose(&nest, &style, down::plan(&nest, &style, &drawing), stage);
    }
    route::finish(request, &nest, &drawing)
}
