import { createHash } from 'node:crypto';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  SVGRenderer,
]);

/** Colours of a chart come from the page's style sheet, so that one drawing serves light and dark. */
export const ink = {
  text: 'var(--ink)',
  soft: 'var(--soft)',
  line: 'var(--line)',
  paper: 'var(--paper)',
};

export const font = { fontFamily: 'inherit', fontSize: 12, color: ink.text };

export const quietAxis = {
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: ink.soft, fontSize: 11 },
  splitLine: { lineStyle: { color: ink.line, width: 1 } },
  nameTextStyle: { color: ink.soft, fontSize: 11 },
};

/** Ids of clip paths count up over all drawings of a process; from the drawing's own content they are the same each time. */
function ownIds(svg: string): string {
  const content = svg.replace(/zr\d+-/g, 'zr-');
  const name = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return content.replaceAll('zr-', `c${name}-`);
}

/**
 * Draws without a browser. What is only for pointing at (styles of hovering, ids of the library) is taken away: the page
 * holds no script, and the drawing comes out the same each time.
 */
export function drawSvg(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, textStyle: font, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const bare = svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ class="zr[^"]*"/g, '')
    .replace(/ pointer-events="[^"]*"/g, '')
    .replace(/ (xmlns:xlink|version|baseProfile|xml:space)="[^"]*"/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\n/, '')
    .replace(/-?\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100))
    .replace(/\n+/g, '\n');
  return ownIds(bare);
}
