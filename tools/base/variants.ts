import {
  HTTP_MODES,
  type HttpMode,
  stackName,
  type Variant,
  VARIANTS as variants,
} from '@triptych/context-map';
import { isBlockedByFetch } from './blocked-ports.ts';
import { UserError } from './user-error.ts';

export { type Variant, variants };

/** The parts of a variant whose public entry may be its base URL. Serverless has one of three: an HTTP API, a REST API, or a CDN in front of Web Functions. */
const ENTRY_PARTS: Record<Variant, readonly string[]> = {
  microservices: ['front'],
  serverless: ['front', 'rest-front', 'web-front'],
  hybrid: ['images'],
};

/** The port of each variant's public entry, by the name of its stack. */
export function entryPorts(byVariant: Partial<Record<Variant, number>>): Record<string, number> {
  const ports = variants.flatMap((variant) => {
    const port = byVariant[variant];
    if (port === undefined) return [];
    return ENTRY_PARTS[variant].map((part) => [stackName(variant, part), port] as const);
  });
  return Object.fromEntries(ports);
}

/** Parses the name of a variant. @throws UserError that lists the names */
export function parseVariant(text: string | undefined): Variant {
  const found = variants.find((variant) => variant === text);
  if (!found)
    throw new UserError(`Say which variant: ${variants.join(', ')} (got "${text ?? ''}").`);
  return found;
}

/** Parses names such as `a,b`; undefined means all variants. @throws UserError for an unknown name */
export function parseVariants(text: string | undefined): Variant[] {
  if (text === undefined) return [...variants];
  const wanted = text.split(',').map((name) => parseVariant(name.trim()));
  return variants.filter((variant) => wanted.includes(variant));
}

/** The port of the control API without --port. The others follow from it. */
export const DEFAULT_PORT = 4000;

/** The ports of one run, all on 127.0.0.1. */
export interface Ports {
  /** The control API. */
  readonly control: number;
  readonly endpoint: number;
  readonly byVariant: Record<Variant, number>;
}

/**
 * The ports of a run: the control API on `base` (4000), `base` + 1 to + 3 for the variants, and `base` + 566 for the AWS
 * endpoint.
 * @throws UserError unless `base` is a whole number from 1024 to 64000, and when fetch and browsers refuse one of the ports
 */
export function portsFrom(base = DEFAULT_PORT): Ports {
  if (!Number.isInteger(base) || base < 1024 || base > 64_000) {
    throw wrongPort(String(base));
  }
  const ports = {
    control: base,
    endpoint: base + 566,
    byVariant: { microservices: base + 1, serverless: base + 2, hybrid: base + 3 },
  };
  const blocked = [ports.control, ports.endpoint, ...Object.values(ports.byVariant)].find(
    isBlockedByFetch,
  );
  if (blocked !== undefined) {
    throw new UserError(
      `--port ${base} includes port ${blocked}, which browsers and fetch refuse to call: choose other ports, e.g. --port 5000.`,
    );
  }
  return ports;
}

/**
 * The base port that a `--port` flag names; without the flag, {@link DEFAULT_PORT}.
 * @throws UserError unless it is a whole number from 1024 to 64000
 */
export function parsePort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  if (!/^\d+$/.test(text)) throw wrongPort(text);
  return portsFrom(Number(text)).control;
}

const wrongPort = (text: string) =>
  new UserError(`--port takes a number from 1024 to 64000, not "${text}".`);

/** The URL of a port on 127.0.0.1. */
export function loopbackUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * Parses a mode of HTTP; undefined means the default.
 * @param started the variants to which it applies
 * @throws UserError that lists the modes, or when serverless, the only variant that has them, is not among the variants
 */
export function parseHttpMode(
  text: string | undefined,
  started: readonly Variant[] = variants,
): HttpMode | undefined {
  if (text === undefined) return undefined;
  if (!started.includes('serverless')) {
    throw new UserError(`--http is for serverless, which --only ${started.join(',')} leaves out.`);
  }
  const found = HTTP_MODES.find((mode) => mode === text);
  if (found) return found;
  throw new UserError(`--http takes ${HTTP_MODES.join(' or ')}, not "${text}".`);
}
