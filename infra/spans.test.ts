import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { statementsOf } from './testing/assembly.ts';
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

describe('with X-Ray', async () => {
  const XRAY = { TRIPTYCH_TRACES: 'xray', TRIPTYCH_FRONT: 'rest-api' };
  const { app, ofType, resources } = await synthesize(XRAY);

  it('every function and every task sends its spans to X-Ray in its region', async () => {
    const [found, ...others] = new Set((await endpoints(XRAY)).map((one) => JSON.stringify(one)));
    expect(others).toEqual([]);
    const parts = ['', ['https://xray.', { Ref: 'AWS::Region' }, '.amazonaws.com']];
    expect(found).toBe(JSON.stringify({ 'Fn::Join': parts }));
  });

  it('a collector receives them instead, if there is one', async () => {
    const both = { ...XRAY, TRIPTYCH_OTLP_ENDPOINT: ENDPOINT };
    expect(new Set(await endpoints(both))).toEqual(new Set([ENDPOINT]));
  });

  it('functions and the REST API are traced', () => {
    const modes = ofType('AWS::Lambda::Function').map(({ properties }) => properties.TracingConfig);
    expect(modes.every((one) => one?.Mode === 'Active')).toBe(true);
    const [stage] = ofType('AWS::ApiGateway::Stage');
    expect(stage?.properties.TracingEnabled).toBe(true);
  });

  it('the role of every function and task may write traces', () => {
    const writers = statementsOf(resources)
      .filter(({ actions }) => actions.includes('xray:PutTraceSegments'))
      .map(({ stack }) => stack);
    const running = ['AWS::Lambda::Function', 'AWS::ECS::TaskDefinition'].flatMap(ofType);
    expect(writers.toSorted()).toEqual(running.map(({ stack }) => stack).toSorted());
  });

  it('passes cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
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
