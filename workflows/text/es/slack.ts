import type { slack as english } from '../en/slack.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of Slack, by key. */
export const slack: Translated<typeof english> = {
  'slack.time': '{time}',
  'slack.date': '{date}',
  'slack.app-description': 'Recibe reportes, los lleva a las personas adecuadas y mantiene informado al equipo.',
  'slack.shortcut-report': 'Convertir en reporte',
  'slack.shortcut-report-hint': 'Abre el reporte con el texto y los archivos de este mensaje',
  'slack.shortcut-add': 'Agregar a un incidente',
  'slack.shortcut-add-hint': 'Agrega el texto y los archivos de este mensaje a un incidente',
  'slack.close': 'Cerrar',
  'slack.yes': 'Sí',
  'slack.no': 'Volver',
  'slack.sure': '¿Quiere hacerlo?',
  'slack.pick': 'Elija una opción',
  'slack.earlier': 'Lo que se dijo hasta ahora',
  'slack.rest': 'El resto de su texto, que no cupo. Copie lo que necesite:',
  'slack.carried': {
    one: 'Se adjunta {count} archivo de ese mensaje.',
    other: 'Se adjuntan {count} archivos de ese mensaje.',
  },
  'slack.late': 'Tardó demasiado y Slack no abrió el formulario. Pulse el botón para abrirlo.',
  'slack.try-again': 'Slack no abrió el formulario. Elíjalo de nuevo, por favor.',
  'slack.open-form': 'Abrir formulario',
  'slack.your-words': 'Sus palabras:',
  'slack.page-title': 'Trust Hub',
  'slack.wait-title': 'Un momento',
  'slack.wait':
    'Esto tarda más de lo normal. Sigo en ello. Puede cerrar esta ventana: no se pierde nada de lo que escribió.',
  'slack.done-title': 'Listo',
  'slack.attach-title': 'Agregar a un incidente',
  'slack.attach-submit': 'Agregar',
  'slack.attach-which': '¿Qué incidente?',
  'slack.attach-hint': 'Escriba parte de su número, tipo o lugar.',
  'slack.attach-words': '¿Qué se debe agregar?',
  'slack.home-title': 'Mi trabajo',
  'slack.home-report': 'Hacer un reporte',
  'slack.home-all': 'Incidentes abiertos',
  'slack.home-at': 'Estado a las {time}. Vuelva a esta página para verla al día.',
  'slack.home-late': 'No se pudo mostrar esta página. Escriba /mine para ver su trabajo.',
  'slack.lost-left': 'Sacaron al hub del canal de Slack {room}. Invítelo de nuevo con /invite en ese canal.',
  'slack.lost-archived': 'Se archivó el canal de Slack {room}. Desarchívelo o asigne otra sala.',
  'slack.lost-deleted': 'Se eliminó el canal de Slack {room}. Asigne otra sala en su lugar.',
  'slack.gap':
    'No se pudo leer Slack desde {from} hasta {until} en {room}. Puede faltar lo que se escribió allí en ese tiempo.',
  'slack.refused': 'Slack rechaza al hub: {reason}.',
}
