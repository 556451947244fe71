import { describe, expect, test } from 'vitest'
import { eachHouse } from '../each.ts'
import { type House, readAnswer } from '../house.ts'

const seen = { what: 'Men with rifles near the library', where: 'Maricopa County, AZ', danger: 'hurt', contact: 'yes' }

let house: House
eachHouse(opened => {
  house = opened
})

async function offered(who: string): Promise<string[]> {
  const { reply } = await house.press(who, 'more:AZ-0001')
  const buttons = reply.type === 'view' ? reply.view.buttons : []
  return buttons.map(button => button.id.split(':')[0] ?? '')
}

async function sends(who: string, button: string): Promise<string> {
  const { reply } = await house.press(who, `${button}:AZ-0001`)
  if (reply.type !== 'form') throw new Error('no form')
  return readAnswer(await house.submit(who, reply.form, { reason: 'The court asked' }))
}

describe('opening a name and legal holds', () => {
  test('can be pressed under More, after all else, by whoever may type them', async () => {
    await house.fill('heron', '/report', seen)
    expect((await offered('magpie')).slice(-2)).toEqual(['reveal', 'hold'])
    expect(await offered('eagle')).toContain('hold')
    for (const who of ['finch', 'heron']) expect(await offered(who)).not.toContain('reveal')
    for (const who of ['finch', 'heron']) expect(await offered(who)).not.toContain('hold')
    expect(await sends('magpie', 'hold')).toContain('is under a legal hold')
    expect(await offered('magpie')).not.toContain('hold')
    expect(await offered('magpie')).not.toContain('unhold')
    expect(await offered('eagle')).toContain('unhold')
    expect(await sends('eagle', 'unhold')).toContain('has ended')
    expect(await sends('magpie', 'reveal')).toContain('Heron')
  })

  test('are not offered where there is no name left', async () => {
    await house.fill('heron', '/report', seen)
    await house.type('heron', '/withdraw AZ-0001')
    expect(await offered('magpie')).not.toContain('reveal')
  })
})
