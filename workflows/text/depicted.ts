import type { Language } from '../directory.ts'
import type { Picture } from '../drawing.ts'
import { phrase } from '../phrase.ts'
import type { View } from '../view.ts'

/** The view with what its picture would have shown in words, as its last line; without a picture the view as it is. */
export function inWords({ picture, ...view }: View): View {
  if (!picture) return view
  const alt = { en: altOf(picture, 'en'), es: altOf(picture, 'es') }
  return { ...view, lines: [...view.lines, { type: 'note', text: phrase('picture.missing', { alt }) }] }
}

/** What a picture shows, in that language, else in any that there is. */
export function altOf({ alt }: Pick<Picture, 'alt'>, language: Language): string {
  return alt[language] ?? alt.en ?? alt.es ?? ''
}
