/**
 * Files of checks that need a checkout by events. With a coordinator, no event of the checkout passes through a queue, so none
 * becomes a dead letter: tests/coordinator has the same fault.
 */
export const NOT_COORDINATED = ['faults/dead-letters'];
