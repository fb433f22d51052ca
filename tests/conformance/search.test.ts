import { beforeAll, describe, expect, test } from 'vitest';
import { logIn } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { allPages, type Page } from './support/products.ts';
import { newProduct, type Product, unique } from './support/shop.ts';
import { target } from './support/target.ts';

const products = '/catalog/products';
const account = target.admin;

describe.runIf(account !== undefined)('five products', () => {
  /** Two words that no other product has. */
  const [word, other] = [unique('zinc').replace('-', ''), unique('opal').replace('-', '')];
  const category = unique('shelf');
  const shelf: Record<string, Product> = {};

  beforeAll(async () => {
    const token = await logIn(account?.email ?? '', account?.password ?? '');
    const put = async (key: string, name: string, priceCents: number, of = category) => {
      shelf[key] = await newProduct(token, { stock: 0, name, priceCents, category: of });
    };
    // Sequentially, so that sorting by newest is well defined.
    await put('b', `Bowl ${word} ${other}`, 300);
    await put('c', `Café ${word}`, 100);
    await put('a', `Ashtray ${word}`, 500);
    await put('d', `Door ${word}`, 300);
    await put('e', `Elsewhere ${word} ${other}`, 200, unique('elsewhere'));
  });

  const keys = (items: Product[]) =>
    items.map(({ id }) => Object.keys(shelf).find((key) => shelf[key]?.id === id) ?? '?').join('');
  const find = async (query: Record<string, string>) =>
    keys((await allPages(products, query)).items)
      .split('')
      .toSorted()
      .join('');

  test.each([
    ['a search for one word', () => ({ q: word }), 'abcde'],
    ['a search in capital letters', () => ({ q: word.toUpperCase() }), 'abcde'],
    ['a search for two words, which must both match,', () => ({ q: `${other} ${word}` }), 'be'],
    ['a search for a word with its accent', () => ({ q: `café ${word}` }), 'c'],
    ['a search for a word without its accent', () => ({ q: `CAFE ${word}` }), 'c'],
    ['a search within a category', () => ({ q: word, category }), 'abcd'],
    ['a search with surrounding white space', () => ({ q: `  ${other}  ` }), 'be'],
    [
      'a search for a word that no product has',
      () => ({ q: `${word} ${unique('none').replace('-', '')}` }),
      '',
    ],
  ])('%s returns the matching products', async (_title, query, found) => {
    expect(await find(query())).toBe(found);
  });

  test.each([
    ['price-asc', /^c(bd|db)a$/],
    ['price-desc', /^a(bd|db)c$/],
    ['name', /^abcd$/],
    ['newest', /^dacb$/],
  ])('sorts by %s, across pages too', async (sort, order) => {
    const whole = await allPages(products, { category, sort });
    expect(keys(whole.items)).toMatch(order);
    const paged = await allPages(products, { category, sort, limit: '1' });
    expect(keys(paged.items)).toBe(keys(whole.items));
    expect(paged.pages).toBeGreaterThanOrEqual(4);
  });

  test('search results can be sorted and paged', async () => {
    const { items } = await allPages(products, { q: word, sort: 'price-asc', limit: '2' });
    expect(items.map(({ price }) => price.amountCents)).toEqual([100, 200, 300, 300, 500]);
  });

  test.each([
    ['another sort', () => ({ category, sort: 'name' })],
    ['another category', () => ({ category: 'other', sort: 'price-asc' })],
    ['a search', () => ({ category, sort: 'price-asc', q: word })],
    ['no filter at all', () => ({})],
  ])('a cursor is not valid for %s', async (_title, elsewhere) => {
    const query = new URLSearchParams({ category, sort: 'price-asc', limit: '1' });
    const { json } = await call<Page<Product>>('GET', `${products}?${query}`);
    const moved = new URLSearchParams({
      ...elsewhere(),
      limit: '1',
      cursor: json.nextCursor ?? '',
    });
    expectProblem(await call('GET', `${products}?${moved}`), 400, 'invalid-cursor');
  });
});

test.each([
  ['sort', 'cheapest'],
  ['sort', ''],
  ['category', '../x'],
  ['limit', '2.5'],
  ['q', 'x'.repeat(2000)],
])('rejects %s=%.20s, naming the field', async (name, value) => {
  const answer = await call('GET', `${products}?${new URLSearchParams({ [name]: value })}`);
  const problem = expectProblem(answer, 400, 'validation');
  expect(JSON.stringify(problem.errors)).toContain(name);
});

test('rejects an unknown query parameter', async () => {
  expectProblem(await call('GET', `${products}?$where=1`), 400, 'validation');
});

test.each(['AAAA', '!', 'eyJpZCI6MX0', 'x'.repeat(300)])(
  'rejects the cursor %.12s, which was never issued',
  async (cursor) => {
    expectProblem(await call('GET', `${products}?cursor=${cursor}`), 400, 'invalid-cursor');
  },
);
