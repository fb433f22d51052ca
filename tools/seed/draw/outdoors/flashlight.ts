import type { Sketch } from '../sketch.ts';
import { castShadow } from '../studio.ts';

/** A flashlight lying on the ground, its beam into the night. */
export function drawFlashlight(sketch: Sketch): void {
  const night = sketch.down([0, '#0e1a2b'], [0.65, '#20344a'], [1, '#2c4250']);
  const ground = sketch.down([0, '#33424a'], [1, '#161d22']);
  const beam = sketch.across([0, '#fff2c0', 0.85], [0.5, '#ffeaa6', 0.3], [1, '#ffe9a0', 0.02]);
  sketch.add(
    `<rect width="1300" height="975" fill="${night}"/><rect y="690" width="1300" height="285" fill="${ground}"/>`,
    `<path d="M760 480L1300 250V900L760 720z" fill="${beam}"/>`,
    `<ellipse cx="1080" cy="820" rx="260" ry="60" fill="${sketch.glow([0.4, 0.5], 0.6, [0, '#ffeaa6', 0.6], [1, '#ffeaa6', 0])}"/>`,
  );
  castShadow(sketch, { x: 480, y: 748, width: 640, depth: 40 });
  const metal = (colour: readonly [string, string, string]) =>
    sketch.down(
      [0, colour[0] as `#${string}`],
      [0.3, colour[1] as `#${string}`],
      [1, colour[2] as `#${string}`],
    );
  const orange = metal(['#ffb27a', '#e0662a', '#7a2d0c']);
  const black = metal(['#70777d', '#2c3136', '#101315']);
  const rings = Array.from(
    { length: 13 },
    (_, index) => `<rect x="${250 + index * 24}" y="542" width="10" height="132" rx="4"/>`,
  );
  sketch.add(
    `<rect x="170" y="540" width="60" height="136" rx="24" fill="${black}"/>`,
    `<rect x="210" y="530" width="400" height="156" rx="16" fill="${orange}"/>`,
    `<g fill="#7a2d0c" opacity=".5">${rings.join('')}</g>`,
    `<path d="M600 534L690 474H760V742H690L600 682z" fill="${black}"/>`,
    `<rect x="744" y="462" width="34" height="292" rx="14" fill="${metal(['#f2f3f4', '#a3abb0', '#454b50'])}"/>`,
    '<ellipse cx="780" cy="608" rx="26" ry="138" fill="#fff7d6"/><ellipse cx="782" cy="608" rx="12" ry="70" fill="#fff"/>',
    '<rect x="560" y="516" width="56" height="24" rx="12" fill="#f2f3f4"/><path d="M226 556H596" stroke="#fff" stroke-opacity=".4" stroke-width="9" stroke-linecap="round"/>',
    '<path d="M176 600C90 600 90 720 60 780" fill="none" stroke="#d9c79f" stroke-width="9" stroke-linecap="round"/>',
  );
  const stars = [
    [90, 90],
    [220, 180],
    [330, 60],
    [470, 140],
    [600, 70],
    [720, 190],
    [860, 90],
    [980, 150],
    [1110, 60],
    [1230, 140],
    [150, 300],
    [400, 290],
    [560, 250],
  ] as const;
  sketch.add(
    `<g fill="#fff" fill-opacity=".75">${stars.map(([x, y], index) => `<circle cx="${x}" cy="${y}" r="${2 + (index % 3)}"/>`).join('')}</g>`,
  );
}
