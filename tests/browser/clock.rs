//! Timers.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::quantity::Duration;
use wayscope::web::clock;

use crate::page::pass;

#[wasm_bindgen_test]
async fn a_timer_rings_once() {
    let rung = Rc::new(Cell::new(0));
    let count = Rc::clone(&rung);
    let timer = clock::after(Duration::from_millis(5), move || count.set(count.get() + 1));
    pass(50).await;
    assert_eq!(rung.get(), 1);
    drop(timer);
}

#[wasm_bindgen_test]
async fn a_dropped_timer_never_rings_and_frees_what_it_held() {
    let held = Rc::new(());
    let inside = Rc::clone(&held);
    drop(clock::after(Duration::from_millis(5), move || panic!("{inside:?}")));
    assert_eq!(Rc::strong_count(&held), 1);
    pass(50).await;
}

#[wasm_bindgen_test]
async fn a_wait_too_long_for_the_browser_does_not_ring_at_once() {
    let _timer = clock::after(Duration::from_mins(60 * 24 * 365), || panic!());
    pass(20).await;
}

#[wasm_bindgen_test]
fn the_clock_tells_the_time_of_the_computer() {
    assert!((clock::now().unix_secs() - js_sys::Date::now() / 1_000.0).abs() < 60.0);
    assert!(clock::performance_ms() > 0.0);
}
