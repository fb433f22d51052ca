import type { Drawings } from '../sketch.ts';
import { drawArmchair } from './armchair.ts';
import { drawCandles } from './candles.ts';
import { drawDeskLamp } from './desk-lamp.ts';
import { drawPendantLamp } from './pendant-lamp.ts';
import { drawRubberPlant } from './rubber-plant.ts';
import { drawStool } from './stool.ts';
import { drawVase } from './vase.ts';
import { drawWallClock } from './wall-clock.ts';

export const living: Drawings = {
  armchair: drawArmchair,
  candles: drawCandles,
  'desk-lamp': drawDeskLamp,
  'pendant-lamp': drawPendantLamp,
  'rubber-plant': drawRubberPlant,
  stool: drawStool,
  vase: drawVase,
  'wall-clock': drawWallClock,
};
