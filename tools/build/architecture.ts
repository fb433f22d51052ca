import { UserError } from '@triptych/base/user-error';

/** Processors that functions and tasks run on, as CDK and Lambda call them. */
export type Architecture = 'arm64' | 'x86_64';

/** What npm calls them. */
export const cpuOf: Readonly<Record<Architecture, string>> = { arm64: 'arm64', x86_64: 'x64' };

/** `TRIPTYCH_ARCHITECTURE`, which the templates follow too. @throws UserError when it is neither */
export function architectureFrom(text: string | undefined): Architecture {
  const name = text?.trim() || 'arm64';
  if (name === 'arm64' || name === 'x86_64') return name;
  throw new UserError(`TRIPTYCH_ARCHITECTURE is "${name}", but must be arm64 or x86_64.`);
}
