// Wayscope's chart: the program's own code on a canvas of its own (tests/bench/instruments).
import startInstruments, { Chart } from "/built/instruments.js";
import { measure, SIZE } from "./chart.js";

await startInstruments();

let chart;

const show = ({ times, lines }) => chart.draw(Float64Array.from(times), Float64Array.from(lines.flat()));

measure({
  draw(stage, data) {
    const canvas = document.createElement("canvas");
    stage.append(canvas);
    chart = Chart.on(canvas, SIZE.width, SIZE.height);
    show(data);
  },
  update: show,
  remove: () => chart.free(),
});
