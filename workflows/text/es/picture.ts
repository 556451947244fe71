import type { picture as english } from '../en/picture.ts'
import type { Translated } from '../template.ts'

/** What stands about pictures. */
export const picture: Translated<typeof english> = {
  'picture.missing': 'No se pudo agregar la imagen. Muestra: {alt}',
}
