/** The one error type that use cases throw. It imports nothing, so that `core/` folders may use it. */
export * from './app-error.ts';
