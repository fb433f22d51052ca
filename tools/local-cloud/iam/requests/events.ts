import { isObject } from '../../is-object.ts';
import type { CallInput, ResourceNames } from '../types.ts';
import { each, onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * EventBridge.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export const EVENTS_ACTIONS: ServiceActions = {
  PutEvents: ({ Entries }, names) => {
    const entries = [Entries ?? []].flat().filter(isObject);
    return each(
      ['events:PutEvents'],
      entries.map(({ EventBusName }) => busArn(EventBusName, names)),
    );
  },
  ListRules: onEverything('events:ListRules'),
  DescribeRule: one('events:DescribeRule', (input, names) => ruleArn(input.Name, input, names)),
  ListTargetsByRule: one('events:ListTargetsByRule', (input, names) =>
    ruleArn(input.Rule, input, names),
  ),
  ListRuleNamesByTarget: onEverything('events:ListRuleNamesByTarget'),
  ListEventBuses: onEverything('events:ListEventBuses'),
  DescribeEventBus: one('events:DescribeEventBus', ({ Name }, names) => busArn(Name, names)),
  TestEventPattern: onEverything('events:TestEventPattern'),
};

/** Calls name a bus by its name or its ARN. Without either they use the default bus. */
function busArn(bus: unknown, { region, accountId }: ResourceNames): string {
  const name = text(bus) || 'default';
  return name.startsWith('arn:') ? name : `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

/** The ARN of a rule has the name of its bus, unless it is the default bus. */
function ruleArn(rule: unknown, { EventBusName }: CallInput, names: ResourceNames): string {
  const { region, accountId } = names;
  const bus = busArn(EventBusName, names).replace(/^.*event-bus\//, '');
  const path = bus === 'default' ? text(rule) : `${bus}/${text(rule)}`;
  return `arn:aws:events:${region}:${accountId}:rule/${path}`;
}
