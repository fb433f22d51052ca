import { jsonService } from '../endpoint/index.ts';
import type { BusEvent, Kernel } from '../kernel.ts';
import { Buses } from './buses.ts';
import { ScheduleClock } from './clock.ts';
import {
  describeEventBus,
  describeRule,
  listEventBuses,
  listRuleNamesByTarget,
  listRules,
  listTargets,
  testEventPattern,
} from './describe-rules.ts';
import { EVENTS_MEMBERS } from './members.ts';
import { putEvents } from './put-events.ts';
import { eventsProviders } from './resources.ts';

/** Creates Amazon EventBridge: buses, rules and schedules. Targets are queues and functions. */
export function createEvents(kernel: Kernel) {
  const buses = new Buses(kernel);
  const clock = new ScheduleClock({
    rules: () => buses.scheduled(),
    fire: (rule) => buses.fire(rule),
  });
  return {
    wire: jsonService(
      'events',
      '1.1',
      {
        PutEvents: (input) => {
          const output = putEvents(buses, input);
          const { Entries = [] } = input as { Entries?: readonly { EventBusName?: string }[] };
          for (const { EventBusName = 'default' } of Entries) {
            const resource = buses.find(EventBusName) ?? EventBusName;
            const key = { service: 'events', operation: 'PutEvents', resource } as const;
            kernel.operations.add(key, { entries: 1 });
          }
          return output;
        },
        ListRules: (input) => listRules(buses, input),
        DescribeRule: (input) => describeRule(buses, input),
        ListTargetsByRule: (input) => listTargets(buses, input),
        ListRuleNamesByTarget: (input) => listRuleNamesByTarget(buses, input),
        ListEventBuses: (input) => listEventBuses(buses, input),
        DescribeEventBus: (input) => describeEventBus(buses, input),
        TestEventPattern: testEventPattern,
      },
      EVENTS_MEMBERS,
    ),
    /**
     * Puts an event of an AWS service. Unlike in PutEvents, its source may start with `aws.`.
     * @throws AwsError when the bus is unknown
     */
    put: (event: BusEvent): void => {
      buses.put(event);
    },
    fireSchedules: () => {
      const rules = buses.scheduled();
      return { fired: rules.length, failures: rules.flatMap((rule) => buses.fire(rule)) };
    },
    providers: eventsProviders(buses, () => clock.reschedule()),
    start: () => clock.start(),
    stop: () => {
      clock.stop();
      buses.stop();
    },
  };
}
