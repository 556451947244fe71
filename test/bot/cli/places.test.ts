import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

describe('hub places', () => {
  it('prints one object a line, in the order of the lines, empty ones included', async () => {
    const { code, out } = await places([], 'Phoenix, AZ\r\nPortland\n\n"x" 👍\nArizona\nSpringfield')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe(
      '{"input":"Phoenix, AZ","fips":"04013","county":"Maricopa County","state":"AZ","confidence":"certain",' +
        '"candidates":[{"fips":"04013","county":"Maricopa County","state":"AZ"}]}',
    )
    const answers = lines.map(line => JSON.parse(line))
    expect(answers.map(one => [one.input, one.confidence])).toEqual([
      ['Phoenix, AZ', 'certain'],
      ['Portland', 'ask'],
      ['', 'unknown'],
      ['"x" 👍', 'unknown'],
      ['Arizona', 'unknown'],
      ['Springfield', 'ask'],
    ])
    expect(answers[1].candidates[1]).toEqual({ fips: '23005', county: 'Cumberland County', state: 'ME' })
    expect(answers[4]).toMatchObject({ fips: null, county: null, state: 'AZ', candidates: [] })
  })

  it('takes the state that is meant, and says what a state looks like', async () => {
    const { out } = await places(['--state', 'me'], 'Portland\n')
    expect(JSON.parse(out)).toMatchObject({ confidence: 'certain', fips: '23005' })
    const wrong = await places(['--state', 'Maine'], '')
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('Use the two letters of a state, such as AZ.')
  })
})

async function places(options: readonly string[], input: string) {
  const child = spawn(process.execPath, ['bot/cli.ts', 'places', ...options], { env: { PATH: process.env.PATH ?? '' } })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [[code], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code: code as number | null, out, err }
}
