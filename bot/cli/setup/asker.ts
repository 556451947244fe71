import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { ConfigError, HubError, reasonOf } from '../../../workflows/errors.ts'

/** One question: what stands in for an empty answer, and what makes an answer good; it may answer with a better one. */
export type Question<T> = {
  readonly fallback?: string
  /** The answer does not stand on the screen, nor in the terminal's history. */
  readonly secret?: true
  /** Gives what was meant. @throws HubError that says what to type instead */
  readonly read: (answer: string) => T | Promise<T>
}

/** Somebody at a terminal who is asked one thing at a time. */
export type Asker = {
  readonly say: (...lines: readonly string[]) => void
  /** Asks until the answer is good. @throws LeftError when they leave */
  readonly ask: <T>(words: string, question: Question<T>) => Promise<T>
  readonly close: () => void
}

/** They went away; what they had answered is kept. */
export class LeftError extends HubError {
  override name = 'LeftError'
}

/** Asks on these streams, one line an answer. */
export function createAsker(input: Readable, output: Writable): Asker {
  const terminal = 'isTTY' in input && input.isTTY === true
  let hidden = false
  const screen = (text: string) => void output.write(text)
  // What a terminal would show of a secret while it is typed is held back here.
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk)
      done()
    },
  })
  // Without the width, what goes on in the next line is drawn anew in the wrong place.
  if (terminal) Object.defineProperty(echo, 'columns', { get: () => (output as { columns?: number }).columns })
  const lines = createInterface({ input, output: echo, terminal })
  const waiting: string[] = []
  let taker: ((line: string | null) => void) | null = null
  let over = false
  lines.on('line', line => {
    if (taker) taker(line)
    else waiting.push(line)
  })
  lines.on('close', () => {
    over = true
    taker?.(null)
  })

  function next(): Promise<string | null> {
    const line = waiting.shift()
    if (line !== undefined) return Promise.resolve(line)
    if (over) return Promise.resolve(null)
    return new Promise(resolve => {
      taker = given => {
        taker = null
        resolve(given)
      }
    })
  }

  const say = (...said: readonly string[]) => screen(`${said.join('\n')}\n`)

  async function ask<T>(words: string, { fallback, secret, read }: Question<T>): Promise<T> {
    for (;;) {
      const prompt = fallback === undefined ? `${words} ` : `${words} [${fallback}] `
      // What a terminal draws anew when somebody takes back a letter begins with it.
      lines.setPrompt(prompt)
      if (terminal && !over) lines.prompt()
      else screen(prompt)
      hidden = secret === true
      const line = await next()
      hidden = false
      if (secret && terminal) screen('\n')
      if (line === null) throw new LeftError('Left here; your answers are kept.')
      try {
        const answer = line.trim() || (fallback ?? '')
        if (answer === '') throw new ConfigError('An answer is needed here.')
        return await read(answer)
      } catch (error) {
        if (!(error instanceof HubError)) throw error
        say(
          ...reasonOf(error)
            .split('\n')
            .map(reason => `  ${reason}`),
        )
      }
    }
  }

  return {
    say,
    ask,
    close: () => lines.close(),
  }
}

/** A question that is answered with yes or no. */
export function yesOrNo(fallback: 'yes' | 'no'): Question<boolean> {
  return {
    fallback,
    read(answer) {
      if (/^(y|yes|s|sí|si)$/i.test(answer)) return true
      if (/^(n|no)$/i.test(answer)) return false
      throw new ConfigError('Type yes or no.')
    },
  }
}

/** A question whose answer is one of the numbered things that were listed. */
export function oneOf<T>(things: readonly T[]): Question<T> {
  return {
    ...(things.length === 1 ? { fallback: '1' } : {}),
    read(answer) {
      const thing = /^\d{1,4}$/.test(answer) ? things[Number(answer) - 1] : undefined
      if (thing === undefined) throw new ConfigError(`Type a number from 1 to ${things.length}.`)
      return thing
    },
  }
}

/** A question whose answer is some of the numbered things, as in "1, 3"; "none" is none of them. */
export function someOf<T>(things: readonly T[]): Question<readonly T[]> {
  return {
    fallback: 'none',
    read(answer) {
      if (answer === 'none') return []
      const picked = answer.split(/[\s,]+/).map(part => (/^\d{1,4}$/.test(part) ? things[Number(part) - 1] : undefined))
      if (picked.some(thing => thing === undefined)) {
        const numbers = things.length > 0 ? `numbers from 1 to ${things.length}, with commas between, or ` : ''
        throw new ConfigError(`Type ${numbers}none.`)
      }
      return [...new Set(picked as T[])]
    },
  }
}

/** Words of at most 80 characters, as names are. */
export function words(fallback?: string): Question<string> {
  return {
    ...(fallback === undefined ? {} : { fallback }),
    read(answer) {
      if (answer.length > 80) throw new ConfigError('That is too long: use at most 80 characters.')
      return answer
    },
  }
}
