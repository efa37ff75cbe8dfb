//! Where layouts are made: at once when they are small, else in a worker, so that the page stays responsive.

use std::cell::RefCell;
use std::rc::Rc;

use crate::layout::{Layout, LayoutRequest, place, read_layout, write_request};
use crate::quantity::Duration;
use crate::web::clock::{Timer, after};
use crate::web::worker::{Answer, Worker};

/// Nodes and edges up to which a layout takes less than a frame.
const SMALL: usize = 250;

/// Makes layouts; only the newest request counts. Dropping it ends what is under way.
#[derive(Default)]
pub(super) struct Desk(Rc<RefCell<Work>>);

#[derive(Default)]
struct Work {
    newest: u32,
    awaited: Option<Awaited>,
    worker: Option<Worker>,
    /// No worker can be had, or it has failed.
    alone: bool,
    timer: Option<Timer>,
}

struct Awaited {
    request: LayoutRequest,
    done: Box<dyn FnOnce(Layout)>,
}

impl Desk {
    /// The layout at once when it is small. Else `done` has it later, unless something else is asked for before.
    pub fn ask(&self, request: LayoutRequest, done: impl FnOnce(Layout) + 'static) -> Option<Layout> {
        let mut work = self.0.borrow_mut();
        work.newest += 1;
        work.awaited = None;
        if request.nodes.len() + request.edges.len() <= SMALL {
            return Some(place(&request));
        }
        if work.worker.is_none() && !work.alone {
            let shared = Rc::downgrade(&self.0);
            work.worker = Worker::start(move |answer| {
                if let Some(shared) = shared.upgrade() {
                    heard(&shared, answer);
                }
            });
            work.alone = work.worker.is_none();
        }
        match &work.worker {
            Some(worker) => worker.ask(work.newest, &write_request(&request)),
            None => work.timer = Some(later(&self.0)),
        }
        work.awaited = Some(Awaited { request, done: Box::new(done) });
        None
    }
}

/// The worker has answered, or cannot.
fn heard(shared: &Rc<RefCell<Work>>, answer: Option<Answer>) {
    let mut work = shared.borrow_mut();
    let is_late = answer.as_ref().is_some_and(|(number, _)| *number != work.newest);
    if is_late {
        return;
    }
    let Some(layout) = answer.and_then(|(_, layout)| read_layout(&layout?)) else {
        work.worker = None;
        work.alone = true;
        work.timer = Some(later(shared));
        return;
    };
    let awaited = work.awaited.take();
    // What is done with it may ask for the next.
    drop(work);
    if let Some(Awaited { done, .. }) = awaited {
        done(layout);
    }
}

/// Does it here, in a task of its own.
fn later(shared: &Rc<RefCell<Work>>) -> Timer {
    let shared = Rc::downgrade(shared);
    after(Duration::ZERO, move || {
        let awaited = shared.upgrade().and_then(|shared| shared.borrow_mut().awaited.take());
        if let Some(Awaited { request, done }) = awaited {
            done(place(&request));
        }
    })
}
