import type { Reader } from '../text/say.ts'
import { localParts } from '../zone.ts'

/**
 * Rows as RFC 4180 has them, the head first: with a byte order mark, so that spreadsheets read them as UTF-8, and with
 * no cell that one of them would take for a formula.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** `2026-11-03 14:02`, by the clock on the reader's wall: what every spreadsheet takes for a time. */
export function stamp(at: number, { zone }: Pick<Reader, 'zone'>): string {
  const { year, month, day, hour, minute } = localParts(at, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

// A spreadsheet runs what begins so; an apostrophe makes it text (OWASP, CSV injection).
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]|^\s*[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
