import type { Language } from '../directory.ts'
import type { PersonId } from '../ids.ts'
import type { Param, Phrase, Text } from '../phrase.ts'
import { formatDate, formatMinutes, formatTime } from '../zone.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Template } from './template.ts'

/** Who reads: their language and zone, the present (epoch ms), how people are named, and the platform's own dates. */
export type Reader = {
  readonly language: Language
  readonly zone: string
  readonly now: number
  /** The call sign of a person, or null for somebody erased. */
  readonly person: (id: PersonId) => string | null
  /** Replaces printed times where the platform shows each reader their own zone. */
  readonly time?: (at: number, withDate: boolean) => string
}

const tables: Record<Language, Readonly<Record<string, Template>>> = { en, es }

/** Turns a text into a sentence in the reader's language; people's words come out exactly as they were typed. */
export function say(text: Text, reader: Reader): string {
  return 'words' in text ? text.words : sayPhrase(text, reader)
}

function sayPhrase({ key, params = {} }: Phrase, reader: Reader): string {
  const template = tables[reader.language][key] ?? tables.en[key]
  if (template === undefined) return key
  return pick(template, params, reader.language).replace(holes, (whole, article: string, name: string) => {
    const param = params[name]
    if (param === undefined) return whole
    const said = sayParam(param, reader)
    return isMoment(param) ? agreed(article, said) + said : article + said
  })
}

const holes = /(\b(?:de |a )?las |)\{(\w+)\}/g

// Spanish says `a las 14:02` and `a la 01:02`, but `el mar 3 nov 14:02`.
function agreed(article: string, moment: string): string {
  if (moment.startsWith('01:')) return article.replace('las', 'la')
  if (article === '' || !/^\p{L}/u.test(moment)) return article
  return article.startsWith('de') ? 'del ' : 'el '
}

function isMoment(param: Param): boolean {
  return typeof param === 'object' && ('time' in param || 'date' in param)
}

function pick(template: Template, params: Readonly<Record<string, Param>>, language: Language): string {
  if (typeof template === 'string') return template
  const count = typeof params.count === 'number' ? params.count : 2
  return new Intl.PluralRules(language).select(count) === 'one' ? template.one : template.other
}

function sayParam(param: Param, reader: Reader): string {
  if (typeof param === 'string') return param
  if (typeof param === 'number') return param.toLocaleString(reader.language, { maximumFractionDigits: 1 })
  if (isList(param)) return param.map(each => sayParam(each, reader)).join(', ')
  if ('key' in param) return sayPhrase(param, reader)
  if ('words' in param) return param.words
  if ('en' in param) return param[reader.language] ?? param.en
  if ('person' in param) return reader.person(param.person) ?? sayPhrase({ key: 'hub.someone' }, reader)
  if ('minutes' in param) return formatMinutes(param.minutes, reader.language)
  if ('date' in param) return reader.time?.(param.date, true) ?? formatDate(param.date, reader)
  return reader.time?.(param.time, false) ?? formatTime(param.time, reader)
}

function isList(param: Param): param is readonly Param[] {
  return Array.isArray(param)
}
