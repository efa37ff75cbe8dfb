// dagre as it is today.
import * as dagre from "@dagrejs/dagre";
import { place } from "./compound.js";
import { SPACING } from "./graph.js";

const program = dagre.graphlib ? dagre : dagre.default;

globalThis.peer = { place: (graph) => place(program, graph, { ranksep: SPACING.layer, edgesep: 10 }, false) };
