import type { remind as english } from '../en/remind.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences that remind people of steps, by key. */
export const remind: Translated<typeof english> = {
  'remind.step': '{id} {text}',
  'remind.due': 'Para las {time}: {step}',
  'remind.overdue': 'Atrasado desde las {time}: {step}',
  'remind.again': 'Usted me pidió que se lo recordara.',
  'remind.on-it': '¿Está usted en ello?',
  'remind.climbed': 'No he tenido respuesta de {people}. ¿Puede usted encargarse?',
  'remind.climbed-held': '{person} dijo que está en ello, pero no está hecho. ¿Puede usted encargarse?',
  'remind.climbed-nobody': 'No lo tiene nadie. ¿Puede usted encargarse?',
  'remind.help': 'Se pide ayuda: {step}',
  'remind.help-by': '{person} le pide ayuda.{because} ¿Puede usted tomarlo?',
  'remind.then': 'Si no recibo respuesta antes de las {time}, aviso a {to}.',
  'remind.title': { one: '{count} paso de {id} le necesita', other: '{count} pasos de {id} le necesitan' },
  'remind.bare': 'Un paso del protocolo de {id} le necesita: {name}.',
  'remind.more': { one: 'Y {count} más: abra la lista.', other: 'Y {count} más: abra la lista.' },
  'remind.room': 'Atrasado desde las {time}: {step} ({owner}). Aviso ahora a: {to}.',
  'remind.room-nobody':
    'Atrasado desde las {time}: {step} ({owner}). No hay a quién avisar. ¿Puede alguien aquí tomarlo?',
  'remind.room-help': '{person} pide ayuda: {step}',
  'remind.level-2': 'quien lo tiene',
  'remind.level-3': 'quien le sustituye',
  'remind.wait-never': '{step} está atrasado en un {severity} y no puede esperar. Diga que está en ello, o pida ayuda.',
  'remind.wait-most': {
    one: '{step} puede esperar un minuto como máximo.',
    other: '{step} puede esperar {count} minutos como máximo.',
  },
}
