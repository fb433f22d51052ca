import { AwsError } from '../kernel.ts';

/** A word, or a phrase in quotes, with `?` (one of them must occur) or `-` (must not occur). */
const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/gy;
const MAX_CHARACTERS = 1024;

/**
 * Compiles a filter pattern for text: terms are case-sensitive. If there are terms with `?`, the
 * terms without a sign have no effect. Rules: "Filter pattern syntax" in the CloudWatch Logs User
 * Guide.
 * @throws AwsError InvalidParameterException for another syntax
 */
export function compileFilter(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.length > MAX_CHARACTERS) throw invalid(`it has more than ${MAX_CHARACTERS} characters`);
  if (/^[{[%]/.test(text)) {
    throw invalid('the local cloud does not support JSON, columns and regular expressions in it');
  }
  const terms = termsOf(text);
  const optional = terms.filter(({ sign }) => sign === '?');
  const excluded = terms.filter(({ sign }) => sign === '-');
  const required = terms.filter(({ sign }) => sign === '');
  return (message) => {
    const has = ({ word }: Term) => message.includes(word);
    if (excluded.some(has)) return false;
    return optional.length > 0 ? optional.some(has) : required.every(has);
  };
}

interface Term {
  readonly sign: string;
  readonly word: string;
}

function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let position = 0;
  while (position < text.length) {
    TERM.lastIndex = position;
    const match = TERM.exec(text);
    if (!match) throw invalid('a quote is not closed');
    const [whole, sign = '', phrase, word = ''] = match;
    terms.push({ sign, word: phrase === undefined ? word : phrase.replace(/\\(.)/g, '$1') });
    position += whole.length;
    while (/\s/.test(text[position] ?? '')) position += 1;
  }
  return terms;
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern: ${reason}.`);
}
