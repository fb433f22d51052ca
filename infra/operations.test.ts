import { CONTEXT_NAMES, VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const { ofType } = await synthesize();

interface Widget {
  readonly type: 'text' | 'metric' | 'log';
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly query?: string;
    readonly metrics?: readonly unknown[];
  };
}

/** The widgets of a dashboard. Its body is a join of texts and references; a reference becomes its own JSON. */
function widgetsOf(stack: string, made = { ofType }): Widget[] {
  const [dashboard] = made
    .ofType('AWS::CloudWatch::Dashboard')
    .filter((one) => one.stack === stack);
  const body = dashboard?.properties.DashboardBody;
  const parts: unknown[] = typeof body === 'string' ? [body] : body['Fn::Join'][1];
  const text = parts.map((part) =>
    typeof part === 'string' ? part : JSON.stringify(JSON.stringify(part)).slice(1, -1),
  );
  return JSON.parse(text.join('')).widgets;
}

const headings = (widgets: readonly Widget[]) =>
  widgets.flatMap(({ properties: { markdown = '' } }) =>
    markdown.startsWith('## ') ? [markdown.slice(3)] : [],
  );

/** The text of all widgets between a row's heading and the next. */
function row(widgets: readonly Widget[], title: string): string {
  const starts = widgets.map(({ properties }) => properties.markdown?.startsWith('## '));
  const first = widgets.findIndex(({ properties }) => properties.markdown === `## ${title}`);
  const next = starts.indexOf(true, first + 1);
  return JSON.stringify(widgets.slice(first + 1, next < 0 ? undefined : next));
}

describe.each(VARIANTS)('the dashboard of %s', (variant) => {
  const widgets = widgetsOf(`triptych-${variant}-operations`);

  it('has the same rows as every other', () => {
    expect(headings(widgets)).toEqual([
      'Traffic',
      'Errors',
      'Latency',
      'Cold starts',
      'Queue age',
      'Dead letters',
      'Tasks',
      'Estimated cost',
      'Logs',
    ]);
  });

  it('has something to show in every graph', () => {
    for (const { type, properties } of widgets) {
      if (type === 'metric') expect(properties.metrics, properties.title).not.toEqual([]);
      if (type === 'log') expect(properties.query).toMatch(/^SOURCE '/);
    }
  });

  it('shows every queue and every dead-letter queue once', () => {
    const queues = ofType('AWS::SQS::Queue').filter(
      ({ stack }) => stack === `triptych-${variant}-state`,
    );
    for (const { id } of queues) {
      const isDead = id.includes('DeadLetters');
      expect(row(widgets, 'Dead letters').includes(id), id).toBe(isDead);
      expect(row(widgets, 'Queue age').includes(id), id).toBe(!isDead);
    }
  });

  it('shows nothing of the simulated provider', () => {
    expect(JSON.stringify(widgets)).not.toContain('-provider:');
  });
});

describe('the dashboards', () => {
  const of = (variant: string) => widgetsOf(`triptych-${variant}-operations`);

  it('show traffic and latency where a request enters', () => {
    expect(row(of('microservices'), 'Traffic')).toContain('AWS/ApplicationELB');
    expect(row(of('serverless'), 'Traffic')).toContain('AWS/ApiGateway');
    expect(row(of('hybrid'), 'Traffic')).toMatch(/AWS\/CloudFront.*AWS\/ApplicationELB/);
    for (const variant of VARIANTS) {
      const latency = row(of(variant), 'Latency');
      for (const percentile of ['p50', 'p95', 'p99']) expect(latency).toContain(percentile);
    }
  });

  it('count cold starts from the reports of functions, and say why containers have none', () => {
    expect(row(of('serverless'), 'Cold starts')).toContain('count(@initDuration)');
    expect(row(of('hybrid'), 'Cold starts')).toContain('count(@initDuration)');
    expect(row(of('microservices'), 'Cold starts')).toContain('A container gets requests only');
  });

  it('count a task by its samples per minute', () => {
    expect(row(of('microservices'), 'Tasks')).toMatch(
      /"CPUUtilization".*"period":60.*"stat":"SampleCount"/,
    );
  });

  it('estimate the cost of everything that answers requests', () => {
    const labels = (variant: string) => [
      ...row(of(variant), 'Estimated cost').matchAll(/"label":"([^"]+)"/g),
    ];
    const named = (variant: string) => labels(variant).map(([, label]) => label);
    expect(named('microservices')).toEqual(['Tasks', 'Load balancer']);
    expect(named('serverless')).toEqual(['Functions', 'API']);
    expect(named('hybrid')).toEqual(['Functions', 'Tasks', 'Load balancer', 'CDN']);
  });

  it('follow the API in the settings', async () => {
    const made = await synthesize({ TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_FRONT: 'rest-api' });
    const widgets = widgetsOf('triptych-serverless-operations', made);
    expect(row(widgets, 'Traffic')).toContain('ApiName');
    expect(row(widgets, 'Estimated cost')).toContain('0.00000350000');
  });
});

