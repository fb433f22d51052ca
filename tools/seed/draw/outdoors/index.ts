import type { Drawings } from '../sketch.ts';
import { drawBackpack } from './backpack.ts';
import { drawBottle } from './bottle.ts';
import { drawCampCup } from './camp-cup.ts';
import { drawCompass } from './compass.ts';
import { drawFlashlight } from './flashlight.ts';
import { drawLantern } from './lantern.ts';
import { drawSleepingMat } from './sleeping-mat.ts';
import { drawTent } from './tent.ts';

export const outdoors: Drawings = {
  backpack: drawBackpack,
  bottle: drawBottle,
  'camp-cup': drawCampCup,
  compass: drawCompass,
  flashlight: drawFlashlight,
  lantern: drawLantern,
  'sleeping-mat': drawSleepingMat,
  tent: drawTent,
};
