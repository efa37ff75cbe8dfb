// The standalone page: starts the engine that trunk has named on this script's own element.
import { load } from "./engine.js";
import { register } from "./wayscope-mesh.js";

// Leptos makes parts of its views that never change from markup, which the page's policy forbids for strings that nobody
// has vouched for. This vouches for plain elements alone: nothing that loads, runs or listens. Markup in any other place
// and script made from strings stay forbidden.
const INERT = /^(?:[^<]|<\/?(?!(?:base|embed|frame|iframe|link|meta|object|script|style)\b)[a-z][\w-]*(?:\s+(?!on)[a-z][\w:-]*(?:="[^"]*")?)*\s*\/?>)*$/i;
globalThis.trustedTypes?.createPolicy("default", { createHTML: (markup) => (INERT.test(markup) ? markup : null) });

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
