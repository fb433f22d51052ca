const roles = new WeakMap<object, Role>();

/** Who may call a route: any account, or an administrator. */
export type Role = 'customer' | 'admin';

/** Says of a check before a handler whom it lets through, for whoever describes the route. */
export function lettingThrough<Check extends object>(role: Role, check: Check): Check {
  roles.set(check, role);
  return check;
}

/** Whom a route's checks let through; undefined: everybody. */
export function neededRole(checks: readonly unknown[]): Role | undefined {
  const found = checks.flatMap((check) => roles.get(check as object) ?? []);
  return found.includes('admin') ? 'admin' : found[0];
}
