import type { Page, PageQuery, ProductStore } from './ports.ts';

interface Deps {
  store: Pick<ProductStore, 'page'>;
}

/**
 * Lists one page of products. The rules of lists and search are in `listing.ts` and `words.ts`.
 * @throws AppError unavailable `unavailable`
 */
export function listProducts(deps: Deps, query: PageQuery): Promise<Page> {
  return deps.store.page(query);
}
