//! Frames and listeners.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::web::frame::FrameLoop;
use wayscope::web::listen::Listener;
use web_sys::Event;

use crate::page::{pass, window};

#[wasm_bindgen_test]
async fn many_requests_make_one_drawing() {
    let drawn = Rc::new(Cell::new(0));
    let count = Rc::clone(&drawn);
    let frames = FrameLoop::new(move |_| count.set(count.get() + 1));
    frames.request();
    frames.redraw().request();
    frames.request();
    pass(200).await;
    assert_eq!(drawn.get(), 1);
    frames.request();
    pass(200).await;
    assert_eq!(drawn.get(), 2);
}

#[wasm_bindgen_test]
async fn a_dropped_loop_draws_no_more() {
    let frames = FrameLoop::new(|_| panic!("drawn"));
    let redraw = frames.redraw();
    frames.request();
    drop(frames);
    redraw.request();
    pass(100).await;
}

#[wasm_bindgen_test]
async fn a_drawing_may_end_its_own_loop() {
    let slot: Rc<RefCell<Option<FrameLoop>>> = Rc::default();
    let (own, drawn) = (Rc::clone(&slot), Rc::new(Cell::new(false)));
    let seen = Rc::clone(&drawn);
    slot.replace(Some(FrameLoop::new(move |_| {
        own.replace(None);
        seen.set(true);
    })));
    slot.borrow().as_ref().unwrap().request();
    pass(200).await;
    assert!(drawn.get() && slot.borrow().is_none());
}

#[wasm_bindgen_test]
fn a_listener_may_end_itself_and_hears_nothing_afterwards() {
    let slot: Rc<RefCell<Option<Listener>>> = Rc::default();
    let (own, heard) = (Rc::clone(&slot), Rc::new(Cell::new(0)));
    let count = Rc::clone(&heard);
    slot.replace(Some(Listener::new(&window(), "ring", move |_| {
        count.set(count.get() + 1);
        own.replace(None);
    })));
    for _ in 0..2 {
        window().dispatch_event(&Event::new("ring").unwrap()).unwrap();
    }
    assert_eq!(heard.get(), 1);
    assert_eq!(Rc::strong_count(&heard), 1);
}
