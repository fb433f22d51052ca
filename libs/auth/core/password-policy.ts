import { invalidField } from './auth-errors.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import type { Email } from './email.ts';

/**
 * NIST SP 800-63B: at least 8 characters, no composition rules, common passwords rejected. The
 * maximum limits the work of hashing.
 */
export const PASSWORD_LENGTH = { minimum: 8, maximum: 128 } as const;

/** Makes the same password the same bytes on every keyboard (NIST SP 800-63B recommends NFKC). */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Checks a new password and returns it normalised. Rejects a password that is too short, too long
 * or common, and one that is the account's own e-mail address or its local part.
 * @throws AppError validation `validation`, with the field `/password`
 */
export function requireAcceptablePassword(password: string, email: Email): string {
  const normalised = normalisePassword(password);
  const length = [...normalised].length;
  if (length < PASSWORD_LENGTH.minimum || length > PASSWORD_LENGTH.maximum) {
    throw invalidField(
      '/password',
      `must have ${PASSWORD_LENGTH.minimum} to ${PASSWORD_LENGTH.maximum} characters`,
    );
  }
  if (isCommon(normalised)) throw invalidField('/password', 'is among the most common passwords');
  if ([email.canonical, email.former].some((spelling) => isOwnEmail(normalised, spelling))) {
    throw invalidField('/password', 'must not be the e-mail address');
  }
  return normalised;
}

/**
 * Whether the password is the address or the part before its @, in any letter case, with or without
 * digits or punctuation appended.
 */
export function isOwnEmail(password: string, email: string): boolean {
  const lower = password.toLowerCase();
  const [local = ''] = email.split('@');
  return [lower, lower.replace(TRAILING_MARKS, '')].some(
    (text) => text === email || text === local,
  );
}

/**
 * Whether the password is on the list in any letter case, also with the usual substitutions
 * ("p@ssw0rd") or with digits or punctuation appended ("Password123!"), or is one unit repeated
 * ("abababab") or a run of consecutive characters ("abcdefgh").
 */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const plain = undoSubstitutions(lower);
  const trimmed = undoSubstitutions(lower.replace(TRAILING_MARKS, ''));
  return (
    [lower, plain, trimmed].some((candidate) => COMMON_PASSWORDS.has(candidate)) ||
    /^(.{1,4}?)\1+$/u.test(lower) ||
    isRun(lower)
  );
}

const TRAILING_MARKS = /[\d\W_]+$/u;

const SUBSTITUTIONS: Readonly<Record<string, string>> = {
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
  return text.replace(/[013457@$!]/g, (mark) => SUBSTITUTIONS[mark] ?? mark);
}

/** Whether the code points ascend by one ("12345678") or descend by one throughout. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}
