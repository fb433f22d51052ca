import { VARIANTS } from '@triptych/context-map';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const { ofType } = await synthesize();

describe('the budget', () => {
  it.each(VARIANTS)('of %s notifies the topic before and after the limit is reached', (variant) => {
    const state = `triptych-${variant}-state`;
    const [topic] = ofType('AWS::SNS::Topic').filter(({ stack }) => stack === state);
    const [budget, ...more] = ofType('AWS::Budgets::Budget').filter(({ stack }) => stack === state);
    expect(more).toEqual([]);
    expect(budget?.properties.Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 200, Unit: 'USD' },
    });
    const notifications: { Notification: object; Subscribers: unknown[] }[] =
      budget?.properties.NotificationsWithSubscribers;
    expect(notifications.map(({ Notification }) => Notification)).toMatchObject([
      { NotificationType: 'ACTUAL', Threshold: 80 },
      { NotificationType: 'ACTUAL', Threshold: 100 },
      { NotificationType: 'FORECASTED', Threshold: 100 },
    ]);
    for (const { Subscribers } of notifications) {
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: topic?.id } }]);
    }
  });

  it('has the amount in the settings, and does not exist with 0', async () => {
    const of = (usd: string) =>
      synthesize({ TRIPTYCH_VARIANTS: 'hybrid', TRIPTYCH_MONTHLY_BUDGET: usd });
    const [some, none] = await Promise.all([of('50'), of('0')]);
    expect(some.ofType('AWS::Budgets::Budget')[0]?.properties.Budget.BudgetLimit.Amount).toBe(50);
    expect(none.ofType('AWS::Budgets::Budget')).toEqual([]);
    for (const { properties } of none.ofType('AWS::SNS::TopicPolicy')) {
      expect(JSON.stringify(properties)).not.toContain('budgets');
    }
  });
});
