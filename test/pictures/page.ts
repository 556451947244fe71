/** What a picture is drawn from: the style of a chat tool, and what stands in it. */
export type Page = { readonly style: string; readonly body: string }

/** A whole page, as wide as a phone. */
export function pageOf({ style, body }: Page): string {
  return `<!doctype html><meta charset="utf-8"><style>* { box-sizing: border-box }${style}</style><body>${body}`
}

/** A picture that goes with a message. */
export type Shown = { readonly bytes: Uint8Array; readonly alt: string }

/** A picture as HTML shows it, as wide as there is room. */
export function shown({ bytes, alt }: Shown): string {
  const source = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
  return `<img src="${source}" alt="${escaped(alt)}" style="display:block;width:100%;border-radius:8px;margin:8px 0">`
}

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

// Not every machine has a font with these.
const colours: Readonly<Record<string, string>> = {
  '🟥': '#d7301f',
  '🟧': '#ef8a26',
  '🟨': '#f2c14e',
  '🟦': '#7fb0d8',
  '🟫': '#7f0000',
  '⬛': '#222222',
  '⬜': '#bbbbbb',
  '🟪': '#6a3d9a',
  '🟩': '#4daf4a',
}

/** The coloured squares among the symbols, drawn. */
export function squares(text: string): string {
  return text.replaceAll(
    /[🟥🟧🟨🟦🟫⬛⬜🟪🟩]/gu,
    mark =>
      `<span style="display:inline-block;width:.8em;height:.8em;border-radius:2px;background:${colours[mark]}"></span>`,
  )
}
