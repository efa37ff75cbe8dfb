//! The browser's regular expressions.

use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::web::regex::whole;

#[wasm_bindgen_test]
fn a_test_is_of_the_whole_text() {
    let test = whole("a|b+").unwrap();
    for (text, expect) in [("a", true), ("bbb", true), ("ab", false), ("", false), ("a\n", false)] {
        assert_eq!(test(text), expect, "{text:?}");
    }
    assert!(whole(".+").unwrap()("a\nb"));
}

#[wasm_bindgen_test]
fn what_is_no_expression_is_refused_with_a_reason() {
    for text in ["(", "a)|(b", "[z-a]", "*", "a{2}{3}"] {
        let reason = whole(text).err().unwrap_or_default();
        assert!(!reason.is_empty(), "{text}");
    }
}
