import type { Drawings } from '../sketch.ts';
import { drawBowls } from './bowls.ts';
import { drawCuttingBoard } from './cutting-board.ts';
import { drawFrenchPress } from './french-press.ts';
import { drawKettle } from './kettle.ts';
import { drawMug } from './mug.ts';
import { drawPepperMills } from './pepper-mills.ts';
import { drawSaucepan } from './saucepan.ts';
import { drawTeapot } from './teapot.ts';

export const kitchen: Drawings = {
  bowls: drawBowls,
  'cutting-board': drawCuttingBoard,
  'french-press': drawFrenchPress,
  kettle: drawKettle,
  mug: drawMug,
  'pepper-mills': drawPepperMills,
  saucepan: drawSaucepan,
  teapot: drawTeapot,
};
