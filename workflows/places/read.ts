import { fold } from '../words.ts'
import { type Named, statesNamed } from './mention.ts'
import { slips } from './near.ts'
import { states } from './states.ts'

/** A word as somebody wrote it: folded, whether it began with a capital, and where it stands. */
export type Token = { readonly text: string; readonly capital: boolean; readonly start: number; readonly end: number }
/** Words with nothing between them but spaces, dots and hyphens; `state` if they stand right before its name. */
export type Run = { readonly words: readonly Token[]; readonly state: string | null }
/** A text taken apart for places: runs of words without ZIPs and names of states, and the states it names. */
export type Reading = {
  readonly tokens: readonly Token[]
  readonly runs: readonly Run[]
  readonly named: readonly Named[]
  readonly states: readonly string[]
}
/** Says if words name a town of a state: what makes `or` a state in "portland or". */
export type IsTown = (words: readonly Token[], state: string) => boolean

const tight = /^(?:[\s.&'’]|(?<=\S)-(?=\S)|^-$)*$/u
const wordsToo = new Set('al as co de hi id in la ma me mi mo ms ne oh ok or pa va'.split(' '))

/** Takes a text apart. */
export function read(text: string, isTown: IsTown): Reading {
  const tokens = tokensOf(text)
  const named = statesNamed(text)
  if (named.length === 0) named.push(...lastWord(tokens, isTown), ...misspelt(tokens, isTown))
  const statesOnce = [...new Set(named.map(one => one.state))]
  return { tokens, runs: runsOf(text, tokens, named), named, states: statesOnce }
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}'’`´]+/gu)].flatMap(({ 0: raw, index: start }) => {
    const folded = fold(raw)
    return folded === '' ? [] : [{ text: folded, capital: /^\P{L}*\p{Lu}/u.test(raw), start, end: start + raw.length }]
  })
}

function runsOf(text: string, tokens: readonly Token[], named: readonly Named[]): Run[] {
  const runs: { words: Token[]; state: string | null }[] = []
  let open: { words: Token[]; state: string | null } | null = null
  let end = 0
  for (const token of tokens) {
    const state = named.find(one => token.start >= one.start && token.end <= one.end)
    if (state) {
      const last = runs.at(-1)
      if (last && token.start === state.start && last.state === null && only(text, last, state))
        last.state = state.state
      open = null
    } else if (/^\d{5}/.test(token.text)) open = null
    else {
      if (open && !tight.test(gapOf(text, end, token.start))) open = null
      if (!open) {
        open = { words: [], state: null }
        runs.push(open)
      }
      open.words.push(token)
    }
    end = token.end
  }
  return runs
}

/** True if nothing but punctuation stands between a run and the state. */
function only(text: string, run: { words: readonly Token[] }, state: Named): boolean {
  return !/[\p{L}\p{N}]/u.test(text.slice(run.words.at(-1)?.end ?? 0, state.start))
}

/** What parts two words; a full stop parts them too, unless it ends a short form. */
function gapOf(text: string, from: number, to: number): string {
  const gap = text.slice(from, to)
  return gap === '-'
    ? ''
    : gap.startsWith('.') && /\p{L}{5}$/u.test(text.slice(Math.max(0, from - 5), from))
      ? ';'
      : gap
}

/** "portland or": a postal code that is a word too, at the end, after a town of that state. */
function lastWord(tokens: readonly Token[], isTown: IsTown): Named[] {
  const words = tokens.filter(token => !/^\d/.test(token.text))
  const last = words.at(-1)
  const state = last?.text.toUpperCase() ?? ''
  if (!last || !wordsToo.has(last.text) || !isTown(words.slice(0, -1), state)) return []
  return [{ state, kind: 'postal', start: last.start, end: last.end }]
}

/** A long name of a state with a slip or two, at the end, after other words. */
function misspelt(tokens: readonly Token[], isTown: IsTown): Named[] {
  const words = tokens.filter(token => !/^\d/.test(token.text))
  for (const many of [2, 1]) {
    const last = words.slice(-many)
    const said = last.map(word => word.text).join('')
    if (words.length < many || said.length < 7) continue
    const most = said.length < 8 ? 1 : 2
    const found = states.filter(({ name }) => slips(said, fold(name).replaceAll(' ', ''), most) <= most)
    const [first, end] = [last[0], last.at(-1)]
    const state = found[0]?.code
    if (found.length !== 1 || !state || !first || !end || states.some(({ code }) => isTown(last, code))) continue
    return [{ state, kind: 'name', start: first.start, end: end.end }]
  }
  return []
}
