import type { look as english } from '../en/look.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of evidence as people see it: lists, pages, and who may open it, by key. */
export const look: Translated<typeof english> = {
  'look.team-only':
    'La evidencia de {id} la abre el equipo de respuesta de {region}, y quien la envió. ¿Necesita saber qué ' +
    'muestra? Pregunte al equipo en el hilo.',
  'look.coordinator-only':
    'Solo la coordinación de {region} puede sacar originales de {id} del hub. Pídalo allí, y diga para qué es.',
  'look.red': '{id} está marcado ROJO, así que su evidencia no se abre desde aquí. {where}',
  'look.none':
    'No hay nada guardado con {id}. Para agregar fotos, voz o enlaces: escriba en su hilo, o a mí si usted lo reportó.',
  'look.gone': 'Eso ya no está guardado con {id}.',
  'look.title': 'Evidencia de {id}',
  'look.rule': 'Nada de esto se copia nunca a las salas. Cada apertura queda anotada con su alias.',
  'look.photo': '{number}. Foto · {size} · guardada a las {time}, de {person}',
  'look.video': '{number}. Video · {size} · guardado a las {time}, de {person}',
  'look.voice': '{number}. Nota de voz · {size} · guardada a las {time}, de {person}',
  'look.document': '{number}. Documento · {size} · guardado a las {time}, de {person}',
  'look.link': '{number}. Enlace en {site}{account}{post} · visto a las {time} por {person}',
  'look.link-account': ' · cuenta {account}',
  'look.link-post': ' · publicación {post}',
  'look.size-kb': '{size} KB',
  'look.size-mb': '{size} MB',
  'look.facts': '{taken} · {device}{platform} · Huella {digest}…',
  'look.taken': 'tomado a las {time}, según el archivo',
  'look.taken-unknown': 'no se sabe cuándo se tomó',
  'look.device': 'el archivo nombra el aparato',
  'look.device-unknown': 'no se sabe con qué aparato',
  'look.platform': ' · copia de la plataforma, no el archivo de la cámara',
  'look.opened': 'abierto por {people}',
  'look.saved': 'original guardado por {people}',
  'look.chain': '{parts}',
  'look.who': '{person} a las {time}',
  'look.record': 'Guardar el registro',
  'look.page': { one: 'Un elemento.', other: '{count} elementos.' },
  'look.warning': 'Puede mostrar heridas o violencia. Ábralo solo si es necesario.',
  'look.warning-document': 'Un archivo puede traer programas dañinos. Ábralo solo en un aparato que pueda perder.',
  'look.warning-link':
    'Puede mostrar heridas o violencia. Al abrirlo, ese sitio sabrá que alguien miró. Use una ventana privada, no ' +
    'inicie sesión, no responda y no lo comparta.',
  'look.once': 'Este enlace se abre una vez, en el primer navegador que use, hasta las {time}. No lo comparta.',
  'look.go-photo': 'Abrir la foto {number} de {id}',
  'look.go-video': 'Abrir el video {number} de {id}',
  'look.go-voice': 'Abrir la nota de voz {number} de {id}',
  'look.go-document': 'Abrir el documento {number} de {id}',
  'look.go-record': 'Abrir el registro de {id}',
  'look.record-why': 'El registro enumera cada elemento con su huella, y quién lo reunió, abrió y guardó.',
  'look.kept': '{person}: {parts}, guardado con {id}.',
  'look.kept-words': '{person} agrega: {words} ({parts}, guardado con {id})',
  'look.a-photo': 'una foto',
  'look.a-video': 'un video',
  'look.a-voice': 'una nota de voz',
  'look.a-document': 'un documento',
  'look.a-link': 'un enlace',
  'look.entry-blurred': '{person} miró {what}, sin nitidez.',
  'look.entry-opened': '{person} abrió {what}.',
  'look.entry-saved': '{person} guardó el original de {what}.',
  'look.entry-record': '{person} guardó el registro de la evidencia.',
}
