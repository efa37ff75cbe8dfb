// The custom element: a shell around the class `WayscopeMesh` of the engine. It decides nothing; it forwards.
//
// The class is constructed with (host, shadow root, options) and has update(options), exportJson(), refresh(), fit(),
// stoppedWords() and dispose(). `options` holds every attribute below that is set (camelCase; a string, or `true` for a switch), every
// property below that is set, and `config` as JSON text, or else `configError`, a sentence.
//
// Events (bubbling, composed): `mesh-ready`, `mesh-error` with {message}, and those the engine sends, as `mesh-select`.
import { load, onStop } from "./engine.js";

const SWITCHES = ["demo", "standalone"];
const STRINGS = ["locale", "namespaces", "range", "refresh-every", "src-prometheus", "tenant", "theme"];
const PROPERTIES = ["headers"];
const CONFIG_TIMEOUT_MS = 5000;

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

let styles;
const sheets = new WeakMap();

/** The one sheet of a document: constructed, so that a strict style-src does not matter. */
async function sheetOf(document) {
  const address = new URL("wayscope.css", import.meta.url);
  styles ??= fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${address} is missing`))));
  const text = await styles;
  if (!sheets.has(document)) {
    const sheet = new document.defaultView.CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(document, sheet);
  }
  return sheets.get(document);
}

/** A configuration as JSON text. Absent (404) is empty; what cannot be had is a sentence in `configError`. */
async function configAt(address) {
  try {
    const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(CONFIG_TIMEOUT_MS) });
    if (answer.ok) return { config: await answer.text() };
    return answer.status === 404 ? {} : { configError: `${address}: the server answered ${answer.status}` };
  } catch (cause) {
    return { configError: `${address}: ${cause.message}` };
  }
}

export class WayscopeMeshElement extends HTMLElement {
  static observedAttributes = ["config", ...SWITCHES, ...STRINGS];

  #root = this.attachShadow({ mode: "open" });
  #given = {}; // properties
  #config = {}; // what became of the attribute or property `config`
  #mesh; // the engine's instance, from mounted to unmounted
  #mounting; // the current attempt to mount; a later one takes its place
  #reading; // the current reading of the configuration; a later one takes its place
  #updating = false;
  #engine; // the exports that #mesh is of
  #words; // [title, text, button] for when it has stopped
  #deaf; // ends the listening for that

  connectedCallback() {
    for (const name of ["config", ...PROPERTIES]) this.#upgrade(name);
    if (!this.#mesh && !this.#mounting) this.#mount();
  }

  /** Moving an element disconnects and connects it in one task: only one that stays away is unmounted. */
  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  adoptedCallback() {
    if (this.#mesh) sheetOf(this.ownerDocument).then((sheet) => (this.#root.adoptedStyleSheets = [sheet]));
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || (!this.#mesh && !this.#mounting)) return;
    if (name === "config") this.#readConfig().then(() => this.#update());
    else this.#update();
  }

  /** A configuration object; set, it replaces the file that the attribute names. */
  get config() {
    return this.#given.config;
  }
  set config(value) {
    this.#given.config = value;
    this.#readConfig().then(() => this.#update());
  }

  exportJson() {
    return this.#mesh?.exportJson();
  }
  refresh() {
    this.#mesh?.refresh();
  }
  fit() {
    this.#mesh?.fit();
  }

  /** A property that was set before the element was defined hides the accessor: set it again, through it. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  async #readConfig() {
    const reading = (this.#reading = Symbol("reading"));
    const { config } = this.#given;
    const address = this.getAttribute("config");
    let found = {};
    if (config !== undefined) found = { config: JSON.stringify(config) };
    else if (address) found = await configAt(new URL(address, this.baseURI).href);
    if (this.#reading === reading) this.#config = found;
  }

  #options() {
    const { config, ...given } = this.#given; // The configuration goes as text.
    const options = { ...given, ...this.#config };
    for (const name of STRINGS) if (this.hasAttribute(name)) options[camel(name)] = this.getAttribute(name);
    for (const name of SWITCHES) if (this.hasAttribute(name)) options[name] = true;
    return options;
  }

  async #mount() {
    const attempt = (this.#mounting = Symbol("mount"));
    try {
      const [engine, sheet] = await Promise.all([load(), sheetOf(this.ownerDocument), this.#readConfig()]);
      if (this.#mounting !== attempt) return;
      this.#root.replaceChildren();
      this.#root.adoptedStyleSheets = [sheet];
      this.#engine = engine;
      this.#deaf = onStop((stopped, message) => stopped === this.#engine && this.#stop(message));
      this.#mesh = new engine.WayscopeMesh(this, this.#root, this.#options());
      this.#words = this.#mesh.stoppedWords();
      this.#say("mesh-ready", {});
    } catch (cause) {
      if (this.#mounting === attempt) this.#fail(cause);
    } finally {
      if (this.#mounting === attempt) this.#mounting = undefined;
    }
  }

  #unmount() {
    this.#mounting = undefined;
    const mesh = this.#mesh;
    this.#mesh = undefined;
    this.#deaf?.();
    try {
      mesh?.dispose();
    } finally {
      mesh?.free();
    }
  }

  /** The engine has ended by an error: nothing of it may be called any more. */
  #stop(message) {
    this.#mesh = undefined;
    this.#deaf();
    const [title, text, button] = this.#words ?? ["Wayscope has stopped", message, "Start again"];
    const make = (tag, content) => Object.assign(this.ownerDocument.createElement(tag), { textContent: content });
    const restart = Object.assign(make("button", button), { type: "button", className: "button" });
    restart.addEventListener("click", () => this.#mount());
    const notice = Object.assign(make("div", ""), { className: "stopped" });
    notice.setAttribute("role", "alert");
    notice.setAttribute("part", "stopped");
    notice.append(make("h2", title), make("p", text), restart);
    // The engine's own listeners may still be on what it rendered; they go with it.
    this.#root.replaceChildren(notice);
    this.#say("mesh-error", { message });
  }

  /** Several attributes that change together are one update. */
  #update() {
    if (!this.#mesh || this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      try {
        this.#mesh?.update(this.#options());
      } catch (cause) {
        this.#say("mesh-error", { message: cause?.message ?? String(cause) });
      }
    });
  }

  #fail(cause) {
    const message = cause?.message ?? String(cause);
    const text = this.ownerDocument.createElement("p");
    text.setAttribute("part", "failure");
    text.className = "stopped";
    text.setAttribute("role", "alert");
    text.textContent = message;
    this.#root.replaceChildren(text);
    this.#say("mesh-error", { message });
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  static {
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get() {
          return this.#given[name];
        },
        set(value) {
          this.#given[name] = value;
          this.#update();
        },
      });
    }
  }
}

/** Defines the element, under another name where this one is taken by another version; gives the class in force. */
export function register(tag = "wayscope-mesh") {
  if (!customElements.get(tag)) customElements.define(tag, tag === "wayscope-mesh" ? WayscopeMeshElement : class extends WayscopeMeshElement {});
  return customElements.get(tag);
}
