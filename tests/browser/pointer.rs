//! Pointers and keys.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::geometry::{Point, Vector};
use wayscope::web::keyboard::observe_keys;
use wayscope::web::listen::Reaction;
use wayscope::web::pointer::{Contact, Device, Gesture, Modifiers, PointerListener, observe_pointers};
use web_sys::{KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit, WheelEvent, WheelEventInit};

use crate::page::Placed;

struct Heard {
    element: Placed,
    gestures: Rc<RefCell<Vec<Gesture>>>,
    listener: Option<PointerListener>,
}

impl Heard {
    fn new(reaction: Reaction) -> Self {
        let (element, gestures) = (Placed::new("div"), Rc::new(RefCell::new(Vec::new())));
        let log = Rc::clone(&gestures);
        let listener = observe_pointers(&element.0, move |gesture| {
            log.borrow_mut().push(gesture);
            reaction
        });
        Self { element, gestures, listener: Some(listener) }
    }

    /// An event at a place relative to the element; whether the browser's own reaction was left to it.
    fn send(&self, kind: &str, device: &str, id: i32, at: (i32, i32)) -> bool {
        let init = PointerEventInit::new();
        init.set_cancelable(true);
        init.set_client_x(10 + at.0);
        init.set_client_y(20 + at.1);
        init.set_pointer_id(id);
        init.set_pointer_type(device);
        init.set_shift_key(true);
        init.set_buttons(u16::from(kind != "pointerup"));
        self.element.0.dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &init).unwrap()).unwrap()
    }

    fn turn_wheel(&self, mode: u32, control: bool) -> bool {
        let init = WheelEventInit::new();
        init.set_cancelable(true);
        init.set_client_x(10);
        init.set_client_y(20);
        init.set_delta_y(3.0);
        init.set_delta_mode(mode);
        init.set_ctrl_key(control);
        self.element.0.dispatch_event(&WheelEvent::new_with_event_init_dict("wheel", &init).unwrap()).unwrap()
    }

    fn take(&self) -> Vec<Gesture> {
        self.gestures.take()
    }
}

fn contact(device: Device, at: (f64, f64), pressed: bool) -> Contact {
    let modifiers = Modifiers { shift: true, ..Modifiers::default() };
    Contact { at: Point::new(at.0, at.1), device, button: 0, pressed, modifiers }
}

#[wasm_bindgen_test]
fn places_count_from_the_elements_corner() {
    let heard = Heard::new(Reaction::Left);
    assert!(heard.send("pointerdown", "mouse", 1, (5, 6)));
    heard.send("pointermove", "mouse", 1, (7, 8));
    heard.send("pointerup", "mouse", 1, (7, 8));
    heard.send("dblclick", "mouse", 1, (7, 8));
    heard.send("pointerleave", "mouse", 1, (7, 8));
    let mouse = |at, pressed| contact(Device::Mouse, at, pressed);
    assert_eq!(
        heard.take(),
        [
            Gesture::Down(mouse((5.0, 6.0), true)),
            Gesture::Move(mouse((7.0, 8.0), true)),
            Gesture::Up(mouse((7.0, 8.0), false)),
            Gesture::DoubleClick(mouse((7.0, 8.0), true)),
            Gesture::Leave,
        ]
    );
}

#[wasm_bindgen_test]
fn nothing_is_heard_after_the_listener_is_dropped() {
    let mut heard = Heard::new(Reaction::Taken);
    heard.listener = None;
    heard.send("pointerdown", "mouse", 1, (5, 6));
    assert!(heard.turn_wheel(WheelEvent::DOM_DELTA_PIXEL, false));
    assert_eq!(heard.take(), []);
    assert_eq!(Rc::strong_count(&heard.gestures), 1);
}

#[wasm_bindgen_test]
fn two_fingers_pinch_and_what_remains_is_no_drag() {
    let heard = Heard::new(Reaction::Left);
    let touch = |kind, id, at| {
        heard.send(kind, "touch", id, at);
        heard.take()
    };
    assert_eq!(touch("pointerdown", 1, (0, 50)), [Gesture::Down(contact(Device::Touch, (0.0, 50.0), true))]);
    assert_eq!(touch("pointerdown", 2, (20, 50)), [Gesture::Cancel]);
    let pinch = Gesture::Pinch { at: Point::new(20.0, 50.0), factor: 2.0, by: Vector::new(10.0, 0.0) };
    assert_eq!(touch("pointermove", 2, (40, 50)), [pinch]);
    assert_eq!(touch("pointerdown", 3, (90, 50)), []);
    assert_eq!(
        touch("pointermove", 3, (99, 50)),
        [Gesture::Pinch { at: Point::new(20.0, 50.0), factor: 1.0, by: Vector::default() }]
    );
    assert_eq!(touch("pointerup", 1, (0, 50)), []);
    assert_eq!(touch("pointermove", 2, (60, 50)), []);
    assert_eq!(touch("pointerup", 2, (60, 50)), []);
    assert_eq!(touch("pointerdown", 4, (1, 1)), [Gesture::Down(contact(Device::Touch, (1.0, 1.0), true))]);
}

#[wasm_bindgen_test]
fn the_page_scrolls_unless_the_wheel_is_taken() {
    for (reaction, scrolls) in [(Reaction::Taken, false), (Reaction::Left, true)] {
        assert_eq!(Heard::new(reaction).turn_wheel(WheelEvent::DOM_DELTA_PIXEL, false), scrolls);
    }
}

#[wasm_bindgen_test]
fn wheels_count_in_pixels_whatever_the_browser_counts_in() {
    let heard = Heard::new(Reaction::Taken);
    let modes =
        [(WheelEvent::DOM_DELTA_PIXEL, 3.0), (WheelEvent::DOM_DELTA_LINE, 48.0), (WheelEvent::DOM_DELTA_PAGE, 300.0)];
    for (mode, expect) in modes {
        heard.turn_wheel(mode, mode == WheelEvent::DOM_DELTA_LINE);
        let [Gesture::Wheel { at, by, zooms, .. }] = heard.take()[..] else { panic!() };
        assert_eq!((at, by), (Point::default(), Vector::new(0.0, expect)));
        assert_eq!(zooms, mode == WheelEvent::DOM_DELTA_LINE);
    }
}

#[wasm_bindgen_test]
fn keys_are_told_with_their_modifiers_until_the_listener_is_dropped() {
    let (element, pressed) = (Placed::new("div"), Rc::new(RefCell::new(Vec::new())));
    let log = Rc::clone(&pressed);
    let listener = observe_keys(&element.0, move |key| {
        log.borrow_mut().push((key.name, key.modifiers.control));
        Reaction::Taken
    });
    let press = |composing| {
        let init = KeyboardEventInit::new();
        init.set_cancelable(true);
        init.set_key("ArrowLeft");
        init.set_ctrl_key(true);
        init.set_is_composing(composing);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        element.0.dispatch_event(&event).unwrap()
    };
    assert!(!press(false));
    assert!(press(true));
    drop(listener);
    assert!(press(false));
    assert_eq!(pressed.take(), [("ArrowLeft".to_owned(), true)]);
}
