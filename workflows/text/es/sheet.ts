import type { sheet as english } from '../en/sheet.ts'
import type { Translated } from '../template.ts'

/** La hoja en papel. */
export const sheet: Translated<typeof english> = {
  'sheet.title': 'Cadenas de llamadas, guardias y trabajo abierto',
  'sheet.printed': 'Impreso: {time} ({zone}). Lo más reciente está en el sistema.',
  'sheet.secret':
    'Confidencial: nombra a personas. Solo para quienes aparecen aquí. No lo fotografíe ni lo publique; ' +
    'después, destrúyalo o quémelo.',
  'sheet.callsigns':
    'Confidencial, aunque no lleva nombres. No lo fotografíe ni lo publique; después, destrúyalo o quémelo.',
  'sheet.danger': '¿Hay peligro ahora? Llame al 911. Esta red no es un servicio de emergencias.',
  'sheet.network': 'Toda la red',
  'sheet.region': '{region} ({code})',
  'sheet.coordinators': '{region} ({code}): solo para quienes coordinan',
  'sheet.coordinators-how':
    'Entregue esta página en mano a quien coordina. El trabajo que contiene es ROJO o restringido: nada de ' +
    'sus palabras en papel ni por teléfono.',
  'sheet.duty': 'De guardia: {people}.',
  'sheet.duty-one': '{person} hasta {until}',
  'sheet.duty-none': 'Nadie está de guardia. Empiece por quienes coordinan.',
  'sheet.tree': 'Quién llama a quién',
  'sheet.tree-how':
    'Empiece por arriba. Lea las mismas palabras a cada persona y pida que las repita. Si no contesta dos ' +
    'veces, llame usted a quienes le tocaban.',
  'sheet.first': 'Empieza {people}.',
  'sheet.first-none': 'No hay nadie de toda la red para empezar: empieza la primera persona de la lista.',
  'sheet.who': 'Quién',
  'sheet.role': 'Función, idiomas',
  'sheet.reach': 'Cómo localizarle',
  'sheet.reach-none': 'no se sabe',
  'sheet.calls': 'Llama a',
  'sheet.done': 'Localizado a las',
  'sheet.people-none': 'No hay nadie en la lista.',
  'sheet.open': { one: 'Trabajo abierto: {count} incidente', other: 'Trabajo abierto: {count} incidentes' },
  'sheet.open-none': 'No hay trabajo abierto que pueda estar en papel.',
  'sheet.id': 'Número',
  'sheet.what': 'Gravedad y tipo',
  'sheet.where': 'Dónde',
  'sheet.standing': 'Quién lo tiene',
  'sheet.news': 'Qué pasó por teléfono (páselo después al sistema)',
  'sheet.what-one': 'S{severity} {kind}',
  'sheet.free': 'Nadie, desde {since}.',
  'sheet.held': '{person} desde {since}, hasta {until}.',
  'sheet.late-claim': 'VENCIDO: alguien debía tomarlo, hora límite {by}.',
  'sheet.late-news': 'VENCIDO: faltan noticias, hora límite {by}.',
  'sheet.late-lease': 'VENCIDO: dejó de tenerlo, hora límite {by}.',
  'sheet.withheld': {
    one: 'Hay {count} más marcado ROJO o restringido: está en la página de quienes coordinan.',
    other: 'Hay {count} más marcados ROJO o restringidos: están en la página de quienes coordinan.',
  },
  'sheet.restricted': 'restringido',
  'sheet.red': 'ROJO',
  'sheet.mediator': 'mediación',
  'sheet.responder': 'respuesta',
  'sheet.coordinator': 'coordinación',
  'sheet.leader': 'dirección',
  'sheet.admin': 'administración',
}
