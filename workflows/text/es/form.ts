import type { form as english } from '../en/form.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the form area, by key. */
export const form: Translated<typeof english> = {
  'form.too-many-files': 'Como máximo {max} archivos a la vez. Envíe los demás después.',
  'form.empty-file': '«{name}» está vacío. Adjúntelo otra vez, por favor.',
  'form.large-file': '«{name}» pasa de {max} MB. Envíe uno más corto o más pequeño; sus palabras siguen aquí.',
}
