import type { setback as english } from '../en/setback.ts'
import type { Translated } from '../template.ts'

/** Sobre lo que salió mal en el camino, como se avisa a quienes coordinan. */
export const setback: Translated<typeof english> = {
  'setback.title': { one: '{count} cosa salió mal en el camino', other: '{count} cosas salieron mal en el camino' },
  'setback.count-unreachable': {
    one: 'Urgente: {count} mensaje no llegó a alguien. Por favor avísele por otro medio.',
    other: 'Urgente: {count} mensajes no llegaron a alguien. Por favor avíseles por otro medio.',
  },
  'setback.count-closed': {
    one: '{count} sala no me deja escribir. Lo que va ahí espera.',
    other: '{count} salas no me dejan escribir. Lo que va ahí espera.',
  },
  'setback.count-unsure': {
    one: '{count} mensaje tal vez llegó, tal vez no.',
    other: '{count} mensajes tal vez llegaron, tal vez no.',
  },
  'setback.count-failed': {
    one: '{count} mensaje no se pudo entregar.',
    other: '{count} mensajes no se pudieron entregar.',
  },
  'setback.count-unread': {
    one: '{count} mensaje que alguien envió no se pudo procesar.',
    other: '{count} mensajes que la gente envió no se pudieron procesar.',
  },
  'setback.count-stands': {
    one: '{count} mensaje todavía muestra palabras que deben irse. Por favor quítelo ahí.',
    other: '{count} mensajes todavía muestran palabras que deben irse. Por favor quítelos ahí.',
  },
  'setback.place': '{where}: {count}',
  'setback.place-why': '{where}: {count} ({reason})',
  'setback.more': { one: 'Y {count} lugar más.', other: 'Y {count} lugares más.' },
  'setback.open': 'Vea cada uno y elija qué hacer: /delivery.',
  'setback.button-open': 'Abrir entregas',
  'setback.unread':
    'No pude procesar algo de {where}: {reason}. Sus palabras quedan guardadas. Hágalo de nuevo, o pida que lo ' +
    'envíen otra vez: /delivery.',
}
