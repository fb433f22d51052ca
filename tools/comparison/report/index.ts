export { type Against, type Change, compareRuns } from './against.ts';
export { againstLines } from './against-lines.ts';
export { reportHtml } from './html/report-html.ts';
export { reportMarkdown } from './markdown/report-markdown.ts';
export { checkReportData, ReportDataError, readReportData } from './read-report-data.ts';
export { writeReport } from './write-report.ts';
