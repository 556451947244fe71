/** Las frases en español sobre lo que se guarda, se abre, se retira y se borra, por clave. */
export const privacy = {
  'rule.reveal-coordinator':
    'Solo quienes coordinan {id} y administración pueden abrir un nombre. Si es urgente, pídaselo: /escalate {id}.',
  'rule.reveal-nobody': '{id} ya no tiene quien lo reportó: el reporte fue retirado o su plazo terminó.',
  'rule.hold-leader':
    'Solo dirección, administración y quienes coordinan {id} pueden ponerlo bajo retención legal. ' +
    'Pídalo: /escalate {id}.',
  'rule.hold-lift': 'Solo dirección o administración puede terminar una retención legal. Pídaselo.',
  'rule.hold-already': '{id} ya está bajo retención legal. Para terminarla: /incident {id} unhold, con el motivo.',
  'rule.hold-none': '{id} no está bajo retención legal. Para ponerla: /incident {id} hold, con el motivo.',
  'privacy.taken-back': 'Palabras retiradas por quien las escribió.',
  'privacy.taken-back-of': '{id}: palabras retiradas por quien las escribió. Lo demás que se sabe está aquí.',
  'privacy.see': 'No se muestra aquí: vea {id}.',
  'privacy.not-here': 'Ya no se muestra aquí.',
  'privacy.expired': 'Estas palabras ya no se guardan.',
  'privacy.former': 'Una tarjeta anterior de {id}. Siga con la más reciente.',
  'command.reveal': 'Abra el nombre de quien reportó, con un motivo que queda registrado.',
  'command.hold': 'Conserve todo lo de un incidente: retención legal.',
  'command.unhold': 'Termine una retención legal.',
  'command.erase': 'Borre lo que el hub guarda sobre usted.',
  'button.reveal': 'Abrir el nombre',
  'button.hold': 'Retención legal',
  'button.unhold': 'Terminar la retención',
  'privacy.reveal-form': 'Abrir un nombre',
  'privacy.reveal-reason': '¿Por qué necesita el nombre?',
  'privacy.reveal-hint': 'Queda en el historial, y la persona puede ver que usted lo abrió.',
  'privacy.revealed':
    'Usted abrió el nombre de quien reportó {id}. Para verlo otra vez, pídalo de nuevo con ' + 'el motivo.',
  'privacy.hold-form': 'Retención legal',
  'privacy.unhold-form': 'Terminar la retención',
  'privacy.hold-reason': '¿Por qué?',
  'privacy.hold-hint': 'Queda en el historial. Diga quién lo pidió.',
  'privacy.held':
    '{id} está bajo retención legal. No se borra nada hasta que dirección o administración ' + 'la termine.',
  'privacy.hold-lifted': 'La retención legal de {id} terminó. Lo que se retiró entretanto se borra ahora.',
  'privacy.withdrawn-held':
    'Sus palabras en {id} se están ocultando en todas las salas. Una retención legal las ' +
    'guarda selladas, con sus archivos; se borran cuando termine.',
  'privacy.opened-title': 'Quién reportó {id}',
  'privacy.opened-who': '{person} es {name}.',
  'privacy.opened-safe': 'Contacto seguro para este reporte: {contact}',
  'privacy.opened-contact': 'Contacto seguro: {contact}',
  'privacy.opened-account': 'Cuenta en {platform}: {address}',
  'privacy.opened-mind':
    'Solo usted ve esto, y solo ahora. Use el contacto seguro si lo hay. No lo cuente a ' + 'quien no deba saberlo.',
  'privacy.opened-nobody': 'Ya no hay un nombre para {id}: la persona fue borrada.',
  'privacy.quiet-is': 'Horas de silencio: {hours}. En ellas solo llegan llamadas urgentes.',
  'privacy.quiet-set':
    'Horas de silencio: {hours}. Lo que no es urgente espera a que terminen. De turno, S4 ' + 'y S5 llegan siempre.',
  'privacy.quiet-off': 'Ya no tiene horas de silencio.',
  'privacy.quiet-unknown': 'Diga desde y hasta qué hora, por ejemplo /whoami silencio 22-7, o /whoami silencio no.',
  'privacy.contact-set':
    'Su contacto seguro quedó sellado. Solo lo ve quien abre su nombre con un motivo, y ' +
    'usted puede ver quién fue.',
  'privacy.contact-off': 'Su contacto seguro fue borrado.',
  'privacy.contact-empty':
    'Diga cómo podemos contactarle sin riesgo: /whoami contacto llamar a mi hermana, o ' + '/whoami contacto no.',
  'privacy.self-accounts': 'Le conozco en: {tools}. Las direcciones están selladas.',
  'privacy.self-reports': {
    one: 'Hay {count} reporte suyo, del {first}.',
    other: 'Hay {count} reportes suyos, del {first} al {last}.',
  },
  'privacy.self-files': {
    one: 'Se guarda {count} archivo que usted envió, sellado.',
    other: 'Se guardan {count} archivos que usted envió, sellados.',
  },
  'privacy.self-asides': {
    one: 'Se guarda {count} nota suya aparte de los reportes: un motivo, un informe, un plan o lo que dice un rumor.',
    other:
      'Se guardan {count} notas suyas aparte de los reportes: motivos, informes, planes, lo que dicen los rumores.',
  },
  'privacy.self-drafts': {
    one: '{count} formulario sin enviar se guarda un día.',
    other: '{count} formularios sin enviar se guardan un día.',
  },
  'privacy.self-contact': 'Su contacto seguro está guardado y sellado.',
  'privacy.self-no-contact': 'No ha dado un contacto seguro.',
  'privacy.self-unopened': 'Nadie ha abierto su nombre.',
  'privacy.self-opened': '{person} abrió su nombre por {id}, {time}.',
  'privacy.self-change':
    'También: /whoami silencio 22-7, /whoami contacto PALABRAS, /whoami borrar. Escriba no ' + 'para quitar uno.',
  'privacy.erase-open': 'Borrarme',
  'privacy.erase-title': '¿Borrar lo que el hub guarda sobre usted?',
  'privacy.erase-urgent': 'Usted tiene {ids}. Entréguelo antes, o llame a su coordinación.',
  'privacy.erase-goes': 'Esto se borra para siempre:',
  'privacy.erase-goes-self':
    'Su nombre, cuentas, contacto seguro, ajustes y formularios sin enviar. Después ya no le ' + 'conozco.',
  'privacy.erase-goes-talk': 'Cada palabra que escribió, aquí y en las salas donde la puse.',
  'privacy.erase-goes-words': {
    one: 'Cada palabra que escribió, aquí y en las salas donde la puse; {count} reporte pierde sus palabras.',
    other: 'Cada palabra que escribió, aquí y en las salas donde la puse; {count} reportes pierden sus palabras.',
  },
  'privacy.erase-goes-files': { one: '{count} archivo que usted envió.', other: '{count} archivos que usted envió.' },
  'privacy.erase-goes-claims': 'Usted suelta {ids}.',
  'privacy.erase-stays': 'Esto queda:',
  'privacy.erase-stays-facts':
    'Que algo se reportó o se hizo, cuándo y dónde, por «alguien». Sin palabras, sin nombre.',
  'privacy.erase-stays-own':
    'Lo que usted escribió en las salas y lo que escribieron otras personas. Borre lo suyo ' + 'allí.',
  'privacy.erase-stays-held': 'Archivos de {ids}: bajo retención legal siguen sellados hasta que termine.',
  'privacy.erase-final': 'No se puede deshacer. Se avisa a la coordinación de que usted se fue.',
  'privacy.erase-button': 'Borrar todo',
  'privacy.erase-confirm': '¿Borrar todo ahora? No se puede deshacer.',
  'privacy.erased': 'Hecho. Su nombre, cuentas y palabras ya no están. Ahora salen de las salas. Cuídese.',
  'privacy.erased-told':
    '{callsign} pidió ser borrado y ya no está en la lista. Sus palabras y archivos se ' + 'borraron.',
  'privacy.erased-claims': {
    one: '{count} incidente que tenía queda libre.',
    other: '{count} incidentes que tenía quedan libres.',
  },
  'privacy.entry-revealed': '{person} abrió el nombre de quien reportó',
  'privacy.entry-held': '{person} puso una retención legal',
  'privacy.entry-hold-lifted': '{person} terminó la retención legal',
  'privacy.entry-removed-noise': {
    one: 'Terminó su plazo: se borró {count} texto o archivo',
    other: 'Terminó su plazo: se borraron {count} textos y archivos',
  },
  'privacy.entry-removed-contact': {
    one: 'Terminó su plazo: se borró {count} contacto',
    other: 'Terminó su plazo: se borraron {count} contactos',
  },
  'privacy.entry-removed-narrative': {
    one: 'Terminó su plazo: se borró {count} texto; lo que queda va sin datos personales',
    other: 'Terminó su plazo: se borraron {count} textos; lo que queda va sin datos personales',
  },
  'privacy.entry-removed-evidence': {
    one: 'Terminó su plazo: se borró {count} archivo',
    other: 'Terminó su plazo: se borraron {count} archivos',
  },
  'privacy.entry-removed-person': {
    one: 'Alguien fue borrado: se quitó {count} texto',
    other: 'Alguien fue borrado: se quitaron {count} textos',
  },
  'privacy.evidence-held':
    'Quien envió esto para {id} lo retiró. Una retención legal lo guarda sellado; nadie puede abrirlo aquí.',
  'privacy.expired-of': '{id} está cerrado. Sus palabras ya no se guardan.',
  'privacy.took-back': 'Usted retiró {id} a las {time}. Para reportar algo nuevo: /report.',
  'privacy.taken-back-ended': '{id} está cerrado. Quien escribió sus palabras las retiró.',
} as const
