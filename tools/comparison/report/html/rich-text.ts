import { escapeHtml } from './escape.ts';

/**
 * Renders a sentence as HTML. Text between backticks becomes code. A URL in parentheses becomes a link with the host name as
 * its text, because a full URL breaks a narrow column.
 */
export function richText(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(
      /\((?:https:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(\/[^\s)]+)\)/g,
      '(<a href="https://$1$2">$1</a>)',
    );
}
