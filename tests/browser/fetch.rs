//! Requests.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;
use wayscope::backend::{BackendError, HttpAnswer, Request};
use wayscope::quantity::Duration;
use wayscope::web::fetch::{Credentials, FetchError, Outgoing, begin, begin_probe};
use wayscope::web::location;

use crate::page::{Replaced, pass, window};

/// A `fetch` that answers with what `body` makes of the request, and leaves the last request in `window.asked`.
fn server(body: &str) -> Replaced {
    Replaced::new("fetch", &format!("{{ value: async (request) => {{ window.asked = request; {body} }} }}"))
}

/// Never answers, but heeds the signal as a real one does.
const SILENT: &str =
    "return new Promise((_, no) => request.signal.addEventListener('abort', () => no(request.signal.reason)))";

fn call(url: &str) -> Outgoing {
    Outgoing {
        url: url.to_owned(),
        form: None,
        headers: Vec::new(),
        credentials: Credentials::default(),
        timeout: Duration::from_secs(5),
        max_bytes: 1_000,
    }
}

async fn get(url: &str) -> Result<HttpAnswer, FetchError> {
    let (_exchange, answer) = begin(call(url));
    answer.await
}

async fn served(body: &str) -> Result<HttpAnswer, FetchError> {
    let _server = server(body);
    get("http://mesh.example/api").await
}

fn asked(name: &str) -> JsValue {
    let request = Reflect::get(&window(), &"asked".into()).unwrap();
    Reflect::get(&request, &name.into()).unwrap()
}

fn was_aborted() -> bool {
    Reflect::get(&asked("signal"), &"aborted".into()).unwrap().is_truthy()
}

#[wasm_bindgen_test]
async fn a_real_answer_has_status_type_and_body() {
    let answer = get("data:application/json,%7B%22ok%22:true%7D").await.unwrap();
    assert_eq!((answer.status, answer.content_type.as_deref()), (200, Some("application/json")));
    assert_eq!(answer.body, b"{\"ok\":true}");
}

#[wasm_bindgen_test]
async fn an_error_status_is_an_answer() {
    let missing = location::absolute("/no-such-file").unwrap();
    assert_eq!(get(&missing).await.unwrap().status, 404);
}

#[wasm_bindgen_test]
async fn nothing_listening_is_unreachable() {
    assert!(matches!(get("http://127.0.0.1:9/").await, Err(FetchError::Unreachable { .. })));
    let (_exchange, knock) = begin_probe("http://127.0.0.1:9/".to_owned(), Duration::from_secs(5));
    assert!(matches!(knock.await, Err(FetchError::Unreachable { .. })));
}

#[wasm_bindgen_test]
async fn a_probe_hears_whatever_speaks_http() {
    let missing = location::absolute("/no-such-file").unwrap();
    let (_exchange, knock) = begin_probe(missing, Duration::from_secs(5));
    assert_eq!(knock.await, Ok(()));
}

#[wasm_bindgen_test]
async fn dropping_the_handle_aborts_the_request() {
    let _server = server(SILENT);
    let (exchange, answer) = begin(call("http://mesh.example/api"));
    let end = Rc::new(RefCell::new(None));
    let seen = Rc::clone(&end);
    spawn_local(async move { *seen.borrow_mut() = Some(answer.await) });
    pass(5).await;
    assert!(!was_aborted() && end.borrow().is_none());
    drop(exchange);
    assert!(was_aborted());
    pass(5).await;
    assert_eq!(end.take(), Some(Err(FetchError::Aborted)));
}

#[wasm_bindgen_test]
async fn dropping_the_future_aborts_the_request() {
    let _server = server(SILENT);
    let (_exchange, answer) = begin(call("http://mesh.example/api"));
    let mut answer = Box::pin(answer);
    poll_fn(|context| Poll::Ready(answer.as_mut().poll(context).is_ready())).await;
    assert!(!was_aborted());
    drop(answer);
    assert!(was_aborted());
}

#[wasm_bindgen_test]
async fn a_handle_dropped_before_the_start_sends_nothing() {
    let _server = server("window.asked = null; throw new Error('sent')");
    let (exchange, answer) = begin(call("http://mesh.example/api"));
    drop(exchange);
    assert_eq!(answer.await, Err(FetchError::Aborted));
}

#[wasm_bindgen_test]
async fn the_end_of_patience_is_not_a_cancellation() {
    let _server = server(SILENT);
    let timeout = Duration::from_millis(20);
    let (_exchange, answer) = begin(Outgoing { timeout, ..call("http://mesh.example/api") });
    assert_eq!(answer.await, Err(FetchError::TimedOut { after: timeout }));
    assert!(was_aborted());
}

