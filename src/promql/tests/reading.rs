//! Texts that the program does not print itself.

use promql_parser::parser;

use crate::promql::parse;

#[track_caller]
fn check(text: &str, printed: &str) {
    assert!(parser::parse(text).is_ok(), "{text} is no PromQL");
    match parse(text) {
        Ok(expr) => assert_eq!(expr.to_string(), printed),
        Err(error) => panic!("{text}: {error}"),
    }
}

#[test]
fn spaces_signs_and_parentheses_are_free() {
    check(" \n sum  by(a,b)( up )", "sum by (a, b) (up)");
    check("((up))-(-1)", "up - -1");
    check("up*(1+up)", "up * (1 + up)");
    check(r#"rate ( up { a = "b" , c!="" , }  [5m] offset  1h )"#, r#"rate(up{a="b",c!=""}[5m] offset 1h)"#);
}

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = parse(text).expect_err(text).to_string();
    assert!(error.contains(message), "{text}: {error}");
}

#[test]
fn a_refusal_says_where_and_what_was_expected() {
    for (text, message) in [
        ("", "1:1: parse error: unexpected end of input"),
        ("up{", "1:4: parse error: unexpected end of input, expected a label"),
        ("up{a}", "1:5: parse error: expected =, !=, =~ or !~"),
        ("up{a=\"b}", "1:9: parse error: unexpected end of input, expected the end of a quoted text"),
        ("up{a=\"\\q\"}", "1:8: parse error: expected an escape sequence"),
        ("up +\n  }", "2:3: parse error: expected an expression"),
        ("up up", "1:4: parse error: expected an operator"),
        ("sum(up", "1:7: parse error: unexpected end of input, expected )"),
        ("rate(up)", "expected a window"),
        ("rate(up[0s])", "greater than 0"),
        ("rate(up[1x])", "expected a duration"),
        ("up[5m]", "got range vector"),
        ("1", "expected type instant vector, got scalar"),
        ("sum(1)", "got scalar"),
        ("1 + 2", "got scalar"),
        ("up or 1", "set operator"),
        ("up + on (a) 1", "vector matching"),
        ("{a=\"b\"}", "expected a metric"),
        ("or", "`or` is not a name here"),
        ("irate(up[5m])", "unknown function with name `irate`"),
        ("up{a=~\"b?\"}", "regular expression `b?`"),
        ("5m", "expected a number"),
        ("- up", "expected a number"),
    ] {
        refused(text, message);
    }
}

#[test]
fn what_would_not_fit_on_the_stack_is_refused() {
    refused(&"(".repeat(100_000), "too many parentheses");
    refused(&format!("up{}", " + up".repeat(100_000)), "more than 500 operands");
    assert!(parse(&format!("up{}", " + up".repeat(400))).is_ok());
    assert!(parse(&format!("{}up{}", "(".repeat(90), ")".repeat(90))).is_ok());
}
