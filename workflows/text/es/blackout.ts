import type { blackout as english } from '../en/blackout.ts'
import type { Translated } from '../template.ts'

/** Sobre una herramienta a la que no se puede llegar. */
export const blackout: Translated<typeof english> = {
  'blackout.down': 'No se puede llegar a {tool} desde las {time}. Lo que se dice allí no llega aquí.',
  'blackout.because': 'El motivo, hasta donde sé: {reason}.',
  'blackout.back': 'Ya se puede llegar otra vez a {tool}. Estuvo fuera de {from} a {until}.',
  'blackout.alert': 'No se puede llegar a {tool} desde las {time}, por eso le llega aquí. ¿Puede tomarlo ahora?',
}
