//! Facts about the mesh as a whole.

use super::*;

#[test]
fn size() {
    let mesh = DemoMesh::new();
    let mut by: std::collections::BTreeMap<&str, usize> = Default::default();
    for s in &mesh.book.series {
        *by.entry(s.metric).or_default() += 1;
    }
    eprintln!("{} streams {:?}", mesh.book.streams.len(), by);
    let now = std::time::Instant::now();
    let t = crate::quantity::Instant::from_unix_millis(1_760_000_000_000);
    let text = mesh.openmetrics(
        crate::quantity::TimeRange::new(t, t + crate::quantity::Duration::from_mins(10)),
        crate::quantity::Duration::from_secs(15),
    );
    eprintln!("{} bytes {:?} series {}", text.len(), now.elapsed(), mesh.series_count());
    panic!(
        "{}",
        text.lines().filter(|l| l.starts_with("istio_requests_total")).step_by(4000).collect::<Vec<_>>().join("\n")
    );
}
