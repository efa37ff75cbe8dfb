// dagre as Kiali has it: the version that PatternFly's topology brings, with Kiali's parameters.
import * as dagre from "dagre-1.1";
import { place } from "./compound.js";

const program = dagre.graphlib ? dagre : dagre.default;
const OPTIONS = { marginx: 0, marginy: 0, edgesep: 40, ranksep: 15, ranker: "network-simplex" };

globalThis.peer = { place: (graph) => place(program, graph, OPTIONS, true) };
