export { drawProductPicture } from './draw/index.ts';
export { type SeedProduct, seedProducts } from './products.ts';
export { type SeedOptions, type SeedProgress, seedShop } from './seed-shop.ts';
