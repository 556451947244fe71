import type { backup as english } from '../en/backup.ts'
import type { Translated } from '../template.ts'

/** Sobre las copias de seguridad. */
export const backup: Translated<typeof english> = {
  'backup.returned':
    'Me restauraron de una copia del {time}. No sé qué se hizo después. Lo que ustedes escribieron en sus salas ' +
    'sigue ahí: por favor, informe de nuevo lo que falte. Los informes nuevos llevan números desde el próximo millar.',
  'backup.returned-people':
    'Las personas y sus funciones son las de ese momento. A quien se retiró o se bloqueó después se le admite otra ' +
    'vez: por favor, revíselo.',
  'backup.returned-broadcasts':
    'Las difusiones que se estaban enviando están en pausa. Las que ya pasaron su hora esperan otra aprobación. ' +
    'Puede que hayan salido desde entonces: mire antes de seguir, con /broadcast.',
  'backup.returned-sent':
    'Los mensajes que tal vez ya salieron se buscan antes de enviarlos. Donde no puedo buscar, le pregunto: /delivery.',
}
