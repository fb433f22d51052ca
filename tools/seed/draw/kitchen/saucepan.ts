import { drawRod } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

const copper = '#c8743f';

/** A copper saucepan with its lid and a long iron handle. */
export function drawSaucepan(sketch: Sketch): void {
  paintStudio(sketch, '#b9c7c9', '#c6d0cf');
  castShadow(sketch, { x: 540, y: 798, width: 520, depth: 64 });
  drawRod(sketch, 'M770 560C880 552 1010 520 1176 486', '#33383b', 44);
  const hammer = Array.from({ length: 44 }, (_, index) => {
    const row = Math.floor(index / 11);
    const x = 330 + (index % 11) * 42 + (row % 2) * 20;
    return `<ellipse cx="${x}" cy="${592 + row * 50 + Math.sin((x - 300) / 150) * 16}" rx="17" ry="19"/>`;
  });
  sketch.add(
    '<ellipse cx="1164" cy="489" rx="12" ry="9" fill="#b9c7c9"/>',
    `<path d="M280 500a260 46 0 0 0 520 0V748q0 54-260 54T280 748z" fill="${sketch.cylinder(copper, 0.62)}"/>`,
    `<g fill="#fff" fill-opacity=".1">${hammer.join('')}</g>`,
    '<path d="M336 570V752" stroke="#fff" stroke-opacity=".4" stroke-width="18" stroke-linecap="round"/>',
    '<rect x="752" y="528" width="74" height="64" rx="14" fill="#33383b"/><circle cx="772" cy="546" r="7" fill="#d9b48a"/><circle cx="772" cy="574" r="7" fill="#d9b48a"/>',
  );
  const lid = sketch.between(
    [300, 380],
    [800, 520],
    [0, '#ffe2c8'],
    [0.35, '#dd8f58'],
    [1, '#7c3f1c'],
  );
  sketch.add(
    `<ellipse cx="540" cy="500" rx="268" ry="50" fill="#8a4c26"/><path d="M272 494C300 408 430 390 540 390S780 408 808 494A268 48 0 0 1 272 494z" fill="${lid}"/>`,
    '<path d="M330 456Q390 418 500 412" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="10" stroke-linecap="round"/>',
  );
  drawRod(sketch, 'M470 398C470 320 610 320 610 398', '#33383b', 26);
}
