import type { ContextName } from '@triptych/context-map';

/** The largest bodies that the functions of a service accept and send, in bytes. */
export interface LargestBodies {
  readonly requestBytes: number;
  /** Absent: answers are small. */
  readonly responseBytes?: number;
}

/** Every service rejects larger JSON. */
const JSON_BYTES = 64 * 1024;

const OWN: Readonly<Partial<Record<ContextName, LargestBodies>>> = {
  // An event of the payment provider.
  payments: { requestBytes: 1024 * 1024 },
  // A picture. Larger ones are redirected to their bucket.
  images: { requestBytes: JSON_BYTES, responseBytes: 4_500_000 },
};

/** The metadata of a function, integration or method that carries these bodies. */
export const BODIES_METADATA = 'triptych:largest-bodies';

/** The largest bodies of a service. A test compares them with the limits that the services enforce. */
export function largestBodies(service: ContextName): LargestBodies {
  return OWN[service] ?? { requestBytes: JSON_BYTES };
}
