/** A line of `docker compose --progress json up`. */
export type ComposeEvent =
  | { readonly kind: 'container'; readonly service: string; readonly status: string }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Reads one line of what compose writes; undefined for what tells nothing about a container.
 * @param project its name: containers are called `<project>-<service>-<number>`
 */
export function parseComposeEvent(line: string, project: string): ComposeEvent | undefined {
  const event = parse(line);
  // Older ones write errors as plain text.
  if (!event) return line.trim() ? { kind: 'error', message: line.trim() } : undefined;
  if (event.error && event.message) return { kind: 'error', message: event.message };
  const name = /^Container (\S+)$/.exec(event.id ?? '')?.[1];
  const status = event.status ?? event.text;
  if (!name?.startsWith(`${project}-`) || !status) return undefined;
  return { kind: 'container', service: serviceOf(name, project), status };
}

/** The service that compose's complaint is about, where it names one. @param project name of the compose project */
export function serviceAtFault(complaint: string, project: string): string | undefined {
  const named = /(?:container|service) "?([\w-]+)"?/.exec(complaint)?.[1];
  return named?.startsWith(`${project}-`) ? serviceOf(named, project) : named;
}

/** `<project>-<service>-<number>`, as compose calls containers. */
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
