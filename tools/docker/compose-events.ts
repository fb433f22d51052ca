/** One parsed line of `docker compose --progress json up`. */
export type ComposeEvent =
  | { readonly kind: 'container'; readonly service: string; readonly status: string }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Parses one line of compose's progress. Returns undefined for a line that is not about a container.
 * @param project its name, because containers are called `<project>-<service>-<number>`
 */
export function parseComposeEvent(line: string, project: string): ComposeEvent | undefined {
  const event = parse(line);
  // Older versions of compose print errors as plain text.
  if (!event) return line.trim() ? { kind: 'error', message: line.trim() } : undefined;
  if (event.error && event.message) return { kind: 'error', message: event.message };
  const name = /^Container (\S+)$/.exec(event.id ?? '')?.[1];
  const status = event.status ?? event.text;
  if (!name?.startsWith(`${project}-`) || !status) return undefined;
  return { kind: 'container', service: serviceOf(name, project), status };
}

/** The service that an error message of compose is about, if it names one. @param project name of the compose project */
export function serviceAtFault(message: string, project: string): string | undefined {
  const named = /(?:container|service) "?([\w-]+)"?/.exec(message)?.[1];
  return named?.startsWith(`${project}-`) ? serviceOf(named, project) : named;
}

/** Extracts the service from a container name, `<project>-<service>-<number>`. */
function serviceOf(container: string, project: string): string {
  return container.slice(project.length + 1).replace(/-\d+$/, '');
}

interface Written {
  readonly id?: string;
  readonly status?: string;
  readonly text?: string;
  readonly error?: boolean;
  readonly message?: string;
}

function parse(line: string): Written | undefined {
  try {
    return JSON.parse(line) as Written;
  } catch {
    return undefined;
  }
}
