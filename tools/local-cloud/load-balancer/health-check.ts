import http from 'node:http';

export interface HealthCheckSettings {
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** True for statuses that count as healthy. */
  matches(status: number): boolean;
}

/** Reads a matcher such as `200`, `200,204` or `200-299`. */
export function statusMatcher(text: string): (status: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const [low, high] = part.split('-').map(Number);
    return { low: low ?? 0, high: high ?? low ?? 0 };
  });
  return (status) => ranges.some(({ low, high }) => status >= low && status <= high);
}

/** Runs one health check. Resolves to true when the target is healthy. Never rejects. */
export function checkOnce(
  target: { readonly host: string; readonly port: number },
  settings: HealthCheckSettings,
): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({
      host: target.host,
      port: target.port,
      path: settings.path,
      timeout: settings.timeoutMs,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
    });
    request.on('response', (response) => {
      response.resume();
      response.on('error', () => {});
      resolve(settings.matches(response.statusCode ?? 0));
    });
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', () => resolve(false));
  });
}
