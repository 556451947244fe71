import type { conversation as english } from '../en/conversation.ts'
import type { Translated } from '../template.ts'

/** Formularios que son conversaciones. */
export const conversation: Translated<typeof english> = {
  'conversation.choice': '{number} {label}',
  'conversation.now': 'Ahora: {words}',
  'conversation.at-once': 'Puede decirlo todo en un solo mensaje: qué pasó y luego dónde.',
  'conversation.several': 'Escriba todos los números que correspondan, por ejemplo: 1 3',
  'conversation.optional': 'Escriba saltar para dejarlo en blanco.',
  'conversation.optional-more': 'Escriba saltar para dejarlo en blanco, o listo para dejar lo que falta.',
  'conversation.how': 'Puede escribir atrás, cancelar o ayuda en cualquier momento.',
  'conversation.pick': 'Por favor escriba uno de los números, del 1 al {last}.',
  'conversation.only-number': 'Eso es solo un número. Por favor, escríbalo con palabras.',
  'conversation.needed': 'Esto lo necesito. Para terminar, escriba cancelar.',
  'conversation.first': 'Esta es la primera pregunta. Para terminar, escriba cancelar.',
  'conversation.said': '{label} {value}',
  'conversation.files': { one: '{label}: {count} archivo', other: '{label}: {count} archivos' },
  'conversation.files-none': '{label}: nada todavía. Mándelos ahora, si tiene.',
  'conversation.right': '¿Está bien así?',
  'conversation.change': 'Cambiar algo',
  'conversation.cancel': 'Cancelar',
  'conversation.which': '¿Qué quiere cambiar?',
  'conversation.appended': 'Lo puse en «{label}».',
  'conversation.cancelled': 'Terminado. No se envió nada, y no guardo nada de esto.',
  'conversation.resume': '¿Sigue con «{form}» de las {time}?',
  'conversation.resume-report': '¿Sigue con su reporte de las {time}?',
  'conversation.yes': 'Sí',
  'conversation.anew': 'Empezar de nuevo',
  'conversation.took': { one: 'Tengo {count} archivo.', other: 'Tengo {count} archivos.' },
  'conversation.too-many': 'Aquí caben {count} como máximo. Mande los demás después.',
  'conversation.no-files': 'En esta pregunta no puedo recibir archivos. Mándelos después.',
  'conversation.help':
    'Responda con sus palabras o con el número de una opción. atrás: la pregunta anterior. saltar: dejarlo en ' +
    'blanco. cancelar: terminar sin enviar nada. Si hay peligro ahora: llame al 911.',
}
