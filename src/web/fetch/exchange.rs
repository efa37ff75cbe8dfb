//! A request on its way.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, Request, RequestCredentials, RequestInit, Response};

use super::body::{self, BodyError};
use super::call::{Credentials, FetchError, Outgoing};
use crate::backend::{HttpAnswer, parse_retry_after};
use crate::quantity::{Duration, Instant};
use crate::web::clock;

/// A request on its way, which is aborted when this is dropped. Dropping it after the answer has come does nothing.
#[must_use = "dropping it aborts the request"]
pub struct Exchange {
    cut: Rc<Cut>,
}

/// The scissors of one request, and who used them.
#[derive(Default)]
pub(super) struct Cut {
    controller: Option<AbortController>,
    cause: Cell<Cause>,
    /// Who waits for the work.
    waiting: Cell<Option<Waker>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Cause {
    #[default]
    Uncut,
    Aborted,
    TimedOut,
}

/// Sends a request when the future is first polled. Dropping either the future or the [`Exchange`] aborts it; when only
/// the latter is dropped the future ends with [`FetchError::Aborted`].
pub fn begin(outgoing: Outgoing) -> (Exchange, impl Future<Output = Result<HttpAnswer, FetchError>>) {
    Cut::around(move |cut| async move {
        let after = outgoing.timeout;
        cut.limit(after, converse(outgoing, &cut)).await
    })
}

async fn converse(outgoing: Outgoing, cut: &Cut) -> Result<HttpAnswer, FetchError> {
    let request = request(&outgoing, cut).map_err(|error| FetchError::Malformed { message: message(&error) })?;
    let response = send(&request).await.map_err(|error| FetchError::Unreachable { message: message(&error) })?;
    let head = gloo_net::http::Response::from(Clone::clone(&response));
    let (status, headers) = (head.status(), head.headers());
    let body = body::read(&response, outgoing.max_bytes).await.map_err(|error| match error {
        BodyError::TooLarge { bytes } => FetchError::TooLarge { bytes, limit_bytes: outgoing.max_bytes },
        BodyError::BrokeOff { bytes, reason } => FetchError::BrokeOff { status, bytes, message: message(&reason) },
    })?;
    Ok(HttpAnswer {
        status,
        content_type: headers.get("content-type"),
        retry_after: headers.get("retry-after").and_then(|text| retry_after(&text, clock::now())),
        body,
    })
}

fn request(outgoing: &Outgoing, cut: &Cut) -> Result<Request, JsValue> {
    let (init, headers) = (RequestInit::new(), Headers::new()?);
    for (name, value) in &outgoing.headers {
        headers.append(name, value)?;
    }
    if let Some(form) = &outgoing.form {
        init.set_method("POST");
        init.set_body(&JsValue::from_str(form));
        headers.set("content-type", "application/x-www-form-urlencoded")?;
    }
    init.set_headers(&headers);
    init.set_credentials(match outgoing.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    });
    cut.put_in(&init);
    Request::new_with_str_and_init(&outgoing.url, &init)
}

/// The answer's head. A page may have put its own function in place of `fetch`: nothing is taken for granted.
pub(super) async fn send(request: &Request) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    JsFuture::from(window.fetch_with_request(request)).await?.dyn_into()
}

pub(in crate::web) fn message(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_default(),
    }
}

/// Seconds or a date (RFC 9110 section 10.2.3), an hour at most; a date gone by is no wait, and nonsense is nothing.
fn retry_after(text: &str, now: Instant) -> Option<Duration> {
    parse_retry_after(text).or_else(|| {
        let until_millis = js_sys::Date::parse(text);
        let wait = Instant::from_unix_secs(until_millis / 1_000.0) - now;
        (!until_millis.is_nan()).then(|| wait.clamp(Duration::ZERO, Duration::from_mins(60)))
    })
}

impl Cut {
    /// A handle and the future of what `work` does while it may be cut.
    pub(super) fn around<W: Future>(work: impl FnOnce(Rc<Self>) -> W) -> (Exchange, W) {
        let cut = Rc::new(Self { controller: AbortController::new().ok(), ..Self::default() });
        let future = work(Rc::clone(&cut));
        (Exchange { cut }, future)
    }

    pub(super) fn put_in(&self, init: &RequestInit) {
        init.set_signal(self.controller.as_ref().map(AbortController::signal).as_ref());
    }

    fn cut(&self, cause: Cause) {
        if self.cause.get() == Cause::Uncut {
            self.cause.set(cause);
            if let Some(controller) = &self.controller {
                controller.abort();
            }
            if let Some(waiting) = self.waiting.take() {
                waiting.wake();
            }
        }
    }

    /// Does the work until it is cut, at the latest after `timeout`. The browser is told, but not waited for: a body
    /// made by a page's own `fetch` may not heed the signal.
    pub(super) async fn limit<T>(
        self: &Rc<Self>,
        timeout: Duration,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let _whole = CutOnDrop(self);
        let late = Rc::clone(self);
        let _timer = clock::after(timeout, move || late.cut(Cause::TimedOut));
        let mut work = pin!(work);
        poll_fn(|context| match self.cause.get() {
            Cause::Uncut => {
                self.waiting.set(Some(context.waker().clone()));
                work.as_mut().poll(context)
            }
            Cause::Aborted => Poll::Ready(Err(FetchError::Aborted)),
            Cause::TimedOut => Poll::Ready(Err(FetchError::TimedOut { after: timeout })),
        })
        .await
    }
}

/// Ends the transfer when the future goes, finished or not.
struct CutOnDrop<'a>(&'a Cut);

impl Drop for CutOnDrop<'_> {
    fn drop(&mut self) {
        self.0.cut(Cause::Aborted);
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.cut.cut(Cause::Aborted);
    }
}
