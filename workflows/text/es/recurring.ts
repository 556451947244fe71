import type { recurring as english } from '../en/recurring.ts'
import type { Translated } from '../template.ts'

/** Las frases en español de los avisos que se repiten, por clave. */
export const recurring: Translated<typeof english> = {
  'recurring.home': 'cuya primera región es {regions}',
}
