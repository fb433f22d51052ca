// Runs in the page and evaluates to the list of layout faults. See layout-faults.ts.
(() => {
  const faults = [];
  const short = (text) => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const isShown = (element) =>
    element.checkVisibility() && element.getBoundingClientRect().width > 0;
  const ownText = (element) =>
    [...element.childNodes]
      .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
      .map(({ textContent }) => textContent ?? '')
      .join('')
      .trim();
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    faults.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
  }

  // Text that ends outside of the page, or that its scrolling container cuts off.
  for (const element of document.querySelectorAll('body *')) {
    if (!isShown(element)) continue;
    if (!(element instanceof SVGElement) && element.scrollWidth > element.clientWidth + 1) {
      if (getComputedStyle(element).overflowX !== 'visible') {
        faults.push(`cut off: ${short(element.textContent ?? '')}`);
      }
    }
    if (ownText(element) === '') continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    for (const { left, right } of range.getClientRects()) {
      if (left < -1 || right > width + 1) {
        faults.push(`outside of the page: ${short(element.textContent ?? '')}`);
        break;
      }
    }
  }

  // A number and its unit: there must be a space between them, or the unit is on the next line.
  for (const unit of document.querySelectorAll('data > .unit')) {
    if (!isShown(unit)) continue;
    const number = document.createRange();
    number.selectNode(unit.previousSibling);
    const text = document.createRange();
    const node = unit.firstChild;
    const spaces = /^\s*/.exec(node.data)[0].length;
    text.setStart(node, spaces);
    text.setEnd(node, node.data.length);
    const before = [...number.getClientRects()].at(-1);
    const [after] = text.getClientRects();
    if (!before || !after || after.top >= before.bottom - 2) continue;
    if (after.left - before.right < 2)
      faults.push(`unit without a space: ${short(unit.parentElement.textContent)}`);
  }

  // Text in charts: it may overlap neither other text nor bars, dots and intervals.
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  // A thin line has no height of its own, so a label is struck through if a mark reaches its middle.
  const isStruck = (box, mark) =>
    Math.min(box.right, mark.right) - Math.max(box.left, mark.left) > 1.5 &&
    mark.bottom > box.top + 3 &&
    mark.top < box.bottom - 3;
  const isMark = (shape) =>
    [shape.getAttribute('fill'), shape.getAttribute('stroke')].some(
      (color) => color && /^var\(--(?!ink|soft|line|paper)/.test(color),
    );
  for (const chart of document.querySelectorAll('figure.chart')) {
    for (const svg of chart.querySelectorAll('svg')) {
      if (!isShown(svg)) continue;
      const texts = [...svg.querySelectorAll('text')].filter(isShown);
      const boxes = texts.map((text) => ({ text, box: text.getBoundingClientRect() }));
      // A curve fills its bounding box only at its ends, so lines are not compared with text.
      const marks = chart.classList.contains('lines')
        ? []
        : [...svg.querySelectorAll('path, circle, line, rect')].filter(isMark);
      const shapes = marks.map((mark) => mark.getBoundingClientRect());
      const frame = svg.getBoundingClientRect();
      for (const [at, { text, box }] of boxes.entries()) {
        const name = `${short(text.textContent ?? '')} (${short(chart.querySelector('figcaption')?.textContent ?? '')})`;
        if (box.left < frame.left - 2 || box.right > frame.right + 2)
          faults.push(`outside of its chart: ${name}`);
        if (shapes.some((shape) => isStruck(box, shape))) faults.push(`struck through: ${name}`);
        const other = boxes.slice(at + 1).find((one) => overlap(box, one.box));
        if (other) faults.push(`overlaps "${short(other.text.textContent ?? '')}": ${name}`);
      }
    }
  }
  return faults;
})();
