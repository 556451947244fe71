import { fold } from '../words.ts'
import { states } from './states.ts'

/** A state that a text names: how, and from where to where (UTF-16 offsets). */
export type Named = {
  readonly state: string
  readonly kind: 'name' | 'short' | 'postal'
  readonly start: number
  readonly end: number
}

type Token = {
  readonly raw: string
  readonly text: string
  readonly comma: boolean
  readonly start: number
  readonly end: number
  dot: boolean
}
type Spelling = {
  readonly words: readonly string[]
  readonly state: string
  readonly kind: Named['kind']
}
type Mention = { readonly state: string; readonly kind: Spelling['kind']; readonly from: number; readonly to: number }

const spellings = index()

const notAState = set(`
  st street ave avenue av blvd boulevard rd road dr drive ln lane way ct court pl place plaza park pkwy parkway
  hwy highway cir circle county counties parish city township twp village borough beach heights falls springs
  square station elementary middle high school college hall hotel library building bridge terrace trail
`)
const notAStateAfter = set('port fort ft mount mt lake lago calle avenida george booker carver rio river')
const notAStateAfterOf = set('condado ciudad parque escuela universidad biblioteca calle avenida')
/** Town names too: before another state's name they mean the town, as in Washington, Pennsylvania. */
const towns = set('WA OR WY IN CA DE NV LA')
/** Postal codes and short forms that are words, too: they count only where a state is expected. */
const risky = set(`
  al as co de hi id in la ma me mi mo ms ne no oh ok or pa pr va vi del mass miss ill wash ore ind mont ark cal
  ala neb tex
`)

/** The states a text names, in order, once each: by English or Spanish name, short form or postal code. */
export function statesIn(text: string): string[] {
  return [...new Set(statesNamed(text).map(one => one.state))]
}

/** Every place where a text names a state, in order. */
export function statesNamed(text: string): Named[] {
  const tokens = tokensOf(text)
  const shouting = !/\p{Ll}/u.test(text)
  const mentions: Mention[] = []
  for (let at = 0; at < tokens.length; at++) {
    const spelling = spellings
      .get(tokens[at]?.text ?? '')
      ?.find(one => one.words.every((word, step) => tokens[at + step]?.text === word))
    if (!spelling) continue
    const mention = { state: spelling.state, kind: spelling.kind, from: at, to: at + spelling.words.length }
    if (means(mention, tokens, shouting)) {
      mentions.push(mention)
      at = mention.to - 1
    }
  }
  return mentions
    .filter((one, place) => !isTown(one, mentions[place + 1]))
    .map(({ state, kind, from, to }) => {
      return { state, kind, start: (tokens[from] as Token).start, end: (tokens[to - 1] as Token).end }
    })
}

function means(mention: Mention, tokens: readonly Token[], shouting: boolean): boolean {
  const first = tokens[mention.from] as Token
  const last = tokens[mention.to - 1] as Token
  const next = tokens[mention.to]
  const before = tokens[mention.from - 1]?.text ?? ''
  const ends = next === undefined || /^\d{5}/.test(next.text)
  if (mention.kind === 'name') {
    if (notAState.has(next?.text ?? '') && !next?.comma) return false
    if (before === 'de' && notAStateAfterOf.has(tokens[mention.from - 2]?.text ?? '')) return false
    return !notAStateAfter.has(before) || first.comma
  }
  if (mention.kind === 'short') {
    const capital = /^\p{Lu}/u.test(first.raw)
    return (capital && (last.dot || first.comma)) || (ends && before !== '' && !risky.has(first.text))
  }
  const expected = first.comma || ((ends || next?.comma === true) && (before !== '' || next === undefined))
  const capitals = first.raw === first.raw.toUpperCase() && !shouting
  if (capitals) return expected || !risky.has(first.text)
  return first.comma
    ? ends || next?.comma === true
    : ends && (!risky.has(first.text) || first.text === 'mi' || first.text === 'pa')
}

function isTown(one: Mention, next: Mention | undefined): boolean {
  if (!next || next.from !== one.to || next.state === one.state) return false
  return next.kind !== 'name' ? one.kind !== 'postal' : towns.has(one.state.toLowerCase())
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}'’]+/gu)) {
    const gap = text.slice(end, match.index)
    end = match.index + match[0].length
    const word = fold(match[0])
    if (word === '') continue
    const previous = tokens.at(-1)
    if (previous) previous.dot = gap.startsWith('.')
    if (previous && gap === '.' && word.length === 1 && /^\p{L}{1,2}$/u.test(previous.text)) {
      const joined = { raw: previous.raw + match[0], text: previous.text + word, end, dot: false }
      tokens.splice(-1, 1, { ...previous, ...joined })
    } else tokens.push({ raw: match[0], text: word, comma: gap.includes(','), start: match.index, end, dot: false })
  }
  const last = tokens.at(-1)
  if (last) last.dot = text.slice(end).startsWith('.')
  return tokens
}

function index(): ReadonlyMap<string, readonly Spelling[]> {
  const all = states.flatMap(state => [
    ...[state.name, ...state.also].map(name => spell(name, state.code, 'name')),
    ...state.short.map(name => spell(name, state.code, 'short')),
    spell(state.code, state.code, 'postal'),
  ])
  all.sort((one, other) => other.words.length - one.words.length)
  return Map.groupBy(all, one => one.words[0] as string)
}

function spell(name: string, state: string, kind: Spelling['kind']): Spelling {
  return { words: fold(name).split(' '), state, kind }
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.toLowerCase().trim().split(/\s+/))
}
