import { BlockList, isIP } from 'node:net';
import { invalidPattern } from './pattern-error.ts';

/** The longest prefix per family. Event patterns do not allow one that selects a single address. */
const MAX_PREFIX = { ipv4: 31, ipv6: 127 } as const;

/**
 * Compiles a CIDR range, e.g. `10.0.0.0/24`. Texts that are not addresses do not match.
 * @throws AwsError InvalidEventPatternException
 */
export function inAddressRange(operand: unknown): (value: string) => boolean {
  if (typeof operand !== 'string') throw invalidPattern('cidr match pattern must be a string');
  const [address = '', bits = '', ...rest] = operand.split('/');
  if (bits === '' || rest.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  if (!/^-?\d+$/.test(bits)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const family = familyOf(address);
  if (!family) throw invalidPattern(`Nonstandard IP address: ${address}`);
  const prefix = Number(bits);
  if (prefix < 0) throw invalidPattern('Malformed CIDR, mask bits must not be negative');
  if (prefix > MAX_PREFIX[family]) {
    const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
    throw invalidPattern(`${name} mask bits must be < ${MAX_PREFIX[family] + 1}`);
  }
  const range = new BlockList();
  range.addSubnet(address, prefix, family);
  return (value) => familyOf(value) === family && range.check(value, family);
}

/** A test for other notations of the same address. Undefined when the text is not an address. */
export function equalAddress(text: string): ((value: string) => boolean) | undefined {
  const family = familyOf(text);
  if (!family) return undefined;
  const one = new BlockList();
  one.addAddress(text, family);
  return (value) => familyOf(value) === family && one.check(value, family);
}

function familyOf(text: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(text);
  if (version === 0 || text.includes('%')) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
