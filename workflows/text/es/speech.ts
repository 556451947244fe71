import type { speech as english } from '../en/speech.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the speech test (Rabat Plan of Action), by key. */
export const speech: Translated<typeof english> = {
  'speech.other-kind':
    '{id} no es discurso de odio ni incitación, así que no hay palabras que valorar. Ponga primero el tipo.',
  'speech.entry': '{person} valoró las palabras.',
}
