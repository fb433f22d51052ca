import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../tools/docker/observability');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

interface SpanMetrics {
  readonly namespace: string;
  readonly histogram: { readonly unit: string };
  readonly dimensions: readonly { readonly name: string }[];
  readonly exclude_dimensions?: readonly string[];
}

const collector: {
  readonly receivers: object;
  readonly processors: object;
  readonly exporters: object;
  readonly connectors: Readonly<Record<string, SpanMetrics>>;
  readonly service: { readonly pipelines: Readonly<Record<string, Pipeline>> };
} = parse(read('collector.yaml'), { merge: true });

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string }[];
}

const dashboard: {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly query: { readonly query: string } }[] };
} = JSON.parse(read('dashboard.json'));

/** A name in Prometheus: `triptych.requests` becomes `triptych_requests`. */
const underscored = (name: string) => name.replaceAll('.', '_');
const units: Record<string, string> = { ms: 'milliseconds', s: 'seconds' };

/** Labels by metric, under the names that Prometheus gives to the metrics of the `spanmetrics` connector. */
const metrics = new Map(
  Object.values(collector.connectors).flatMap((connector) => {
    const { namespace, histogram, dimensions, exclude_dimensions: excluded = [] } = connector;
    const always = ['service.name', 'span.name', 'span.kind', 'status.code'];
    const labels = [
      ...always.filter((one) => !excluded.includes(one)),
      ...dimensions.map(({ name }) => name),
    ];
    const own = labels.map(underscored);
    const prefix = underscored(namespace);
    const duration = `${prefix}_duration_${units[histogram.unit]}`;
    return [
      [`${prefix}_calls_total`, own],
      [`${duration}_bucket`, [...own, 'le']],
      [`${duration}_sum`, own],
      [`${duration}_count`, own],
    ] as [string, string[]][];
  }),
);

const queries = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.map(({ query }) => query.query),
];

describe('the collector', () => {
  const { receivers, processors, exporters, connectors, service } = collector;
  const pipelines = Object.entries(service.pipelines);

  test.each(pipelines)('pipeline %s uses only configured components', (_, pipeline) => {
    const known = (parts: object, names: readonly string[] = []) =>
      names.filter((name) => !(name in parts));
    expect(known({ ...receivers, ...connectors }, pipeline.receivers)).toEqual([]);
    expect(known(processors, pipeline.processors)).toEqual([]);
    expect(known({ ...exporters, ...connectors }, pipeline.exporters)).toEqual([]);
  });

  test('uses every configured component', () => {
    const used = new Set(
      pipelines.flatMap(([, one]) => [
        ...one.receivers,
        ...(one.processors ?? []),
        ...one.exporters,
      ]),
    );
    const all = [receivers, processors, exporters, connectors].flatMap((parts) =>
      Object.keys(parts),
    );
    expect(all.filter((name) => !used.has(name))).toEqual([]);
  });

  test('limits its memory before any other step', () => {
    for (const [name, { receivers: from, processors: steps }] of pipelines) {
      if (from.includes('otlp')) expect(steps?.[0], name).toBe('memory_limiter');
    }
  });
});

describe('the dashboard', () => {
  test.each(queries)('queries metrics and labels that the collector produces: %s', (query) => {
    const names = query.match(/triptych_\w+/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !metrics.has(name))).toEqual([]);
    const labels = [
      ...[...query.matchAll(/[{,](\w+)(?:=~|!~|!=|=)"/g)].map(([, label]) => label),
      ...[...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/)),
    ];
    for (const label of labels) {
      expect(
        names.every((name) => metrics.get(name)?.includes(label ?? '')),
        label,
      ).toBe(true);
    }
  });

  test('groups every panel by variant', () => {
    for (const { title, targets = [] } of dashboard.panels) {
      for (const { expr } of targets) expect(expr, title).toMatch(/by \([^)]*\bvariant\b/);
    }
  });

  test('uses the Prometheus of the image, and unique panel ids', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const sources = dashboard.panels.flatMap(({ datasource }) => datasource?.uid ?? []);
    expect(new Set(sources)).toEqual(new Set(['prometheus']));
  });
});
