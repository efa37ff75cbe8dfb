//! The page's address and what the page reports of itself.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::web::location::{self, Address};
use wayscope::web::permission::{self, Permission};
use wayscope::web::policy::{Violation, observe_violations};
use wayscope::web::visibility;

use crate::page::{pass, script, window};

#[wasm_bindgen_test]
async fn views_travel_through_the_address_and_back() {
    let before = location::address();
    let view = |query: &str| Address { query: query.to_owned(), hash: "graph".to_owned() };
    let went = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&went);
    let listener = location::observe_navigation(move |address| log.borrow_mut().push(address)).unwrap();
    location::replace(&view("range=1h"));
    assert_eq!(location::address(), view("range=1h"));
    location::push(&view("range=2h&ns=a%26b"));
    assert_eq!(location::address(), view("range=2h&ns=a%26b"));
    window().history().unwrap().back().unwrap();
    pass(200).await;
    assert_eq!(went.take(), [view("range=1h")]);
    drop(listener);
    window().history().unwrap().forward().unwrap();
    pass(200).await;
    assert_eq!(went.take(), []);
    location::replace(&before);
}

#[wasm_bindgen_test]
fn addresses_are_made_absolute_against_the_page() {
    let origin = location::page().origin;
    assert_eq!(location::absolute("/prometheus/"), Some(format!("{origin}/prometheus/")));
    assert_eq!(location::absolute("http://a.example:9090"), Some("http://a.example:9090/".to_owned()));
    assert_eq!(location::absolute("http://"), None);
}

#[wasm_bindgen_test]
fn a_page_from_this_computer_is_trusted_without_tls() {
    let page = location::page();
    assert!(page.is_secure_context && !page.is_https && page.is_online, "{page:?}");
    assert!(!visibility::is_hidden());
}

#[wasm_bindgen_test]
async fn an_unknown_permission_is_unknown() {
    assert_eq!(permission::query("no-such-permission").await, Permission::Unknown);
    assert_ne!(permission::query("geolocation").await, Permission::Unknown);
}

#[wasm_bindgen_test]
fn what_the_policy_blocks_is_named() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&seen);
    let block = || {
        script("_", "document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { blockedURI: 'http://a.example', effectiveDirective: 'connect-src', violatedDirective: 'connect-src', documentURI: '', originalPolicy: '', statusCode: 200 }))")
            .call0(&JsValue::UNDEFINED)
            .unwrap();
    };
    let listener = observe_violations(move |violation| log.borrow_mut().push(violation)).unwrap();
    block();
    drop(listener);
    block();
    let violation = Violation { blocked_uri: "http://a.example".to_owned(), directive: "connect-src".to_owned() };
    assert_eq!(seen.take(), [violation]);
}
