// Graphs like those of meshes: gateways, services in namespaces that call each other downwards, stores that many share.
//
// A graph is {name, nodes: [{name, namespace, width, height}], edges: [[source, target]]}: names are unique, sizes are
// pixels, edges name nodes by their place and go from client to server.
import { pick, random, shuffle } from "./random.mjs";

const WORDS = [
  "cart", "checkout", "payment", "catalog", "search", "user", "auth", "order", "ship", "stock", "price", "promo", "email",
  "review", "rating", "media", "feed", "report", "ledger", "quote", "geo", "rule", "session", "audit", "billing",
];
const KINDS = ["svc", "api", "worker", "bff", "cache", "proxy"];
const EDGES_PER_NODE = 1.8;
const NODES_PER_NAMESPACE = 12;
/** Gateways stand at depth 0, services between, stores at the greatest. */
const DEEPEST = 6;
const HEIGHT = 36;

/** The seed of a size where none is asked for. */
export const seedOf = (size) => 20_260_101 + size;

/** What a node of that name takes, in pixels. */
export const sized = (name, namespace) => ({ name, namespace, width: Math.min(180, 40 + Math.round(name.length * 6.5)), height: HEIGHT });

/** A mesh of so many nodes and 1.8 times as many edges; no loops, no two edges alike. */
export function mesh(size, seed = seedOf(size)) {
  const chance = random(seed);
  const growing = grow(size, chance);
  connect(growing, chance);
  fill(growing, Math.round(size * EDGES_PER_NODE), chance);
  // Nobody is to profit from the order in which things were made.
  const order = shuffle(chance, [...growing.nodes.keys()]);
  const place = new Map(order.map((node, at) => [node, at]));
  const edges = shuffle(chance, growing.edges).map(([source, target]) => [place.get(source), place.get(target)]);
  return { name: `mesh of ${size}`, nodes: order.map((node) => growing.nodes[node]), edges };
}

/** The nodes, each with its depth; by depth, and by namespace and depth. */
function grow(size, chance) {
  const layers = () => Array.from({ length: DEEPEST + 1 }, () => []);
  const made = { nodes: [], depth: [], edges: [], byDepth: layers(), byNamespace: new Map(), known: new Set(), callers: [] };
  const add = (name, namespace, depth) => {
    const node = made.nodes.push(sized(name, namespace)) - 1;
    made.depth.push(depth);
    made.callers.push(0);
    made.byDepth[depth].push(node);
    if (!made.byNamespace.has(namespace)) made.byNamespace.set(namespace, layers());
    made.byNamespace.get(namespace)[depth].push(node);
  };
  const gateways = Math.max(1, Math.round(size / 400));
  const stores = Math.max(2, Math.round(size / 120));
  const services = size - gateways - stores;
  const namespaces = Math.max(2, Math.round(services / NODES_PER_NAMESPACE));
  for (let one = 0; one < gateways; one++) add(`gateway-${one}`, "istio-system", 0);
  // A namespace spans two to four depths that follow each other.
  const spans = Array.from({ length: namespaces }, () => [1 + Math.floor(chance() * 3), 2 + Math.floor(chance() * 3)]);
  for (let one = 0; one < services; one++) {
    const namespace = chance() < 0.85 ? one % namespaces : Math.floor(chance() * namespaces);
    const [first, length] = spans[namespace];
    const depth = Math.min(DEEPEST - 1, first + Math.floor(chance() * length));
    add(`${pick(chance, WORDS)}-${pick(chance, KINDS)}-${one}`, `ns-${namespace}`, depth);
  }
  for (let one = 0; one < stores; one++) add(`${one % 2 ? "redis" : "postgres"}-${one}`, "data", DEEPEST);
  return made;
}

function link(made, source, target) {
  const key = `${source} ${target}`;
  if (source === target || made.known.has(key)) return;
  made.known.add(key);
  made.edges.push([source, target]);
  made.callers[target]++;
}

/** Everybody but the gateways gets a caller from above, mostly of its own namespace, so that the graph hangs together. */
function connect(made, chance) {
  for (let target = 0; target < made.nodes.length; target++) {
    const depth = made.depth[target];
    if (depth === 0) continue;
    const own = chance() < 0.7 && nearestAbove(made.byNamespace.get(made.nodes[target].namespace), depth, 1);
    link(made, pick(chance, own || caller(made, depth, chance)), target);
  }
}

/** Gateways, or services of any depth above. */
function caller(made, depth, chance) {
  if (depth === 1 || chance() < 0.35) return made.byDepth[0];
  return nearestAbove(made.byDepth, 2 + Math.floor(chance() * (depth - 1)), 0);
}

function nearestAbove(layers, depth, least) {
  for (let above = depth - 1; above >= least; above--) if (layers[above].length) return layers[above];
  return undefined;
}

/** The rest of the edges: 55 % within the namespace, 25 % to others, 17 % to stores, 3 % backwards. */
function fill(made, wanted, chance) {
  for (let tries = 0; made.edges.length < wanted && tries < wanted * 50; tries++) {
    const source = Math.floor(chance() * made.nodes.length);
    const depth = made.depth[source];
    if (depth >= DEEPEST) continue;
    const target = callee(made, source, depth, chance);
    if (target !== undefined) link(made, source, target);
  }
}

function callee(made, source, depth, chance) {
  const kind = chance();
  if (kind < 0.55) {
    const own = made.byNamespace.get(made.nodes[source].namespace);
    return pick(chance, own.slice(depth + 1, depth + 3).flat());
  }
  if (kind < 0.8) {
    const below = depth + 1 + (chance() < 0.25 ? 1 : 0);
    return below < DEEPEST ? popular(made, made.byDepth[below], chance) : undefined;
  }
  if (kind < 0.97) return depth >= 1 ? popular(made, made.byDepth[DEEPEST], chance) : undefined;
  return pick(chance, made.byDepth[1 + Math.floor(chance() * Math.max(1, depth))]);
}

/** The one with the most callers of a few: some become hubs. */
function popular(made, list, chance) {
  if (!list.length) return undefined;
  let best = pick(chance, list);
  for (let draw = 0; draw < 3; draw++) {
    const other = pick(chance, list);
    if (made.callers[other] > made.callers[best]) best = other;
  }
  return best;
}
