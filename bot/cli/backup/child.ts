import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs `hub backup` with these words in a process of its own, so that copying and encrypting hold up nobody and take no
 * memory of the hub's; gives the last that it said if it failed, else null.
 */
export function backupApart(words: readonly string[]): Promise<string | null> {
  const program = fileURLToPath(new URL('door.ts', import.meta.url))
  const child = spawn(process.execPath, [program, 'backup', ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', piece => {
    said = `${said}${piece}`.slice(-mostSaid)
  })
  return new Promise(done => {
    child.once('error', error => done(error.message))
    child.once('close', code => done(code === 0 ? null : said.trim() || `it ended with ${code}`))
  })
}

const mostSaid = 2_000
