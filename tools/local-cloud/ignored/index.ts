export { IGNORED_TYPES, type IgnoredType } from './ignored-types.ts';
