/** Las frases en español sobre lo que se guarda, se abre, se retira y se borra, por clave. */
export const privacy = {
  'rule.reveal-coordinator':
    'Solo quienes coordinan {id} y administración pueden abrir un nombre. Si es urgente, pídaselo: /escalate {id}.',
  'rule.reveal-nobody': '{id} ya no tiene quien lo reportó: el reporte fue retirado o su plazo terminó.',
  'rule.hold-leader':
    'Solo dirección, administración y quienes coordinan {id} pueden ponerlo bajo retención legal. Pídalo: /escalate {id}.',
  'rule.hold-lift': 'Solo dirección o administración puede terminar una retención legal. Pídaselo.',
  'rule.hold-already': '{id} ya está bajo retención legal. Para terminarla: /incident {id} unhold, con el motivo.',
  'rule.hold-none': '{id} no está bajo retención legal. Para ponerla: /incident {id} hold, con el motivo.',
  'privacy.taken-back': 'Palabras retiradas por quien las escribió.',
  'privacy.taken-back-of': '{id}: palabras retiradas por quien las escribió. Lo demás que se sabe está aquí.',
  'privacy.see': 'No se muestra aquí: vea {id}.',
  'privacy.not-here': 'Ya no se muestra aquí.',
  'privacy.expired': 'Estas palabras ya no se guardan.',
  'privacy.former': 'Una tarjeta anterior de {id}. Siga con la más reciente.',
} as const
