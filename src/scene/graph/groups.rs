//! Which boxes there are, and which node stands in which.

use crate::geometry::Size;
use crate::layout::GroupSpec;
use crate::mesh::{Cluster, Namespace, Node, NodeKey, Topology};
use crate::order::{Map, Set};

use super::super::label::{clean, ellipsised};
use super::super::text::{Measure, Weight};
use super::parts::{GroupKind, GroupPart};
use super::view::Boxes;

/// Size of a box's title.
pub(super) const TITLE: f64 = 12.0;
/// Height of a box's header.
pub(super) const HEADER: f64 = 32.0;
/// Left and right of a title.
pub(super) const PAD: f64 = 12.0;
/// A title is never wider.
const WIDEST: f64 = 240.0;

/// The boxes of a topology.
pub(super) struct Groups {
    pub(super) parts: Vec<GroupPart>,
    /// The box of each node.
    pub(super) of_node: Vec<Option<usize>>,
}

impl Groups {
    /// Clusters first, then namespaces, each sorted by name. What stands in no namespace (hosts outside the mesh,
    /// unknown clients and destinations) stands in no cluster either, although one saw it.
    pub(super) fn of(topology: &Topology, boxes: Boxes, measure: &dyn Measure) -> Self {
        let homes: Vec<Option<(&Cluster, &Namespace)>> =
            topology.nodes.iter().map(|node| Some((node.key.cluster()?, node.key.namespace()?))).collect();
        let clusters = Set::of(homes.iter().flatten().map(|home| home.0));
        let several = clusters.iter().filter(|cluster| cluster.is_known()).count() > 1;
        let mut parts = Vec::new();
        let mut cluster_box = Map::default();
        if several && boxes.clusters {
            for cluster in clusters.into_iter().filter(|cluster| cluster.is_known()) {
                cluster_box.insert(cluster, parts.len());
                parts.push(part(GroupKind::Cluster, cluster.as_str(), None, measure));
            }
        }
        let mut namespace_box = Map::default();
        if boxes.namespaces {
            let known = Set::of(homes.iter().flatten().filter(|home| home.1.is_known()));
            for home @ (cluster, namespace) in known {
                let parent = cluster_box.get(cluster).copied();
                let name = if several && parent.is_none() {
                    format!("{namespace} · {cluster}")
                } else {
                    namespace.as_str().to_owned()
                };
                namespace_box.insert(*home, parts.len());
                parts.push(part(GroupKind::Namespace, &name, parent, measure));
            }
        }
        let place = |home: &Option<(&Cluster, &Namespace)>| {
            let home = home.as_ref()?;
            namespace_box.get(home).or_else(|| cluster_box.get(&home.0)).copied()
        };
        let mut of_node: Vec<Option<usize>> = homes.iter().map(place).collect();
        box_versions(topology, &mut parts, &mut of_node, measure);
        Self { parts, of_node }
    }

    /// What the layout must know of them.
    pub(super) fn specs(&self) -> Vec<GroupSpec> {
        let spec = |part: &GroupPart| GroupSpec {
            parent: part.parent,
            header: Size::new((part.title.1 + 2.0 * PAD).ceil(), HEADER),
        };
        self.parts.iter().map(spec).collect()
    }
}

/// Puts a box round the versions of an app where there are several. Nodes are sorted: they stand together.
fn box_versions(topology: &Topology, parts: &mut Vec<GroupPart>, of_node: &mut [Option<usize>], measure: &dyn Measure) {
    let app = |node: &Node| match &node.key {
        NodeKey::App { cluster, namespace, app, .. } => Some((cluster.clone(), namespace.clone(), app.clone())),
        _ => None,
    };
    let mut rest = of_node;
    for versions in topology.nodes.chunk_by(|one, other| app(one).is_some() && app(one) == app(other)) {
        let (own, left) = rest.split_at_mut(versions.len().min(rest.len()));
        rest = left;
        if let ([first, _, ..], [parent, ..]) = (versions, &*own) {
            let parent = *parent;
            own.fill(Some(parts.len()));
            parts.push(part(GroupKind::App, first.key.title(), parent, measure));
        }
    }
}

fn part(kind: GroupKind, name: &str, parent: Option<usize>, measure: &dyn Measure) -> GroupPart {
    let name = clean(name);
    let title = ellipsised(&name, WIDEST, TITLE, Weight::Bold, measure);
    GroupPart { kind, name, title, parent }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Fixed, http_edge, node, topology};
    use super::*;
    use crate::mesh::{App, Host, Version};

    fn check(names: &[&str], boxes: Boxes, expect: &[(&str, Option<usize>)]) {
        let edges: Vec<_> = names.iter().map(|name| (*name, *name, http_edge(1.0, 0.0))).collect();
        let groups = Groups::of(&topology(&edges), boxes, &Fixed);
        let got: Vec<_> = groups.parts.iter().map(|part| (part.name.as_str(), part.parent)).collect();
        assert_eq!(got, expect, "{names:?}");
    }

    const BOTH: Boxes = Boxes { clusters: true, namespaces: true };

    #[test]
    fn clusters_have_boxes_only_when_there_are_several() {
        check(&["c1/a/x", "c1/b/y"], BOTH, &[("a", None), ("b", None)]);
        check(&["c1/a/x", "c2/a/y"], BOTH, &[("c1", None), ("c2", None), ("a", Some(0)), ("a", Some(1))]);
    }

    #[test]
    fn an_unknown_name_is_no_box() {
        check(&["c1/a/x", "unknown/a/y"], BOTH, &[("a", None), ("a", None)]);
        check(&["c1/unknown/x"], BOTH, &[]);
    }

    #[test]
    fn a_namespace_without_its_clusters_box_names_the_cluster() {
        let namespaces = Boxes { clusters: false, namespaces: true };
        check(&["c1/a/x", "c2/a/y"], namespaces, &[("a · c1", None), ("a · c2", None)]);
        check(&["c1/a/x", "c2/a/y"], Boxes { clusters: false, namespaces: false }, &[]);
    }

    #[test]
    fn the_versions_of_an_app_share_a_box() {
        let mut mesh = topology(&[]);
        for (app, version) in [("cart", "v1"), ("web", "v1"), ("web", "v2")] {
            let (cluster, namespace) = (Cluster::new("c1"), Namespace::new("a"));
            let (app, version) = (App::new(app), Version::new(version));
            mesh.nodes.push(node(NodeKey::App { cluster, namespace, app, version }));
        }
        let groups = Groups::of(&mesh, BOTH, &Fixed);
        assert_eq!((groups.parts[1].kind, groups.parts[1].name.as_str()), (GroupKind::App, "web"));
        assert_eq!((groups.parts[1].parent, groups.of_node), (Some(0), vec![Some(0), Some(1), Some(1)]));
    }

    #[test]
    fn what_is_outside_stands_in_no_box() {
        let mut mesh = topology(&[("c1/a/x", "c2/a/y", http_edge(1.0, 0.0))]);
        mesh.nodes.push(node(NodeKey::ServiceEntry { host: Host::new("api.example.com") }));
        mesh.nodes.push(node(NodeKey::BlackHole { cluster: Cluster::new("c1") }));
        assert_eq!(Groups::of(&mesh, BOTH, &Fixed).of_node, [Some(2), Some(3), None, None]);
    }
}
