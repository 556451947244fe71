import type { sight as english } from '../en/sight.ts'
import type { Translated } from '../template.ts'

/** Sobre lo que se puede mostrar y dónde. */
export const sight: Translated<typeof english> = {
  'sight.elsewhere': 'Marcado ROJO: aquí no se muestran los detalles. Ábralo en {tools}.',
  'sight.ask': 'Marcado ROJO: aquí no se muestran los detalles. Pregunte a quien coordina: {people}.',
  'sight.nowhere': 'Marcado ROJO: aquí no se muestran los detalles.',
  'sight.red': 'Marcado ROJO: los detalles están en {tools}. En esta sala no se muestra nada más.',
  'sight.red-more': 'Marcado ROJO: en esta sala no se muestran los detalles. Elija Más para verlo a solas.',
  'sight.red-ask': 'Marcado ROJO: en esta sala no se muestran los detalles. Pregunte a quien coordina.',
  'sight.list-line': '{title} · {place} · ROJO',
  'sight.unchecked': 'Primero se está revisando este reporte.',
  'sight.own': 'Estas son sus propias palabras. Aquí nadie más las ve.',
  'sight.tool-slack': 'Slack',
  'sight.tool-discord': 'Discord',
  'sight.tool-signal': 'Signal',
  'sight.tool-workspace': 'el espacio de práctica',
}
