import { drawRod, drawTurned } from '../shapes.ts';
import type { Sketch } from '../sketch.ts';
import { castShadow, paintStudio } from '../studio.ts';

/** A studio microphone in its cradle on a heavy round foot. */
export function drawMicrophone(sketch: Sketch): void {
  paintStudio(sketch, '#b9524a', '#c1645a');
  castShadow(sketch, { x: 650, y: 836, width: 360, depth: 56 });
  const foot = [
    [790, 150],
    [826, 176],
  ] as const;
  drawTurned(sketch, { x: 650, profile: foot, colour: '#2b2e33', gloss: 0.35, straight: true });
  drawRod(sketch, 'M650 780V690', '#9aa1a6', 34);
  drawRod(sketch, 'M448 440V560C448 720 852 720 852 560V440', '#9aa1a6', 26);
  const head = 'M520 300C520 110 780 110 780 300V520C780 610 730 640 650 640S520 610 520 520z';
  const net = Array.from(
    { length: 17 },
    (_, index) =>
      `<path d="M${360 + index * 34} 640L${560 + index * 34} 100M${940 - index * 34} 640L${740 - index * 34} 100"/>`,
  );
  sketch.add(
    `<clipPath id="net"><path d="${head}"/></clipPath>`,
    `<path d="${head}" fill="${sketch.cylinder('#aeb4b8', 0.7)}"/>`,
    `<g clip-path="url(#net)" stroke="#30353a" stroke-opacity=".55" stroke-width="6">${net.join('')}</g>`,
    `<path d="M520 372H780V432H520z" fill="${sketch.cylinder('#2b2e33', 0.4)}"/><path d="M512 500H788V540C788 620 730 650 650 650S512 620 512 540z" fill="${sketch.cylinder('#2b2e33', 0.4)}"/>`,
    '<path d="M560 230C566 190 590 168 626 160" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="16" stroke-linecap="round"/>',
    '<circle cx="650" cy="402" r="16" fill="#e7b34c"/><rect x="606" y="566" width="88" height="14" rx="7" fill="#e7b34c"/>',
  );
  for (const x of [452, 848]) {
    sketch.add(
      `<circle cx="${x}" cy="470" r="36" fill="#2b2e33"/><circle cx="${x - 6}" cy="463" r="20" fill="#6d747a"/><path d="M${x === 452 ? 486 : 780} 470h34" stroke="#9aa1a6" stroke-width="16"/>`,
    );
  }
}
