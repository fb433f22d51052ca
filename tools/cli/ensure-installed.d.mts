/** The file that says what is installed. */
export const stamp: string;
/** What the file holds when the packages of this lockfile are installed. */
export function stampOf(lockfile: string | Uint8Array): string;
