import { choice } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';
import {
  CONTAINER_VARIABLES,
  type ContainerSettings,
  toContainerSettings,
} from './express-settings.ts';
import { checked, isBudget, isConcurrency, isEmail } from './settings-formats.ts';

/** How a new version of a function gets its traffic. */
export type FunctionRelease = 'at-once' | 'canary' | 'linear';

/** What an operator chooses about alarms, releases and data. */
export interface OperatorSettings extends ContainerSettings {
  /** Receives every alarm. Absent: the topic of alarms has no subscriber. */
  readonly alarmEmail?: string;
  /** The topic of alarms is notified when the account costs more a month, in USD. 0: no budget. */
  readonly monthlyBudgetUsd: number;
  readonly functionRelease: FunctionRelease;
  /** Initialized sandboxes of each function that answers requests. */
  readonly provisionedConcurrency: number;
  /** Tables can be restored to any second of the last 35 days. */
  readonly pointInTimeRecovery: boolean;
  /** Tables and their stack cannot be deleted. */
  readonly deletionProtection: boolean;
  /** Fargate Spot: cheaper tasks that AWS may end with two minutes' notice, beyond one regular task per service. */
  readonly spotTasks: boolean;
  /** X-Ray traces functions and the REST API, and receives the spans of the services if no collector does. */
  readonly xray: boolean;
}

/** The environment variables of {@link OperatorSettings}. docs/template-settings.md explains each. */
export const OPERATOR_VARIABLES = {
  ...CONTAINER_VARIABLES,
  TRIPTYCH_ALARM_EMAIL: Type.Optional(checked(isEmail, 'an e-mail address')),
  TRIPTYCH_MONTHLY_BUDGET: checked(
    isBudget,
    'whole dollars a month up to 1000000, 0 for no budget',
    {
      default: '200',
    },
  ),
  TRIPTYCH_FUNCTION_RELEASE: choice(['at-once', 'canary', 'linear'], { default: 'at-once' }),
  TRIPTYCH_PROVISIONED_CONCURRENCY: checked(isConcurrency, 'a whole number from 0 to 100', {
    default: '0',
  }),
  TRIPTYCH_POINT_IN_TIME_RECOVERY: choice(['on', 'off'], { default: 'on' }),
  TRIPTYCH_DELETION_PROTECTION: choice(['off', 'on'], { default: 'off' }),
  TRIPTYCH_TRACES: choice(['logs', 'xray'], { default: 'logs' }),
  TRIPTYCH_TASK_CAPACITY: choice(['regular', 'spot'], { default: 'regular' }),
};

const SCHEMA = Type.Object(OPERATOR_VARIABLES);

export function toOperatorSettings(config: Static<typeof SCHEMA>): OperatorSettings {
  const { TRIPTYCH_ALARM_EMAIL: alarmEmail } = config;
  return {
    ...toContainerSettings(config),
    monthlyBudgetUsd: Number(config.TRIPTYCH_MONTHLY_BUDGET),
    functionRelease: config.TRIPTYCH_FUNCTION_RELEASE,
    provisionedConcurrency: Number(config.TRIPTYCH_PROVISIONED_CONCURRENCY),
    pointInTimeRecovery: config.TRIPTYCH_POINT_IN_TIME_RECOVERY === 'on',
    deletionProtection: config.TRIPTYCH_DELETION_PROTECTION === 'on',
    xray: config.TRIPTYCH_TRACES === 'xray',
    spotTasks: config.TRIPTYCH_TASK_CAPACITY === 'spot',
    ...(alarmEmail === undefined ? {} : { alarmEmail }),
  };
}
