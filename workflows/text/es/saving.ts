import type { saving as english } from '../en/saving.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the saving area, by key. */
export const saving: Translated<typeof english> = {
  'saving.wait': 'Lo estoy guardando. Espere, por favor; le diré aquí.',
  'saving.unsure':
    'No es seguro que esto se haya recibido; lo estoy revisando. Espere, por favor, y no lo envíe otra vez; le diré ' +
    'aquí.',
  'saving.settled': 'Sí se recibió. No hace falta enviarlo otra vez.',
  'saving.unsettled':
    'No puedo saber si esto se recibió. Cuando el hub vuelva a responder, mire /mine antes de enviarlo otra vez. Si ' +
    'es urgente, llame ahora a su coordinación. Referencia {reference}.',
}
