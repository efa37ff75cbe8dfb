//! A real Prometheus, filled with samples before it starts.
//!
//! The samples come as OpenMetrics text with timestamps and become blocks on disk (`promtool tsdb create-blocks-from
//! openmetrics`), so that nothing has to be scraped or waited for, and they may lie at any time, past or future. The
//! server listens on a free port of 127.0.0.1; it ends, and its folder goes, with the value.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, thread, time};

use wayscope::quantity::{Duration, Instant, TimeRange};

/// How often the server is asked whether it is ready, and how long between two questions: a minute in all.
const ATTEMPTS: u32 = 1_200;
const PAUSE: time::Duration = time::Duration::from_millis(50);

/// A running Prometheus.
#[must_use = "the server ends with this value"]
pub struct Prometheus {
    server: Server,
    url: String,
    agent: ureq::Agent,
    // Dropped after the server, which writes to it.
    folder: Folder,
}

/// What the server said to one request, whatever the status.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// A child process that is killed, by its id, when the value goes.
pub(super) struct Server(pub(super) Child);

/// A folder that is removed when the value goes.
pub(super) struct Folder(pub(super) PathBuf);

impl Prometheus {
    /// Starts a server that holds these samples; an empty text makes a server without samples.
    ///
    /// # Panics
    /// When Prometheus is not installed, refuses the samples or does not get ready; the message says what it wrote.
    pub fn start(openmetrics: &str) -> Self {
        Self::start_with(openmetrics, &[])
    }

    /// [`Prometheus::start`] with further command-line flags, such as `--web.route-prefix=/prometheus`.
    ///
    /// # Panics
    /// As there.
    pub fn start_with(openmetrics: &str, flags: &[&str]) -> Self {
        let folder = Folder::new();
        backfill(&folder.0, openmetrics);
        fs::write(folder.0.join("prometheus.yml"), "global: {scrape_interval: 1h}\n").expect("a writable folder");
        let agent = agent();
        // Somebody may take the free port before the server does. Then it ends at once, and another port is tried.
        for _ in 0..5 {
            let (mut server, url) = spawn(&folder.0, flags);
            match wait_until_ready(&mut server, &agent, &format!("{url}/-/ready")) {
                Ok(()) => return Self { server, url, agent, folder },
                Err(reason) => {
                    let log = fs::read_to_string(folder.0.join("log")).unwrap_or_default();
                    assert!(log.contains("address already in use"), "prometheus {reason}; it wrote:\n{log}");
                }
            }
        }
        panic!("every free port on 127.0.0.1 was taken before prometheus could listen on it");
    }

    /// The server's address without a slash at its end: `http://127.0.0.1:…`, and the route prefix if a flag set one.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server's process id.
    pub fn pid(&self) -> u32 {
        self.server.0.id()
    }

    /// The answer's body to a query at one instant.
    pub fn query(&self, expr: &str, time: Instant) -> Vec<u8> {
        self.post("/api/v1/query", &[("query", expr), ("time", &time.to_string())]).body
    }

    /// The answer's body to a query at every `step` of a range.
    pub fn query_range(&self, expr: &str, range: TimeRange, step: Duration) -> Vec<u8> {
        let (start, end, step) = (range.from.to_string(), range.to.to_string(), step.secs().to_string());
        self.post("/api/v1/query_range", &[("query", expr), ("start", &start), ("end", &end), ("step", &step)]).body
    }

    /// The answer to a GET.
    ///
    /// # Panics
    /// When there is no HTTP answer at all.
    pub fn get(&self, path_and_query: &str) -> Reply {
        Reply::read(self.agent.get(format!("{}{path_and_query}", self.url)).call())
    }

    /// The answer to a POST of a form.
    ///
    /// # Panics
    /// When there is no HTTP answer at all.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        Reply::read(self.agent.post(format!("{}{path}", self.url)).send_form(form.iter().copied()))
    }
}

impl Reply {
    pub(super) fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut answer = answer.expect("prometheus answers");
        let body = answer.body_mut().with_config().limit(u64::MAX).read_to_vec().expect("a whole body");
        Self { status: answer.status().as_u16(), body }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("wayscope-prometheus-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a writable folder for temporary files");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A client that takes an error's status for an answer.
pub(super) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.timeout_global(Some(time::Duration::from_mins(1))).build().new_agent()
}

/// A port that nobody listens on at the moment.
pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a free port").port()
}

/// A program: the one that `WAYSCOPE_<NAME>` names, else the one on the path.
pub(super) fn program(name: &str) -> Command {
    let variable = format!("WAYSCOPE_{}", name.to_uppercase().replace('-', "_"));
    Command::new(env::var_os(variable).unwrap_or_else(|| name.into()))
}

