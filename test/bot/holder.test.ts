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

test('one whose end nobody has asked for is gone all the same', async context => {
  if (process.platform !== 'linux') return context.skip('needs /proc: the states of processes are read there')
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(parent.stdout, 'data')
  const holder = nameHolder().replace(`:${process.pid}:`, `:${Number(said)}:`)
  expect(isDead(holder)).toBe(false)
  process.kill(Number(said), 'SIGKILL')
  await expect.poll(() => isDead(holder)).toBe(true)
  parent.kill('SIGKILL')
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
