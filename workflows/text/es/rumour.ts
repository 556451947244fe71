import type { rumour as english } from '../en/rumour.ts'
import type { Translated } from '../template.ts'

/** Las frases en español de los rumores, por clave. */
export const rumour: Translated<typeof english> = {
  'rumour.unknown': 'No hay ningún rumor {words}. Vea la lista: /rumour',
}
