/**
 * Text that reads exactly as given in `styled` mode. A backslash is dropped before `*`, `~`, the grave accent and `|`
 * only, and takes their meaning away; anywhere else it is itself (textstyleparser.go of signal-cli-rest-api).
 */
export function literal(text: string): string {
  return text.replace(/[*~`|]/g, '\\$&')
}

/** The text in bold. An escaped star or a backslash right before the closing stars would take theirs away. */
export function bold(text: string): string {
  if (text.trim() === '') return ''
  return `**${literal(text)}${/[*\\]$/.test(text) ? ' ' : ''}**`
}
