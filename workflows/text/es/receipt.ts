import type { receipt as english } from '../en/receipt.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of what a reporter is told, by key. */
export const receipt: Translated<typeof english> = {
  'receipt.received': 'Recibido como {id}, {place}. Lo tiene el equipo de respuesta de {region}.',
  'receipt.received-asked':
    'Recibido como {id}. Hasta que se sepa el lugar, lo tiene el equipo de respuesta de {region}.',
  'receipt.received-restricted': 'Recibido como {id}, {place}. Solo la coordinación de {region} puede verlo.',
  'receipt.elsewhere': 'Su comprobante está en sus mensajes conmigo. Allí puede agregar más.',
  'receipt.taken-back':
    'Usted retiró {id}. Si algo vuelve a pasar, repórtelo de nuevo. En peligro: aléjese y llame al 911.',
  'receipt.danger': 'No enviamos policía ni médicos. Si hay peligro: aléjese, llame al 911. No filme ni se acerque.',
  'receipt.aim': 'El equipo busca responder antes de las {time}; si nadie lo hace, se lo diré.',
  'receipt.aim-silent': 'El equipo busca responder antes de las {time}.',
  'receipt.add': 'Para agregar algo: escriba aquí. ¿Lugar equivocado o quiere retirarlo? Elija abajo.',
  'receipt.add-there':
    'Para agregar algo: escríbame en privado, o /update {id}. ¿Lugar equivocado o quiere retirarlo? Elija abajo.',
  'receipt.place-asked': '¿Dónde es? No lo pude saber por sus palabras. Elija abajo, o escríbalo.',
  'receipt.sealed': 'Su nombre está sellado: el equipo le conoce como {person}.',
  'receipt.nobody-yet': 'Nadie ha tomado {id} todavía. Avisé a la coordinación. No nos espere.',
  'receipt.taken': '{person}, del equipo de {region}, está con {id}.',
  'receipt.closed': '{id} está cerrado. {outcome}. Gracias.',
  'receipt.not-an-incident': 'El equipo vio que no hace falta actuar',
  'receipt.still-wrong': '¿Algo sigue mal? Escriba aquí.',
}
