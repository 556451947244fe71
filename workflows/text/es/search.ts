import type { search as english } from '../en/search.ts'
import type { Translated } from '../template.ts'

/** Sobre las búsquedas. */
export const search: Translated<typeof english> = {
  'search.read': 'Se muestra: {parts}.',
  'search.name': '{name}',
  'search.open': 'abiertos',
  'search.all': 'abiertos y terminados',
  'search.states': '{states}',
  'search.state-reported': 'sin tomar',
  'search.state-claimed': 'tomados',
  'search.state-resolved': 'resueltos',
  'search.state-closed': 'cerrados',
  'search.state-duplicate': 'iguales a otro',
  'search.state-unfounded': 'infundados',
  'search.state-withdrawn': 'retirados',
  'search.state-dismissed': 'no son incidentes',
  'search.with': 'con {person}',
  'search.since': 'desde {from}',
  'search.until': 'antes de {to}',
  'search.words': 'palabras: {words}',
  'search.common': 'Demasiado comunes para buscarlas: {words}.',
  'search.try-quotes': 'Para buscar la palabra, escríbala entre comillas: “{word}”.',
  'search.none': 'Nada coincide',
  'search.looked': 'Se buscó: {parts}.',
  'search.try-ended': 'Para incluir los terminados, agregue “todos”.',
  'search.try-words': 'Deben coincidir todas las palabras: pruebe con menos, o con otras.',
  'search.try-wider': 'O quite la gravedad, el tipo, la persona o el tiempo.',
  'search.concealed':
    'Lo marcado ROJO, restringido o aún sin revisar no se encuentra por palabras: pruebe con su condado o tipo.',
  'search.many': '1,000 incidentes o más. Para ver anteriores, agregue un tiempo, como “desde 3 nov”.',
  'search.more-typed': 'Para ver más, escríbalo otra vez y agregue: página {page}',
  'search.button-ended': 'También terminados',
  'search.button-words': 'Sin las palabras',
  'search.button-wider': 'Solo las palabras',
}
