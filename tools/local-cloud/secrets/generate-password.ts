import { randomInt } from 'node:crypto';
import { honoured, rejectUndeclared } from '../endpoint/index.ts';
import { AwsError } from '../kernel.ts';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html
const OPTIONS = {
  ...honoured('PasswordLength', 'ExcludeCharacters', 'ExcludeLowercase', 'ExcludeUppercase'),
  ...honoured('ExcludeNumbers', 'ExcludePunctuation', 'IncludeSpace', 'RequireEachIncludedType'),
  ...honoured('SecretStringTemplate', 'GenerateStringKey'),
};
const DEFAULT_LENGTH = 32;
const MAX_LENGTH = 4096;
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * Generates the text of a secret from the options of `GenerateSecretString`: a password, or, with a
 * template, a JSON object that contains the password.
 * @throws AwsError ValidationException, InvalidParameterException
 */
export function generateSecretString(options: Readonly<Record<string, unknown>>): string {
  rejectUndeclared(options, OPTIONS, 'GenerateSecretString');
  const password = generatePassword(options);
  const { SecretStringTemplate: template, GenerateStringKey: key } = options;
  if (template === undefined && key === undefined) return password;
  if (typeof template !== 'string' || typeof key !== 'string') {
    throw invalid('SecretStringTemplate and GenerateStringKey require each other');
  }
  return JSON.stringify({ ...(JSON.parse(template) as object), [key]: password });
}

function generatePassword(options: Readonly<Record<string, unknown>>): string {
  // CloudFormation may pass booleans as text.
  const is = (name: string) => String(options[name] ?? false) === 'true';
  const excluded = String(options.ExcludeCharacters ?? '');
  const types = [
    is('ExcludeLowercase') ? '' : LOWER,
    is('ExcludeUppercase') ? '' : LOWER.toUpperCase(),
    is('ExcludeNumbers') ? '' : DIGITS,
    is('ExcludePunctuation') ? '' : PUNCTUATION,
    is('IncludeSpace') ? ' ' : '',
  ]
    .map((characters) => [...characters].filter((character) => !excluded.includes(character)))
    .filter((characters) => characters.length > 0);
  const length = Number(options.PasswordLength ?? DEFAULT_LENGTH);
  const requireEach = String(options.RequireEachIncludedType ?? true) === 'true';
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH || types.length === 0) {
    throw invalid('the length is invalid, or all characters are excluded');
  }
  if (requireEach && length < types.length) throw invalid('the password is too short');
  const all = types.flat();
  const characters = Array.from({ length }, (_, index) =>
    pick(requireEach ? (types[index] ?? all) : all),
  );
  return shuffled(characters).join('');
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] as string;
}

/** Fisher–Yates shuffle, so that the required characters are not always first. */
function shuffled(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [
      characters[other] as string,
      characters[last] as string,
    ];
  }
  return characters;
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidParameterException', `GenerateSecretString: ${why}`);
}
