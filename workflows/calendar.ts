/** The days of the week from Sunday on, each by the names that people type, as `plain` gives them. */
export const weekdays: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'domingo'],
  ['monday', 'mon', 'lunes'],
  ['tuesday', 'tue', 'martes'],
  ['wednesday', 'wed', 'miercoles'],
  ['thursday', 'thu', 'jueves'],
  ['friday', 'fri', 'viernes'],
  ['saturday', 'sat', 'sabado'],
]

const months = [
  ['january', 'enero'],
  ['february', 'febrero'],
  ['march', 'marzo'],
  ['april', 'abril'],
  ['may', 'mayo'],
  ['june', 'junio'],
  ['july', 'julio'],
  ['august', 'agosto'],
  ['september', 'septiembre'],
  ['october', 'octubre'],
  ['november', 'noviembre'],
  ['december', 'diciembre'],
]

/** The month (1 to 12) of that name, or of its first letters, at least three; null if there is none. */
export function monthOf(word: string): number | null {
  const at = months.findIndex(names => names.some(name => word.length >= 3 && name.startsWith(word)))
  return at < 0 ? null : at + 1
}
