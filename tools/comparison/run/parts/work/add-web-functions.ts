import type { Add, Journeys, Worked } from './worked.ts';
import type { StepWork } from './worked-target.ts';

const WEB = 'web function ';

/** Adds the figures of Web Functions from which their bill is computed: requests, CPU time and memory by service. */
export function addWebFunctions(worked: Worked, add: Add, journeys: Journeys): void {
  const { rounds, environmentIdleMs = 0 } = worked;
  const keys = rounds.flat().flatMap(({ cpuMs }) => [...cpuMs.keys()]);
  const services = keys.flatMap((key) => (key.startsWith(WEB) ? [key.slice(WEB.length)] : []));
  for (const service of [...new Set(services)].sort()) {
    add(
      {
        what: `web-requests/${service}`,
        title: `Requests to the Web Function ${service} per journey`,
        unit: 'count',
        origin: 'counted at the client, by path',
      },
      journeys(({ requestsOf }) => requestsOf.get(service) ?? 0),
    );
    const busy = ({ cpuMs, seconds }: StepWork) =>
      Math.max(0, (cpuMs.get(WEB + service) ?? 0) - environmentIdleMs * seconds);
    add(
      {
        what: `web-cpu/${service}`,
        title: `CPU time of the Web Function ${service} per journey`,
        unit: 'ms',
        origin: `median of rounds, minus ${environmentIdleMs.toFixed(2)} ms per s of an idle environment; on this machine’s CPU, not AWS’s`,
      },
      journeys(busy),
    );
    add(
      {
        what: `web-memory/${service}`,
        title: `Memory of an environment of ${service}`,
        unit: 'MiB',
        origin: 'median of steps; resident memory of the process after the requests of a step',
      },
      rounds.flat().flatMap(({ environmentMiB }) => environmentMiB.get(service) ?? []),
    );
  }
}

/** Adds the CPU time from the start of an environment until it has answered its first request. */
export function addWebStarts(starts: ReadonlyMap<string, readonly number[]>, add: Add): void {
  for (const [service, samples] of [...starts].sort()) {
    add(
      {
        what: `web-start-cpu/${service}`,
        title: `CPU time of a start of the Web Function ${service}`,
        unit: 'ms',
        origin:
          'median; CPU time of the process when it has answered its first request, a health check; on this machine’s CPU, not AWS’s',
      },
      samples,
    );
  }
}
