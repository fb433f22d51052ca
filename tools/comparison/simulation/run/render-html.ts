import type { Target } from '../../data/index.ts';
import type { LineChart } from '../../report/charts/chart.ts';
import { chartFigure, legend } from '../../report/html/chart-figure.ts';
import { escapeHtml } from '../../report/html/escape.ts';
import { styles } from '../../report/html/styles.ts';
import { SIMULATION_ASSUMPTIONS, type SimulationAssumed } from '../models/assumptions.ts';
import { simulationFindings } from './findings.ts';
import type { SimulatedAll } from './simulate-all.ts';

/** The page may load nothing and run no script. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

interface PageOptions {
  readonly title: string;
  readonly targets: readonly Target[];
  readonly assumed: SimulationAssumed;
  /** The table of the terminal, without colours. */
  readonly text: string;
}

/** Renders the results as one self-contained page, with the charts and styles of the report. */
export function simulationHtml(all: SimulatedAll, options: PageOptions): string {
  const { title, targets, assumed, text } = options;
  const { series } = simulationFindings(all.results);
  const names = [...new Set(series.map((one) => one.title))];
  const charts = names.map((name): LineChart => {
    return { kind: 'lines', title: name, lines: series.filter((one) => one.title === name) };
  });
  const rows = Object.entries(SIMULATION_ASSUMPTIONS).map(
    ([id, { unit, source }]) =>
      `<tr><th>${escapeHtml(id)}</th><td>${assumed[id as keyof SimulationAssumed]} ${escapeHtml(unit)}</td><td>${escapeHtml(source)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="color-scheme" content="light dark">
<title>Triptych: simulation of ${escapeHtml(title)}</title>
<style>${styles(targets)}</style>
</head>
<body>
<header><p class="kicker">Triptych · simulated, not measured</p><h1>${escapeHtml(title)}</h1></header>
<main>
<div class="scroll"><pre>${escapeHtml(text)}</pre></div>
${legend(targets)}
${charts.map((chart) => chartFigure(chart, targets)).join('\n')}
<section><h2>Assumptions</h2>
<div class="scroll"><table><thead><tr><th>name</th><td>value</td><td>source</td></tr></thead><tbody>${rows.join('')}</tbody></table></div>
</section>
</main>
</body>
</html>
`;
}
