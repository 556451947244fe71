import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const program = fileURLToPath(new URL('../../../bot/cli.ts', import.meta.url))

/** A terminal command in a folder of its own, as somebody sits before it: what it asks, and what they type. */
export function converse(words: readonly string[], folder: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: 'pipe',
  })
  let shown = ''
  let seen = 0
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (shown += chunk))
  const ended = once(child, 'close').then(([code]) => code as number | null)

  /** Waits until it asks that, and gives everything that was said since the last answer. */
  async function asked(question: string | RegExp): Promise<string> {
    const found = () => {
      const rest = shown.slice(seen)
      return typeof question === 'string' ? rest.includes(question) : question.test(rest)
    }
    await expect
      .poll(found, { timeout: 15_000, message: `it asks ${question}; it said: ${shown.slice(-800)}` })
      .toBe(true)
    return shown.slice(seen)
  }

  return {
    asked,
    /** Waits for the question, then types the answer. */
    async answer(question: string | RegExp, words: string): Promise<string> {
      const said = await asked(question)
      seen = shown.length
      child.stdin.write(`${words}\n`)
      return said
    },
    /** Goes away in the middle, as with Ctrl+D. */
    leave: () => child.stdin.end(),
    /** Everything that stood on the screen, once it has ended, and the code it ended with. */
    end: async () => ({ code: await ended, shown }),
  }
}
