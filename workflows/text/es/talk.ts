import type { talk as english } from '../en/talk.ts'
import type { Translated } from '../template.ts'

/** Lo que la gente se dice de una sala a otra: cambios, borrados y resúmenes. */
export const talk: Translated<typeof english> = {
  'talk.edited': '{line} (editado)',
  'talk.from': '{person} ({room})',
  'talk.changed': '{person} cambió lo que escribió a las {time}: {words}',
  'talk.still-stands': 'Lo que {person} escribió a las {time} fue retirado. Por favor, no lo use ni lo comparta.',
  'talk.digest': '{id}, de {from} a {to}:',
  'talk.digest-more': {
    one: 'Aquí falta 1 línea más. Para leerla: /incident {id}',
    other: 'Aquí faltan {count} líneas más. Para leerlas: /incident {id}',
  },
  'talk.timed':
    'Usted escribió esto en un chat cuyos mensajes desaparecen. Lo que reporta se guarda para el equipo. Para ' +
    'retirarlo: borre su mensaje.',
  'talk.entry-reworded': '{person} cambió lo que escribió.',
  'talk.entry-deleted': '{whose} retiró lo que escribió.',
  'talk.entry-removed': 'Lo que {whose} escribió fue borrado en su sala.',
  'talk.entry-expired': 'Lo que {whose} escribió desapareció, como se fijó en su chat.',
}
