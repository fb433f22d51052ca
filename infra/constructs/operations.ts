import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Deployment } from '../deployment.ts';
import { alarmTopic, notify } from './alarm-topic.ts';
import { accountBudget } from './budget.ts';
import { dashboardRows } from './dashboard-rows.ts';
import { observe } from './observed.ts';

/** Connects the alarms of all earlier stacks and a budget to a topic, and creates the variant's dashboard in a stack after them. */
export function operations(deployment: Deployment): void {
  const { settings, stacks, variant } = deployment;
  const state = stacks.get('state');
  if (!state) throw new Error(`${variant} has no state`);
  const topic = alarmTopic(state, settings.alarmEmail);
  notify(topic, stacks.values());
  if (settings.monthlyBudgetUsd > 0) accountBudget(state, topic, settings.monthlyBudgetUsd);

  const observed = observe(stacks);
  const stack = deployment.stack('operations', 'the dashboard');
  const dashboard = new Dashboard(stack, 'Dashboard', { defaultInterval: Duration.hours(3) });
  for (const { title, widgets } of dashboardRows(observed, settings)) {
    dashboard.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
    dashboard.addWidgets(...widgets);
  }
  new CfnOutput(stack, 'DashboardName', { value: dashboard.dashboardName });
}
