import { checkoutMachine } from '@triptych/checkout/states/checkout-machine';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { statementsOf } from './testing/assembly.ts';
import { synthesize } from './testing/templates.ts';

const withCoordinator = (name: string) =>
  synthesize({ TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_CHECKOUT: name });
const { app, ofType, templates } = await withCoordinator('durable-functions');
const stateMachine = await withCoordinator('step-functions');

describe('a checkout that a durable function coordinates', () => {
  const [durable] = ofType('AWS::Lambda::Function').filter(({ id }) => id === 'Durable');

  it('has a stack of its own with the function', () => {
    expect(durable?.stack).toBe('triptych-serverless-checkout');
    expect(durable?.properties.DurableConfig).toEqual({
      ExecutionTimeout: 7 * 24 * 3600,
      RetentionPeriodInDays: 14,
    });
    // With a fixed name, a change that replaces the function fails.
    expect(durable?.properties).not.toHaveProperty('FunctionName');
  });

  it('is invoked through an alias, and keeps the versions on which executions run', () => {
    const [version] = ofType('AWS::Lambda::Version');
    expect(version).toMatchObject({ stack: 'triptych-serverless-checkout' });
    const { Resources } = templates['triptych-serverless-checkout'] ?? {};
    expect(Resources?.[version?.id ?? '']?.DeletionPolicy).toBe('Retain');
    const [alias] = ofType('AWS::Lambda::Alias');
    expect(alias?.properties).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [version?.id, 'Version'] },
    });
    const worker = ofType('AWS::Lambda::Function').find(
      ({ stack, id }) => stack === 'triptych-serverless-payments' && id === 'Worker',
    );
    expect(JSON.stringify(worker?.properties.Environment.Variables.CHECKOUT_ARN)).toContain(
      `ExportsOutputRef${alias?.id}`,
    );
  });

  it('replaces the events of the checkout, except at the deadline', () => {
    const detailTypes = Object.fromEntries(
      ofType('AWS::Events::Rule')
        .filter(({ id }) => /Events/.test(id))
        .map(({ id, properties }) => [
          id.replace(/Events.*/, ''),
          (properties.EventPattern as { 'detail-type': string[] })['detail-type'],
        ]),
    );
    expect(detailTypes).toEqual({
      CatalogQueue: ['order.refunded', 'image.accepted', 'image.rejected'],
      PaymentsQueue: ['refund.requested'],
      DeadlineQueue: ['order.placed', 'refund.requested'],
    });
  });

  it("tells payments' worker how to start it, and nobody else", () => {
    const told = ofType('AWS::Lambda::Function').filter(({ properties }) =>
      JSON.stringify(properties.Environment).includes('CHECKOUT_ARN'),
    );
    expect(told.map(({ stack, id }) => `${stack}/${id}`).toSorted()).toEqual([
      'triptych-serverless-payments/Http',
      'triptych-serverless-payments/Worker',
    ]);
    const policies = ofType('AWS::IAM::Policy').filter(({ stack, properties }) => {
      return (
        stack === 'triptych-serverless-payments' && /"lambda:/.test(JSON.stringify(properties))
      );
    });
    expect(policies.map(({ id }) => id)).toEqual([expect.stringMatching(/^WorkerRole/)]);
    const actions = statementsOf(policies).flatMap((statement) => statement.actions);
    expect(actions.filter((action) => action.startsWith('lambda:')).toSorted()).toEqual([
      'lambda:InvokeFunction',
      'lambda:SendDurableExecutionCallbackSuccess',
    ]);
  });

  it('passes cdk-nag', () => {
    expect(nagFindings(app)).toEqual([]);
  });
});

describe('a checkout that a state machine coordinates', () => {
  const inCheckout = ({ stack }: { stack: string }) => stack === 'triptych-serverless-checkout';
  const [machine] = stateMachine.ofType('AWS::StepFunctions::StateMachine');
  const policiesOf = (stack: string, action: string) =>
    statementsOf(
      stateMachine.ofType('AWS::IAM::Policy').filter((policy) => policy.stack === stack),
    ).filter(({ actions }) => actions.some((one) => one.startsWith(action)));

  it('has a stack of its own with the state machine and the function of its tasks', () => {
    const functions = stateMachine.ofType('AWS::Lambda::Function').filter(inCheckout);
    expect(functions.map(({ id }) => id)).toEqual(['Steps']);
    expect(functions[0]?.properties).toMatchObject({ Handler: 'index.steps' });
    expect(machine?.stack).toBe('triptych-serverless-checkout');
    expect(machine?.properties.DefinitionSubstitutions).toEqual({
      Steps: { 'Fn::GetAtt': ['Steps', 'Arn'] },
    });
    const definition = JSON.parse(String(machine?.properties.DefinitionString));
    expect(definition).toEqual(JSON.parse(JSON.stringify(checkoutMachine)));
  });

  it('allows the state machine to invoke its function, and nothing else', () => {
    const invocations = policiesOf('triptych-serverless-checkout', 'lambda:');
    expect(invocations.map(({ actions }) => actions)).toEqual([['lambda:InvokeFunction']]);
  });

  it("allows payments' worker to start and to resume it, and nobody else", () => {
    const actionsIn = (stack: string) =>
      policiesOf(stack, 'states:').flatMap(({ actions }) => actions);
    expect(actionsIn('triptych-serverless-payments').toSorted()).toEqual([
      'states:SendTaskSuccess',
      'states:StartExecution',
    ]);
    expect(actionsIn('triptych-serverless-checkout')).toEqual([]);
  });

  it('raises an alarm when an execution fails or times out', () => {
    const metrics = stateMachine
      .ofType('AWS::CloudWatch::Alarm')
      .filter(inCheckout)
      .map(({ properties }) => properties.MetricName);
    expect(metrics.toSorted()).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut']);
  });

  it('passes cdk-nag', () => {
    expect(nagFindings(stateMachine.app)).toEqual([]);
  });
});

function nagFindings(scope: App): string[] {
  const { violations } = new AwsSolutionsChecks(scope).validateScope(scope);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
  );
}
