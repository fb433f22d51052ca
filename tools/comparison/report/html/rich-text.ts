import { escapeHtml } from './escape.ts';

/**
 * A sentence as HTML: what stands between backticks is code, and a source in brackets is a link with the name of its site,
 * because an address breaks a narrow column.
 */
export function richText(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(
      /\((?:https:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(\/[^\s)]+)\)/g,
      '(<a href="https://$1$2">$1</a>)',
    );
}
