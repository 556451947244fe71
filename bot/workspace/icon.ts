import { html, raw } from 'hono/html'

const drawings = {
  menu: '<path d="M4 7h16M4 12h16M4 17h16"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  down: '<path d="M6 9l6 6 6-6"/>',
  send: '<path d="M5 12h13M12 5l7 7-7 7"/>',
  clip: '<path d="M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.4 3.4 0 014.8 4.8L9.5 17a1.7 1.7 0 01-2.4-2.4L15 7"/>',
  thread: '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
  eye: '<path d="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="3"/>',
  hub: '<path d="M12 3l7.5 3v5.5c0 4.6-3.2 7.9-7.5 9.5-4.3-1.6-7.5-4.9-7.5-9.5V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>',
  room: '<path d="M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16"/>',
} as const

/** A small drawing beside words; it says nothing by itself and is hidden from screen readers. */
export function icon(name: keyof typeof drawings): ReturnType<typeof html> {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${raw(drawings[name])}</svg>`
}

/** The mark of a person: the first letter of their call sign, in a colour that is always theirs. */
export function avatar(name: string): ReturnType<typeof html> {
  const letter = [...new Intl.Segmenter().segment(name)][0]?.segment.toUpperCase() ?? ''
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${letter}</span>`
}

/** The mark of the hub. */
export function hubAvatar(): ReturnType<typeof html> {
  return html`<span class="avatar hub-mark" aria-hidden="true">${icon('hub')}</span>`
}
