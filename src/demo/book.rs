//! All series of a world, as the proxies' registries and the scrape would write them.

use super::counter::Counter;
use super::labels::Labels;
use super::leg::{Emitter, legs};
use super::pod::{Pod, pods};
use super::shop::ISTIO;
use super::traffic::Traffic;
use super::world::{Flow, Plane, Target, Workload, World};

/// A series.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Series {
    /// The place of its labels in [`Book::streams`].
    pub stream: usize,
    /// The label `le` of a bucket, besides; empty for all others.
    pub le: &'static str,
    pub counter: Counter,
}

/// All series, and the label sets that they share.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Book {
    pub streams: Vec<Labels>,
    /// The series of each metric.
    pub families: Vec<(&'static str, Vec<Series>)>,
}

/// Every series of a world.
pub(super) fn book(world: &World) -> Book {
    let mut book = Book::default();
    for workload in world.workloads {
        book.add_target(world, workload);
    }
    let ztunnels: Vec<Pod> = world.workloads.iter().filter(|one| one.plane == Plane::Ztunnel).flat_map(pods).collect();
    for (flow, ahead_millis) in world.flows.iter().zip((0..).step_by(97_000)) {
        for leg in legs(world, flow) {
            let traffic = Traffic { flow, leg: &leg, ahead_millis };
            match leg.emitter {
                Emitter::Envoy(workload) => pods(workload).iter().for_each(|pod| traffic.write_envoy(&mut book, pod)),
                _ => traffic.write_ztunnels(&mut book, &ztunnels),
            }
        }
    }
    book
}

impl Book {
    /// The place of a label set, which several flows may share: a ztunnel does not tell on whose behalf a waypoint calls.
    pub(super) fn stream(&mut self, labels: Labels) -> usize {
        self.streams.iter().position(|known| known.is_same(&labels)).unwrap_or_else(|| {
            self.streams.push(labels);
            self.streams.len() - 1
        })
    }

    /// Adds a series, or what it counts to the same series of another flow.
    pub(super) fn add(&mut self, metric: &'static str, stream: usize, le: &'static str, counter: Counter) {
        let place = self.families.iter().position(|(known, _)| *known == metric).unwrap_or_else(|| {
            self.families.push((metric, Vec::new()));
            self.families.len() - 1
        });
        let Some((_, family)) = self.families.get_mut(place) else { return };
        match family.iter_mut().find(|known| known.stream == stream && known.le == le) {
            Some(known) => {
                known.counter.floor += counter.floor;
                known.counter.flows.extend(counter.flows);
            }
            None => family.push(Series { stream, le, counter }),
        }
    }

    /// What a scraped pod says without traffic.
    fn add_target(&mut self, world: &World, workload: &'static Workload) {
        let scraped = |flow: &Flow| match flow.to {
            Target::Pods(path) => path.split_once('/') == Some((workload.namespace, workload.name)),
            _ => false,
        };
        let component = match workload.plane {
            Plane::Ztunnel => "ztunnel",
            Plane::Istiod => "pilot",
            _ if workload.has_envoy() => "proxy",
            _ if world.flows.iter().any(scraped) => "",
            _ => return,
        };
        for pod in pods(workload) {
            let up = self.stream(pod.labels.clone());
            self.add("up", up, "", Counter::constant(1.0, pod.life));
            if !component.is_empty() {
                let mut labels = pod.labels;
                labels.set_all(&[("component", component), ("tag", ISTIO)]);
                let build = self.stream(labels);
                self.add("istio_build", build, "", Counter::constant(1.0, pod.life));
            }
        }
    }
}
