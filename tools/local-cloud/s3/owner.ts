/** The canonical user id of the only account. AWS returns no display name since November 2025. */
export const OWNER = { ID: '0'.repeat(64) } as const;
