// Wayscope's decoding and classification: the program's own code (tests/bench/instruments).
import startInstruments, { Mesh } from "/built/instruments.js";
import { measure } from "./answer.js";

const { memory } = await startInstruments();

function count(answers) {
  const mesh = new Mesh();
  for (const bytes of answers) mesh.read(bytes);
  const edges = mesh.countEdges();
  mesh.free();
  return edges;
}

// Its memory never shrinks: what it has in the end is the most it had.
measure({ count, used: () => memory.buffer.byteLength });
