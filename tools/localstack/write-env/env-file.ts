const PLAIN_VALUE = /^[\w@%+=:,./?&-]*$/;
const QUOTES = ["'", '"', '`'];

/**
 * Formats variables for `node --env-file`. Prefers single quotes, because Node unescapes `\n` inside double quotes.
 * @throws Error that names a variable whose value contains all three kinds of quotes
 */
export function envFile(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `${name}=${quoted(name, value)}\n`,
  );
  return lines.join('');
}

function quoted(name: string, value: string): string {
  if (PLAIN_VALUE.test(value)) return value;
  const quote = QUOTES.find(
    (one) => !value.includes(one) && !(one === '"' && value.includes('\\')),
  );
  if (quote === undefined) throw new Error(`${name} contains all three kinds of quotes.`);
  return `${quote}${value}${quote}`;
}
