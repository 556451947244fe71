import type { delivery as english } from '../en/delivery.ts'
import type { Translated } from '../template.ts'

/** Sobre lo que no se pudo entregar. */
export const delivery: Translated<typeof english> = {
  'command.delivery': 'Lo que no se pudo enviar y por qué; enviarlo de nuevo o dejarlo.',
  'delivery.title': 'Entregas',
  'delivery.none': 'Todo se envió. No hay nada detenido.',
  'delivery.count-waiting': { one: '{count} espera demasiado.', other: '{count} esperan demasiado.' },
  'delivery.count-unsure': {
    one: '{count} tal vez llegó, tal vez no.',
    other: '{count} tal vez llegaron, tal vez no.',
  },
  'delivery.count-failed': { one: '{count} no se pudo enviar.', other: '{count} no se pudieron enviar.' },
  'delivery.count-parked': {
    one: '{count} espera una sala donde no puedo escribir.',
    other: '{count} esperan salas donde no puedo escribir.',
  },
  'delivery.count-kept': {
    one: '{count} espera a una persona a quien no puedo escribir.',
    other: '{count} esperan a personas a quienes no puedo escribir.',
  },
  'delivery.more': { one: 'Y {count} más.', other: 'Y {count} más.' },
  'delivery.line': '{where}: {what}, {how} desde {time}',
  'delivery.line-of': '{where}: {what} de {id}, {how} desde {time}',
  'delivery.where': '{name} ({tool})',
  'delivery.where-gone': 'alguien o una sala que ya no está',
  'delivery.what-card': { one: 'la tarjeta', other: '{count} tarjetas' },
  'delivery.what-message': { one: 'un mensaje', other: '{count} mensajes' },
  'delivery.how-waiting': 'en espera',
  'delivery.how-unsure': 'no se sabe si llegó,',
  'delivery.how-failed': 'sin enviar',
  'delivery.how-parked': 'no puedo escribir en la sala',
  'delivery.how-kept': 'se muestra en su próximo contacto,',
  'delivery.reason': 'Por qué: {reason}.',
  'delivery.hint-waiting': 'Sigo intentando. ¿Es urgente? Avíseles por otro medio.',
  'delivery.hint-unsure': 'Mire en la sala o pregúnteles. ¿Está ahí? Elija Sí llegó. ¿No está? Elija Enviar de nuevo.',
  'delivery.hint-failed': 'Dejé de intentar. Avíseles por otro medio, o corrija la causa y elija Enviar de nuevo.',
  'delivery.hint-parked':
    'Deje entrar al bot en la sala otra vez y elija Enviar de nuevo. También lo intento solo, cada diez minutos.',
  'delivery.hint-kept': 'Lo ve en cuanto me escriba o elija algo. ¿Es urgente? Avísele por otro medio.',
  'delivery.button-open': 'Abrir',
  'delivery.button-again': 'Enviar de nuevo',
  'delivery.button-leave': 'Dejarlo',
  'delivery.button-arrived': 'Sí llegó',
  'delivery.done-again': 'Lo estoy enviando. Vea cómo va: /delivery.',
  'delivery.done-leave': 'Queda así. No se enviará.',
  'delivery.done-arrived': 'Anotado: llegó. No se enviará de nuevo.',
  'delivery.gone': 'Eso ya está resuelto. Lo que queda: /delivery.',
  'delivery.who': 'De las entregas se ocupan quienes coordinan. Dígales si un mensaje no llegó.',
  'delivery.moved': 'Esta tarjeta pasó más abajo.',
  'delivery.twice': 'Puede que reciba esto dos veces: no supe si llegó la primera vez.',
  'delivery.kept': 'Antes no pude escribirle. A las {time} quería decirle:',
  'delivery.unsure':
    'No sé si llegó un mensaje a {where} ({reason}). Mire ahí y elija. Si hay más, los encuentra en /delivery.',
  'delivery.no-answer': 'no hubo respuesta',
  'delivery.unsure-about': 'Es sobre {id}.',
  'delivery.closed':
    'Ya no puedo escribir en {where}: {reason}. Lo que va ahí espera. Deje entrar al bot en esa sala otra vez; ' +
    'entonces lo envío. Vea lo que espera: /delivery.',
  'delivery.unreachable':
    'No puedo escribir a {where} ({reason}) y es urgente. Por favor avísele por otro medio. Lo verá cuando ' +
    'me escriba.',
}
