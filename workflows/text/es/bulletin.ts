import type { bulletin as english } from '../en/bulletin.ts'
import type { Translated } from '../template.ts'

/** What stands about the summaries that are posted, asked for, and handed on. */
export const bulletin: Translated<typeof english> = {
  'bulletin.open': 'Abrir {id}',
  'bulletin.words': '{words}',
  'bulletin.for-partner': 'Resumen para socios: {names}, de {from} a {to}',
  'bulletin.for-public': 'Resumen para el público: {names}, de {from} a {to}',
  'bulletin.only': '{what}; solo {codes}',
  'bulletin.preview': 'Vista previa: todavía no ha salido nada. {what}',
  'bulletin.withheld': 'Lo que se retiene',
  'bulletin.withheld-people': 'Nombres y alias, y todas las palabras de quienes reportan.',
  'bulletin.withheld-places':
    'Lugares más precisos que el condado; si es odio o amenazas, más precisos que la región. Días, no horas.',
  'bulletin.withheld-red': 'Reportes marcados RED, que no están en ninguna cifra: {count}.',
  'bulletin.withheld-few': 'Condados con uno o dos reportes, que dicen "<3": {count}.',
  'bulletin.withheld-consent': 'Cada reporte cuyo autor no aceptó que fuera público.',
  'bulletin.withheld-parts': 'Partes enteras: {parts}.',
  'bulletin.part-decisions': 'decisiones',
  'bulletin.part-urgent': 'S4 y S5 abiertos',
  'bulletin.part-alarms': 'alerta temprana',
  'bulletin.part-protection': 'seguridad de nuestra gente',
  'bulletin.part-coverage': 'vacíos de cobertura',
  'bulletin.button-ask': 'Pedir aprobación',
  'bulletin.button-look': 'Verlo',
  'bulletin.button-approve': 'Aprobar',
  'bulletin.button-refuse': 'Rechazar',
  'bulletin.asked': '{person} pide que {id} pueda salir. {what}. Una segunda persona debe verlo y aprobarlo.',
  'bulletin.waits':
    '{id} espera a que una segunda persona lo apruebe. Entonces se lo enviaré a usted, listo para compartir.',
  'bulletin.approved': '{person} aprobó {id}. Lo que sigue se puede compartir tal como está, con su imagen.',
  'bulletin.refused': '{person} no aprobó {id}. No ha salido nada. Pregúntele qué conviene cambiar.',
  'bulletin.did-approve': '{id} está aprobado. Quien lo pidió lo recibe ahora, para compartirlo.',
  'bulletin.did-refuse': '{id} se queda aquí. Se le avisa a quien lo pidió.',
  'bulletin.stands-asked': '{id}, que pidió {person}, espera a una segunda persona. No ha salido nada.',
  'bulletin.stands-approved': '{person} aprobó {id}.',
  'bulletin.stands-refused': '{person} rechazó {id}. No ha salido nada.',
  'bulletin.is-approved': '{person} ya aprobó {id}.',
  'bulletin.is-refused': '{person} ya rechazó {id}. Pida uno nuevo con /sitrep.',
  'bulletin.is-asked': '{id} espera a una segunda persona.',
  'bulletin.alone': 'Usted mismo pidió {id}. Debe aprobarlo otra persona que dirija estas regiones.',
  'bulletin.over': '{id} ya es demasiado antiguo. Pida uno nuevo con /sitrep.',
  'bulletin.unknown': 'No hay un resumen así para usted. Pida uno con /sitrep, por ejemplo /sitrep AZ 72h socios.',
  'bulletin.not-yours':
    'Solo puede pedirlo quien dirige todas estas regiones. Diga las suyas, por ejemplo /sitrep AZ 72h socios.',
  'bulletin.not-response':
    'La versión para equipos de respuesta es para la coordinación. Quite esa palabra para ver la de dirección.',
}
