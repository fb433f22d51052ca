import { CONTEXT_NAMES } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const CANARY = { TRIPTYCH_VARIANTS: 'serverless,hybrid', TRIPTYCH_FUNCTION_RELEASE: 'canary' };
const made = await synthesize(CANARY);
const aliases = made.ofType('AWS::Lambda::Alias');

/** The references to a function without its alias, in resources that call functions. */
function directCallers({ resources }: typeof made): string[] {
  const callers = [
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGateway::Method',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Url',
    'AWS::Events::Rule',
  ];
  return resources
    .filter(({ type, stack }) => callers.includes(type) && !stack.endsWith('-provider'))
    .filter(({ type, properties }) =>
      type === 'AWS::Lambda::Url'
        ? properties.Qualifier === undefined
        : /"(Ref|Fn::GetAtt)":\[?"(Http|Worker)"/.test(JSON.stringify(properties)),
    )
    .map(({ stack, id }) => `${stack}/${id}`);
}

describe('by default', () => {
  it('functions are called without version or alias', async () => {
    const { ofType } = await synthesize({ TRIPTYCH_VARIANTS: 'serverless,hybrid' });
    expect(ofType('AWS::Lambda::Version')).toEqual([]);
    expect(ofType('AWS::Lambda::Alias')).toEqual([]);
  });
});

describe('with gradual releases', () => {
  it('every function but the simulator has an alias that CodeDeploy shifts', () => {
    expect(aliases.map(({ stack, id }) => `${stack}/${id}`)).toHaveLength(
      2 * CONTEXT_NAMES.length + 2,
    );
    for (const { stack, id, properties } of aliases) {
      expect(properties.Name).toBe('live');
      expect(stack).not.toContain('provider');
      const policy = made.templates[stack]?.Resources[id] as { UpdatePolicy?: object };
      expect(policy.UpdatePolicy).toHaveProperty('CodeDeployLambdaAliasUpdate');
    }
  });

  it('everything that calls a function calls its alias', () => {
    expect(directCallers(made)).toEqual([]);
    const rest = { TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_FRONT: 'rest-api' };
    return expect(
      synthesize({ ...rest, TRIPTYCH_FUNCTION_RELEASE: 'linear' }).then(directCallers),
    ).resolves.toEqual([]);
  });

  it('an alarm rolls a release back: failed invocations, and 5xx where requests enter', () => {
    const groups = made.ofType('AWS::CodeDeploy::DeploymentGroup');
    expect(groups).toHaveLength(aliases.length);
    for (const { stack, id, properties } of groups) {
      const { Alarms, Enabled } = properties.AlarmConfiguration;
      expect(Enabled, `${stack}/${id}`).toBe(true);
      expect(JSON.stringify(Alarms)).toContain('Failing');
      expect(Alarms, `${stack}/${id}`).toHaveLength(id.startsWith('Http') ? 2 : 1);
      expect(properties.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
      expect(properties.DeploymentConfigName).toBe(
        'CodeDeployDefault.LambdaCanary10Percent5Minutes',
      );
    }
  });

  it('the alarm watches the alias, not the old version', () => {
    const failing = made
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ id }) => id.includes('Failing'));
    expect(failing).toHaveLength(aliases.length);
    for (const { properties } of failing) {
      const names = properties.Dimensions.map(({ Name }: { Name: string }) => Name);
      expect(names.toSorted()).toEqual(['FunctionName', 'Resource']);
      expect(properties).toMatchObject({ MetricName: 'Errors', Period: 60, Threshold: 1 });
    }
  });
});

describe('with provisioned concurrency', () => {
  it('only the functions that answer requests are kept warm, behind their alias', async () => {
    const settings = { TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_PROVISIONED_CONCURRENCY: '2' };
    const { ofType } = await synthesize(settings);
    const warm = ofType('AWS::Lambda::Alias');
    expect(warm.map(({ id }) => id.slice(0, 4))).toEqual(CONTEXT_NAMES.map(() => 'Http'));
    for (const { properties } of warm) {
      expect(properties.ProvisionedConcurrencyConfig).toEqual({
        ProvisionedConcurrentExecutions: 2,
      });
    }
    expect(ofType('AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
  });
});
