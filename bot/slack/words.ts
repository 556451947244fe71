/** What people wrote, as they saw it: Slack's own marks for links, channels and dates become words, nobody is named. */
export function plainWords(text: string): string {
  return text
    .replace(/<([^<>\n]{1,3000})>/g, (_, mark: string) => plainMark(mark))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Makes text safe for Slack's mark-up: nothing in it is a mention, a link or a command. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Whether anything in a text would be read as mark-up or as an emoji's name. */
export function hasMarkup(text: string): boolean {
  return /[*_~`]|:[\w+'-]+:|^\s*[>•-]/mu.test(text)
}

// Who was mentioned is known here by an account, which is nobody else's business.
function plainMark(mark: string): string {
  const [body = '', label] = mark.split('|', 2)
  if (body.startsWith('@')) return '@…'
  if (body.startsWith('#')) return `#${label || '…'}`
  if (body.startsWith('!date')) return label ?? ''
  if (body.startsWith('!subteam')) return '@…'
  if (body.startsWith('!')) return `@${body.slice(1)}`
  const address = body.replace(/^(mailto|tel):/, '')
  return label === undefined || label === address ? address : `${label} (${address})`
}
