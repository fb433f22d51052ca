export type { DataPlane, StoredObject } from './data-plane.ts';
export { enterDataPlane } from './enter-data-plane.ts';
export { startDataPlane } from './start-data-plane.ts';
