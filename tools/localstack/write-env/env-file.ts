const plain = /^[\w@%+=:,./?&-]*$/;
const quotes = ["'", '"', '`'];

/**
 * Variables as a file for `node --env-file`. Node unescapes `\n` inside double quotes, so single ones come first.
 * @throws Error naming the variable whose value no quote can hold
 */
export function envFile(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `${name}=${quoted(name, value)}\n`,
  );
  return lines.join('');
}

function quoted(name: string, value: string): string {
  if (plain.test(value)) return value;
  const quote = quotes.find(
    (one) => !value.includes(one) && !(one === '"' && value.includes('\\')),
  );
  if (quote === undefined) throw new Error(`${name} has every kind of quote in it.`);
  return `${quote}${value}${quote}`;
}
