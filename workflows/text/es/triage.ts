import type { triage as english } from '../en/triage.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of triage, by key. */
export const triage: Translated<typeof english> = {
  'triage.alert': 'De alguien de fuera de la red, sin revisar todavía: mírelo ahora, por favor.',
  'triage.alert-note': 'Ninguna sala lo sabe hasta que usted lo pase.',
  'triage.alert-passed': 'Revisado y pasado a su región.',
  'triage.received': 'Recibido como {id}, {place}. Primero lo revisa una persona, después va al equipo.',
  'triage.told-passed': 'Se revisó {id}. Ahora lo tiene el equipo de respuesta de {region}.',
  'triage.closed': 'Leímos {id}. No es algo en lo que nuestros equipos puedan actuar. Gracias por avisar.',
  'triage.card': 'Este reporte se está revisando primero. Si se pasa, vuelve a verse aquí.',
  'triage.standing': 'Espera revisión: nadie lo ha revisado todavía.',
  'triage.first': '{id} vino de fuera de la red y no se ha revisado todavía. Revíselo primero: /triage {id}.',
  'triage.passed-already': '{id} ya se pasó. Vea cómo está: /incident {id}.',
  'triage.undo-late': 'Pasó el minuto para deshacer: {id} queda pasado. Para descartarlo: /dismiss {id}.',
  'triage.undo-taken': 'Alguien ya se ocupa de {id}, así que queda pasado.',
  'triage.entry-passed': '{person} lo revisó y lo pasó.',
  'triage.entry-seen': '{person} lo revisó.',
  'triage.button-pass': 'Pasar',
  'triage.button-no': 'No es incidente',
  'triage.button-open': 'Abrir',
  'triage.button-same': 'Igual que …',
  'triage.button-kind': 'Tipo',
  'triage.button-grade': 'Gravedad',
  'triage.button-region': 'Región',
  'triage.button-next': 'Siguiente',
  'triage.button-block': 'Bloquear',
  'triage.button-undo': 'Deshacer',
  'triage.button-unpass': 'Deshacer',
  'triage.held': '{person} está revisando {id} hasta las {until}. Tome otro: /triage.',
  'triage.hello':
    'Para reportar lo que ve, elija Reportar. Primero lo revisa una persona, después va a quienes pueden ' +
    'calmar las cosas. Si hay peligro: llame al 911.',
  'triage.only-report':
    'Aquí puede reportar, y cambiar o retirar sus propios reportes. Esto solo lo puede hacer la gente de la red.',
  'triage.not-known':
    'Todavía no sé nada de usted. Para reportar lo que ve, escriba /report. Si hay peligro: llame al 911.',
  'triage.blocked-you':
    'Ahora no puedo recibir esto de usted. Lo que envió antes se queda. Si hay peligro: llame al 911.',
  'triage.patience':
    'Envió muchos reportes en poco tiempo. Sus palabras se guardaron: desde las {until} escriba /report y ' +
    'envíelas. ¿Hay alguien en peligro? Dígalo en el formulario y pasa enseguida.',
  'triage.patience-stranger':
    'Envió muchos reportes en poco tiempo. Sus palabras se guardaron: desde las {until} escriba /report y ' +
    'envíelas. ¿Hay alguien en peligro? Llame al 911.',
  'triage.patience-all':
    'Están llegando muchísimos reportes. Envíe el suyo otra vez a las {until}: sus palabras siguen en el ' +
    'formulario. ¿Hay alguien en peligro? Llame al 911.',
  'triage.button-list': 'Lista',
  'triage.button-same-as': 'Igual que {id}',
  'triage.button-start': 'Empezar con {id}',
  'triage.button-several': 'Elegir varios',
  'triage.button-unblock': 'Desbloquear',
  'triage.button-triage': 'Empezar a revisar',
  'triage.button-go-on': 'Seguir revisando',
  'triage.confirm-block':
    '¿Bloquear a {person}? No se recibe nada de lo que envíe hasta que alguien le desbloquee. Lo que ya ' +
    'llegó se queda.',
  'triage.sender-gone': 'Quien lo envió retiró su nombre.',
  'triage.like': 'Parecido a {ids}',
  'triage.line': '{severity} · {id} · {place} · «{words}» · {sender}',
  'triage.line-like': '{severity} · {id} · {place} · «{words}» · {sender} · parecido a {like}',
  'triage.choice': '{severity} · {id} · {words}',
  'triage.none': 'Nada espera revisión. Gracias.',
  'triage.title': 'Esperan revisión: {count} · S4 y S5: {urgent}',
  'triage.passed': '{id} se pasó: ahora lo tiene {region}.',
  'triage.seen': '{id} queda revisado y sigue con {region}.',
  'triage.set-aside': '{id} se descartó: no es un incidente.',
  'triage.set-back': '{id} vuelve a la cola.',
  'triage.kind-which': '¿De qué trata {id}?',
  'triage.kind-exact': '¿Cuál de estos es {id}?',
  'triage.grade-which': '¿Qué tan grave es {id}? Ahora es {severity}.',
  'triage.region-which': '¿En qué región está {id}?',
  'triage.kind-set': '{id} ahora es: {kind}.',
  'triage.graded': '{id} ahora es {severity}.',
  'triage.grade-asked': '{id} sigue en {severity} hasta que otra persona acepte {to}.',
  'triage.grade-reason': 'Fijado en la revisión',
  'triage.moved': '{id} ahora es de {region}.',
  'triage.same-which': '¿Con qué incidente es igual {id}? Escriba: /triage same {id} AZ-0409.',
  'triage.where-which': '¿Dónde es {id}? Escriba: /triage place {id} y el lugar.',
  'triage.unknown':
    'No entendí. Diga: next, pass AZ-0412, no AZ-0412, same AZ-0412 AZ-0409, kind, severity, place, ' +
    'region, block Guest-31, blocked.',
  'triage.duty':
    'Revisan quienes coordinan, y quienes responden mientras están de turno. Para entrar de turno: /duty on.',
  'triage.gone': '{id} ya no espera: alguien lo atendió. Vea cómo está: /incident {id}.',
  'triage.own': 'Usted envió {id}, así que lo debe revisar otra persona.',
  'triage.nobody-chosen': 'Ya no espera nada de eso.',
  'triage.blocked': '{person} queda bloqueado. Lo que envió antes sigue en la cola.',
  'triage.unblocked': '{person} puede enviar reportes otra vez.',
  'triage.blocked-none': 'No hay nadie bloqueado.',
  'triage.blocked-line': '{person} · por {by}, {at}{reason}',
  'triage.block-whom': '¿A quién? Escriba: /triage block Guest-31 y el motivo.',
  'triage.block-nobody':
    'No conozco a nadie «{words}». Escriba el alias como está en el reporte, por ejemplo Guest-31.',
  'triage.block-self': 'No puede bloquearse a usted.',
  'triage.block-roster': '{person} es de la red. Solo puede bloquearle quien administra o coordina toda la red.',
  'triage.block-coordinator': 'Solo quien coordina puede bloquear a {person}. Pídaselo.',
  'triage.block-already': '{person} ya está bloqueado.',
  'triage.block-none': '{person} no está bloqueado.',
  'triage.choose': 'Elegir varios',
  'triage.choose-what': '¿Qué se hace con ellos?',
  'triage.choose-no': 'No es incidente',
  'triage.choose-pass': 'Pasarlos a sus regiones',
  'triage.choose-which': '¿Cuáles?',
  'triage.choose-more': '¿Y cuáles de estos?',
  'triage.queue-note': 'Hay reportes nuevos de fuera de la red que esperan revisión.',
  'triage.gathered-title': 'Están llegando muchos reportes. Estos necesitan a alguien:',
  'triage.gathered-none-yet': 'sin revisar todavía',
  'triage.sender-stranger': {
    one: 'De {person}, de fuera de la red: {count} reporte en un día',
    other: 'De {person}, de fuera de la red: {count} reportes en un día',
  },
  'triage.sender-roster': {
    one: 'De {person}, de la red: {count} reporte en un día',
    other: 'De {person}, de la red: {count} reportes en un día',
  },
  'triage.place-in-batch': {
    one: '{at} de {of}, para usted hasta las {until}. En total espera {count}.',
    other: '{at} de {of}, para usted hasta las {until}. En total esperan {count}.',
  },
  'triage.button-all-from': { one: 'Todo lo de esta persona ({count})', other: 'Todo lo de esta persona ({count})' },
  'triage.button-all-like': { one: 'Todos con estas palabras ({count})', other: 'Todos con estas palabras ({count})' },
  'triage.button-all-batch': { one: 'No es incidente ({count})', other: 'Los {count}: no son incidentes' },
  'triage.button-some-from': { one: '{count} de {of} de esta persona', other: '{count} de {of} de esta persona' },
  'triage.button-some-like': { one: '{count} de {of} con estas palabras', other: '{count} de {of} con estas palabras' },
  'triage.button-some-batch': {
    one: '{count} de {of}: no es incidente',
    other: '{count} de {of}: no son incidentes',
  },
  'triage.list-head': {
    one: '{count} es para usted hasta las {until}, lo más grave primero.',
    other: '{count} son para usted hasta las {until}, lo más grave primero.',
  },
  'triage.list-more': {
    one: '{count} más es para usted y viene después.',
    other: '{count} más son para usted y vienen después.',
  },
  'triage.all-held': {
    one: 'Espera {count} reporte, y alguien lo está revisando ahora.',
    other: 'Esperan {count} reportes, y alguien está revisando cada uno ahora.',
  },
  'triage.sure-no': {
    one: 'Se descartará {count} reporte: no es un incidente.',
    other: 'Se descartarán {count} reportes: no son incidentes.',
  },
  'triage.sure-pass': {
    one: 'Se pasará {count} reporte a su región.',
    other: 'Se pasarán {count} reportes a sus regiones.',
  },
  'triage.sure-more': { one: 'y {count} más', other: 'y {count} más' },
  'triage.alone-severe': '{id} es {severity}: revíselo por separado.',
  'triage.alone-corroborated': '{id} está corroborado: revíselo por separado.',
  'triage.alone-verified': '{id} está verificado: revíselo por separado.',
  'triage.alone-more': {
    one: '{count} más queda fuera: revíselo por separado.',
    other: '{count} más quedan fuera: revise cada uno por separado.',
  },
  'triage.alone-all': 'Ninguno de estos se descarta junto con otros.',
  'triage.button-sure-no': { one: 'Descartarlo', other: 'Descartar los {count}' },
  'triage.button-sure-pass': { one: 'Pasarlo', other: 'Pasar los {count}' },
  'triage.done-no': {
    one: 'Se descartó {count} reporte: no es un incidente.',
    other: 'Se descartaron {count} reportes: no son incidentes.',
  },
  'triage.done-pass': { one: 'Se pasó {count} reporte.', other: 'Se pasaron {count} reportes.' },
  'triage.left-out': {
    one: '{count} había cambiado y se dejó como está.',
    other: '{count} habían cambiado y se dejaron como están.',
  },
  'triage.back': { one: '{count} reporte vuelve a la cola.', other: '{count} reportes vuelven a la cola.' },
  'triage.old': {
    one: '{count} reporte espera revisión, desde las {time}.',
    other: '{count} reportes esperan revisión, el más antiguo desde las {time}.',
  },
  'triage.gathered-more': {
    one: '{count} más: véalo con /incidents s4 y /triage.',
    other: '{count} más: véalos con /incidents s4 y /triage.',
  },
  'triage.waiting': {
    one: '{count} reporte de fuera de la red espera revisión',
    other: '{count} reportes de fuera de la red esperan revisión',
  },
  'triage.back-late': 'Pasó el minuto para deshacer: quedan como están.',
  'triage.blocked-title': { one: '{count} persona bloqueada', other: '{count} personas bloqueadas' },
  'triage.placed': '{id} ahora está en {place}. Primero lo revisa una persona, después va al equipo.',
  'triage.added': 'Agregado a {id}. Quien lo revise puede leerlo.',
  'triage.sender-count': { one: '{person}', other: '{person} ({count})' },
}
