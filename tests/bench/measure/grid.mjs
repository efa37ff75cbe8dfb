// Which rectangles lie near a place.

/** Rectangles, [left, top, right, bottom], by the cells of a grid that they touch. */
export class Grid {
  #left;
  #top;
  #width;
  #height;
  #side;
  #cells;
  #stamps;
  #stamp = 0;

  static of(rects) {
    return new Grid(rects);
  }

  constructor(rects) {
    const side = Math.max(1, Math.ceil(Math.sqrt(rects.length)));
    const least = (at) => rects.reduce((found, rect) => Math.min(found, rect[at]), Infinity);
    const most = (at) => rects.reduce((found, rect) => Math.max(found, rect[at]), -Infinity);
    this.#side = side;
    [this.#left, this.#top] = [least(0), least(1)];
    [this.#width, this.#height] = [(most(2) - this.#left) / side || 1, (most(3) - this.#top) / side || 1];
    this.#cells = Array.from({ length: side * side }, () => []);
    this.#stamps = new Uint32Array(rects.length);
    rects.forEach((rect, place) => {
      for (const cell of this.#touched(...rect)) this.#cells[cell].push(place);
    });
  }

  *#touched(left, top, right, bottom) {
    const column = (x) => Math.min(this.#side - 1, Math.max(0, Math.floor((x - this.#left) / this.#width)));
    const row = (y) => Math.min(this.#side - 1, Math.max(0, Math.floor((y - this.#top) / this.#height)));
    const [first, last] = [column(left), column(right)];
    for (let at = row(top); at <= row(bottom); at++) for (let cell = first; cell <= last; cell++) yield at * this.#side + cell;
  }

  /** The places of all rectangles in cells that this one touches, each once. */
  near(left, top, right, bottom) {
    const found = [];
    this.#stamp++;
    for (const cell of this.#touched(left, top, right, bottom)) {
      for (const place of this.#cells[cell]) {
        if (this.#stamps[place] === this.#stamp) continue;
        this.#stamps[place] = this.#stamp;
        found.push(place);
      }
    }
    return found;
  }
}
