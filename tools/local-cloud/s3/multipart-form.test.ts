import { describe, expect, it } from 'vitest';
import { type Form, parseForm } from './multipart-form.ts';

const TYPE = 'multipart/form-data; boundary=----form';
const END = '------form--\r\n';

function part(disposition: string, content: string | Buffer = 'x'): Buffer {
  const head = `------form\r\nContent-Disposition: form-data${disposition}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
}
const field = (name: string, value = 'x') => part(`; name="${name}"`, value);
const file = (content: string | Buffer = 'bytes', fileName = 'photo.png') =>
  part(`; name="file"; filename="${fileName}"`, content);

const parse = (...parts: (string | Buffer)[]): Form =>
  parseForm(TYPE, Buffer.concat(parts.map((one) => Buffer.from(one))));

const MALFORMED = expect.objectContaining({ code: 'MalformedPOSTRequest' });

describe('parseForm', () => {
  it('returns the fields before the file, and the file', () => {
    const form = parse(field('Key', 'uploads/ü'), field('policy', ''), file(), END);
    expect(Object.fromEntries(form.fields)).toEqual({ key: 'uploads/ü', policy: '' });
    expect(form.file.toString()).toBe('bytes');
    expect(form.fileName).toBe('photo.png');
  });

  it('ignores what follows the file, as S3 does', () => {
    const form = parse(field('key'), file(), field('acl', 'public-read'), file('second'), END);
    expect([...form.fields.keys()]).toEqual(['key']);
    expect(form.file.toString()).toBe('bytes');
  });

  it('ignores a part after the file, and rejects one without a name', () => {
    const extra = Buffer.alloc(1_000, 'x');
    expect(parse(file(), file(extra), END, extra).file.toString()).toBe('bytes');
    const typed = [`------form\r\nContent-Type: text/plain\r\n\r\n`, extra, '\r\n'];
    expect(parse(file(), ...typed, END).file.toString()).toBe('bytes');
    expect(() => parse(...typed, file(), END, extra)).toThrow(MALFORMED);
  });

  it('returns every byte of the file', () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
    const tricky = Buffer.concat([Buffer.from('\r\n--\r\n------for\r\n\r\n'), bytes]);
    expect(parse(field('key'), file(tricky), END).file.equals(tricky)).toBe(true);
    expect(parse(field('key'), file(''), END).file).toHaveLength(0);
  });

  it('takes a file without a file name, byte for byte', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 1, 0x80]);
    const form = parse(part('; name="file"', bytes), END);
    expect(form).toMatchObject({ file: bytes, fileName: '' });
  });

  it.each([String.raw`C:\dir\photo.png`, '/dir/photo.png', 'photo.png'])(
    'takes the last part of the file name %s',
    (fileName) => {
      expect(parse(file('', fileName), END).fileName).toBe('photo.png');
    },
  );

  it('reads names without quotes, and a boundary in quotes', () => {
    const body = Buffer.concat([part('; name=key', 'k'), file(), Buffer.from(END)]);
    const form = parseForm('Multipart/Form-Data; Boundary="----form"', body);
    expect(form.fields.get('key')).toBe('k');
  });

  it('rejects a form without a file', () => {
    for (const fields of [[], [field('key')]]) {
      expect(() => parse(...fields, END)).toThrow(
        expect.objectContaining({ code: 'InvalidArgument' }),
      );
    }
  });

  it.each([
    ['ends inside the file', [field('key'), file().subarray(0, -4)]],
    ['ends before the closing boundary', [field('key'), file()]],
    ['ends inside the head of a part', [field('key'), '------form\r\nContent-Dispo']],
    ['has a part without a name', [part(''), file(), END]],
    ['is empty', ['']],
  ])('rejects a body that %s', (_what, parts) => {
    expect(() => parse(...parts)).toThrow(MALFORMED);
  });

  it('rejects a content type without a boundary', () => {
    expect(() => parseForm('multipart/form-data', Buffer.from(END))).toThrow(MALFORMED);
  });

  it('accepts 20 KB before the content of the file and no more', () => {
    const spare = 20 * 1024 - Buffer.concat([field('key', ''), file('')]).length + 6;
    expect(parse(field('key', 'v'.repeat(spare)), file(), END).file.toString()).toBe('bytes');
    expect(() => parse(field('key', 'v'.repeat(spare + 1)), file(), END)).toThrow(
      expect.objectContaining({ code: 'MaxPostPreDataLengthExceeded' }),
    );
  });

  it('ignores text before the first boundary and after the last', () => {
    const form = parse('preamble\r\n', field('key'), file(), END, 'epilogue');
    expect([...form.fields.keys()]).toEqual(['key']);
    expect(form.file.toString()).toBe('bytes');
  });
});
