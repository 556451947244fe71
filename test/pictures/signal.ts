import { escaped, type Page } from './page.ts'

/** What stands in a conversation: who wrote it, and the text as it was sent, in styled mode. */
export type Bubble = { readonly from: 'hub' | 'me'; readonly text: string }

/** Signal's own look of a conversation. */
export function signalChat(bubbles: readonly Bubble[]): Page {
  return { style, body: bubbles.map(({ from, text }) => `<div class="bubble ${from}">${styled(text)}</div>`).join('') }
}

function styled(text: string): string {
  return escaped(text)
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/gs, '<b>$1</b>')
    .replaceAll(/\\([*~|`\\])/g, '$1')
    .replaceAll('\n', '<br>')
}

const style = `
  body { background: #fff; font: 15px/1.4 Inter, "DejaVu Sans", sans-serif; margin: 0; padding: 16px; display: flex; flex-direction: column; gap: 8px }
  .bubble { border-radius: 18px; padding: 9px 13px; max-width: 84%; overflow-wrap: anywhere }
  .hub { background: #e9e9e9; color: #1b1b1b; align-self: flex-start } .me { background: #2c6bed; color: #fff; align-self: flex-end }
`
