import type { agenda as english } from '../en/agenda.ts'
import type { Translated } from '../template.ts'

/** Las frases en español de lo que está por venir, por clave. */
export const agenda: Translated<typeof english> = {
  'agenda.unknown': 'Nada en el calendario tiene el número {words}. Véalo: /agenda',
}
