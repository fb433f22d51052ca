/** One event of an execution, as `GetExecutionHistory` returns it, except for its time. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The name and the content of the member with the details. */
  readonly details?: readonly [name: string, content: Readonly<Record<string, unknown>>];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_EVENTS = 25_000;

/** The member with the details of each type of event; others have none. */
function detailsOf(type: string): string {
  const common = type.replace(/^[A-Za-z]+State(Entered|Exited)$/, 'State$1');
  return `${common.charAt(0).toLowerCase()}${common.slice(1)}EventDetails`;
}

/** Members that a request without `includeExecutionData` does not receive. */
const DATA = ['input', 'output', 'parameters', 'cause', 'assignedVariables'];

/** The events of an execution, in order. */
export class History {
  readonly events: HistoryEvent[];

  constructor(events: readonly HistoryEvent[] = []) {
    this.events = [...events];
  }

  /** Adds an event. Returns its id. */
  add(type: string, content?: Readonly<Record<string, unknown>>): number {
    const id = this.events.length + 1;
    this.events.push({
      ...{ id, previousEventId: id - 1, type, at: Date.now() },
      ...(content && { details: [detailsOf(type), content] }),
    });
    return id;
  }
}

/** An event in the form of the API. */
export function wireEvent(event: HistoryEvent, withData: boolean): Record<string, unknown> {
  const { id, previousEventId, type, at, details } = event;
  const shown = Object.entries(details?.[1] ?? {}).filter(
    ([name, value]) => value !== undefined && (withData || !DATA.includes(name)),
  );
  return {
    ...{ id, previousEventId, type, timestamp: at / 1000 },
    ...(details && { [details[0]]: Object.fromEntries(shown) }),
  };
}
