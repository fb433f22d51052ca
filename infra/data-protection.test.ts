import { VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const tablesOf = ({ ofType }: Awaited<ReturnType<typeof synthesize>>) =>
  ofType('AWS::DynamoDB::Table').map(({ stack, id, properties }) => ({
    name: `${stack}/${id}`,
    recovery: properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled as boolean,
    isProtected: properties.DeletionProtectionEnabled === true,
  }));

const protectedStacks = ({ stacks }: Awaited<ReturnType<typeof synthesize>>) =>
  stacks.filter(({ terminationProtection }) => terminationProtection).map((one) => one.stackName);

describe('the data of a variant', () => {
  it('can be restored to a point in time, and goes with its stack, by default', async () => {
    const made = await synthesize();
    const tables = tablesOf(made);
    expect(tables.length).toBeGreaterThanOrEqual(4 * VARIANTS.length);
    for (const { name, recovery, isProtected } of tables) {
      expect({ recovery, isProtected }, name).toEqual({ recovery: true, isProtected: false });
    }
    expect(protectedStacks(made)).toEqual([]);
  });

  it('cannot be deleted with deletion protection, neither the tables nor their stack', async () => {
    const made = await synthesize({ TRIPTYCH_DELETION_PROTECTION: 'on' });
    // The simulated provider holds nothing of the shop.
    const own = tablesOf(made).filter(({ name }) => !name.includes('-provider/'));
    for (const { name, isProtected } of own) expect(isProtected, name).toBe(true);
    expect(protectedStacks(made).toSorted()).toEqual(
      VARIANTS.map((variant) => `triptych-${variant}-state`).toSorted(),
    );
  });

  it('has no continuous backup if the settings say so', async () => {
    const made = await synthesize({ TRIPTYCH_POINT_IN_TIME_RECOVERY: 'off' });
    const own = tablesOf(made).filter(({ name }) => !name.includes('-provider/'));
    expect(own.map(({ recovery }) => recovery)).toEqual(own.map(() => false));
  });
});

describe('the tasks of a service', () => {
  it('are regular by default', async () => {
    const { ofType } = await synthesize();
    for (const { properties } of ofType('AWS::ECS::Service')) {
      expect(properties.LaunchType).toBe('FARGATE');
    }
  });

  it('run on spare capacity beyond the first, if the settings say so', async () => {
    const { ofType } = await synthesize({ TRIPTYCH_TASK_CAPACITY: 'spot' });
    const services = ofType('AWS::ECS::Service');
    expect(services.length).toBeGreaterThan(0);
    for (const { properties } of services) {
      expect(properties).not.toHaveProperty('LaunchType');
      expect(properties.CapacityProviderStrategy).toEqual([
        { CapacityProvider: 'FARGATE', Base: 1, Weight: 0 },
        { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
      ]);
    }
    const clusters = ofType('AWS::ECS::ClusterCapacityProviderAssociations');
    expect(clusters).toHaveLength(ofType('AWS::ECS::Cluster').length);
    for (const { properties } of clusters) {
      expect(properties.CapacityProviders).toEqual(['FARGATE', 'FARGATE_SPOT']);
    }
  });
});