#[wasm_bindgen_test]
async fn patience_covers_the_body() {
    let _server = server("return new Response(new ReadableStream({ start(out) { out.enqueue(new Uint8Array(3)) } }))");
    let timeout = Duration::from_millis(20);
    let (_exchange, answer) = begin(Outgoing { timeout, ..call("http://mesh.example/api") });
    assert_eq!(answer.await, Err(FetchError::TimedOut { after: timeout }));
}

#[wasm_bindgen_test]
async fn a_body_too_large_is_refused_by_its_announcement_or_while_it_comes() {
    let refused = Err(FetchError::TooLarge { bytes: 1_001, limit_bytes: 1_000 });
    assert_eq!(served("return new Response(null, { headers: { 'content-length': '1001' } })").await, refused);
    assert_eq!(served("return new Response(new Uint8Array(1001))").await, refused);
    assert_eq!(served("return new Response(new Uint8Array(1000))").await.unwrap().body.len(), 1_000);
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_told_with_its_status() {
    let broken = served(
        "return new Response(new ReadableStream({ n: 0, pull(out) { this.n++ ? out.error(new TypeError('cut')) : out.enqueue(new Uint8Array(3)) } }), { status: 502 })",
    );
    assert_eq!(broken.await, Err(FetchError::BrokeOff { status: 502, bytes: 3, message: "cut".to_owned() }));
}

#[wasm_bindgen_test]
async fn whatever_a_patched_fetch_does_is_an_error_value() {
    for body in ["throw 'offline'", "throw undefined", "return 7", "return null"] {
        assert!(matches!(served(body).await, Err(FetchError::Unreachable { .. })), "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_form_is_posted_as_a_form() {
    let _server = server(
        "return new Response(request.method + ' ' + request.headers.get('content-type') + ' ' + await request.text())",
    );
    let form = Some("query=up%7B%7D&time=1".to_owned());
    let (_exchange, answer) = begin(Outgoing { form, ..call("http://mesh.example/api?x=1") });
    let body = String::from_utf8(answer.await.unwrap().body).unwrap();
    assert_eq!(body, "POST application/x-www-form-urlencoded query=up%7B%7D&time=1");
    assert_eq!(asked("url").as_string().unwrap(), "http://mesh.example/api?x=1");
    assert_eq!(asked("credentials").as_string().unwrap(), "same-origin");
}

#[wasm_bindgen_test]
async fn what_http_has_not_is_malformed() {
    for (name, value) in [("", "x"), ("a b", "x"), ("x-tenant", "a\nb"), ("x-tenant", "日")] {
        let headers = vec![(name.to_owned(), value.to_owned())];
        let (_exchange, answer) = begin(Outgoing { headers, ..call("http://mesh.example/") });
        assert!(matches!(answer.await, Err(FetchError::Malformed { .. })), "{name}: {value}");
    }
    for url in ["http://", "http://user:secret@mesh.example/"] {
        assert!(matches!(get(url).await, Err(FetchError::Malformed { .. })), "{url}");
    }
}

#[wasm_bindgen_test]
async fn waits_are_read_as_seconds_or_dates() {
    let wait = async |text: &str| {
        let body = format!("return new Response('', {{ status: 429, headers: {{ 'retry-after': '{text}' }} }})");
        served(&body).await.unwrap().retry_after
    };
    assert_eq!(wait("30").await, Some(Duration::from_secs(30)));
    assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT").await, Some(Duration::ZERO));
    assert_eq!(wait("soon").await, None);
}

#[wasm_bindgen_test]
fn a_back_ends_request_becomes_one_that_can_be_sent() {
    let form = vec![("query".to_owned(), "up".to_owned())];
    let timeout = Duration::from_secs(9);
    let get = Outgoing::new(&Request::get("api/v1/query", form.clone(), timeout), "/prom/");
    assert_eq!((get.url.as_str(), get.form, get.timeout), ("/prom/api/v1/query?query=up", None, timeout));
    let post = Outgoing::new(&Request::get_or_post("api/v1/query", form, timeout, 4_000), "/prom/");
    assert_eq!((post.url.as_str(), post.form.as_deref()), ("/prom/api/v1/query", Some("query=up")));
}

#[wasm_bindgen_test]
fn only_a_cancellation_is_no_error_of_the_back_end() {
    assert_eq!(FetchError::Aborted.into_backend(), None);
    let broke_off = FetchError::BrokeOff { status: 200, bytes: 7, message: String::new() };
    assert_eq!(broke_off.into_backend(), Some(BackendError::Truncated { bytes: 7 }));
}
