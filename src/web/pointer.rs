//! Mouse, pen and fingers on an element.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent, WheelEvent};

use super::listen::{Listener, Reaction};
use super::pinch::{Fingers, Motion, Press};
use crate::geometry::{Point, Vector};

/// Keys held during something.
#[expect(clippy::struct_excessive_bools, reason = "four keys, each up or down")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Control.
    pub control: bool,
    /// Alt or Option.
    pub alt: bool,
    /// Command or the Windows key.
    pub meta: bool,
}

/// What points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    /// A mouse, or something that does not tell.
    Mouse,
    /// A finger: imprecise, and it never hovers.
    Touch,
    /// A pen.
    Pen,
}

/// A place touched or hovered.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Contact {
    /// CSS pixels from the element's upper left corner.
    pub at: Point,
    /// What points.
    pub device: Device,
    /// The button that went down or up, as `MouseEvent.button` counts: 0 first, 1 middle, 2 second; -1 for none.
    pub button: i16,
    /// Whether the first button, or the finger, is down.
    pub pressed: bool,
    /// Keys held with it.
    pub modifiers: Modifiers,
}

/// What a pointer does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Gesture {
    /// A button or finger goes down; until it goes up the element hears of it wherever it moves.
    Down(Contact),
    /// It moves, pressed or not.
    Move(Contact),
    /// A button or finger goes up.
    Up(Contact),
    /// What began with `Down` comes to nothing: a second finger came, or the browser took over.
    Cancel,
    /// The pointer is not above the element any more.
    Leave,
    /// Two clicks.
    DoubleClick(Contact),
    /// The wheel turned, or two fingers slid on a trackpad.
    Wheel {
        /// CSS pixels from the element's upper left corner.
        at: Point,
        /// How far a page would scroll, in CSS pixels.
        by: Vector,
        /// Whether it means zooming: two fingers spread on a trackpad, or Control is held.
        zooms: bool,
        /// Keys held with it.
        modifiers: Modifiers,
    },
    /// Two fingers move.
    Pinch {
        /// The place between them now.
        at: Point,
        /// How much farther apart they are than before; greater than zero.
        factor: f64,
        /// How far the place between them moved.
        by: Vector,
    },
}

/// Hears what pointers do on one element.
#[must_use = "dropping it ends the hearing"]
pub struct PointerListener {
    _listeners: Vec<Listener>,
}

struct Hearer {
    element: Element,
    fingers: Fingers,
    heard: Box<dyn FnMut(Gesture) -> Reaction>,
}

const KINDS: [&str; 7] =
    ["pointerdown", "pointermove", "pointerup", "pointercancel", "pointerleave", "dblclick", "wheel"];

/// Tells what pointers do on the element. For fingers to come through, its style needs `touch-action: none`.
pub fn observe_pointers(element: &Element, heard: impl FnMut(Gesture) -> Reaction + 'static) -> PointerListener {
    listen(Hearer { element: element.clone(), fingers: Fingers::default(), heard: Box::new(heard) })
}

fn listen(hearer: Hearer) -> PointerListener {
    let element = hearer.element.clone();
    let hearer = Rc::new(RefCell::new(hearer));
    let listen = |kind| {
        let hearer = Rc::clone(&hearer);
        Listener::new(&element, kind, move |event| {
            // Busy only when a reaction to one event sets off another, which is then not the user's.
            if let Ok(mut hearer) = hearer.try_borrow_mut() {
                hearer.hear(&event);
            }
        })
    };
    PointerListener { _listeners: KINDS.into_iter().map(listen).collect() }
}

impl Hearer {
    fn hear(&mut self, event: &Event) {
        if let Some(gesture) = self.gesture(event) {
            (self.heard)(gesture).apply(event);
        }
    }

    fn gesture(&mut self, event: &Event) -> Option<Gesture> {
        if let Some(event) = event.dyn_ref::<WheelEvent>() {
            return Some(self.wheel(event));
        }
        let mouse = event.dyn_ref::<MouseEvent>()?;
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else {
            return Some(Gesture::DoubleClick(self.contact(mouse, Device::Mouse)));
        };
        let device = device(pointer);
        let contact = self.contact(mouse, device);
        let kind = event.type_();
        if kind == "pointerdown" {
            // Fails for events made by scripts, whose pointer does not exist.
            let _ = self.element.set_pointer_capture(pointer.pointer_id());
        }
        match (kind.as_str(), device) {
            ("dblclick", _) => Some(Gesture::DoubleClick(contact)),
            ("pointerleave", _) => Some(Gesture::Leave),
            (_, Device::Touch) => self.touch(&kind, pointer.pointer_id(), contact),
            _ => single(&kind, contact),
        }
    }

    fn touch(&mut self, kind: &str, id: i32, contact: Contact) -> Option<Gesture> {
        let motion = match kind {
            "pointerdown" => {
                return match self.fingers.press(id, contact.at) {
                    Press::Drag => Some(Gesture::Down(contact)),
                    Press::Pinch => Some(Gesture::Cancel),
                    Press::Nothing => None,
                };
            }
            "pointermove" => self.fingers.travel(id, contact.at),
            _ => self.fingers.lift(id),
        };
        match motion {
            Motion::Drag => single(kind, contact),
            Motion::Pinch { centre, factor, by } => Some(Gesture::Pinch { at: centre, factor, by }),
            Motion::Nothing => None,
        }
    }

    fn wheel(&self, event: &WheelEvent) -> Gesture {
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => 16.0,
            WheelEvent::DOM_DELTA_PAGE => f64::from(self.element.client_height()),
            _ => 1.0,
        };
        Gesture::Wheel {
            at: self.place(event),
            by: Vector::new(event.delta_x() * unit, event.delta_y() * unit),
            zooms: event.ctrl_key() || event.meta_key(),
            modifiers: modifiers(event),
        }
    }

    fn contact(&self, event: &MouseEvent, device: Device) -> Contact {
        Contact {
            at: self.place(event),
            device,
            button: event.button(),
            pressed: event.buttons() & 1 == 1,
            modifiers: modifiers(event),
        }
    }

    /// Not `offsetX`, which counts from whatever child the pointer is above.
    fn place(&self, event: &MouseEvent) -> Point {
        let corner = self.element.get_bounding_client_rect();
        Point::new(f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top())
    }
}

fn single(kind: &str, contact: Contact) -> Option<Gesture> {
    Some(match kind {
        "pointerdown" => Gesture::Down(contact),
        "pointermove" => Gesture::Move(contact),
        "pointerup" => Gesture::Up(contact),
        "pointercancel" => Gesture::Cancel,
        _ => return None,
    })
}

fn device(event: &PointerEvent) -> Device {
    match event.pointer_type().as_str() {
        "touch" => Device::Touch,
        "pen" => Device::Pen,
        _ => Device::Mouse,
    }
}

fn modifiers(event: &MouseEvent) -> Modifiers {
    Modifiers { shift: event.shift_key(), control: event.ctrl_key(), alt: event.alt_key(), meta: event.meta_key() }
}
