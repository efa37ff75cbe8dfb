// Lays graphs out beside the page, with the page's own program.
//
// The first message is {js}, the address of the program's JavaScript. Each later one is {program, id, request}: the
// compiled program, and a request as numbers. Its answer is {id, layout}, or {id} when there is none.
let address;
let engine;

async function place(program, request) {
  engine ??= import(address).then((glue) => glue.default({ module_or_path: program }).then(() => glue));
  return (await engine).placeGraph(request);
}

addEventListener("message", async ({ data: { js, program, id, request } }) => {
  if (js) {
    address = js;
    return;
  }
  const layout = await place(program, request).catch((cause) => console.error(cause));
  postMessage({ id, layout }, layout ? [layout.buffer] : []);
});
