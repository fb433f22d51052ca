import type { ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import type { Buses } from './buses.ts';
import type { RuleProperties } from './rule.ts';

const UNTAGGED = { ignored: 'tags have no local effect' };

/** The CloudFormation types of EventBridge. @param ruleAdded called after each new rule */
export function eventsProviders(buses: Buses, ruleAdded: () => void): ResourceProvider[] {
  return [
    {
      type: 'AWS::Events::EventBus',
      properties: {
        Name: 'honoured',
        Description: { ignored: 'documentation' },
        Tags: UNTAGGED,
      },
      async create({ properties }) {
        const name = String(properties.Name);
        const arn = buses.create(name);
        return { physicalId: name, attributes: { Arn: arn, Name: name } };
      },
    },
    {
      type: 'AWS::Events::Rule',
      properties: {
        Name: 'honoured',
        EventBusName: 'honoured',
        EventPattern: 'honoured',
        ScheduleExpression: 'honoured',
        State: 'honoured',
        Targets: 'honoured',
        Description: { ignored: 'documentation' },
        Tags: UNTAGGED,
      },
      async create({ stack, logicalId, properties }) {
        const name = (properties.Name as string) ?? physicalName(stack, logicalId);
        const bus = (properties.EventBusName as string) ?? 'default';
        const rule = buses.addRule(name, bus, properties as RuleProperties);
        ruleAdded();
        // On AWS, the reference of a rule on a custom bus is `bus|rule`.
        const physicalId = rule.busName === 'default' ? name : `${rule.busName}|${name}`;
        return { physicalId, attributes: { Arn: rule.arn } };
      },
    },
  ];
}
