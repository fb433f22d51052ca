export { startDataPlane } from './start-data-plane.ts';
