import { darker, lighter } from '../colour.ts';
import type { Sketch } from '../sketch.ts';
import { paintStudio } from '../studio.ts';

const enamel = '#d3a02f';

/** A pendant lamp with a wide enamel shade, its light on a round table. */
export function drawPendantLamp(sketch: Sketch): void {
  paintStudio(sketch, '#34505a', '#3f5a62');
  const beam = sketch.down([0, '#fff0bf', 0.62], [0.7, '#ffeab0', 0.16], [1, '#ffeab0', 0.04]);
  const table = sketch.glow([0.5, 0.4], 0.6, [0, '#f7d9a4'], [0.6, '#b98550'], [1, '#6d4a2c']);
  const shade = sketch.between(
    [380, 0],
    [920, 0],
    [0, darker(enamel, 0.4)],
    [0.25, lighter(enamel, 0.4)],
    [0.45, enamel],
    [1, darker(enamel, 0.5)],
  );
  sketch.add(
    '<path d="M650 0V230" stroke="#15191b" stroke-width="9"/>',
    '<ellipse cx="650" cy="868" rx="470" ry="92" fill="#0e1719" opacity=".45"/>',
    `<ellipse cx="650" cy="852" rx="440" ry="82" fill="#4f341e"/><ellipse cx="650" cy="836" rx="440" ry="82" fill="${table}"/>`,
    `<path d="M392 500L250 838a400 72 0 0 0 800 0L908 500z" fill="${beam}"/>`,
    '<path d="M618 226h64l12 64h-88z" fill="#c9a465"/><path d="M618 226h20l-4 64h-28z" fill="#fff" opacity=".3"/>',
    `<path d="M606 288C470 310 394 400 382 496a268 44 0 0 0 536 0C906 400 830 310 694 288z" fill="${shade}"/>`,
    '<ellipse cx="650" cy="496" rx="268" ry="44" fill="#fff4d2"/><ellipse cx="650" cy="504" rx="96" ry="20" fill="#fff"/>',
    `<ellipse cx="650" cy="496" rx="268" ry="44" fill="none" stroke="${lighter(enamel, 0.4)}" stroke-width="5"/>`,
    '<path d="M470 366C444 396 424 430 418 462" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="12" stroke-linecap="round"/>',
  );
  // A bowl of pears stands in the light.
  const pear = (x: number, turn: number) =>
    `<g transform="translate(${x} 760) rotate(${turn})"><path d="M0-76C20-70 18-40 34-18 54 14 30 50 0 50S-54 14-34-18C-18-40-20-70 0-76z" fill="${sketch.glow([0.35, 0.4], 0.8, [0, '#e9ea8a'], [0.6, '#b3bb45'], [1, '#6d7a22'])}"/><path d="M0-74q4-22 14-30" fill="none" stroke="#5a4020" stroke-width="6" stroke-linecap="round"/></g>`;
  sketch.add(
    pear(596, -18),
    pear(704, 20),
    pear(650, 4),
    `<path d="M510 772a140 20 0 0 0 280 0q-16 76-90 84h-100q-74-8-90-84z" fill="${sketch.cylinder('#e8e4da', 0.6)}"/>`,
  );
}
