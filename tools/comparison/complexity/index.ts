export { type Counted, complexityFindings } from './complexity-findings.ts';
export { countTemplates, type TemplateCounts } from './count-templates.ts';
export { limitsOf } from './limits.ts';
export { operated } from './operated.ts';
export { readStacks, type StackTemplate, stacksOf } from './stack-template.ts';
export { codeLines, type SourceFile, wiringLines } from './wiring-lines.ts';
