import type { late as english } from '../en/late.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences about what was missed, and what comes late, by key. */
export const late: Translated<typeof english> = {
  'away.gap': 'No estuve en línea de las {from} a las {until}; envíe otra vez lo que envió entonces.',
  'away.moment': 'A las {from} no estuve en línea por un momento; envíe otra vez lo que envió entonces.',
  'away.partly':
    'No estuve en línea de las {from} a las {until}, y no pude leer todo lo que se escribió aquí. Envíe otra vez lo ' +
    'más importante.',
  'away.trying':
    'No se pudo leer {tool} desde {from} hasta {until} en {room}. Sigo intentándolo; mientras no diga que está ' +
    'leído, puede faltar lo que se escribió ahí en ese tiempo.',
  'away.read': 'Ya está leído lo que se escribió en {room} en {tool} desde {from}. No falta nada.',
  'late.line': '{line} (Correspondía a las {due}; no estuve en línea hasta las {now}.)',
  'late.lapsed':
    'El turno de {person} venció a las {due}, cuando yo no estaba en línea y no podía recibir señales (hasta las ' +
    '{now}). Ahora no lo tiene nadie.',
  'late.claim-lapsed':
    'Su turno con {id} venció a las {due}, cuando yo no estaba en línea y no podía recibir sus mensajes (hasta las ' +
    '{now}). Volvió a quedar libre. ¿Sigue con ello? Tómelo otra vez.',
  'late.handover-expired':
    'El plazo para que {person} respondiera sobre {id} venció a las {due}, cuando yo no estaba en línea y no podía ' +
    'recibir su respuesta (hasta las {now}). Sigue siendo suyo hasta las {until}. Si aún quiere pasarlo, pregunte ' +
    'otra vez.',
  'late.written': '{line} (escrito a las {at})',
}
