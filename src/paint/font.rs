//! Fonts as a canvas takes them.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::scene::Weight;

/// Font texts of one family, each made once.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    family: RefCell<String>,
    texts: RefCell<FxHashMap<Face, Rc<str>>>,
}

/// One size and weight of the family. Compared bit by bit, so that it can be a key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Face {
    size_bits: u64,
    weight: Weight,
}

/// A graph has a dozen faces. More than this come only from sizes that change all the time.
const MOST: usize = 256;

impl Face {
    pub(super) fn new(size: f64, weight: Weight) -> Self {
        Self { size_bits: size.to_bits(), weight }
    }

    /// The text for `CanvasRenderingContext2D.font`.
    pub(super) fn css(self, family: &str) -> String {
        let weight = match self.weight {
            Weight::Normal => "",
            Weight::Bold => "600 ",
        };
        format!("{weight}{}px {family}", f64::from_bits(self.size_bits))
    }
}

impl Fonts {
    /// Goes on with that family.
    pub(super) fn use_family(&self, family: &str) {
        if *self.family.borrow() != family {
            family.clone_into(&mut self.family.borrow_mut());
            self.texts.borrow_mut().clear();
        }
    }

    pub(super) fn text(&self, face: Face) -> Rc<str> {
        let mut texts = self.texts.borrow_mut();
        if texts.len() >= MOST {
            texts.clear();
        }
        Rc::clone(texts.entry(face).or_insert_with(|| face.css(&self.family.borrow()).into()))
    }
}
