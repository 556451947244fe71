import type { triage as english } from '../en/triage.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of triage, by key. */
export const triage: Translated<typeof english> = {
  'triage.alert': 'De alguien de fuera de la red, sin revisar todavía: mírelo ahora, por favor.',
  'triage.alert-note': 'Ninguna sala lo sabe hasta que usted lo pase.',
  'triage.alert-passed': 'Revisado y pasado a su región.',
  'triage.received':
    'Recibido como {id}, {place}. Primero lo revisa una persona, después va al equipo. Si hay peligro, llame ya al 911.',
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
  'triage.held': '{person} está revisando {id} hasta las {until}. Tome otro: /triage.',
  'triage.hello':
    'Para reportar lo que ve, pulse Reportar. Primero lo revisa una persona, después va a quienes pueden calmar las cosas. Si hay peligro: llame al 911.',
  'triage.only-report':
    'Aquí puede reportar, y cambiar o retirar sus propios reportes. Esto solo lo puede hacer la gente de la red.',
  'triage.not-known':
    'Todavía no sé nada de usted. Para reportar lo que ve, escriba /report. Si hay peligro: llame al 911.',
  'triage.blocked-you':
    'Ahora no puedo recibir esto de usted. Lo que envió antes se queda. Si hay peligro: llame al 911.',
  'triage.patience':
    'Envió muchos reportes en poco tiempo. Sus palabras se guardaron: desde las {until} escriba /report y envíelas. ¿Hay alguien en peligro? Dígalo en el formulario y pasa enseguida.',
  'triage.patience-stranger':
    'Envió muchos reportes en poco tiempo. Sus palabras se guardaron: desde las {until} escriba /report y envíelas. ¿Hay alguien en peligro? Llame al 911.',
  'triage.patience-all':
    'Están llegando muchísimos reportes. Envíe el suyo otra vez a las {until}: sus palabras siguen en el formulario. ¿Hay alguien en peligro? Llame al 911.',
}
