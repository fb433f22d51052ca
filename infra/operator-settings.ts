import { type Static, Type } from 'typebox';
import { checked, isEmail } from './settings-formats.ts';

/** What an operator chooses about alarms, releases and data. */
export interface OperatorSettings {
  /** Receives every alarm. Absent: the topic of alarms has no subscriber. */
  readonly alarmEmail?: string;
}

/** The environment variables of {@link OperatorSettings}. docs/template-settings.md explains each. */
export const OPERATOR_VARIABLES = {
  TRIPTYCH_ALARM_EMAIL: Type.Optional(checked(isEmail, 'an e-mail address')),
};

const SCHEMA = Type.Object(OPERATOR_VARIABLES);
type Variables = Static<typeof SCHEMA>;

export function toOperatorSettings(variables: Variables): OperatorSettings {
  const { TRIPTYCH_ALARM_EMAIL: alarmEmail } = variables;
  return { ...(alarmEmail === undefined ? {} : { alarmEmail }) };
}
