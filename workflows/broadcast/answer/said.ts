import type { Answered, AnswerWanted } from '../../broadcast.ts'
import { readSafety } from '../../headcount/words.ts'
import { plain } from '../../spoken.ts'
import { answersTo } from './wanted.ts'

/** What words answer; `sure`: they can hardly mean anything else. `note`: what is said besides a cry for help. */
export type SaidAnswer = { readonly answer: Answered; readonly sure: boolean; readonly note: string }

/**
 * What a line, or a sign such as a raised thumb, answers to a message that wants that, in any language of the hub; null
 * if it is none of its answers. That somebody needs help is an answer to every message; all else must stand alone.
 */
export function readAnswer(line: string, wanted: AnswerWanted): SaidAnswer | null {
  const sign = readSign(line, wanted)
  if (sign) return { answer: sign, sure: false, note: '' }
  const safety = readSafety(line)
  if (wanted.type === 'safety' && safety && safety.verb !== 'back')
    return { answer: safety.verb, sure: safety.sure, note: safety.note }
  if (safety?.verb === 'help' && criesOut(line)) return { answer: 'help', sure: safety.sure, note: safety.note }
  const number = /^\W*(\d)\W*$/.exec(line.normalize('NFKC'))?.[1]
  const byNumber = number && answersTo(wanted)[Number(number) - 1]
  if (byNumber) return { answer: byNumber, sure: false, note: '' }
  const said = plain(line)
  return said === '' ? null : byWords(said, wanted)
}

/** What a sign on a message, or in its place, answers; null if it is none of its answers. */
export function readSign(sign: string, wanted: AnswerWanted): Answered | null {
  const bare = sign.trim().replace(skin, '')
  const all = answersTo(wanted)
  if (bare === '🆘') return 'help'
  const digit = /^([1-9])\u20e3$/.exec(bare)?.[1]
  if (digit) return all[Number(digit) - 1] ?? null
  if (downs.has(bare)) return wanted.type === 'yes-no' ? 'no' : null
  if (!ups.has(bare)) return null
  return wanted.type === 'one-of' || wanted.type === 'none' ? null : (all[0] ?? null)
}

function byWords(said: string, wanted: AnswerWanted): SaidAnswer | null {
  switch (wanted.type) {
    case 'none':
    case 'safety':
      return null
    case 'got-it':
      return gotIt.has(said) || seen.has(said) || yeses.has(said)
        ? { answer: 'got-it', sure: gotIt.has(said), note: '' }
        : null
    case 'yes-no':
      if (yeses.has(said)) return { answer: 'yes', sure: false, note: '' }
      return noes.has(said) ? { answer: 'no', sure: false, note: '' } : null
    case 'one-of': {
      const found = wanted.options.findIndex(option => Object.values(option).some(way => plain(way) === said))
      return found < 0 ? null : { answer: `${found + 1}`, sure: true, note: '' }
    }
  }
}

// "Help" alone asks how the hub is used, where nobody has asked whether they are safe.
function criesOut(line: string): boolean {
  return !/^(?:help|ayuda|no|2)\b/u.test(plain(line))
}

const skin = /[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu
const ups = new Set(['👍', '✅', '✔', '☑', '👌', '🆗', '🙏', '❤', '🫡', '💯'])
const downs = new Set(['👎', '❌', '✖', '🚫'])
const words = (ways: string) => new Set(ways.split(', ').map(plain))
const yeses = words('yes, y, yep, yeah, ok, okay, sure, sí, si, s, claro, de acuerdo, bueno, vale')
const noes = words('no, n, nope, not, nah, negativo')
const gotIt = words(
  'got it, gotit, received, understood, roger, acknowledged, recibido, recibida, entendido, entendida, ' +
    'enterado, enterada',
)
// Said of many other things, too.
const seen = words('read, copy, ack, thanks, thank you, will do, done, leído, gracias, copiado, listo, hecho')
