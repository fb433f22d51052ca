import type { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';

/** What the topic is notified of, in per cent of the budget. */
const NOTIFICATIONS = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const;

/**
 * Creates a monthly budget for the costs of the whole account, which notifies the topic. A budget for the resources of this
 * variant alone would filter by its tags. Until somebody activates them as cost allocation tags in Billing, such a filter
 * matches nothing, and the budget would stay silent. Without a name in the template, AWS generates one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html
 * @param usd the limit per month
 */
export function accountBudget(stack: Stack, topic: Topic, usd: number): void {
  // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('budgets.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({ service: 'budgets', region: '', resource: '*' }),
        },
      },
    }),
  );
  const budget = new CfnBudget(stack, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: usd, unit: 'USD' } },
    // A notification without a subscriber is invalid, so the topic subscribes even while it has no subscriber itself.
    notificationsWithSubscribers: NOTIFICATIONS.map((notification) => ({
      notification: {
        ...notification,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    })),
  });
  // Without the policy, the notification would be rejected or lost.
  const policy = topic.node.tryFindChild('Policy');
  if (policy) budget.node.addDependency(policy);
}
