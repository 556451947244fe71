import type { hub as english } from '../en/hub.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of the hub area, by key. */
export const hub: Translated<typeof english> = {
  'hub.the-hub': 'el hub',
  'hub.someone': 'alguien',
  'hub.stranger':
    'Usted no está en la lista de esta red, así que no puedo recibir esto. Si hay peligro: llame al 911. ' +
    'Para entrar, pida a su coordinación un código de invitación y escríbamelo en un mensaje directo.',
  'hub.no-command': 'No existe el comando /{name}. Escriba /hub help para ver lo que puede hacer.',
  'hub.which-incident':
    '¿Qué incidente? Escriba /{command} y su número, como /{command} AZ-0412, o escríbalo en el hilo del incidente.',
  'hub.added': 'Agregado a {id}. El equipo puede leerlo.',
  'hub.added-ended': 'Agregado a {id}, que ya terminó: ahora nadie lo tiene. ¿Continúa? Repórtelo otra vez.',
  'hub.hello':
    'Para reportar algo, elija Reportar o escriba /report. Para ver lo que puede hacer, escriba /hub ' +
    'help. Si hay peligro: llame al 911.',
  'hub.not-received':
    'NO recibido: el hub no puede guardar ahora ({time}). Sus palabras están abajo; envíelas otra ' +
    'vez en un minuto, o llame a su coordinación. Referencia {reference}.',
  'hub.gave-up': 'No pude entregar un mensaje a {where}: {reason}. Por favor avíseles por otro medio.',
  'hub.stands':
    '{where}: allí siguen palabras de {id} que ya no deben estar ({reason}). Por favor, pida que borren ese mensaje.',
  'hub.stands-some':
    '{where}: allí siguen palabras que ya no deben estar ({reason}). Por favor, pida que borren ese mensaje.',
  'hub.role-in': '{role} · {where}',
  'hub.role-mediator': 'Mediación',
  'hub.role-responder': 'Respuesta',
  'hub.role-coordinator': 'Coordinación',
  'hub.role-leader': 'Dirección',
  'hub.role-admin': 'Administración',
  'hub.kept':
    'Lo que escribió está guardado, pero aún no se pudo agregar ({time}). Sigo intentando; no hace falta ' +
    'enviarlo otra vez.',
  'hub.not-added': 'NO se agregó lo que escribió a las {time}. Envíelo otra vez o llame a su coordinación.',
  'hub.shortened': 'Los textos largos se muestran abreviados.',
}