describe('provisioned concurrency', () => {
  it('is on the dashboard, with its price and the cheaper duration', async () => {
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'serverless',
      TRIPTYCH_PROVISIONED_CONCURRENCY: '2',
    });
    const widgets = widgetsOf('triptych-serverless-operations', made);
    const starts = row(widgets, 'Cold starts');
    for (const name of CONTEXT_NAMES) {
      expect(starts).toContain(`${name} Http in use`);
      expect(starts).not.toContain(`${name} Worker in use`);
    }
    const cost = row(widgets, 'Estimated cost');
    expect(cost.match(/"ProvisionedConcurrencyInvocations"/g)).toHaveLength(4);
    // Two of each: 1024 MB twice and 1769 MB twice, for an hour.
    const gb = (2 * 1024 + 2 * 1769) / 1024;
    expect(cost).toContain((2 * gb * 3600 * 0.0000033334).toPrecision(6));
  });

  it('is not on the dashboard by default', () => {
    const widgets = widgetsOf('triptych-serverless-operations');
    expect(JSON.stringify(widgets)).not.toContain('Provisioned');
  });
});

it('the alarm on unfinished orders watches its own stage', async () => {
  const made = await synthesize({ TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_STAGE: 'trial' });
  const [alarm] = made
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'UnfinishedOrders');
  expect(alarm?.properties.Dimensions).toContainEqual({ Name: 'stage', Value: 'trial' });
});

describe('every alarm', () => {
  const topics = ofType('AWS::SNS::Topic');

  it.each(VARIANTS)(
    'of %s notifies the one topic of its variant, when it starts and ends',
    (variant) => {
      const own = topics.filter(({ stack }) => stack.startsWith(`triptych-${variant}-`));
      expect(own.map(({ stack }) => stack)).toEqual([`triptych-${variant}-state`]);
      const id = own[0]?.id ?? '';
      const alarms = ofType('AWS::CloudWatch::Alarm').filter(({ stack }) =>
        stack.startsWith(`triptych-${variant}-`),
      );
      expect(alarms.length).toBeGreaterThan(5);
      for (const { stack, id: alarm, properties } of alarms) {
        const [action, ...more] = properties.AlarmActions ?? [];
        expect(more).toEqual([]);
        expect(JSON.stringify(action), `${stack}/${alarm}`).toContain(id);
        expect(properties.OKActions).toEqual([action]);
      }
    },
  );

  it('may publish to its topic, from this account only, and only over TLS', () => {
    for (const { properties } of ofType('AWS::SNS::TopicPolicy')) {
      const [deny, allow, budgets, ...more] = properties.PolicyDocument.Statement;
      expect(more).toEqual([]);
      expect(deny).toMatchObject({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(allow).toMatchObject({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
      expect(budgets).toMatchObject({
        Effect: 'Allow',
        Principal: { Service: 'budgets.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
    }
    expect(ofType('AWS::SNS::TopicPolicy')).toHaveLength(topics.length);
  });

  it('goes to the e-mail address in the settings, if there is one', async () => {
    expect(ofType('AWS::SNS::Subscription')).toEqual([]);
    const made = await synthesize({
      TRIPTYCH_VARIANTS: 'hybrid',
      TRIPTYCH_ALARM_EMAIL: 'on-call@example.com',
    });
    const [subscription, ...more] = made.ofType('AWS::SNS::Subscription');
    expect(more).toEqual([]);
    expect(subscription?.properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
  });
});
