import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isDead, nameHolder } from '../../bot/holder.ts'

test('a holder that lives is not taken for dead, nor one of another machine, nor one of another kind', () => {
  const own = nameHolder()
  expect(own).not.toBe(nameHolder())
  expect(isDead(own)).toBe(false)
  expect(isDead(own.replace(/^[^:]*/, '0123456789abcdef'))).toBe(false)
  for (const other of ['', 'bench', 'demo:7', `${own.split(':')[0]}:none:x`]) expect(isDead(other)).toBe(false)
})

test('one that was killed here is known to be gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const holder = nameHolder().replace(`:${process.pid}:`, `:${child.pid}:`)
  expect(isDead(holder)).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isDead(holder)).toBe(true)
})
