import { SCENARIOS, type TaskAnswer } from '@triptych/checkout/testing/scenarios';

/** The name of the state machine in LocalStack. */
export const MACHINE_NAME = 'checkout';

/**
 * What LocalStack answers instead of the tasks' functions, by scenario.
 * https://docs.localstack.cloud/aws/services/stepfunctions/#mocked-service-integrations
 */
export function mockConfig(): string {
  const cases = SCENARIOS.map(({ name, answers }) => {
    const states = Object.keys(answers);
    return [name, Object.fromEntries(states.map((state) => [state, `${name}-${state}`]))];
  });
  const responses = SCENARIOS.flatMap(({ name, answers }) =>
    Object.entries(answers).map(([state, all]) => [`${name}-${state}`, byAttempt(all)]),
  );
  return JSON.stringify({
    StateMachines: { [MACHINE_NAME]: { TestCases: Object.fromEntries(cases) } },
    MockedResponses: Object.fromEntries(responses),
  });
}

function byAttempt(answers: readonly TaskAnswer[]): Record<string, TaskAnswer> {
  return Object.fromEntries(answers.map((answer, attempt) => [String(attempt), answer]));
}
