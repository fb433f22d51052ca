import { expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const ENDPOINT = 'http://collector.internal:4318';
const VARIABLE = 'OTEL_EXPORTER_OTLP_ENDPOINT';

async function endpoints(settings: Record<string, string>): Promise<unknown[]> {
  const { ofType } = await synthesize(settings);
  const functions = ofType('AWS::Lambda::Function').map(
    ({ properties }) => properties.Environment.Variables[VARIABLE],
  );
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ properties }) => {
    const [container] = properties.ContainerDefinitions;
    const variables: { Name: string; Value: string }[] = container.Environment;
    return variables.find(({ Name }) => Name === VARIABLE)?.Value;
  });
  return [...functions, ...tasks];
}

it('every function and every task gets the address of the collector, if there is one', async () => {
  const found = await endpoints({ TRIPTYCH_OTLP_ENDPOINT: ENDPOINT, TRIPTYCH_VARIANTS: 'hybrid' });
  expect(found.length).toBeGreaterThanOrEqual(7);
  expect(new Set(found)).toEqual(new Set([ENDPOINT]));
  expect(new Set(await endpoints({ TRIPTYCH_VARIANTS: 'hybrid' }))).toEqual(new Set([undefined]));
});

/** Removes the variable: a key in a function's environment, an element in a task's. */
function withoutVariable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => one?.Name !== VARIABLE).map(withoutVariable);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== VARIABLE);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutVariable(one)]));
}

/** Removes what differs between any two syntheses: the hash in a version's id, the artifacts' folder. */
const comparable = (templates: unknown) =>
  JSON.parse(
    JSON.stringify(templates)
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1')
      .replaceAll(/triptych-infra-\w{6}/g, 'triptych-infra'),
  );

it('a collector changes nothing but that variable', async () => {
  const settings = { TRIPTYCH_VARIANTS: 'hybrid' };
  const { templates: without } = await synthesize(settings);
  const { templates: found } = await synthesize({ ...settings, TRIPTYCH_OTLP_ENDPOINT: ENDPOINT });
  expect(comparable(found)).not.toEqual(comparable(without));
  expect(comparable(withoutVariable(found))).toEqual(comparable(without));
});
