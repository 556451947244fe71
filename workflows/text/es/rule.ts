import type { rule as english } from '../en/rule.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences with which a rule says no, and the way on, by key. */
export const rule: Translated<typeof english> = {
  'refusal.unknown': 'No conozco ningún incidente {id} que usted pueda abrir. Revise el número: es como AZ-0412.',
  'refusal.report': 'Aquí solo reportan las personas mediadoras de la lista. Pida a su coordinación que le agregue.',
  'refusal.read': 'Las listas son para los equipos de respuesta. Sus propios reportes: /mine.',
  'refusal.own': 'Solo quien reportó {id} puede hacer eso. Puede agregar lo que sabe: /update {id}.',
  'refusal.work':
    'Solo el equipo de respuesta de {region} puede hacer eso con {id}. Puede agregar lo que sabe: /update {id}.',
  'refusal.work-any': 'Solo los equipos de respuesta pueden hacer eso. Para reportar algo, escriba /report.',
  'refusal.coordinate':
    'Solo la coordinación de {region} puede hacer eso con {id}. Pídalo, o llame con /escalate {id}.',
  'refusal.coordinate-any': 'Solo la coordinación puede hacer eso. Pregunte en la sala de coordinación.',
  'refusal.lead': 'Esto es para la dirección y la coordinación. Pídaselo a alguien de allí.',
  'rule.text-empty': 'Escriba aquí unas palabras, por favor.',
  'rule.what-empty': 'Díganos qué pasó, por favor. Bastan unas palabras.',
  'rule.where-empty': 'Díganos dónde: un condado, una ciudad, un código postal o un punto conocido.',
  'rule.reason-needed': 'Escriba el motivo, por favor, para que los demás puedan entenderlo después.',
  'rule.text-long': {
    one: 'Sobra {count} carácter. El límite es {limit}. Acorte el texto o envíe el resto aparte.',
    other: 'Sobran {count} caracteres. El límite es {limit}. Acorte el texto o envíe el resto aparte.',
  },
  'rule.person-unknown': 'Una de estas personas no está en la lista. Revise los nombres e inténtelo de nuevo.',
  'rule.over-resolved': '{id} ya está resuelto. Si no ha terminado: /reopen {id}.',
  'rule.over-closed': '{id} está cerrado. Si continúa: /reopen {id}.',
  'rule.over-dismissed': '{id} se apartó porque no era un incidente. Si es un error: /reopen {id}.',
  'rule.over-unfounded': '{id} se cerró como infundado. Si es un error: /reopen {id}.',
  'rule.over-duplicate': '{id} ahora es parte de otro incidente, donde sigue el trabajo. Vea cuál: /incident {id}.',
  'rule.over-withdrawn': 'Quien reportó {id} lo ha retirado. Si usted sabe algo nuevo: /report.',
  'rule.claimed': '{person} tiene {id} hasta las {until}. Para trabajar en conjunto: /join {id}.',
  'rule.unclaimed': 'Nadie tiene {id} ahora. Para tomarlo: /claim {id}.',
  'rule.not-yours':
    '{person} tiene {id} hasta las {until}. Solo esa persona o la coordinación puede hacerlo. Ayudar: /join {id}.',
  'rule.end-claimed':
    '{person} tiene {id} hasta las {until} y dirá cuándo termine. Avísele, o trabajen en conjunto: /join {id}.',
  'rule.yours': 'Usted tiene {id}. Para devolverlo: /release {id}. Para pasarlo a otra persona: /handover {id}.',
  'rule.join-already': 'Usted ya participa en {id}.',
  'rule.leave-absent': 'Usted no participa en {id}; no hay nada que dejar.',
  'rule.handover-self': 'No puede pasarse {id} a usted. Elija a otra persona.',
  'rule.handover-holder': '{person} ya tiene {id}. Elija a otra persona.',
  'rule.handover-unable': '{person} no puede tomar {id}. Elija a alguien del equipo de su región que pueda verlo.',
  'rule.handover-waiting': 'Ya se pidió a {person} que tome {id}; puede responder hasta las {until}.',
  'rule.handover-none': '{id} no está esperando un relevo. Quién lo tiene ahora: /incident {id}.',
  'rule.handover-other': '{id} se ofreció a {person}; solo esa persona puede responder.',
  'rule.severity-already': '{id} ya es {severity}.',
  'rule.lowering-none': 'Nadie pide bajar {id}. Es {severity}.',
  'rule.lowering-changed':
    'Esto ha cambiado: {person} ahora pide bajar {id} a {severity}. Véalo primero: /incident {id}.',
  'rule.lowering-alone':
    'Usted pidió bajar {id} a {severity}, así que otra persona debe estar de acuerdo. Mientras tanto sigue en {now}.',
  'rule.kind-already': '{id} ya tiene el tipo {kind}.',
  'rule.kind-unknown': 'No existe el tipo {kind}. Elija uno de la lista.',
  'rule.verify-already': '{id} ya está en ese paso. No se cambió nada.',
  'rule.verify-own': 'Usted reportó {id}, así que otra persona debe comprobarlo. Agregue lo que sabe: /update {id}.',
  'rule.verify-first': 'Nadie ha comprobado {id} aún. Compruébelo primero; después otra persona puede verificarlo.',
  'rule.verify-alone': 'Fue usted quien comprobó {id}, así que otra persona debe verificarlo.',
  'rule.mark-already': '{id} ya tiene la marca {mark}.',
  'rule.mark-coordinator': 'Solo la coordinación de la región puede bajar la marca de {id}: sigue en {mark}. Pídalo.',
  'rule.restrict-coordinator': 'Solo la coordinación de la región puede cambiar quién ve {id}. Pídalo.',
  'rule.restrict-already': 'Las personas que nombró ya pueden ver {id}.',
  'rule.unrestrict-already': '{id} no está restringido: lo ve el equipo de respuesta de su región.',
  'rule.place-already': '{id} ya está en ese lugar.',
  'rule.undo-none': 'No hay nada que deshacer en {id}.',
  'rule.undo-late': 'Ya pasó el minuto para deshacer. Para abrirlo otra vez: /reopen {id}.',
  'rule.reopen-open': '{id} ya está abierto. Vea cómo está: /incident {id}.',
  'rule.merge-self': '{id} no se puede unir a sí mismo. Indique el otro incidente.',
  'rule.merge-over': '{id} ha terminado; no se le puede unir nada. Primero ábralo otra vez: /reopen {id}.',
  'rule.merge-restricted':
    'Solo uno de {id} y {into} está restringido; no se unen. La coordinación puede restringir ambos.',
  'rule.merge-done': '{id} ya es parte de {into}.',
}
