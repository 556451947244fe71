import type { parked as english } from '../en/parked.ts'
import type { Translated } from '../template.ts'

/** Sobre lo que llegó y no se pudo procesar. */
export const parked: Translated<typeof english> = {
  'parked.count': {
    one: '{count} mensaje que alguien envió no se pudo procesar.',
    other: '{count} mensajes que la gente envió no se pudieron procesar.',
  },
  'parked.line': 'De {who} ({tool}): sin procesar, enviado {time}',
  'parked.somebody': 'alguien',
  'parked.hint':
    'Solo quien lo escribió puede leerlo. Hágalo de nuevo si la causa ya pasó, o pregúntele qué escribió. Dejarlo lo ' +
    'borra.',
  'parked.button-again': 'Hacerlo de nuevo',
  'parked.button-mine': 'Intentar de nuevo',
  'parked.again': 'Lo estoy haciendo de nuevo. Vea cómo va: /delivery.',
  'parked.left': 'Queda así. No se procesará y sus palabras se borran.',
  'parked.sender':
    'No pude procesar lo que envió a las {time}. Todavía NO cuenta. Está guardado: elija Intentar de nuevo, o ' +
    'envíelo otra vez. ¿Es urgente? Llame a quien coordina.',
  'parked.mine': 'Lo estoy haciendo de nuevo. Si no se puede, le aviso.',
  'parked.gone': 'Eso ya está resuelto. Si tiene dudas, envíelo otra vez.',
}