fn backfill(folder: &Path, openmetrics: &str) {
    let blocks = folder.join("blocks");
    fs::create_dir_all(&blocks).expect("a writable folder");
    if openmetrics.is_empty() {
        return;
    }
    let samples = folder.join("samples.txt");
    fs::write(&samples, openmetrics).expect("a writable folder");
    let mut promtool = program("promtool");
    promtool.args(["tsdb", "create-blocks-from", "openmetrics", "--quiet"]).arg(&samples).arg(&blocks);
    let status = start(promtool.stdin(Stdio::null()), folder).wait().expect("promtool ends");
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert!(status.success(), "promtool refuses the samples:\n{log}");
}

fn spawn(folder: &Path, flags: &[&str]) -> (Server, String) {
    let port = free_port();
    let prefix = flags.iter().find_map(|flag| flag.strip_prefix("--web.route-prefix=")).unwrap_or_default();
    let mut prometheus = program("prometheus");
    prometheus
        .arg(format!("--config.file={}", folder.join("prometheus.yml").display()))
        .arg(format!("--storage.tsdb.path={}", folder.join("blocks").display()))
        .arg(format!("--web.listen-address=127.0.0.1:{port}"))
        // No sample is too old.
        .args(["--storage.tsdb.retention.time=100y", "--log.level=warn"])
        .args(flags)
        .stdin(Stdio::null());
    let url = format!("http://127.0.0.1:{port}{}", prefix.trim_end_matches('/'));
    (Server(start(&mut prometheus, folder)), url)
}

/// Starts a program that writes its log into the folder.
pub(super) fn start(command: &mut Command, folder: &Path) -> Child {
    let log = File::create(folder.join("log")).expect("a writable folder");
    let errors = log.try_clone().expect("a second handle of the log");
    let program = command.get_program().display().to_string();
    match command.stdout(log).stderr(errors).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            panic!("`{program}` is not installed: run the tests with `make test`, which installs it first")
        }
        Err(error) => panic!("`{program}` does not start: {error}"),
    }
}

/// Waits until the server answers to `ready` that it is, or has ended.
pub(super) fn wait_until_ready(server: &mut Server, agent: &ureq::Agent, ready: &str) -> Result<(), String> {
    for _ in 0..ATTEMPTS {
        if let Some(status) = server.0.try_wait().expect("a child of this process") {
            return Err(format!("ended with {status}"));
        }
        if agent.get(ready).call().is_ok_and(|answer| answer.status() == 200) {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(format!("is not ready after {} s", (PAUSE * ATTEMPTS).as_secs()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const SAMPLES: &str = "\
# TYPE requests counter
requests_total{pod=\"a\"} 0 1700000000
requests_total{pod=\"a\"} 60 1700000060
requests_total{pod=\"a\"} 120 1700000120
# EOF
";

    #[test]
    fn samples_of_any_time_are_there_at_once() {
        let prometheus = Prometheus::start(SAMPLES);
        let at = Instant::from_unix_millis(1_700_000_121_000);
        let answer = String::from_utf8(prometheus.query("requests_total", at)).expect("text");
        assert!(answer.contains(r#""pod":"a""#) && answer.contains(r#"[1700000121,"120"]"#), "{answer}");
        let range = TimeRange::new(at - Duration::from_secs(60), at);
        let answer = prometheus.query_range("requests_total", range, Duration::from_secs(30));
        let answer = String::from_utf8(answer).expect("text");
        assert!(answer.contains(r#"[[1700000061,"60"],[1700000091,"60"],[1700000121,"120"]]"#), "{answer}");
    }

    #[test]
    fn flags_are_passed_on_and_errors_are_answers() {
        let prometheus = Prometheus::start_with("", &["--web.route-prefix=/prometheus"]);
        assert!(prometheus.url().ends_with("/prometheus"), "{}", prometheus.url());
        assert_eq!(prometheus.get("/api/v1/status/buildinfo").status, 200);
        assert_eq!(prometheus.post("/api/v1/query", &[("query", "sum(")]).status, 400);
    }

    #[test]
    fn nothing_stays_behind() {
        let prometheus = Prometheus::start("");
        let process = format!("/proc/{}", prometheus.pid());
        let folder = prometheus.folder.0.clone();
        assert!(Path::new(&process).exists() && folder.exists());
        drop(prometheus);
        assert!(!Path::new(&process).exists() && !folder.exists());
    }
}
