import type { CheckoutSteps } from '../core/index.ts';

const ORDER_ID = '{% $states.context.Execution.Name %}';

/**
 * The checkout of one order as a Step Functions state machine, in Amazon States Language with JSONata.
 * The input of an execution is the order, and its name is the order's id. Each task calls one use case
 * through the function `${Steps}`. Every use case is idempotent, so a repeated task changes nothing.
 *
 *     ReserveStock ─ rejected ─▶ RejectOrder
 *          │ reserved
 *     ChargeOrder ─ confirmed ─▶ CommitStock
 *          │ open    └ cancelled ▶ ReleaseStock
 *     AwaitEnd    ─ the webhook, the customer or the deadline resumes it by its task token
 *          │ timeout
 *     ChargeOrder again, and at last SettleOrder
 *
 * A task is retried for about half an hour. If reserving or charging still fails, the compensations run
 * in reverse order: SettleOrder cancels the charge and the order, then ReleaseStock releases the stock.
 * If a compensation fails, too, the execution fails, which raises an alarm.
 */
export const checkoutMachine = {
  Comment: 'The checkout of one order',
  QueryLanguage: 'JSONata',
  StartAt: 'ReserveStock',
  // Longer than any checkout: the deadline settles an order after 15 minutes, once the provider answers.
  TimeoutSeconds: 7 * 24 * 3600,
  States: {
    ReserveStock: {
      ...step('reserveStock', '{% $states.input %}'),
      Assign: { answer: '{% $states.result.Payload %}', waits: 0 },
      Catch: [settling({ answer: { kind: 'ended' } })],
      Next: 'HowAnswered',
    },
    HowAnswered: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $answer.kind = 'rejected' %}", Next: 'RejectOrder' },
        { Condition: "{% $answer.kind = 'reserved' %}", Next: 'ChargeOrder' },
      ],
      // The order ended before its stock was reserved.
      Default: 'SettleOrder',
    },
    RejectOrder: {
      ...step('rejectOrder', { orderId: ORDER_ID, reason: '{% $answer.reason %}' }),
      Output: '{% $states.result.Payload %}',
      Catch: [settling()],
      End: true,
    },
    ChargeOrder: {
      ...step('chargeOrder', '{% $answer.quote %}'),
      Assign: { outcome: '{% $states.result.Payload %}' },
      Catch: [settling()],
      Next: 'HowEnded',
    },
    HowEnded: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $outcome = 'confirmed' %}", Next: 'CommitStock' },
        { Condition: "{% $outcome = 'open' %}", Next: 'AwaitEnd' },
      ],
      Default: 'ReleaseStock',
    },
    AwaitEnd: {
      ...step('awaitEnd', { orderId: ORDER_ID, token: '{% $states.context.Task.Token %}' }, [
        // The order ended before its token was stored. The next step returns its outcome.
        { ErrorEquals: ['OrderEnded'], MaxAttempts: 0 },
      ]),
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      // A webhook decides most charges at once. After the fourth wait, the deadline has passed, too.
      TimeoutSeconds: '{% $waits < 4 ? [2, 8, 30, 1200][$waits] : 600 %}',
      Assign: { outcome: '{% $states.result %}' },
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Assign: { waits: '{% $waits + 1 %}' },
          Next: 'HowToAsk',
        },
      ],
      Next: 'HowEnded',
    },
    HowToAsk: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $waits < 4 and $answer.kind = 'reserved' %}", Next: 'ChargeOrder' },
      ],
      Default: 'SettleOrder',
    },
    SettleOrder: {
      ...step('settleOrder', ORDER_ID),
      Assign: { outcome: '{% $states.result.Payload %}' },
      Next: 'HowEnded',
    },
    CommitStock: { ...step('commitStock', ORDER_ID), ...ended() },
    ReleaseStock: { ...step('releaseStock', ORDER_ID), ...ended() },
  },
};

/** Invokes the function with one step of the checkout. The result is in `$states.result.Payload`. */
function step(name: keyof CheckoutSteps, input: unknown, exceptions: readonly object[] = []) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it.
      FunctionName: '${Steps}',
      Payload: { step: name, input, order: '{% $states.context.Execution.Input %}' },
    },
    Retry: [
      ...exceptions,
      {
        // Every error except a timeout.
        ErrorEquals: ['States.TaskFailed'],
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        MaxAttempts: 60,
        JitterStrategy: 'FULL',
      },
    ],
  };
}

/** Continues with the first compensation, and does not charge again. */
function settling(assigned: object = {}) {
  return { ErrorEquals: ['States.ALL'], Assign: { ...assigned, waits: 4 }, Next: 'SettleOrder' };
}

function ended() {
  return { Output: '{% $outcome %}', End: true };
}
