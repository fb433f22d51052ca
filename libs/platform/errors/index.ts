/** The only error type that use cases throw. It imports nothing, so that `core/` folders may import it. */
export * from './app-error.ts';
