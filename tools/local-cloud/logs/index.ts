import { jsonService } from '../endpoint/index.ts';
import type { Kernel, ResourceProvider, WireService } from '../kernel.ts';
import { describeLogGroups, describeLogStreams } from './describe.ts';
import { logGroupProvider } from './log-group-provider.ts';
import type { LogStore } from './log-store.ts';
import { LOGS_MEMBERS } from './members.ts';
import { filterLogEvents, getLogEvents } from './read-events.ts';

export { LogStore } from './log-store.ts';
export { writableStream } from './write-permission.ts';

/** CloudWatch Logs: its read calls, and the log groups of templates. */
export interface Logs {
  readonly wire: WireService;
  readonly providers: readonly ResourceProvider[];
}

/** Creates CloudWatch Logs: read access to the newest log lines of functions and containers. */
export function createLogs(kernel: Kernel, store: LogStore): Logs {
  return {
    providers: [logGroupProvider(store)],
    wire: jsonService(
      'logs',
      '1.1',
      {
        DescribeLogGroups: (input) => describeLogGroups(store, kernel, input),
        DescribeLogStreams: (input) => describeLogStreams(store, kernel, input),
        GetLogEvents: (input) => getLogEvents(store, kernel, input),
        FilterLogEvents: (input) => filterLogEvents(store, kernel, input),
      },
      LOGS_MEMBERS,
    ),
  };
}
