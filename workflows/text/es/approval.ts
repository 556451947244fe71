import type { approval as english } from '../en/approval.ts'
import type { Translated } from '../template.ts'

/** Quién aprueba un mensaje a muchos, y cómo está cada uno. */
export const approval: Translated<typeof english> = {
  'approval.unknown': 'No conozco ninguna difusión con ese número que usted pueda abrir. Vea la lista: /broadcast.',
  'approval.who': 'Solo los coordinadores y líderes pueden hacer eso con {id}. Pídaselo a uno de ellos.',
  'approval.who-region':
    'Solo los coordinadores y líderes de {region} pueden hacer eso con {id}. Pídaselo a uno de ellos.',
  'approval.already': 'Usted aprobó {id} a las {time}. Falta una persona más.',
  'approval.changed': '{id} cambió después de lo que usted vio. Véala de nuevo antes de aprobarla: /broadcast {id}.',
  'approval.alone-not': '{id} no es para salvar vidas, así que debe aprobarla una segunda persona.',
  'approval.recalled': '{id} fue retirada. Para decir otra cosa, escriba una nueva: /broadcast.',
  'approval.no-audience': 'Por favor elija quién debe recibirla.',
  'approval.nobody': 'Ahora no hay nadie en este público. Por favor elija quién debe recibirla.',
  'approval.no-words': 'Por favor escriba qué debe decir, al menos en un idioma.',
  'approval.few-options': 'Por favor dé al menos dos respuestas entre las que se pueda elegir.',
  'approval.too-late': 'Su última hora pasaría antes de que salga. Por favor elija una más tarde.',
  'approval.asks-nothing': '{id} no pide respuesta, así que nadie está en silencio.',
  'approval.nudged':
    'A quienes no han respondido sobre {id} se les preguntó de nuevo a las {time}. Puede hacerlo otra vez desde las {again}.',
  'approval.is-draft': '{id} todavía se está escribiendo. Véala: /broadcast {id}.',
  'approval.is-submitted': '{id} espera aprobación. Véala: /broadcast {id}.',
  'approval.is-approved': '{id} está aprobada y espera su hora. Véala: /broadcast {id}.',
  'approval.is-held': '{id} llegaría a más personas de las aprobadas y espera que se apruebe de nuevo.',
  'approval.is-sending': '{id} se está enviando. Cómo va: /broadcast {id}.',
  'approval.is-paused': '{id} está en pausa. Cómo va: /broadcast {id}.',
  'approval.is-sent': '{id} ya se envió. Quién la tiene: /broadcast {id}.',
  'approval.is-cancelled': '{id} fue cancelada. Quién la tenía para entonces: /broadcast {id}.',
  'approval.is-expired': '{id} venció. Quién la tenía para entonces: /broadcast {id}.',
}
