import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { durable } from '../../db/durable.ts'

const folder = mkdtempSync(join(tmpdir(), 'trust-hub-durable-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function logOf(name: string) {
  const path = join(folder, name)
  writeFileSync(path, '')
  return durable(path)
}

test('whoever wrote nothing, and follows nobody who did, waits for no disk', async () => {
  const log = durable(join(folder, 'missing'))
  await log.reached()
  log.require()
})

test('everybody who committed is told once the disk has it', async () => {
  const log = logOf('log')
  const told: number[] = []
  const all = [1, 2, 3].map(mark => {
    log.commit(
      () => {},
      () => mark,
    )
    return log.reached().then(() => told.push(mark))
  })
  await Promise.all(all)
  expect(told).toEqual([1, 2, 3])
  log.close()
})

test('a COMMIT that fails is not waited for', async () => {
  const log = durable(join(folder, 'missing'))
  const fail = () => {
    throw new Error('no')
  }
  expect(() => log.commit(fail, () => 1)).toThrow('no')
  await log.reached()
})

test('a disk that refuses once is not trusted again: what it dropped it may drop without a word', async () => {
  const log = durable(join(folder, 'missing'))
  log.commit(
    () => {},
    () => 1,
  )
  await expect(log.reached()).rejects.toMatchObject({ reason: 'broken', outcome: 'unknown' })
  expect(() => log.require()).toThrow('Check the disk, then start the hub again')
  log.close()
})
