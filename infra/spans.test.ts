import { expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const endpoint = 'http://collector.internal:4318';

function endpoints(settings: Record<string, string>): unknown[] {
  const { ofType } = synthesize(settings);
  const functions = ofType('AWS::Lambda::Function').map(
    ({ properties }) => properties.Environment.Variables.OTEL_EXPORTER_OTLP_ENDPOINT,
  );
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ properties }) => {
    const [container] = properties.ContainerDefinitions;
    const variables: { Name: string; Value: string }[] = container.Environment;
    return variables.find(({ Name }) => Name === 'OTEL_EXPORTER_OTLP_ENDPOINT')?.Value;
  });
  return [...functions, ...tasks];
}

it('every function and every task is told of a collector, when there is one', () => {
  const told = endpoints({ TRIPTYCH_OTLP_ENDPOINT: endpoint, TRIPTYCH_VARIANTS: 'hybrid' });
  expect(told.length).toBeGreaterThanOrEqual(7);
  expect(new Set(told)).toEqual(new Set([endpoint]));
  expect(new Set(endpoints({ TRIPTYCH_VARIANTS: 'hybrid' }))).toEqual(new Set([undefined]));
});
