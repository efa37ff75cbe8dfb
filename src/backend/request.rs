//! A request as a value.

use crate::quantity::Duration;

/// How the form travels.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Method {
    /// In the address: cacheable, and easy to repeat by hand.
    Get,
    /// In the body, as `application/x-www-form-urlencoded`, which needs no CORS preflight either.
    Post,
}

/// What to ask of a back end whose base address, headers and credentials the asker knows.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    /// How the form travels.
    pub method: Method,
    /// The path below the base address, without a leading slash and already percent-encoded.
    pub path: String,
    /// Names and values, in order; a name may occur more than once.
    pub form: Vec<(String, String)>,
    /// How long the asker waits before it gives up.
    pub timeout: Duration,
}

/// Longest address that is sent with GET; proxies refuse beyond 4 to 8 kB, and logs get unreadable before.
const MAX_URL_BYTES: usize = 2_000;

impl Request {
    /// A request that only GET can make.
    pub fn get(path: impl Into<String>, form: Vec<(String, String)>, timeout: Duration) -> Self {
        Self { method: Method::Get, path: path.into(), form, timeout }
    }

    /// A request that GET and POST can make alike: GET unless the address, with a base of so many bytes, would be long.
    pub fn get_or_post(
        path: impl Into<String>,
        form: Vec<(String, String)>,
        timeout: Duration,
        base_url_bytes: usize,
    ) -> Self {
        let mut request = Self::get(path, form, timeout);
        if base_url_bytes + request.path.len() + request.encoded_form().len() + 2 > MAX_URL_BYTES {
            request.method = Method::Post;
        }
        request
    }

    /// The form in `application/x-www-form-urlencoded`; empty without fields.
    pub fn encoded_form(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.form).finish()
    }

    /// The whole address below a base, with or without a slash at its end.
    pub fn url(&self, base: &str) -> String {
        let address = [base.trim_end_matches('/'), "/", &self.path].concat();
        match self.method {
            Method::Get if !self.form.is_empty() => [address, "?".to_owned(), self.encoded_form()].concat(),
            Method::Get | Method::Post => address,
        }
    }

    /// The body: nothing with GET.
    pub fn body(&self) -> Option<String> {
        (self.method == Method::Post).then(|| self.encoded_form())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(value: &str, base_url_bytes: usize) -> Request {
        let form = vec![("query".to_owned(), value.to_owned()), ("time".to_owned(), "1".to_owned())];
        Request::get_or_post("api/v1/query", form, Duration::from_secs(9), base_url_bytes)
    }

    #[test]
    fn short_queries_travel_in_the_address() {
        let request = request("up{a=\"b c&ü\"}+1", 20);
        let form = "query=up%7Ba%3D%22b+c%26%C3%BC%22%7D%2B1&time=1";
        assert_eq!(request.url("https://mesh.example/prom/"), format!("https://mesh.example/prom/api/v1/query?{form}"));
        assert_eq!(request.body(), None);
    }

    #[test]
    fn long_queries_travel_in_the_body() {
        let long = "a".repeat(1_950);
        assert_eq!(request(&long, 10).method, Method::Get);
        let post = request(&long, 40);
        assert_eq!(post.method, Method::Post);
        assert_eq!(post.url("/prom"), "/prom/api/v1/query");
        assert_eq!(post.body(), Some(format!("query={long}&time=1")));
    }

    #[test]
    fn a_request_without_fields_has_no_question_mark() {
        let request = Request::get("api/v1/status/buildinfo", vec![], Duration::from_secs(9));
        assert_eq!(request.url("http://localhost:9090"), "http://localhost:9090/api/v1/status/buildinfo");
    }
}
