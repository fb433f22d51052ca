/** Runs `call`, and ignores errors of these classes. @throws any other error */
export async function ignoring(
  classes: readonly (abstract new (...args: never[]) => Error)[],
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!classes.some((known) => error instanceof known)) throw error;
  }
}
