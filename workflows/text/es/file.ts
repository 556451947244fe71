import type { file as english } from '../en/file.ts'
import type { Translated } from '../template.ts'

/** Sobre los archivos que se adjuntan. */
export const file: Translated<typeof english> = {
  'file.already': 'Ese archivo ya está guardado con {id}. No se agregó nada.',
  'file.too-many': 'Como máximo {max} archivos a la vez. Envíe los demás después.',
  'file.several': '{before}\n{reason}',
  'file.empty': '«{name}» está vacío. Adjúntelo otra vez, por favor.',
  'file.large': '«{name}» pasa de {max} MB, lo máximo para ese tipo. Envíe uno más corto o más pequeño.',
  'file.archive': '«{name}» es un archivo comprimido. Descomprímalo y envíe lo que contiene, archivo por archivo.',
  'file.program':
    '«{name}» es un programa o un script, y esos no se guardan. Envíe una foto o una captura de pantalla.',
  'file.page':
    '«{name}» es una página o un dibujo que puede ejecutar código, y no se guarda. Envíe una captura o un PDF.',
  'file.macros': '«{name}» contiene macros, que no se guardan. Guárdelo como PDF y envíe ese PDF.',
  'file.unknown': '«{name}» es de un tipo que no se guarda. Sí: fotos, videos, notas de voz, PDF, texto y documentos.',
  'file.broken': '«{name}» no se pudo leer hasta el final. Adjúntelo otra vez, por favor.',
  'file.kept-with': 'Se guardó con él: {parts}.',
  'file.still-coming': 'Aún por recibir: {parts}.',
  'file.coming': '{what} por descargar',
  'file.entry-collected': 'El hub descargó {what} que se envió',
  'file.entry-lost': 'El hub no pudo guardar {what} que se envió: {why}',
  'file.post-lost':
    'No se pudo descargar un archivo enviado ({what}). Si sabe quién lo tiene, pídale que lo envíe otra vez.',
  'file.told-lost': '{id}: no se pudo guardar {what} que usted envió ({why}). Si puede, envíelo otra vez.',
  'file.why-gone': 'ya no estaba',
  'file.why-refused': 'demasiado grande, o de un tipo que no se guarda',
  'file.why-failed': 'la plataforma no lo entregó',
  'file.check-wrong': {
    one: 'La revisión nocturna halló {count} archivo que no está como se guardó.',
    other: 'La revisión nocturna halló {count} archivos que no están como se guardaron.',
  },
  'file.check-way':
    'Pida a quien mantiene el hub que lo revise: “npm run -s hub -- evidence verify” dice cuáles. No se borró nada.',
}
