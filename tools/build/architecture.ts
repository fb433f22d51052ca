import { UserError } from '@triptych/base/user-error';

/** Processor architectures of functions and tasks, as CDK and Lambda name them. */
export type Architecture = 'arm64' | 'x86_64';

/** npm's names for the architectures. */
export const CPU_OF: Readonly<Record<Architecture, string>> = { arm64: 'arm64', x86_64: 'x64' };

/** Parses `TRIPTYCH_ARCHITECTURE` (default: arm64), which the templates read too. @throws UserError when it is unknown */
export function architectureFrom(text: string | undefined): Architecture {
  const name = text?.trim() || 'arm64';
  if (name === 'arm64' || name === 'x86_64') return name;
  throw new UserError(`TRIPTYCH_ARCHITECTURE is "${name}", but must be arm64 or x86_64.`);
}
