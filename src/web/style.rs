//! What the style sheets make of an element.

use web_sys::{CssStyleDeclaration, HtmlElement};

/// The computed style of an element; stays current.
#[derive(Debug)]
pub struct ComputedStyle {
    element: HtmlElement,
    computed: CssStyleDeclaration,
}

impl ComputedStyle {
    /// `None` outside a page.
    pub fn of(element: &HtmlElement) -> Option<Self> {
        let computed = web_sys::window()?.get_computed_style(element).ok()??;
        Some(Self { element: element.clone(), computed })
    }

    /// The value of a property, custom (`--name`) or not, without surrounding space; empty when there is none or the
    /// element is on no page. A custom property is given as written, `light-dark(…)` and `calc(…)` unresolved.
    pub fn property(&self, name: &str) -> String {
        self.computed.get_property_value(name).unwrap_or_default().trim().to_owned()
    }

    /// The colour a custom property comes to on this element, as `rgb(…)` or another absolute notation that a canvas
    /// understands: `light-dark()`, `color-mix()` and system colours resolved. `fallback` is the colour where the
    /// property is missing. The element's own `color` is changed and restored on the way, unseen.
    pub fn colour(&self, property: &str, fallback: &str) -> String {
        let own = self.element.style();
        let before = own.get_property_value("color").unwrap_or_default();
        // A transition would give the colour of its beginning.
        let transition = own.get_property_value("transition").unwrap_or_default();
        let _ = own.set_property("transition", "none");
        let _ = own.set_property("color", fallback);
        let _ = own.set_property("color", &format!("var({property}, {fallback})"));
        let colour = self.property("color");
        restore(&own, "color", &before);
        restore(&own, "transition", &transition);
        if colour.is_empty() { fallback.to_owned() } else { colour }
    }
}

fn restore(style: &CssStyleDeclaration, name: &str, before: &str) {
    let _ = if before.is_empty() { style.remove_property(name).map(|_| ()) } else { style.set_property(name, before) };
}
