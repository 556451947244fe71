import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ground } from '../../house.ts'
import { openPhones, type Phones } from './phones.ts'

let at: ReturnType<typeof ground>
let phones: Phones

beforeEach(async () => {
  at = ground()
  phones = await openPhones(at)
})

afterEach(async () => {
  await phones.close()
  at.leave()
})

const last = () => phones.with('heron').at(-1)?.text ?? ''

describe('STOP on Signal', () => {
  it('is one word, and START takes it back', async () => {
    await phones.write('heron', 'STOP')
    expect(last()).toContain('I send you no more broadcasts')
    expect(last()).toContain('What saves lives still comes.')
    await phones.write('heron', 'Stop')
    expect(last()).toContain('I have sent you no broadcasts since')
    await phones.write('heron', 'START')
    expect(last()).toContain('You get broadcasts again.')
  })

  it('may be pressed by its number where the hub offers it', async () => {
    await phones.write('heron', 'whoami')
    const number = /(\d+) No more broadcasts/.exec(last())?.[1] ?? ''
    await phones.write('heron', number)
    expect(last()).toContain('I send you no more broadcasts')
  })

  it('ends a form that waits first, and says what to do to stop broadcasts', async () => {
    await phones.write('heron', '/report')
    await phones.write('heron', 'stop')
    expect(last()).toContain('write STOP once more')
    await phones.write('heron', 'STOP')
    expect(last()).toContain('I send you no more broadcasts')
  })

  it('in a group is talk', async () => {
    const before = phones.with('heron').length
    await phones.say('heron', 'STOP')
    expect(
      phones
        .with('heron')
        .slice(before)
        .map(one => one.text)
        .join(),
    ).not.toContain('no more broadcasts')
  })
})
