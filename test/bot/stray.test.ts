import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { isStray } from '../../bot/stray.ts'

/** A program that lets go of a socket that still connects, as discord.js does, before the other end hangs up. */
const program = (port: number, guarded: boolean, then: string) => `
  import { outliveStrays } from './bot/stray.ts'
  import { WebSocket } from 'ws'
  ${guarded ? 'outliveStrays(error => console.log("told:", error.code))' : ''}
  const line = new WebSocket('ws://127.0.0.1:${port}')
  line.onerror = () => {}
  line.onerror = null
  setTimeout(() => { ${then} }, 500)
`

async function run(guarded: boolean, then = 'console.log("alive")') {
  const server = createServer(line => void setTimeout(() => line.destroy(), 100))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const words = ['--input-type=module', '-e', program(port, guarded, then)]
  const ended = await new Promise<{ code: number; out: string }>(resolve =>
    execFile(process.execPath, words, (error, out) => resolve({ code: error ? Number(error.code) : 0, out })),
  )
  server.close()
  return ended
}

describe('a line that fails when nobody listens to it any more', () => {
  test('would end the process', async () => {
    expect((await run(false)).code).not.toBe(0)
  })

  test('is told of, and ends nothing', async () => {
    const { code, out } = await run(true)
    expect(out).toBe('told: ECONNRESET\nalive\n')
    expect(code).toBe(0)
  })

  test('is no excuse for a mistake of the program', async () => {
    expect((await run(true, 'null.length')).code).toBe(1)
    expect(isStray(new TypeError('fetch failed'))).toBe(false)
    expect(isStray(Object.assign(new Error('none'), { code: 'ENOSPC' }))).toBe(false)
    expect(isStray(new Error('Unexpected server response: 503'))).toBe(true)
  })
})
