import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { measure, SIZE } from "./chart.js";

/** What it draws when nothing else is said. */
const OWN_WIDTH = 1;

let chart;

/** It draws in a microtask. */
const drawn = async () => {
  await null;
  await null;
};

measure({
  draw(stage, { times, lines, width }) {
    const series = lines.map((_, place) => ({ label: `line ${place}`, stroke: `hsl(${(place * 137) % 360} 60% 45%)`, width: width ?? OWN_WIDTH, points: { show: false } }));
    chart = new uPlot({ ...SIZE, pxAlign: 0, legend: { show: false }, series: [{}, ...series] }, [times, ...lines], stage);
    return drawn();
  },
  update({ times, lines }) {
    chart.setData([times, ...lines]);
    return drawn();
  },
  remove: () => chart.destroy(),
});
