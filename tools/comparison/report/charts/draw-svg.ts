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

/** Chart colours are CSS variables of the page, so one drawing works in light and dark mode. */
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

/** ECharts numbers clip paths across all charts of a process. Ids derived from the content make the output deterministic. */
function ownIds(svg: string): string {
  const content = svg.replace(/zr\d+-/g, 'zr-');
  const name = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return content.replaceAll('zr-', `c${name}-`);
}

/**
 * Renders a chart to SVG without a browser. Removes hover styles and generated ids, because the page has no script and the
 * output must be deterministic.
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
