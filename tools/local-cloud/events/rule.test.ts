import { describe, expect, it } from 'vitest';
import { readRule } from './rule.ts';

const where = { name: 'rule', arn: 'arn:rule', busName: 'default', nowMs: 0 };
const target = { Id: 'one', Arn: 'arn:aws:sqs:us-east-1:000000000000:queue' };

describe('readRule', () => {
  it('accepts a schedule only on the default bus', () => {
    const ScheduleExpression = 'rate(1 day)';
    expect(readRule(where, { ScheduleExpression }).schedule).toBeDefined();
    expect(() => readRule({ ...where, busName: 'shop' }, { ScheduleExpression })).toThrow(
      'only on the default event bus',
    );
  });

  it('requires a pattern or a schedule', () => {
    expect(() => readRule(where, { Targets: [target] })).toThrow('must be specified');
  });

  it('names an unsupported target or target property', () => {
    const read = (one: Record<string, unknown>) =>
      readRule(where, { EventPattern: { source: ['a'] }, Targets: [one] });
    expect(() => read({ Id: 'a', Arn: 'arn:aws:sns:us-east-1:0:topic' })).toThrow(':topic');
    expect(() => read({ ...target, InputTransformer: {} })).toThrow('InputTransformer');
    expect(() => read({ ...target, InputPath: '$.detail[0]' })).toThrow('$.detail[0]');
  });
});
