/** The role of each `preHandler` or `onRequest` hook that was marked with {@link withRole}. */
const roles = new WeakMap<object, Role>();

/** Who may call a route: any account, or an administrator. */
export type Role = 'customer' | 'admin';

/** Marks a hook with the role that it requires, so that the OpenAPI document can state it. Returns the same hook. */
export function withRole<Hook extends object>(role: Role, hook: Hook): Hook {
  roles.set(hook, role);
  return hook;
}

/** The role that a route's hooks require; undefined for a public route. */
export function requiredRole(hooks: readonly unknown[]): Role | undefined {
  const found = hooks.flatMap((hook) => roles.get(hook as object) ?? []);
  return found.includes('admin') ? 'admin' : found[0];
}
