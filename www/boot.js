// The standalone page: starts the engine that trunk has named on this script's own element.
import { load } from "./engine.js";
import { register } from "./wayscope-mesh.js";

// Inside a module `document.currentScript` is null.
const script = document.querySelector("script[data-wasm]");
const preload = document.querySelector("link[data-integrity]");
const absolute = (path) => new URL(path, document.baseURI).href;

load({
  js: absolute(script.dataset.js),
  wasm: absolute(script.dataset.wasm),
  // Browsers do not check the integrity of a preload: the fetch has to.
  integrity: preload.dataset.integrity,
}).catch(() => {}); // Each element on the page shows why.
register();
