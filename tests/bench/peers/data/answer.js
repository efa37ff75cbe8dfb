// What readers of answers have in common. `count` gives how many edges a mesh has, from the bytes of each answer; `used` how
// many bytes of memory are in use.

/** Makes a reader measurable. `watch` is called whenever more memory may be in use than before. */
export function measure({ count, used }) {
  let answers;
  globalThis.peer = {
    async load(names) {
      answers = await Promise.all(names.map(async (name) => new Uint8Array(await (await fetch(`/given/${name}`)).arrayBuffer())));
    },
    /** Counts so many times; gives the milliseconds of one. */
    count(turns) {
      const start = performance.now();
      for (let turn = 0; turn < turns; turn++) count(answers, () => {});
      return (performance.now() - start) / turns;
    },
    /** {edges, memory}: the most that was in use at once, above what was before; for a page that has counted nothing. */
    peak() {
      globalThis.gc();
      const before = used();
      let most = before;
      const edges = count(answers, () => (most = Math.max(most, used())));
      return { edges, memory: Math.max(most, used()) - before };
    },
  };
}
