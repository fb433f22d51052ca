import { commonPasswords } from './common-passwords.ts';
import { invalidField } from './refusals.ts';

/** NIST SP 800-63B: at least 8 characters, no composition rules, common ones refused. The top bounds the hashing work. */
export const passwordLength = { minimum: 8, maximum: 128 } as const;

/** Same password, same bytes, whichever keyboard it was typed on (NIST SP 800-63B asks for NFKC). */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Throws `validation` when a new password is too short, too long, common, or the account's own (normalised) e-mail
 * address or what stands before its @; answers it normalised otherwise.
 */
export function requireAcceptablePassword(password: string, email: string): string {
  const normalised = normalisePassword(password);
  const length = [...normalised].length;
  if (length < passwordLength.minimum || length > passwordLength.maximum) {
    throw invalidField(
      '/password',
      `must have ${passwordLength.minimum} to ${passwordLength.maximum} characters`,
    );
  }
  if (isCommon(normalised)) throw invalidField('/password', 'is among the most common passwords');
  if (isOwnEmail(normalised, email)) {
    throw invalidField('/password', 'must not be the e-mail address');
  }
  return normalised;
}

/** The address or the part before its @, in any case and with digits or marks tacked on. */
export function isOwnEmail(password: string, email: string): boolean {
  const lower = password.toLowerCase();
  const [local = ''] = email.split('@');
  return [lower, lower.replace(trailingMarks, '')].some((text) => text === email || text === local);
}

/**
 * Whether the password is on the list as it is, in another case, with the usual substitutions ("p@ssw0rd"), with
 * digits or marks tacked on ("Password123!"), one unit repeated ("abababab") or a run of neighbours ("abcdefgh").
 */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const plain = undoSubstitutions(lower);
  const trimmed = undoSubstitutions(lower.replace(trailingMarks, ''));
  return (
    [lower, plain, trimmed].some((candidate) => commonPasswords.has(candidate)) ||
    /^(.{1,4}?)\1+$/u.test(lower) ||
    isRun(lower)
  );
}

const trailingMarks = /[\d\W_]+$/u;

const substitutions: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function undoSubstitutions(text: string): string {
  return text.replace(/[013457@$!]/g, (mark) => substitutions[mark] ?? mark);
}

/** Every character one step above the one before ("12345678"), or every one one step below. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}
