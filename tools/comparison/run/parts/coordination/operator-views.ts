import { stripVTControlCharacters } from 'node:util';
import type { Event } from '@aws-sdk/client-lambda';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Coordination } from '@triptych/context-map';
import { durableHistory, machineHistory } from '@triptych/shop/operate/execution-history';
import { orderSpans } from '@triptych/shop/trace/order-spans';
import { renderTree } from '@triptych/shop/trace/render-tree';
import type { Contender } from './contender.ts';

/** What an operator types about one order, and what the answer shows. */
export interface OperatorView {
  readonly command: string;
  readonly lines: readonly string[];
}

/** The view of an order in each coordination. */
export const OPERATOR_VIEWS: Readonly<
  Record<Coordination, (contender: Contender, orderId: string) => Promise<OperatorView>>
> = {
  events: async ({ target }, orderId) => {
    const spans = orderSpans(target.local.shop, orderId, target.variant);
    const tree = stripVTControlCharacters(renderTree(orderId, spans, 100));
    // Without the title and the head of the table.
    return { command: 'npm run trace -- <order id>', lines: tree.split('\n').slice(4) };
  },

  'step-functions': async ({ endpointUrl }, orderId) => ({
    command: 'aws stepfunctions get-execution-history --execution-arn <arn>',
    lines: (await machineHistory(endpointUrl, orderId)).map(machineLine),
  }),

  'durable-functions': async ({ endpointUrl }, orderId) => ({
    command:
      'aws lambda get-durable-execution-history --durable-execution-arn <arn> --include-execution-data',
    lines: (await durableHistory(endpointUrl, orderId)).map(durableLine),
  }),
};

/** One event without its payloads: its type, the step, the attempt and the error. */
function durableLine({ EventType, Name, StepFailedDetails }: Event): string {
  const attempt = StepFailedDetails?.RetryDetails?.CurrentAttempt;
  const error = StepFailedDetails?.Error?.Payload?.ErrorMessage;
  return words([EventType, Name, attempt && `attempt ${attempt}`, error]);
}

/** One event without its payloads: its type, the state and the error. */
function machineLine(event: HistoryEvent): string {
  const { type, stateEnteredEventDetails, stateExitedEventDetails, taskFailedEventDetails } = event;
  const state = stateEnteredEventDetails?.name ?? stateExitedEventDetails?.name;
  return words([type, state, taskFailedEventDetails?.error, taskFailedEventDetails?.cause]);
}

const words = (all: readonly unknown[]) => all.filter(Boolean).join(' ');
