import type { InLanguages } from './taxonomy.ts'

const spanish: Readonly<Record<string, string>> = { County: 'Condado', Parish: 'Parroquia', Municipio: 'Municipio' }

/** A county of the United States as each language names it: "Maricopa County" is "Condado de Maricopa" in Spanish. */
export function countyName(name: string): InLanguages {
  const [, own = '', type = ''] = /^(.+) (County|Parish|Municipio)$/.exec(name) ?? []
  return { en: name, es: own === '' ? name : `${spanish[type]} de ${own}` }
}
