import { Command, CommanderError } from 'commander'
import { vi } from 'vitest'
import { commandLine } from '../../../bot/cli.ts'

/** What a terminal command printed, and the code it ended with. */
export type Said = { readonly code: number; readonly out: string; readonly err: string }

/** Runs a terminal command within this process, as if nothing else were set in its environment. */
export async function sit(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Said> {
  const said = { out: '', err: '' }
  const into = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    said[stream] += text
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ]
  const before = process.env
  process.env = { PATH: before.PATH, ...env }
  process.exitCode = undefined
  try {
    const program = commandLine(new Command('hub').exitOverride())
    await program.parseAsync([...words], { from: 'user' })
    return { code: Number(process.exitCode ?? 0), ...said }
  } catch (error) {
    // What commander itself refuses would end the process.
    if (!(error instanceof CommanderError)) throw error
    return { code: error.exitCode, ...said }
  } finally {
    process.exitCode = undefined
    process.env = before
    for (const spy of spies) spy.mockRestore()
  }
}
