import type { LocalText, Plan } from '../../broadcast.ts'
import type { Language } from '../../directory.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import { defaultProblem, variableOf } from '../message/variables.ts'

/** The answers that people choose from, as they were written: one a line, in the same order in each language. */
export function optionsOf(
  written: Readonly<Partial<Record<Language, string>>>,
): { readonly options: readonly LocalText[] } | { readonly field: Language; readonly problem: Phrase } {
  const lists = (Object.entries(written) as [Language, string][]).flatMap(([language, text]) => {
    const lines = linesOf(text)
    return lines.length === 0 ? [] : [{ language, lines }]
  })
  const [first, ...others] = lists
  if (!first) return { options: [] }
  for (const { language, lines } of lists) {
    if (lines.length < 2 || lines.length > mostOptions || new Set(lines).size < lines.length) {
      return { field: language, problem: phrase('broadcast.options-count') }
    }
    if (lines.some(line => line.length > longestOption)) {
      return { field: language, problem: phrase('broadcast.options-long', { most: longestOption }) }
    }
  }
  const uneven = others.find(({ lines }) => lines.length !== first.lines.length)
  if (uneven) {
    const params = { one: first.lines.length, other: uneven.lines.length }
    return { field: uneven.language, problem: phrase('broadcast.options-uneven', params) }
  }
  return {
    options: first.lines.map((_, at) =>
      Object.fromEntries(lists.flatMap(({ language, lines }) => [[language, lines[at] ?? '']])),
    ),
  }
}

/** The same as it stands in the field for that language. */
export function optionsWritten(options: readonly LocalText[], language: Language): string {
  return options.flatMap(option => option[language] ?? []).join('\n')
}

/** What stands for variables, one a line: `hotline = 602-555-0134`. */
export function valuesOf(text: string): { readonly values: Plan['defaults'] } | { readonly problem: Phrase } {
  const values: Record<string, string> = {}
  for (const line of linesOf(text)) {
    const [, name = '', value = ''] = /^\{?([^={}:]{1,40})\}?\s*[=:]\s*(.*)$/u.exec(line) ?? []
    if (name === '') return { problem: phrase('broadcast.values-bad', { words: { words: line } }) }
    const problem = defaultProblem(name.trim(), value.trim())
    if (problem) return { problem }
    values[variableOf(name.trim()) ?? name.trim()] = value.trim()
  }
  return { values }
}

/** The same as it stands in the field. */
export function valuesWritten(defaults: Plan['defaults']): string {
  return Object.entries(defaults)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')
}

const mostOptions = 5
// What every tool shows whole on a button.
const longestOption = 40

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.replace(/^\s*(?:\d[.)]|[-•*])\s+/, '').trim())
    .filter(line => line !== '')
}
