import type { page as english } from '../en/page.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the pages on which evidence is looked at, by key. */
export const page: Translated<typeof english> = {
  'page.gone': 'Este enlace ya no vale. Abra la evidencia de nuevo desde el chat.',
  'page.other':
    'Este enlace se abrió antes en otro navegador, así que aquí no muestra nada. Abra la evidencia de {id} de nuevo ' +
    'desde el chat.',
  'page.start': 'Aquí todavía no se abrió nada. Abra la evidencia de nuevo desde el chat.',
  'page.broken': 'No se pudo mostrar. Nada ha cambiado. Abra la evidencia de nuevo desde el chat.',
  'page.stopped': 'No se muestra',
  'page.photo': 'Foto · {size}',
  'page.video': 'Video · {size}',
  'page.voice': 'Nota de voz · {size}',
  'page.document': 'Documento · {size}',
  'page.record': 'Registro de la evidencia',
  'page.warning': 'Puede mostrar heridas o violencia',
  'page.warning-voice': 'Puede oír miedo o violencia',
  'page.warning-document': 'Un archivo puede traer programas dañinos',
  'page.care': 'Mire solo si es necesario. Puede parar aquí: cierre esta página y pida a otra persona que mire.',
  'page.care-voice': 'Escuche solo si es necesario. Baje el volumen. Puede parar aquí y pedirlo a otra persona.',
  'page.care-document':
    'Ábralo solo en un aparato que pueda perder. Aquí solo se guarda, nunca se muestra. Puede parar aquí: cierre ' +
    'esta página.',
  'page.blurred': 'La foto, sin nitidez',
  'page.clear': 'La foto',
  'page.no-copy-unreadable':
    'Esta imagen no se puede leer, así que no hay copia sin nitidez. Puede estar dañada. La coordinación puede ' +
    'guardar el original.',
  'page.no-copy-too-large':
    'Esta imagen es demasiado grande para mostrarla aquí, así que no hay copia sin nitidez. La coordinación puede ' +
    'guardar el original.',
  'page.no-copy-no-picture': 'No hay copia sin nitidez de esto. La coordinación puede guardar el original.',
  'page.no-copy-gone': 'Esto ya no está guardado.',
  'page.go-on': 'Seguir',
  'page.show': 'Mostrar',
  'page.play': 'Ir al reproductor',
  'page.save-document': 'Guardar el documento',
  'page.hide': 'Ocultar de nuevo',
  'page.no-player': '¿No se reproduce aquí? Pida el original a la coordinación.',
  'page.recorded': 'Queda anotado que {callsign} abrió esta página. Funciona hasta las {time}.',
  'page.save-title': 'Sacar el original del hub',
  'page.save-care': 'Quien lo guarda debe cuidarlo. Queda anotado quién lo guardó y para qué.',
  'page.reason': '¿Para qué es?',
  'page.save': 'Guardar el original',
  'page.save-record': 'Guardar el registro',
  'page.saved': 'Listo para guardar',
  'page.file-original': 'El original, {size}',
  'page.file-record': 'El registro de toda la evidencia de {id} (JSON)',
  'page.digest': 'Huella del original (SHA-256)',
}
