export { openSavedState } from './open-saved-state.ts';
export {
  NO_SAVED_STATE,
  type SavedChange,
  type SavedEntry,
  type SavedState,
} from './saved-state.ts';
