import type { look as english } from '../en/look.ts'
import type { Translated } from '../template.ts'

/** The Spanish sentences of evidence as people see it: lists, pages, and who may open it, by key. */
export const look: Translated<typeof english> = {
  'look.team-only':
    'La evidencia de {id} la abre el equipo de respuesta de {region}, y quien la envió. ¿Necesita saber qué ' +
    'muestra? Pregunte al equipo en el hilo.',
  'look.coordinator-only':
    'Solo la coordinación de {region} puede sacar originales de {id} del hub. Pídalo allí, y diga para qué es.',
  'look.a-photo': 'una foto',
  'look.a-video': 'un video',
  'look.a-voice': 'una nota de voz',
  'look.a-document': 'un documento',
  'look.a-link': 'un enlace',
  'look.entry-blurred': '{person} miró {what}, sin nitidez.',
  'look.entry-opened': '{person} abrió {what}.',
  'look.entry-saved': '{person} guardó el original de {what}.',
  'look.entry-record': '{person} guardó el registro de la evidencia.',
}
