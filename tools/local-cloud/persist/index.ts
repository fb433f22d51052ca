export { openSavedState } from './open-saved-state.ts';
export { nothingSaved, type SavedChange, type SavedEntry, type SavedState } from './saved-state.ts';
