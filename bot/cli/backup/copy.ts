import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { wordsOf } from '../../../workflows/network/backup.ts'
import { programEnvironment } from '../../config.ts'

/** How long (ms) a program may take to bring a backup elsewhere. */
export const copyMs = 2 * 60 * 60_000

/**
 * Runs the command of the network file for a file: its first word is the program, the others are its words as they
 * stand, with the path for `{file}` and the name for `{name}`. No shell reads them, and the program sees none of the
 * hub's secrets. Null once it ended well; else what went wrong, with the last of what it said.
 */
export async function runCopy(command: string, file: string, mostMs = copyMs): Promise<string | null> {
  const [program = '', ...words] = (wordsOf(command) ?? []).map(word =>
    word.replaceAll('{file}', file).replaceAll('{name}', basename(file)),
  )
  const child = spawn(program, words, { env: programEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', piece => {
    said = `${said}${piece}`.slice(-mostSaid)
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), mostMs)
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    if (code === 0) return null
    const why = signal
      ? `${program} was stopped (${signal}), perhaps because it took too long`
      : `${program} ended with code ${code}`
    const last = said.trim().split('\n').at(-1) ?? ''
    return last === '' ? why : `${why}: ${last}`
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? `there is no program ${program} here` : `${program} could not be started (${code})`
  } finally {
    clearTimeout(timer)
  }
}

const mostSaid = 2_000
