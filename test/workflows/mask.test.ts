import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskWords } from '../../workflows/mask.ts'
import { effort } from '../effort.ts'

const labels = {
  phone: '[phone]',
  email: '[email]',
  address: '[address]',
  plate: '[plate]',
  name: '[name]',
  link: (site: string | null) => (site ? `[${site}]` : '[link]'),
}
const mask = (text: string, names: string[] = []) => maskWords(text, labels, names)

const masked: [string, string][] = [
  ['Call me at 602-555-0134 please', 'Call me at [phone] please'],
  ['(602) 555-0134', '[phone]'],
  ['602.555.0134 or 602 555 0135.', '[phone] or [phone].'],
  ['6025550134', '[phone]'],
  ['6 0 2 5 5 5 0 1 3 4', '[phone]'],
  ['602.555.0134x12 or (602)5550134 ext. 7', '[phone] or [phone]'],
  ['6025550134,6025550135 and 602-555-0136/602-555-0137', '[phone] and [phone]'],
  ['+1 602-555-0134', '[phone]'],
  ['1-602-555-0134 now', '[phone] now'],
  ['+52 55 1234 5678', '[phone]'],
  ['+44 (20) 7946 0958', '[phone]'],
  ['mi número es 555 12 34', 'mi número es [phone]'],
  ['text 5550134', 'text [phone]'],
  ['llámame al 480 555 0199', 'llámame al [phone]'],
  ['555-0134 is her number', '[phone] is her number'],
  ['602\u2011555\u20110134', '[phone]'],
  ['602\u200b555\u200b0134', '[phone]'],
  ['٦٠٢-٥٥٥-٠١٣٤', '[phone]'],
  ['she posts at https://x.com/ana.ruiz/status/16025550134?s=20.', 'she posts at [X].'],
  ['her page: www.ana-ruiz.example.org/45-oak-st', 'her page: [link]'],
  ['facebook.com/profile.php?id=6025550134 and t.me/ana', '[Facebook] and [Telegram]'],
  ['write ana.ruiz+x@mail.example.org today', 'write [email] today'],
  ['ANA@EXAMPLE.COM, bob@x.io', '[email], [email]'],
  ['ana at example dot org', '[email]'],
  ['ana (at) gmail (dot) com', '[email]'],
  ['ana arroba gmail punto com', '[email]'],
  ['He lives at 1221 N Central Ave in Phoenix', 'He lives at [address] in Phoenix'],
  ['1221 north central ave', '[address]'],
  ['at 45 Oak Street, Apt 4B, third floor', 'at [address], third floor'],
  ['45 oak st', '[address]'],
  ['2316 W. 16th St.', '[address]'],
  ['700 E Martin Luther King Blvd', '[address]'],
  ['12 Peachtree Ct #5', '[address]'],
  ['she lives at 1221 Roosevelt', 'she lives at [address]'],
  ['Calle Roble 123', '[address]'],
  ['en la calle 5 de Mayo #23, segunda casa', 'en la [address], segunda casa'],
  ['Avenida Juárez 456 interior', '[address] interior'],
  ['Av. Central No. 12', '[address]'],
  ['calle roble num 8', '[address]'],
  ['vive en 450 Main', 'vive en [address]'],
  ['PO Box 1234', '[address]'],
  ['license plate ABC 1234', 'license plate [plate]'],
  ['white Ford, plate is 7XYZ123', 'white Ford, plate is [plate]'],
  ['plates: AZ ABC1234', 'plates: [plate]'],
  ['placa abc-123-d', 'placa [plate]-d'],
  ['placas número XHJ-4821', 'placas número [plate]'],
  ['a black truck, ABC1234, left', 'a black truck, [plate], left'],
  ['tag # 8ABC123', 'tag # [plate]'],
]

