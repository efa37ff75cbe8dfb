// Graphs that are no ordinary meshes: what breaks a layout first.
import { mesh, sized } from "./mesh.mjs";

const CLIENTS = 500;
const LINKS = 200;
const PEERS = 40;
const PAIRS = 300;
const NODES = 300;
const RINGS = 60;
const RING = 5;
const COPIES = 3;

const nodes = (count, namespaceOf = (place) => `ns-${Math.floor(place / 12)}`) =>
  Array.from({ length: count }, (_, place) => sized(`service-${place}`, namespaceOf(place)));

const range = (count) => [...Array(count).keys()];

function renamed(graph, name, namespaceOf) {
  return { ...graph, name, nodes: graph.nodes.map((node, place) => ({ ...node, namespace: namespaceOf(node, place) })) };
}

/** All of them, those that hold chance by that seed. */
export function shapes(seed) {
  const ordinary = mesh(NODES, seed);
  return [
    { name: `star: ${CLIENTS} clients of one store`, nodes: nodes(CLIENTS + 1), edges: range(CLIENTS).map((client) => [client + 1, 0]) },
    { name: `chain of ${LINKS}`, nodes: nodes(LINKS), edges: range(LINKS - 1).map((place) => [place, place + 1]) },
    { name: `each of ${PEERS} with each other`, nodes: nodes(PEERS), edges: range(PEERS).flatMap((source) => range(source).map((target) => [source, target])) },
    { name: `${PAIRS} pairs`, nodes: nodes(2 * PAIRS), edges: range(PAIRS).map((pair) => [2 * pair, 2 * pair + 1]) },
    renamed(ordinary, `mesh of ${NODES} in one namespace`, () => "all"),
    renamed(ordinary, `mesh of ${NODES}, each a namespace`, (_, place) => `ns-${place}`),
    { ...ordinary, name: `mesh of ${NODES}, each edge ${COPIES} times`, edges: range(COPIES).flatMap(() => ordinary.edges) },
    {
      name: `${RINGS} rings of ${RING}`,
      nodes: nodes(RINGS * RING),
      edges: range(RINGS * RING).map((place) => [place, place - (place % RING) + ((place + 1) % RING)]),
    },
  ];
}
