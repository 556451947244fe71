import { escaped, type Page, type Shown, shown } from './page.ts'

/** What stands in a conversation: who wrote it, and the text as it was sent, in styled mode. */
export type Bubble = { readonly from: 'hub' | 'me'; readonly text: string; readonly image?: Shown }

/** Signal's own look of a conversation. */
export function signalChat(bubbles: readonly Bubble[]): Page {
  return {
    style,
    body: bubbles
      .map(
        ({ from, text, image }) =>
          `<div class="bubble ${from}">${styled(text)}</div>${image ? `<div class="bubble hub">${shown(image)}</div>` : ''}`,
      )
      .join(''),
  }
}

function styled(text: string): string {
  return escaped(text)
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/gs, '<b>$1</b>')
    .replaceAll(/\\([*~|`\\])/g, '$1')
    .replaceAll('✋', hand)
    .replaceAll('\n', '<br>')
}

// Not every machine has a font with it.
const fingers = [3, 6, 9, 12]
  .map(x => `<rect x="${x}" y="${x === 3 || x === 12 ? 3 : 1}" width="2.4" height="9" rx="1.2"/>`)
  .join('')
const hand = `<svg width="16" height="16" viewBox="0 0 18 18" fill="#f2b134" style="vertical-align:-3px">${fingers}<rect x="3" y="8" width="11.4" height="9" rx="4"/><rect x="13" y="8" width="2.4" height="6" rx="1.2" transform="rotate(30 14 10)"/></svg>`

const style = `
  body { background: #fff; font: 15px/1.4 Inter, "DejaVu Sans", sans-serif; margin: 0; padding: 16px; display: flex; flex-direction: column; gap: 8px }
  .bubble { border-radius: 18px; padding: 9px 13px; max-width: 84%; overflow-wrap: anywhere }
  .hub { background: #e9e9e9; color: #1b1b1b; align-self: flex-start } .me { background: #2c6bed; color: #fff; align-self: flex-end }
`
