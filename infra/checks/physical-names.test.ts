import { describe, expect, it } from 'vitest';
import { synthesize } from '../testing/templates.ts';
import { PHYSICAL_NAMES, physicalNameOf, unknownNames } from './physical-names.ts';

const SETTINGS: readonly Record<string, string>[] = [
  {},
  { TRIPTYCH_FRONT: 'rest-api' },
  { TRIPTYCH_HTTP: 'web-functions' },
];

type Made = Awaited<ReturnType<typeof synthesize>>;

/** Every name that the templates choose: of stacks, resources and exports, and the tags of stacks. */
function namesIn({ stacks, templates, resources }: Made): string[] {
  const physical = resources.flatMap((resource) => {
    const name = physicalNameOf(resource);
    return name === undefined ? [] : [`${resource.type} ${JSON.stringify(name)}`];
  });
  const exports = Object.values(templates)
    .flatMap(({ Outputs = {} }) => Object.values(Outputs))
    .flatMap((output) => (output as { Export?: { Name: unknown } }).Export?.Name ?? [])
    .map((name) => `export ${JSON.stringify(name)}`);
  return [...stacks.map(({ stackName }) => `stack ${stackName}`), ...physical, ...exports];
}

describe.each(SETTINGS)('with the settings %o', async (settings) => {
  const made = await synthesize(settings);
  const trial = await synthesize({ ...settings, TRIPTYCH_STAGE: 'trial' });

  it('two stages have no name in common', () => {
    const names = namesIn(trial);
    expect(names.length).toBeGreaterThan(50);
    expect(new Set(names).isDisjointFrom(new Set(namesIn(made)))).toBe(true);
    for (const name of names) expect(name).toContain('trial');
  });

  it('the stage is a tag of every stack, a variable of every service and a dimension of its alarms', () => {
    for (const { tags } of trial.stacks) expect(tags['triptych:stage']).toBe('trial');
    for (const { properties } of trial.ofType('AWS::Lambda::Function')) {
      expect(properties.Environment.Variables.STAGE).toBe('trial');
    }
    for (const { properties } of trial.ofType('AWS::ECS::TaskDefinition')) {
      const [container] = properties.ContainerDefinitions;
      expect(container.Environment).toContainEqual({ Name: 'STAGE', Value: 'trial' });
    }
    const own = trial
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.Namespace === 'Triptych');
    expect(own).not.toEqual([]);
    for (const { properties } of own) {
      expect(properties.Dimensions).toContainEqual({ Name: 'stage', Value: 'trial' });
    }
  });

  it('every name that all regions share contains the region and the stage', () => {
    const shared = trial.resources.filter(
      (resource) =>
        (PHYSICAL_NAMES[resource.type]?.uniqueIn ?? 'region') !== 'region' &&
        physicalNameOf(resource) !== undefined,
    );
    const isExpected = (type: string) =>
      type.startsWith('AWS::CloudFront::') ||
      (type === 'AWS::Lambda::WebFunction' && settings.TRIPTYCH_HTTP !== undefined);
    expect(new Set(shared.map(({ type }) => type))).toEqual(
      new Set(Object.keys(PHYSICAL_NAMES).filter(isExpected)),
    );
    for (const resource of shared) {
      const name = JSON.stringify(physicalNameOf(resource));
      expect(name, resource.id).toContain('{"Ref":"AWS::Region"}');
      expect(name, resource.id).toContain('trial');
    }
  });

  it('every property that looks like a physical name is known', () => {
    expect([...new Set(made.resources.flatMap(unknownNames))]).toEqual([]);
  });
});

it('finds a physical name that is not in the list', () => {
  const properties = { BucketName: 'shop', Nested: { RoleName: { 'Fn::Sub': 'a' } }, Other: 'x' };
  expect(unknownNames({ type: 'AWS::Some::Type', properties })).toEqual([
    'AWS::Some::Type BucketName',
    'AWS::Some::Type Nested.RoleName',
  ]);
  const reference = { Name: { Ref: 'Other' } };
  expect(unknownNames({ type: 'AWS::Some::Type', properties: reference })).toEqual([]);
});
