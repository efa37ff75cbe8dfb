//! Names of workloads that suggest what they are.

use std::fmt;
use std::rc::Rc;

/// Tells whether a whole name is one of those that are meant.
pub type NameTest = Rc<dyn Fn(&str) -> bool>;

/// Makes the test of a regular expression, or says why there is none. The engine is the caller's: a browser has one.
pub type CompileNames = fn(&str) -> Result<NameTest, String>;

/// Names, as a regular expression describes them. Two are equal when their texts are.
#[derive(Clone)]
pub struct Names {
    text: String,
    test: NameTest,
}

impl Names {
    /// The names that the regular expression matches as a whole.
    ///
    /// # Errors
    /// What `compile` says of the text.
    pub fn new(text: &str, compile: CompileNames) -> Result<Self, String> {
        Ok(Self { text: text.to_owned(), test: compile(text)? })
    }

    /// The names of Istio's own gateway charts and of the Gateway API's deployments (`<gateway>-istio`).
    pub fn of_gateways() -> Self {
        Self { text: GATEWAYS.to_owned(), test: Rc::new(is_gateway) }
    }

    /// The regular expression.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the name is one of them.
    pub fn matches(&self, name: &str) -> bool {
        (self.test)(name)
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Names").field(&self.text).finish()
    }
}

const GATEWAYS: &str = r"(.+-)?(ingress|egress|eastwest)?-?gateway(-.+)?|.+-istio";

/// [`GATEWAYS`] by hand: most pages are configured with no other expression, and need no engine then.
fn is_gateway(name: &str) -> bool {
    let is_made_by_controller = name.strip_suffix("-istio").is_some_and(|gateway| !gateway.is_empty());
    is_made_by_controller
        || name.match_indices("gateway").any(|(at, word)| {
            let (before, after) = (&name[..at], &name[at + word.len()..]);
            let ends_well = after.is_empty() || after.len() > 1 && after.starts_with('-');
            ends_well && [before, before.strip_suffix('-').unwrap_or(before)].into_iter().any(begins_well)
        })
}

/// `(.+-)?(ingress|egress|eastwest)?`
fn begins_well(before: &str) -> bool {
    let is_prefix = |text: &str| text.is_empty() || text.len() > 1 && text.ends_with('-');
    is_prefix(before)
        || ["ingress", "egress", "eastwest"].iter().any(|kind| before.strip_suffix(kind).is_some_and(is_prefix))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn gateways_are_told_by_hand_as_by_their_expression(
            parts in proptest::collection::vec(prop::sample::select(vec!["istio", "-", "ingress", "egress", "eastwest", "gateway", "a"]), 0..7),
        ) {
            let name = parts.concat();
            let regex = regex_lite::Regex::new(&format!("^(?:{GATEWAYS})$")).unwrap();
            prop_assert_eq!(is_gateway(&name), regex.is_match(&name), "{}", name);
        }
    }

    #[test]
    fn usual_names_are_told() {
        for (name, expect) in [
            ("istio-ingressgateway", true),
            ("shop-gateway-istio", true),
            ("eastwest-gateway", true),
            ("gateway", true),
            ("gateways", false),
            ("api-gatewayed", false),
            ("istio", false),
            ("-istio", false),
        ] {
            assert_eq!(Names::of_gateways().matches(name), expect, "{name}");
        }
    }
}
