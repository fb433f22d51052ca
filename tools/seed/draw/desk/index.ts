import type { Drawings } from '../sketch.ts';
import { drawFountainPen } from './fountain-pen.ts';
import { drawGlobe } from './globe.ts';
import { drawHourglass } from './hourglass.ts';
import { drawInk } from './ink.ts';
import { drawKeyboard } from './keyboard.ts';
import { drawNotebook } from './notebook.ts';
import { drawPencilCup } from './pencil-cup.ts';
import { drawWatercolours } from './watercolours.ts';

export const desk: Drawings = {
  'fountain-pen': drawFountainPen,
  globe: drawGlobe,
  hourglass: drawHourglass,
  ink: drawInk,
  keyboard: drawKeyboard,
  notebook: drawNotebook,
  'pencil-cup': drawPencilCup,
  watercolours: drawWatercolours,
};
