import type { blackout as english } from '../en/blackout.ts'
import type { Translated } from '../template.ts'

/** Sobre una herramienta a la que no se puede llegar. */
export const blackout: Translated<typeof english> = {
  'blackout.down': 'No se puede llegar a {tool} desde las {time}. Lo que se dice allí no llega aquí.',
  'blackout.because': 'El motivo, hasta donde sé: {reason}.',
  'blackout.waits': 'Lo que es para quienes están allí espera. ¿Es urgente? Llámeles.',
  'blackout.todo': 'Sigo intentando; lo que va allí espera. Para lo urgente: otra herramienta o una llamada.',
  'blackout.off':
    'Hace falta la administración: no lo intento más por mi cuenta. Lo que va allí espera. Para lo urgente: otra ' +
    'herramienta o una llamada.',
  'blackout.back': 'Ya se puede llegar otra vez a {tool}. Estuvo fuera de {from} a {until}.',
  'blackout.alert': 'No se puede llegar a {tool} desde las {time}, por eso le llega aquí. ¿Puede tomarlo ahora?',
}
