import type { recurring as english } from '../en/recurring.ts'
import type { Translated } from '../template.ts'

/** Las frases en español de los avisos que se repiten, por clave. */
export const recurring: Translated<typeof english> = {
  'recurring.no-event': 'El archivo de la red no nombra ningún evento "{event}".',
  'recurring.no-message': 'El mensaje preparado {id} no tiene una versión aprobada.',
  'recurring.late': '(Este mensaje llega tarde. Debía salir a las {time}.)',
  'recurring.home': 'cuya primera región es {regions}',
}
