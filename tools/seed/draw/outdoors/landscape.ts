import { createChance } from '../chance.ts';
import { type Colour, darker, lighter } from '../colour.ts';
import { type Sketch, sheet } from '../sketch.ts';

/** A meadow before two rows of hills, for what belongs outside. */
export function paintMeadow(sketch: Sketch, sky: Colour, grass: Colour, seed: number): void {
  const chance = createChance(seed);
  const { width, height } = sheet;
  const air = sketch.down([0, sky], [0.7, lighter(sky, 0.6)], [1, '#fff3dc']);
  const ground = sketch.down([0, lighter(grass, 0.22)], [1, darker(grass, 0.35)]);
  const ridge = (y: number, swing: number) =>
    Array.from({ length: 8 }, (_, index) => {
      const x = (index * width) / 7;
      return `${index ? 'L' : 'M'}${x.toFixed(0)} ${(y - chance(0, swing)).toFixed(0)}`;
    }).join('');
  const blades = Array.from({ length: 130 }, () => {
    const y = chance(720, 960);
    const tall = 10 + (y - 700) * 0.09;
    return `M${chance(0, width).toFixed(0)} ${y.toFixed(0)}q${chance(-6, 6).toFixed(0)} ${(-tall / 2).toFixed(0)} ${chance(-12, 12).toFixed(0)} ${(-tall).toFixed(0)}`;
  });
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${air}"/>`,
    `<path d="${ridge(600, 190)}V720H0z" fill="${lighter(darker(sky, 0.3), 0.3)}" opacity=".7"/>`,
    `<path d="${ridge(690, 110)}V760H0z" fill="${darker(grass, 0.25)}" opacity=".75"/>`,
    `<path d="M0 700Q340 660 700 692T${width} 680V${height}H0z" fill="${ground}"/>`,
    `<path d="${blades.join('')}" fill="none" stroke="${darker(grass, 0.3)}" stroke-opacity=".55" stroke-width="4" stroke-linecap="round"/>`,
  );
}
