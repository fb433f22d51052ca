export { readStacks, type StackTemplate, stacksOf } from './stack-template.ts';
