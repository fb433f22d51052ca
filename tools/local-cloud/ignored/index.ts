export { type IgnoredType, ignoredTypes } from './ignored-types.ts';
