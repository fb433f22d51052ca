import type { Drawings } from '../sketch.ts';
import { drawAmplifier } from './amplifier.ts';
import { drawHeadphones } from './headphones.ts';
import { drawMicrophone } from './microphone.ts';
import { drawPortableSpeaker } from './portable-speaker.ts';
import { drawRadio } from './radio.ts';
import { drawRecord } from './record.ts';
import { drawSpeaker } from './speaker.ts';
import { drawTurntable } from './turntable.ts';

export const audio: Drawings = {
  amplifier: drawAmplifier,
  headphones: drawHeadphones,
  microphone: drawMicrophone,
  'portable-speaker': drawPortableSpeaker,
  radio: drawRadio,
  record: drawRecord,
  speaker: drawSpeaker,
  turntable: drawTurntable,
};
