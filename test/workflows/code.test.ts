import { describe, expect, test } from 'vitest'
import { codeLength, readCode, spokenCode } from '../../workflows/code.ts'

describe('a code', () => {
  test('is read however it is typed on a phone', () => {
    for (const typed of ['CDFH-3467', 'cdfh3467', ' cdfh 3467 ', 'C.D.F.H 3 4 6 7', 'Cdfh–3467', '`cdfh-3467`'])
      expect(readCode(typed), typed).toEqual({ type: 'link', code: 'CDFH3467' })
    expect(readCode('CDFH-3467-XYRT')).toEqual({ type: 'invite', code: 'CDFH3467XYRT' })
  })

  test('is told from what people write', () => {
    for (const words of ['', 'thank you', 'help', 'HELP HELP', '12345678', '0151-2345', 'AZ-0412', 'CDFH-3467 please'])
      expect(readCode(words), words).toBeNull()
    expect(readCode(`C${' '.repeat(50)}DFH3467`)).toBeNull()
  })

  test('is said in groups of four', () => {
    expect(spokenCode('CDFH3467')).toBe('CDFH-3467')
    expect(spokenCode('C'.repeat(codeLength.invite))).toBe('CCCC-CCCC-CCCC')
  })
})
