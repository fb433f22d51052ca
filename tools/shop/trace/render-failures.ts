import colors from 'picocolors';
import type { Span } from '../order/span.ts';
import { failureText } from './failure.ts';

/** The first digits of a trace id that `npm run logs` prints and `--trace` accepts. */
export const TRACE_DIGITS = 8;

/**
 * Renders the steps in which a failure began, each with the source that raises its code and the command that shows its
 * logs. Empty without failures.
 * @param options.raisedIn the source lines of each code
 * @param options.shopFlag selects the shop in commands: ` --port 5000`, or empty
 */
export function renderFailures(
  failures: readonly Span[],
  options: {
    readonly raisedIn: ReadonlyMap<string, readonly string[]>;
    readonly shopFlag: string;
  },
): string {
  const lines = failures.flatMap((span) => {
    const { service, name, traceId, variant, error = '' } = span;
    const where = options.raisedIn.get(error) ?? [];
    const filters = `${service ? ` ${service}` : ''}${variant ? ` --variant ${variant}` : ''}`;
    const trace = traceId.slice(0, TRACE_DIGITS);
    return [
      colors.red(`${service} ${name.replace(`${service}.`, '')}: ${failureText(span)}`),
      ...(where.length > 0 ? [`  raised in  ${where.join(', ')}`] : []),
      `  logs       npm run logs --${filters} --trace ${trace}${options.shopFlag}`,
    ];
  });
  return lines.length === 0 ? '' : ['', colors.bold('What failed'), ...lines].join('\n');
}
