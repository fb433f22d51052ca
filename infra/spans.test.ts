import { expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const endpoint = 'http://collector.internal:4318';
const variable = 'OTEL_EXPORTER_OTLP_ENDPOINT';

function endpoints(settings: Record<string, string>): unknown[] {
  const { ofType } = synthesize(settings);
  const functions = ofType('AWS::Lambda::Function').map(
    ({ properties }) => properties.Environment.Variables[variable],
  );
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ properties }) => {
    const [container] = properties.ContainerDefinitions;
    const variables: { Name: string; Value: string }[] = container.Environment;
    return variables.find(({ Name }) => Name === variable)?.Value;
  });
  return [...functions, ...tasks];
}

it('every function and every task is told of a collector, when there is one', () => {
  const told = endpoints({ TRIPTYCH_OTLP_ENDPOINT: endpoint, TRIPTYCH_VARIANTS: 'hybrid' });
  expect(told.length).toBeGreaterThanOrEqual(7);
  expect(new Set(told)).toEqual(new Set([endpoint]));
  expect(new Set(endpoints({ TRIPTYCH_VARIANTS: 'hybrid' }))).toEqual(new Set([undefined]));
});

/** A template without the variable: a key of a function's environment, an element of a task's. */
function withoutVariable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => one?.Name !== variable).map(withoutVariable);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== variable);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutVariable(one)]));
}

/** Leaves out what every synthesis has its own of: a version's hash of all settings, the folder of the artifacts. */
const comparable = (templates: unknown) =>
  JSON.parse(
    JSON.stringify(templates)
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1')
      .replaceAll(/triptych-infra-\w{6}/g, 'triptych-infra'),
  );

it('nothing but that variable changes when there is a collector', () => {
  const variants = { TRIPTYCH_VARIANTS: 'hybrid' };
  const without = synthesize(variants).templates;
  const told = synthesize({ ...variants, TRIPTYCH_OTLP_ENDPOINT: endpoint }).templates;
  expect(comparable(told)).not.toEqual(comparable(without));
  expect(comparable(withoutVariable(told))).toEqual(comparable(without));
});
