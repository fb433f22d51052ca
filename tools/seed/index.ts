export { productPicture } from './product-picture.ts';
export { type SeedProduct, seedProducts } from './products/index.ts';
export { type SeedOptions, type SeedProgress, seedShop } from './seed-shop.ts';
