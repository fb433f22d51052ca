import { describe, expect, it } from 'vitest';
import { parseForm } from './form-body.ts';

describe('a form-encoded body', () => {
  it('is parsed into decoded texts, lists and maps', () => {
    const form = parseForm('amount=50&list[0]=card&metadata[orderId]=a%2Fb+c&empty=');
    expect({ ...form.text }).toEqual({ amount: '50', empty: '' });
    expect({ ...form.nested.list }).toEqual({ 0: 'card' });
    expect({ ...form.nested.metadata }).toEqual({ orderId: 'a/b c' });
  });

  it('treats the names of object properties like any other name', () => {
    const form = parseForm('metadata[__proto__]=x&constructor=y');
    expect(Object.entries(form.nested.metadata ?? {})).toEqual([['__proto__', 'x']]);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it.each(['a[b][c]=1', 'a=1&a=2', 'A=1', '[x]=1', 'a[b=1'])('rejects %s', (body) => {
    expect(() => parseForm(body)).toThrow('unknown or repeated parameter');
  });

  it('may be empty', () => {
    expect({ ...parseForm('').text }).toEqual({});
  });
});
