import { AwsError } from '../kernel.ts';

/** "Naming rules and data types" in the Amazon DynamoDB Developer Guide. */
const MAX_SIGNIFICANT_DIGITS = 38;
const MAX_INTEGER_DIGITS = 126;

/**
 * The exact sum of two decimal numbers without exponents, the form in which items hold numbers.
 * @throws AwsError ValidationException when DynamoDB cannot hold the sum
 */
export function sum(a: string, b: string): string {
  const scale = Math.max(decimals(a), decimals(b));
  const total = scaled(a, scale) + scaled(b, scale);
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  if (whole.length > MAX_INTEGER_DIGITS) {
    throw new AwsError(
      'ValidationException',
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if ((whole + fraction).replace(/^0+|0+$/g, '').length > MAX_SIGNIFICANT_DIGITS) {
    throw new AwsError(
      'ValidationException',
      'Attempting to store more than 38 significant digits in a Number',
    );
  }
  return `${total < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The number with the opposite sign. */
export function negated(number: string): string {
  return number.startsWith('-') ? number.slice(1) : `-${number}`;
}

function decimals(number: string): number {
  return number.split('.')[1]?.length ?? 0;
}

function scaled(number: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = number.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
