//! What pointers and keys mean on the picture.

use std::rc::Rc;

use crate::app::Message;
use crate::geometry::{Point, Vector};
use crate::scene::Target;
use crate::ui::store::Store;
use crate::web::clock::performance_ms;
use crate::web::keyboard::Key;
use crate::web::listen::Reaction;
use crate::web::media::{REDUCED_MOTION, matches};
use crate::web::pointer::Gesture;

use super::Shared;
use super::glide::Pace;

/// A press that moved less is a click.
const CLICK_SLACK: f64 = 4.0;
/// Wheel pixels that double or halve the zoom.
const WHEEL_DOUBLES: f64 = 240.0;
/// How far an arrow key moves the picture.
const KEY_STEP: f64 = 60.0;

/// A press that may become a click or a pan.
struct Press {
    from: Point,
    last: Point,
    is_pan: bool,
    pace: Pace,
}

/// Pan by dragging, zoom by wheel or pinch, select by click, look round by double click.
pub(super) fn react(shared: &Shared, store: Store) -> impl FnMut(Gesture) -> Reaction + use<> {
    let shared = Rc::clone(shared);
    let mut press: Option<Press> = None;
    move |gesture| {
        let mut drawing = shared.borrow_mut();
        match gesture {
            Gesture::Down(contact) if contact.button == 0 => {
                drawing.hold();
                press = Some(Press { from: contact.at, last: contact.at, is_pan: false, pace: Pace::default() });
                // Focus comes with the browser's own reaction.
                return Reaction::Left;
            }
            Gesture::Move(contact) => {
                if let Some(press) = press.as_mut() {
                    press.is_pan |= press.from.distance(contact.at) > CLICK_SLACK;
                    if press.is_pan {
                        drawing.pan(contact.at - press.last);
                        press.pace.moved(contact.at - press.last, performance_ms());
                        drawing.set_cursor("grabbing");
                    }
                    press.last = contact.at;
                } else if drawing.hover(Some(contact.at)) {
                    drawing.set_cursor(if drawing.hovered().is_some() { "pointer" } else { "grab" });
                }
            }
            Gesture::Up(contact) => {
                let pressed = press.take();
                drawing.set_cursor("grab");
                if let Some(press) = pressed.as_ref().filter(|press| press.is_pan) {
                    if !matches(REDUCED_MOTION) {
                        drawing.let_go(press.pace.velocity(performance_ms()));
                    }
                } else if pressed.is_some() {
                    let selection = drawing.selection_at(contact.at);
                    // The store's effects reach back into the drawing.
                    drop(drawing);
                    store.send(Message::Select(selection));
                }
            }
            Gesture::DoubleClick(contact) => match drawing.hit(contact.at) {
                Some(Target::Node(node)) => drawing.fit_around(node),
                Some(_) => {}
                None => drawing.fit(),
            },
            Gesture::Wheel { at, by, zooms, .. } => {
                if by.x != 0.0 && !zooms {
                    drawing.pan(-by);
                } else {
                    drawing.zoom_at((-by.y / WHEEL_DOUBLES * std::f64::consts::LN_2).exp(), at);
                }
                return Reaction::Taken;
            }
            Gesture::Pinch { at, factor, by } => {
                drawing.pan(by);
                drawing.zoom_at(factor, at);
            }
            Gesture::Cancel => press = None,
            Gesture::Leave => {
                if press.is_none() {
                    drawing.hover(None);
                }
            }
            Gesture::Down(_) => return Reaction::Left,
        }
        Reaction::Left
    }
}

/// Arrows move, plus and minus zoom, 0 shows all, Escape selects nothing.
pub(super) fn keys(shared: &Shared, store: Store) -> impl FnMut(Key) -> Reaction + use<> {
    let shared = Rc::clone(shared);
    move |key| {
        if key.modifiers.control || key.modifiers.alt || key.modifiers.meta {
            return Reaction::Left;
        }
        let pan = |x: f64, y: f64| shared.borrow_mut().pan(Vector::new(x * KEY_STEP, y * KEY_STEP));
        match key.name.as_str() {
            "ArrowLeft" => pan(1.0, 0.0),
            "ArrowRight" => pan(-1.0, 0.0),
            "ArrowUp" => pan(0.0, 1.0),
            "ArrowDown" => pan(0.0, -1.0),
            "+" | "=" => shared.borrow_mut().zoom(1.25),
            "-" => shared.borrow_mut().zoom(0.8),
            "0" => shared.borrow_mut().fit(),
            "Escape" => store.send(Message::Select(None)),
            _ => return Reaction::Left,
        }
        Reaction::Taken
    }
}
