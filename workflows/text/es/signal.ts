import type { signal as english } from '../en/signal.ts'
import type { Translated } from '../template.ts'

/** Lo que solo se dice en Signal. */
export const signal: Translated<typeof english> = {
  'signal.how': 'Responda a este mensaje con un número.',
  'signal.how-claim': 'Responda a este mensaje con un número, o reaccione con ✋ para tomarlo.',
  'signal.alone': 'Otras personas lo vieron allí. Siga conmigo a solas.',
  'signal.once': 'No guardo fotos que se ven una sola vez. Si hace falta, mándela de nuevo sin esa opción.',
  'signal.hand-gone': 'Quitó la mano: eso no cambia nada. Para devolver {id}, escriba: release {id}',
  'signal.hand-gone-some':
    'Quitó la mano: eso no cambia nada. Para devolver un incidente, escriba release y su número.',
  'signal.changed-late':
    'Lo que escribió primero ya está hecho; cambiarlo no cambia nada. Escriba de nuevo lo que debe ser distinto.',
  'signal.deleted-late':
    'Lo que escribió ahí ya está hecho; borrarlo no cambia nada. Para retirar un reporte, escriba withdraw y ' +
    'su número.',
  'signal.resolve': '¿Resolver {id}? Responda con un resultado. Si solo quiso decir «visto», no haga nada.',
  'signal.escalate': '¿Escalar {id}? Si solo quiso decir «visto», no haga nada.',
  'signal.which': '¿A cuál se refiere?',
  'signal.pick': '{what} ({title})',
  'signal.my-question': 'Responde a mi pregunta: {title}',
  'signal.forgotten': 'Ya no sé qué significaban los números de ese mensaje. Escriba mine para ver lo que le espera.',
  'signal.no-number': 'Ese número no está allí. Puede escribir: {numbers}.',
  'signal.number-alone':
    'Nada espera ese número: ya está resuelto. ¿Es una novedad? Escríbalo otra vez con unas palabras.',
  'signal.overtaken':
    'Esto me llegó tarde, después de lo que escribió luego: «{words}». No lo tomé como respuesta. Si lo es, ' +
    'escríbalo de nuevo.',
  'signal.waits': 'Esto todavía le espera:',
  'signal.yes': 'Sí',
  'signal.no': 'No',
  'signal.left': 'Se deja como está.',
  'signal.your-words': 'Sus palabras:',
}