const kept = [
  'AZ-0412 is the same as AZ-0399',
  'see WI-10412',
  'Phoenix AZ 85004, ZIP 48226-1234',
  'at 14:02, again 14:32:10',
  '7:30 pm on 11/03/2026 and 2026-11-03',
  'between 2020-2024 and 2016',
  '3 men with rifles, 10 people hurt, 1,200 voters, 1200 voters',
  'Maricopa County, Miami-Dade County, DeKalb County',
  '33.4484,-112.0740',
  '33.4484123, -112.0740123',
  'Call 911. Call 866-OUR-VOTE.',
  '30 people marched down Main Street',
  '200 Proud Boys marched down Main Street',
  '3 men standing in the street',
  '16th St and Van Buren',
  'corner of 7th Ave and Camelback Rd',
  'I-10 and Highway 60, Route 66',
  'a 10 minute drive, 2 miles down the road',
  '5 Supreme Court justices and 3 county court officers',
  'hay 30 hombres en la calle',
  'en la calle hay 30 personas',
  'calle Central 30 personas gritando',
  'la calle bloqueada 20 minutos',
  'license plates of 3 cars, plates from 2 states, plates for 2024',
  'NOV2026 and Q3 2026, SB1070, HB2023',
  '@everyone <!channel> @heron',
  'COVID-19, AR-15, F-150, AK-47',
  '$1,500,000 and 5.5 million',
  'S4 HIGH, P1 step 4 of 11',
  '50-100 people, 10-15 min, 3-4 shots',
  'precinct 0412, precinct 1234567',
  'محافظة ماريكوبا 🚨🚨',
]

describe('masking what could lead to a person', () => {
  it.each(masked)('%s', (text, expected) => {
    expect(mask(text)).toBe(expected)
  })

  it.each(kept)('leaves alone: %s', text => {
    expect(mask(text)).toBe(text)
  })

  it('masks given names as whole words, whatever their case and accents', () => {
    const names = ['Ana Ruiz', 'José', 'Li']
    expect(mask("ana ruíz told JOSE about Ana's cat and Jose's list, Ruiz", names)).toBe(
      "[name] told [name] about Ana's cat and [name] list, Ruiz",
    )
    expect(mask('Liam and li went', names)).toBe('Liam and [name] went')
    expect(mask('anything', ['', ' ', '👍'])).toBe('anything')
  })

  it('masks each of several things, and overlapping ones once', () => {
    expect(mask('Ana Ruiz, 602-555-0134, ana@x.org, 12 Oak St', ['Ana Ruiz', 'Ana'])).toBe(
      '[name], [phone], [email], [address]',
    )
  })

  it('never leaves ten phone digits behind, however they are parted', () => {
    const digits = fc.stringMatching(/^[2-9]\d{9}$/)
    const part = fc.constantFrom('', ' ', '-', '.', ') ', ' - ')
    fc.assert(
      fc.property(digits, part, part, fc.constantFrom('', 'call ', 'es: ', '👍 '), (number, first, second, lead) => {
        const open = first === ') ' ? '(' : ''
        const inner = second === ') ' ? ' ' : second
        const said = `${lead}${open}${number.slice(0, 3)}${first}${number.slice(3, 6)}${inner}${number.slice(6)} thanks`
        expect(mask(said)).not.toMatch(/\d/)
      }),
    )
  })

  it('changes nothing in words without digits, signs and names', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zñáéíóú ,;!?]{0,200}$/), text => {
        expect(mask(text)).toBe(text)
      }),
    )
  })

  it('never throws, and only takes away: what it leaves stands in the text in the same order', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            '12 ',
            'Oak ',
            'St ',
            '602',
            '-',
            '555',
            '0134',
            ' ',
            '@',
            'a.b',
            'plate ',
            'ABC1234',
            'calle ',
            '#',
          ),
          { maxLength: 40 },
        )
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(anything, text => {
        let rest = text
        for (const piece of mask(text, ['Ana']).split(/\[(?:phone|email|address|plate|name)\]/)) {
          expect(rest).toContain(piece)
          rest = rest.slice(rest.indexOf(piece) + piece.length)
        }
      }),
    )
  })

  it('reads forty thousand characters in time, whatever stands in them', () => {
    const parts = [
      'a',
      '1',
      ' ',
      '1 ',
      'a@',
      'a.',
      '12 Oak ',
      'calle ',
      'calle a ',
      '602-',
      '+1 ',
      '(602) ',
      'plate ',
      'plate is ',
      'lives at 1 ',
      'at ',
      'a b ',
      '\u200b',
      '1\u200b',
      'call me ',
      "'",
      '1 a a a a ',
    ]
    for (const part of parts) {
      const text = part.repeat(Math.ceil(40_000 / part.length)).slice(0, 40_000)
      expect(
        effort(() => mask(text, ['Ana Ruiz'])),
        JSON.stringify(part),
      ).toBeLessThan(2000)
    }
  })
})
