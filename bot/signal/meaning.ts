import type { Command } from '../../commands/command.ts'
import { readTypedRun } from '../../workflows/run/typed.ts'
import { cardCommand } from './actions.ts'

/** What a line is before anything is looked up: something asked for, a bare number, or words. */
export type Meaning =
  | { readonly type: 'command'; readonly name: string; readonly words: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'words' }

/**
 * Where a line was written: `alone` with the hub, where a command needs no slash; `forming`: a question waits, so only
 * what can be nothing else is a command; `called`: the hub was named.
 */
export type Place = { readonly alone: boolean; readonly forming: boolean; readonly called: boolean }

const dashed = /#?[a-z]{2,5}-\d{1,9}(?![\p{L}\p{N}])/iu
const dashedFirst = new RegExp(`^${dashed.source}`, 'iu')
const wholeId = /^#?[a-z]{2,5}-\d{1,9}$/iu
const rumourId = /^r-?\d/iu
const castId = /^#?b-\d{1,9}$/iu
const words: Meaning = { type: 'words' }
// More words than that behind a command's name are rather a sentence that happens to begin so.
const mostWords = 4

/** Reads a line. Nothing that could be an answer or talk is taken for a command. */
export function readLine(line: string, commands: readonly Command[], { alone, forming, called }: Place): Meaning {
  const text = line.trim()
  const known = (name: string) => commands.find(one => one.name === name && one.usage !== undefined)
  const [, slashed, behind = ''] = /^\/([\p{L}][\p{L}\p{N}_-]*)(?=\s|$)\s*([\s\S]*)$/u.exec(text) ?? []
  if (slashed !== undefined) {
    const name = aliases[slashed.toLowerCase()] ?? slashed.toLowerCase()
    return alone || called || known(name) ? { type: 'command', name, words: behind } : words
  }
  const typed = onRun(text, forming)
  if (typed) return typed
  const [, digit, rest = ''] = /^(\d)\s+([\s\S]+)$/u.exec(text) ?? []
  const pressed = digit === undefined || !dashedFirst.test(rest) ? null : cardCommand(Number(digit))
  if (pressed) return { type: 'command', name: pressed, words: rest }
  const [, bare] = /^(\d{1,2})\s*[.)]?$/u.exec(text.normalize('NFKC')) ?? []
  if (bare !== undefined) return { type: 'number', number: Number(bare) }
  if (!alone && !called) return words
  if (!forming && wholeId.test(text)) return { type: 'command', name: 'incident', words: text }
  if (!forming && castId.test(text)) return { type: 'command', name: 'broadcast', words: text }
  return unslashed(text, known, forming)
}

// The incident may stand before the step, or right behind it.
const onIncident = new RegExp(`^(\\S+\\s+)??(${dashed.source})\\s*`, 'iu')

/** `P1.4 done` can be nothing else wherever it is written; a step or a protocol alone may answer a question. */
function onRun(text: string, forming: boolean): Meaning | null {
  const plain = readTypedRun(text)
  const [, before = '', id = ''] = (plain ? null : onIncident.exec(text)) ?? []
  const typed = plain ?? (id === '' ? null : readTypedRun(text.replace(onIncident, before)))
  if (!typed || (forming && (typed.type === 'run' || (typed.type === 'step' && typed.verb === 'open')))) return null
  if (typed.type === 'run') return { type: 'command', name: 'run', words: `show ${typed.run} ${id}`.trim() }
  return { type: 'command', name: typed.type, words: text }
}

// People ask for help in their own words.
const aliases: Readonly<Record<string, string>> = { help: 'hub', ayuda: 'hub', reportar: 'report', rumor: 'rumour' }

function unslashed(text: string, known: (name: string) => Command | undefined, forming: boolean): Meaning {
  const [, first = '', rest = ''] = /^(\p{L}+)\s*([\s\S]*)$/u.exec(text) ?? []
  const said = first.toLowerCase()
  const command = known(aliases[said] ?? said)
  if (!command) return words
  const asked: Meaning = { type: 'command', name: command.name, words: rest }
  if (dashedFirst.test(rest)) return asked
  if (forming) return words
  if (rest === '' || (command.about !== 'nothing' && /^#?[a-z]{2,5}\s?\d{1,9}$/iu.test(rest))) return asked
  // "Rumor that they closed" is something heard, and no question about one.
  if (aliases[said] !== undefined && command.name !== 'report' && !rumourId.test(rest)) return words
  if (command.name === 'report') return asked
  const short = rest.split(/\s+/).length <= mostWords
  return short && (command.about === 'nothing' || (command.verb && dashed.test(rest))) ? asked : words
}

const skin = /[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu

/** What a reaction asks for: a raised hand claims, of whatever skin; two others are asked back; all else is nothing. */
export function readReaction(emoji: string): 'claim' | 'resolve' | 'escalate' | null {
  switch (emoji.replace(skin, '')) {
    case '✋':
    case '🤚':
    case '🖐':
      return 'claim'
    case '✅':
      return 'resolve'
    case '⬆':
      return 'escalate'
    default:
      return null
  }
}
